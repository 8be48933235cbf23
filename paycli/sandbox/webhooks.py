"""What the sandbox sends by itself: webhooks and questions, to this machine only.

An address elsewhere gets nothing: a webhook names orders and cards, and a sandbox has no business on the network.
Nothing that is sent is ever logged.
"""

import contextlib
import http.client
import ipaddress
import threading
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Message, Reply

LIMIT = 5.0
ATTEMPTS = 2
PAUSE = 0.2
LONGEST_ANSWER = 4096
GO_ON = b"PROCEED"


class Courier:
    """Sends in the background what a sandbox wants to send, and asks shops what it wants to know."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._news = threading.Event()
        self._closed = threading.Event()
        sandbox.world.reaches_out = True
        self._thread = threading.Thread(target=self._work, name="webhooks", daemon=True)
        self._thread.start()

    def answered(self, handle: Callable[..., Reply]) -> Reply:
        """Return a request's reply; when it is a question, the shop is asked and the request handled once more."""
        reply = handle()
        if reply.question:
            reply = handle(answer=agrees(reply.question))
        self._news.set()
        return reply

    def act(self, provider: str, event: str, target: str) -> str:
        """Let an event happen, unless the shop that wants to be asked before turns it down."""
        question = self.sandbox.question(provider, event, target)
        told = self.sandbox.act(provider, event if question is None or agrees(question) else "turn-down", target)
        self._news.set()
        return told

    def close(self) -> None:
        """Stop; what was not sent is forgotten."""
        self._closed.set()
        self._news.set()
        self._thread.join(LIMIT)

    def _work(self) -> None:
        while not self._closed.is_set():
            self._news.wait()
            self._news.clear()
            outgoing = self.sandbox.world.outgoing
            while outgoing and not self._closed.is_set():
                with contextlib.suppress(IndexError):
                    self._deliver(outgoing.popleft())

    def _deliver(self, message: Message) -> None:
        for attempt in range(ATTEMPTS):
            if attempt and self._closed.wait(PAUSE):
                return
            status, _ = send(message)
            if status // 100 == 2:  # noqa: PLR2004 the class of success
                return


def agrees(question: Message) -> bool:
    """Ask a shop and return whether it says to go on: status 200 and that one word."""
    status, body = send(question)
    return status == http.HTTPStatus.OK and body.strip() == GO_ON


def is_local(parts: SplitResult) -> bool:
    """Return whether an address lies on this machine."""
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"}:
        return False
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def send(message: Message) -> tuple[int, bytes]:
    """Post a message and return the answer's status and beginning; 0 when there is none, or it may not be sent."""
    try:
        parts = urlsplit(message.url)
        if not is_local(parts):
            return 0, b""
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=LIMIT)
    except ValueError:
        return 0, b""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, message.body, {"Content-Type": message.content_type})
        answer = connection.getresponse()
        return answer.status, answer.read(LONGEST_ANSWER)
    except (OSError, ValueError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()

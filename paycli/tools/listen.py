"""A loopback server for a provider's notifications: verifies, answers, drops repeats, and hands them on."""

import hashlib
import http.server
import queue
import signal
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from paycli.operations.outcome import Answer, Fault
from paycli.operations.webhooks import Forged, Webhooks
from paycli.values import dataclass, field

HOST = "127.0.0.1"
LARGEST = 1024 * 1024
REMEMBERED = 10_000
MOST_WAITING = 1000
SILENCE = 15
PAUSE = 0.25
FAREWELL = 1.0
Say = Callable[[str], None]
Forward = Callable[[bytes, str], Answer | Fault]


@dataclass(frozen=True)
class Rules:
    """How a listener treats what comes: the hooks, the secret, the word that answers, and where events go."""

    webhooks: Webhooks
    secret: str
    word: bytes
    say: Say
    forward: Forward | None = None


@dataclass
class Listener:
    """What is known while listening; shared by the threads of the server."""

    rules: Rules
    events: "queue.Queue[Mapping[str, Any]]" = field(default_factory=queue.Queue)
    waiting: "queue.Queue[tuple[str, bytes, str]]" = field(default_factory=lambda: queue.Queue(MOST_WAITING))
    seen: "OrderedDict[str, None]" = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    failed: BaseException | None = None
    stopped: bool = False

    def take(self, body: bytes, media: str) -> tuple[int, bytes]:
        """Return status and body of the answer to one notification."""
        found = self.rules.webhooks.verify(body, self.rules.secret)
        if isinstance(found, Forged):
            self.rules.say(f"refused: {found.why}")
            return 400, b"the signature is wrong\n"
        name = hashlib.sha256(body).hexdigest()
        if self._is_new(name):
            self.events.put(found.event)
            self._hand_on(name, body, media)
        else:
            self.rules.say("dropped: the same came before")
        return 200, self.rules.word

    def _is_new(self, name: str) -> bool:
        with self.lock:
            if name in self.seen:
                return False
            self.seen[name] = None
            if len(self.seen) > REMEMBERED:
                self.seen.popitem(last=False)
            return True

    def forget(self, name: str) -> None:
        """Let a repeat of a notification that was not handed on count as new."""
        with self.lock:
            self.seen.pop(name, None)

    def _hand_on(self, name: str, body: bytes, media: str) -> None:
        if self.rules.forward is None:
            return
        try:
            self.waiting.put_nowait((name, body, media))
        except queue.Full:
            self.forget(name)
            self.rules.say("warning: too many wait for the target; this one is not forwarded")

    def forward_all(self) -> None:
        """Forward in the order of arrival, for ever; a dead target is said and survived."""
        while self.rules.forward:
            name, body, media = self.waiting.get()
            try:
                result = self.rules.forward(body, media)
            except Exception as problem:  # noqa: BLE001 one that cannot be forwarded must not stop the next
                result = Fault(f"{type(problem).__name__}", may_have_left=False)
            if isinstance(result, Fault):
                self.forget(name)
                self.rules.say(f"warning: not forwarded: {result.sentence}")
            else:
                self.rules.say(f"forwarded: HTTP {result.status} in {result.seconds:.2f} s")

    def arriving(self) -> Iterator[Mapping[str, Any]]:
        """Yield events as they come, until it is stopped; raises what ended the server."""
        while True:
            try:
                yield self.events.get(timeout=PAUSE)
            except queue.Empty:
                if self.failed:
                    raise self.failed from None
                if self.stopped:
                    return

    @contextmanager
    def stoppable(self) -> Iterator[None]:
        """Let the first signal end the listening after what came is shown; a second one ends it at once."""
        before = {}
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if (number := getattr(signal, name, None)) and threading.current_thread() is threading.main_thread():
                before[number] = signal.signal(number, self._stop)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, *_: object) -> None:
        if self.stopped:
            raise KeyboardInterrupt
        self.stopped = True


class Server(http.server.ThreadingHTTPServer):
    """Takes notifications on loopback."""

    daemon_threads = True

    def __init__(self, port: int, listener: Listener) -> None:
        self.listener = listener
        self.busy = 0
        super().__init__((HOST, port), _Handler)

    def run(self) -> None:
        """Serve until closed; what ends it otherwise ends the listening."""
        try:
            self.serve_forever(poll_interval=0.05)
        except BaseException as problem:  # noqa: BLE001 it is raised where somebody waits
            self.listener.failed = problem

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve and forward in threads of their own; at the end, what is being answered is answered."""
        threading.Thread(target=self.run, daemon=True).start()
        threading.Thread(target=self.listener.forward_all, daemon=True).start()
        try:
            yield
        finally:
            self.shutdown()
            self.server_close()
            until = time.monotonic() + FAREWELL
            while self.busy and time.monotonic() < until:
                time.sleep(FAREWELL / 100)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Go on: one broken connection is no reason to stop, and its traceback could hold data."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Server
    timeout = SILENCE

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            self._answer(411, b"a length is needed\n")
        elif len(length) > len(str(LARGEST)) or int(length) > LARGEST:
            self._answer(413, b"too large\n")
        else:
            self._take(self.rfile.read(int(length)))

    def _take(self, body: bytes) -> None:
        with self.server.listener.lock:
            self.server.busy += 1
        try:
            self._answer(*self.server.listener.take(body, self.headers.get("Content-Type", "")))
        finally:
            with self.server.listener.lock:
                self.server.busy -= 1

    def do_GET(self) -> None:
        self._answer(405, b"paycli listens for webhooks, which are POSTed\n")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the library's name
        """Keep quiet: what matters is said."""

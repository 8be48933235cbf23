"""The sandbox's socket layer: a thin HTTP server on loopback."""

import contextlib
import hmac
import http.server
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from paycli.sandbox.core import Sandbox
from paycli.sandbox.faults import IN_THE_CORE, STATUSES
from paycli.sandbox.http import Reply, as_json, parse_json
from paycli.sandbox.mischief import spoil
from paycli.sandbox.webhooks import Courier
from paycli.sandbox.world import NoSuchThingError

HOST = "127.0.0.1"
CONTROL = "/_control/"
TOKEN_HEADER = "X-Sandbox-Token"  # noqa: S105 the name of a header
REFUSED = 400
LONGEST_BODY = 8 * 1024 * 1024


class Server(http.server.ThreadingHTTPServer):
    """Serves one sandbox; control needs the token."""

    daemon_threads = True

    def __init__(
        self, port: int, sandbox: Sandbox, token: str, show: Callable[[str], None] = lambda _line: None
    ) -> None:
        self.sandbox = sandbox
        self.token = token
        self.show = show
        self.courier = Courier(sandbox)
        super().__init__((HOST, port), _Handler)
        sandbox.world.address = self.address

    def server_close(self) -> None:
        """Close the socket, and end what works in the background."""
        self.courier.close()
        super().server_close()

    @property
    def address(self) -> str:
        """The server's address, as PAYCLI_SANDBOX_URL takes it."""
        return f"http://{HOST}:{self.server_address[1]}"

    def control(self, action: str, body: Mapping[str, Any]) -> Reply:
        """Do what a control route asks for."""
        actions = {
            "reset": self._reset,
            "act": self._act,
            "fault": self._fault,
            "faults": self._faults,
            "clock": self._clock,
        }
        if action not in actions:
            return as_json(404, {"problem": f"no control {action!r}"})
        try:
            return as_json(200, {"done": actions[action](body)})
        except (NoSuchThingError, ValueError, OverflowError) as problem:
            return as_json(409, {"problem": str(problem)})

    def show_told(self) -> None:
        """Show what the providers told since the last request."""
        with contextlib.suppress(IndexError):
            while True:
                self.show(self.sandbox.world.told.popleft())

    def _reset(self, _body: Mapping[str, Any]) -> str:
        self.sandbox.reset()
        return "everything is forgotten"

    def _act(self, body: Mapping[str, Any]) -> str:
        return self.courier.act(str(body.get("provider")), str(body.get("event")), str(body.get("id")))

    def _fault(self, body: Mapping[str, Any]) -> str:
        if body.get("provider") not in self.sandbox.providers:
            raise ValueError(
                f"there is no provider {body.get('provider')!r}; there is {', '.join(self.sandbox.providers)}"
            )
        fault = self.sandbox.faults.add(
            str(body.get("provider")),
            str(body.get("route")),
            str(body.get("kind")),
            int(body.get("times", 1)),
            int(body.get("after", 0)),
        )
        return fault.told()

    def _faults(self, _body: Mapping[str, Any]) -> str:
        with self.sandbox.lock:
            return "\n".join(self.sandbox.faults.active())

    def _clock(self, body: Mapping[str, Any]) -> str:
        moment = self.sandbox.move(timedelta(seconds=float(body["seconds"])))
        return f"the sandbox's clock says {moment:%Y-%m-%d %H:%M:%S} UTC"


class _Handler(http.server.BaseHTTPRequestHandler):
    """Turns bytes on a socket into a call, and a reply into bytes.

    A ``Line`` for faults: connection, file and reply are where the server library has them.
    """

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60
    # Head and body are written apart; on a connection that is kept, the body would wait for the head's receipt (40 ms).
    disable_nagle_algorithm = True

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LONGEST_BODY:
            self.send_error(413)
            return
        body = self.rfile.read(int(length))
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        if parts.path.startswith(CONTROL):
            self.send(self._control(parts.path.removeprefix(CONTROL), headers, body))
        elif fault := self.server.sandbox.fault(self.command, parts.path):
            self._fail(fault, parts, headers, body)
        else:
            self.send(self._handle(parts, headers, body))
        self.server.show_told()

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _answer  # noqa: N815 the library's names

    def _handle(self, parts: SplitResult, headers: Mapping[str, str], body: bytes, fault: str | None = None) -> Reply:
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        handle = partial(self.server.sandbox.handle, self.command, parts.path, query, headers, body, fault)
        return self.server.courier.answered(handle)

    def _fail(self, kind: str, parts: SplitResult, headers: Mapping[str, str], body: bytes) -> None:
        def handle(fault: str | None = None) -> Reply:
            return self._handle(parts, headers, body, fault)

        if kind in STATUSES:
            self.send(self.server.sandbox.error(parts.path, int(kind)))
        elif kind in IN_THE_CORE:
            self.send(handle(kind))
        else:
            spoil(kind, self, handle, lambda: self.server.sandbox.error(parts.path, REFUSED))

    def _control(self, action: str, headers: Mapping[str, str], body: bytes) -> Reply:
        given = headers.get(TOKEN_HEADER.lower(), "")
        if not hmac.compare_digest(given.encode(), self.server.token.encode()):
            return as_json(403, {"problem": "the token is missing or wrong"})
        return self.server.control(action, parse_json(body) or {})

    def send(self, reply: Reply) -> None:
        """Write a reply."""
        if reply.chunks:
            self._stream(reply, reply.chunks())
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(reply.body)

    def _stream(self, reply: Reply, chunks: Iterator[bytes]) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            for chunk in chunks:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
            self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the library's name
        """Keep quiet: a URL can hold a token."""

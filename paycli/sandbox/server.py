"""The sandbox's socket layer: a thin HTTP server on loopback."""

import hmac
import http.server
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Reply, as_json, parse_json
from paycli.sandbox.world import NoSuchThingError

HOST = "127.0.0.1"
CONTROL = "/_control/"
TOKEN_HEADER = "X-Sandbox-Token"  # noqa: S105 the name of a header
LONGEST_BODY = 8 * 1024 * 1024


class Server(http.server.ThreadingHTTPServer):
    """Serves one sandbox; control needs the token."""

    daemon_threads = True

    def __init__(self, port: int, sandbox: Sandbox, token: str) -> None:
        self.sandbox = sandbox
        self.token = token
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """The server's address, as PAYCLI_SANDBOX_URL takes it."""
        return f"http://{HOST}:{self.server_address[1]}"

    def control(self, action: str, body: Mapping[str, Any]) -> Reply:
        """Do what a control route asks for."""
        if action == "reset":
            self.sandbox.reset()
            return as_json(200, {"done": "everything is forgotten"})
        if action == "act":
            try:
                told = self.sandbox.act(str(body.get("provider")), str(body.get("event")), str(body.get("id")))
            except NoSuchThingError as problem:
                return as_json(409, {"problem": str(problem)})
            return as_json(200, {"done": told})
        return as_json(404, {"problem": f"no control {action!r}"})


class _Handler(http.server.BaseHTTPRequestHandler):
    """Turns bytes on a socket into a call, and a reply into bytes."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LONGEST_BODY:
            self.send_error(413)
            return
        body = self.rfile.read(int(length))
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        if parts.path.startswith(CONTROL):
            self._send(self._control(parts.path.removeprefix(CONTROL), headers, body))
        else:
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            self._send(self.server.sandbox.handle(self.command, parts.path, query, headers, body))

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _answer  # noqa: N815 the library's names

    def _control(self, action: str, headers: Mapping[str, str], body: bytes) -> Reply:
        given = headers.get(TOKEN_HEADER.lower(), "")
        if not hmac.compare_digest(given.encode(), self.server.token.encode()):
            return as_json(403, {"problem": "the token is missing or wrong"})
        return self.server.control(action, parse_json(body) or {})

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the library's name
        """Keep quiet: a URL can hold a token."""

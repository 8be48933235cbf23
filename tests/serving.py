"""A provider's host on loopback that answers as a test wants, and keeps what it was asked."""

import http.server
import os
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.helpers import isolated


@dataclass(frozen=True)
class Came:
    """One request as it came; the port is the client's, which tells connections apart."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    port: int = 0


@dataclass(frozen=True)
class Answered:
    """One answer; ``cut`` closes the connection after so many bytes of the body."""

    status: int = 200
    body: bytes = b""
    media: str = "application/json"
    cut: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Host:
    """The host: what answers, and what came."""

    answer: Callable[[Came], Answered]
    address: str = ""
    came: list[Came] = field(default_factory=list)

    def variables(self, home: Path) -> dict[str, str]:
        """Return the variables of a profile ``shop`` that knows this host."""
        return {
            **isolated(home),
            "PATH": os.environ["PATH"],
            # A test may change the working directory, from which a process would take another paycli.
            "PYTHONPATH": str(Path(__file__).parent.parent),
            "PAYCLI_SHOP_PROVIDER": "tranzzo",
            "PAYCLI_SHOP_ENVIRONMENT": "test",
            "PAYCLI_SHOP_BASE_URL": self.address,
            "PAYCLI_SHOP_CURRENCY": "UAH",
            "PAYCLI_SHOP_POS_ID": "pos-1",
            "PAYCLI_SHOP_API_KEY": "key-of-the-shop",
            "PAYCLI_SHOP_API_SECRET": "secret-of-the-shop",
            "PAYCLI_SHOP_ENDPOINTS_KEY": "endpoints-of-the-shop",
        }


class _Server(http.server.ThreadingHTTPServer):
    """The socket, and TLS over it where that is asked for."""

    daemon_threads = True
    secure: ssl.SSLContext | None = None

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self.secure is None:
            super().finish_request(request, client_address)
            return
        with self.secure.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet: a client that goes away, or refuses the certificate, is what some tests are about."""


@contextmanager
def serve(answer: Callable[[Came], Answered], secure: ssl.SSLContext | None = None) -> Iterator[Host]:
    """Serve on a free port until the block ends; with ``secure`` over TLS."""
    host = Host(answer)
    server = _Server(("127.0.0.1", 0), _handler(host))
    server.secure = secure
    host.address = f"http{'s' if secure else ''}://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


def _handler(host: Host) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            came = Came(
                self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body, self.client_address[1]
            )
            host.came.append(came)
            answered = host.answer(came)
            self.send_response(answered.status)
            self.send_header("Content-Type", answered.media)
            for name, value in answered.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answered.body)))
            self.end_headers()
            self.wfile.write(answered.body[: answered.cut])
            self.close_connection = answered.cut is not None

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 the library's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's name
            """Keep quiet."""

    return Handler

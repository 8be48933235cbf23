"""The second server, for presigned downloads: another host than the API's, as a file store is."""

import contextlib
import http.server
import threading
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from paycli.sandbox.core import Sandbox
from paycli.sandbox.faults import IN_THE_CORE, STATUSES
from paycli.sandbox.http import Reply, as_text
from paycli.sandbox.mischief import spoil
from paycli.sandbox.server import HOST, REFUSED

# Faults name a download as a path below this one, such as "GET /_files/*".
FAULT_PATH = "/_files"


class FileServer(http.server.ThreadingHTTPServer):
    """Serves the files of one sandbox on a port of its own, and tells the sandbox where."""

    daemon_threads = True

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        super().__init__((HOST, 0), _Handler)
        sandbox.world.files_address = f"http://{HOST}:{self.server_address[1]}"


@contextlib.contextmanager
def serving_files(sandbox: Sandbox) -> Iterator[FileServer]:
    """Serve the sandbox's files until the block ends."""
    with FileServer(sandbox) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(http.server.BaseHTTPRequestHandler):
    """Turns a request for a file into a call, and a reply into bytes."""

    server: FileServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def _answer(self) -> None:
        name, _, rest = urlsplit(self.path).path.removeprefix("/").partition("/")
        fault = self.server.sandbox.fault(self.command, f"/{name}{FAULT_PATH}/{rest}")
        if not fault or fault in IN_THE_CORE:
            self.send(self._file())
        elif fault in STATUSES:
            self.send(_failed(int(fault)))
        else:
            spoil(fault, self, self._file, lambda: _failed(REFUSED))

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _answer  # noqa: N815 the library's names

    def _file(self) -> Reply:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        return self.server.sandbox.file(self.command, parts.path, query, headers)

    def send(self, reply: Reply) -> None:
        """Write a reply."""
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's name
        """Keep quiet: a link holds its signature."""


def _failed(status: int) -> Reply:
    return as_text(status, "The request failed\n")

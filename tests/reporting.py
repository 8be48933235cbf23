"""A report service on loopback, as Tranzzo's document describes it, for tests."""

import http.server
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paycli.sending.rows import ACCEPTED
from tests.helpers import isolated

BATCH = 500
START, FETCH = "/streaming-report/start", "/streaming-report/fetch/"


def line(number: int) -> bytes:
    """Return a row as the service writes it: amounts are text, times are epoch milliseconds."""
    return (
        f'{{"projectId":"p-1","orderId":"O-{number}","paymentId":"pay-{number}","amount":"{number}.50",'
        '"currency":"UAH","method":"purchase","status":"success",'
        f'"dateTime":{1662033684016 + number},"cardMask":"414141******2284","payway":"applepay","entityName":"",'
        '"projectName":"Made up","originalAmount":"3","exchangeAmount":"0.00","exchangeCurrency":"",'
        '"exchangeRate":"0.00","tokenizationKind":"","authCode":"238530","rrnCode":"003561423521",'
        '"description":"a made-up row","payload":"","customerFee":"0.00","merchantFee":"0.00",'
        '"paymentSystem":"MASTERCARD","recipientCardMask":""}\n'
    ).encode()


@dataclass
class Reports:
    """What the service holds: how many rows each report has, how often it is not ready, where it breaks off.

    ``written`` are the rows that went out, and ``left`` is set when somebody closed the connection amid them.
    """

    rows: int = 3
    busy: int = 0
    cuts: list[int] = field(default_factory=list)
    count: int | None = None
    starts: list[dict[str, Any]] = field(default_factory=list)
    fetches: list[str] = field(default_factory=list)
    forgotten: set[str] = field(default_factory=set)
    written: int = 0
    left: threading.Event = field(default_factory=threading.Event)
    address: str = ""
    home: Path = Path()

    def variables(self) -> dict[str, str]:
        """Return the variables of a profile that knows the service."""
        return {
            **isolated(self.home),
            "PAYCLI_R_PROVIDER": "tranzzo",
            "PAYCLI_R_ENVIRONMENT": "test",
            "PAYCLI_R_BASE_URL": self.address,
            "PAYCLI_R_POS_ID": "pos-1",
            "PAYCLI_R_API_KEY": "key-of-reports",
            "PAYCLI_R_API_SECRET": "secret-of-reports",
            "PAYCLI_R_ENDPOINTS_KEY": "endpoints-of-reports",
        }


@contextmanager
def serve_reports(home: Path, **facts: Any) -> Iterator[Reports]:
    """Serve reports on a free port until the block ends."""
    held = Reports(home=home, **facts)
    server = _Server(("127.0.0.1", 0), handler(held))
    server.left = held.left
    held.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()


class _Server(http.server.ThreadingHTTPServer):
    """Notes that somebody left amid an answer."""

    daemon_threads = True
    left: threading.Event

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell other errors as ever."""
        if isinstance(sys.exception(), OSError):
            self.left.set()
        else:
            super().handle_error(request, client_address)


def handler(held: Reports) -> type[http.server.BaseHTTPRequestHandler]:
    """Return what answers for the reports."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.path == START
            assert self.headers["X-API-AUTH"].startswith("CPAY-HMAC key-of-reports:")
            held.starts.append(body)
            count = held.rows if held.count is None else held.count
            self._json(200, {"report_id": f"report-{len(held.starts)}", "count": count})

        def do_GET(self) -> None:
            name = self.path.removeprefix(FETCH)
            held.fetches.append(name)
            if name in held.forgotten or not name.startswith("report-"):
                self._json(404, {"message": "Unknown report", "args": {"code": "R-404"}})
            elif held.busy:
                held.busy -= 1
                self._json(ACCEPTED, {"message": "Report not ready", "code": "report_not_ready"})
            else:
                self._rows(held.cuts.pop(0) if held.cuts else None)

        def _rows(self, cut: int | None) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            # Rows of different reports differ, as those of different periods do.
            first = 1000 * len(set(held.fetches)) if held.rows < BATCH else 0
            for start in range(first, first + held.rows, BATCH):
                numbers = range(start, min(start + BATCH, first + held.rows))
                part = b"".join(line(number) for number in numbers if cut is None or number - first < cut)
                if cut is not None and numbers[-1] - first >= cut:
                    part += line(cut)[:40]
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                    self.close_connection = True
                    return
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                held.written += len(numbers)
            self.wfile.write(b"0\r\n\r\n")

        def _json(self, status: int, content: Any) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the library's name
            """Keep quiet."""

    return Handler

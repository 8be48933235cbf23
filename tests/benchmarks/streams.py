"""Rows for a report of 200,000 lines, held against curl and jq; the service sends a file that was written before."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.benchmarks.measuring import Command
from tests.benchmarks.rows import Contest, Row, paycli, peer, shell
from tests.reporting import BATCH, FETCH, Reports, line

MANY, FEW = 200_000, 2_000
MIB = 1024


@contextmanager
def service(home: Path, rows: int) -> Iterator[Reports]:
    """Serve one report of that many rows on a free port, in chunks of 500."""
    written = home / f"report-{rows}"
    with written.open("wb") as file:
        for start in range(0, rows, BATCH):
            part = b"".join(line(number) for number in range(start, min(start + BATCH, rows)))
            file.write(b"%x\r\n%s\r\n" % (len(part), part))
        file.write(b"0\r\n\r\n")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(written))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield Reports(home=home, rows=rows, address=f"http://127.0.0.1:{server.server_address[1]}")
    finally:
        server.shutdown()
        server.server_close()


def _handler(written: Path) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            with written.open("rb") as file:
                self.connection.sendfile(file)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's name
            """Keep quiet."""

    return Handler


def fetched(reports: Reports, form: str) -> Command:
    """Return paycli fetching the report."""
    words = ("tranzzo", "reports", "fetch", "report-1", "-o", form)
    columns = ("--columns", ",".join(json.loads(line(0)))) if form == "csv" else ()
    return paycli(reports.home, *words, *columns, variables=reports.variables(), lines=reports.rows + (form == "csv"))


def beside_jq(form: str, jq: str) -> Callable[[Path], AbstractContextManager[Contest]]:
    """Return the contest of a report with ``curl | jq``; the same with few rows shows whether memory grows."""

    @contextmanager
    def contest(home: Path) -> Iterator[Contest]:
        with service(home, MANY) as many, service(home, FEW) as few:
            piped = shell(f"curl -s {many.address}{FETCH}report-1 | {jq}", home, lines=MANY)
            little = fetched(few, form)
            yield Contest(
                fetched(many, form),
                *peer("curl jq", piped),
                others={"few": little},
            )

    return contest


ROWS = (
    Row("200,000 rows as ndjson", "curl | jq -c .", 0.5, beside_jq("ndjson", "jq -c ."), runs=5),
    Row("200,000 rows as csv", "curl | jq @csv", 0.7, beside_jq("csv", "jq -r '[.[]]|@csv'"), runs=5),
)

"""Reports: asked for, fetched row by row, whatever their size."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import Result, run_as_process
from tests.reporting import Reports, line, serve_reports

LIMIT = 60
MEASURED = (
    "import resource, sys; from paycli.__main__ import main; code = main(sys.argv[1:]);"
    "sys.stderr.write(f'{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}'); sys.exit(code)"
)
MANY = 60_000
SPARE = 1500
"""KiB, of a row 25 bytes."""


def paycli(reports: Reports, *argv: str) -> Result:
    """Run paycli as a process under a profile that knows the service."""
    return run_as_process(argv, {"PATH": os.environ["PATH"], **reports.variables()})


def peak(reports: Reports, out: Path, *argv: str) -> int:
    """Run paycli into a file and return the most memory that it had, in KiB."""
    with out.open("wb") as file:
        ended = subprocess.run(
            [sys.executable, "-c", MEASURED, *argv],
            env={"PATH": os.environ["PATH"], **reports.variables()},
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            timeout=LIMIT,
            check=True,
        )
    return int(ended.stderr.split()[-1])


def test_a_report_is_asked_for_with_every_field(tmp_path: Path) -> None:
    """The point of sale is the project; a day's end is its last millisecond."""
    with serve_reports(tmp_path) as reports:
        words = ["--from", "2026-03-01", "--to", "2026-03-31", "--statuses", "success", "--methods", "refund"]
        more = ["--methods", "void", "--transaction-details", "orderId", "--transaction-details", "amount"]
        ended = paycli(reports, "tranzzo", "reports", "start", *words, *more)
    assert (ended.code, ended.json) == (0, {"report_id": "report-1", "count": 3})
    assert reports.starts == [
        {
            "project_id": "pos-1",
            "start_date": "2026-03-01T00:00:00.000+00:00",
            "end_date": "2026-03-31T23:59:59.999+00:00",
            "statuses": ["success"],
            "methods": ["refund", "void"],
            "transaction_details": ["orderId", "amount"],
        }
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "2026-03-01", "--to", "2026-04-01"),
        ("--from", "2026-03-02", "--to", "2026-03-01"),
        ("--from", "2026-03-02", "--to", "2026-03-03", "--statuses", "done"),
        ("--from", "2026-03-02", "--to", "2026-03-03", "--transaction-details", "nothing"),
        (),
    ],
)
def test_a_report_that_cannot_be_is_a_usage_error(run: object, words: tuple[str, ...]) -> None:
    """More than 31 days, a period that ends before it begins, words that nobody knows."""
    assert run("tranzzo", "reports", "start", *words, "-p", "sandbox", "--dry-run").code == 2  # type: ignore[operator]


def test_31_days_until_now_are_a_report(run: object) -> None:
    """However long the typing took."""
    words = ("tranzzo", "reports", "start", "--from", "-31d", "-p", "sandbox", "--dry-run")
    assert run(*words).code == 0  # type: ignore[operator]


def test_a_report_is_fetched_in_every_form(tmp_path: Path) -> None:
    """And never cut at --limit."""
    with serve_reports(tmp_path, rows=120) as reports:
        words = ("tranzzo", "reports", "fetch", "report-9")
        assert len(paycli(reports, *words).json) == 120
        lines = paycli(reports, *words, "-o", "ndjson")
        assert lines.out == "".join(line(number).decode() for number in range(1000, 1120))
        assert paycli(reports, *words, "-o", "id").out.splitlines()[1] == "pay-1001"
        csv = paycli(reports, *words, "-o", "csv", "--columns", "orderId,amount,dateTime").out.splitlines()
        assert csv[:2] == ["orderId,amount,currency,dateTime", "O-1000,1000.50,UAH,1662033685016"]
        assert len(csv) == 121
        assert paycli(reports, *words, "-o", "yaml").out.startswith("- projectId: p-1\n  orderId: O-1000\n")
        assert "2022-09-01 12:01:25" in paycli(reports, *words, "-o", "table").out
        assert paycli(reports, *words, "--limit", "5").code == 2


def test_a_report_that_is_not_ready_is_exit_8(tmp_path: Path) -> None:
    """Nothing is printed that a script could take for a row."""
    with serve_reports(tmp_path, busy=1) as reports:
        ended = paycli(reports, "tranzzo", "reports", "fetch", "report-1", "-o", "json")
    assert (ended.code, ended.out, ended.error["kind"]) == (8, "", "pending")
    assert "not finished: Report not ready (report_not_ready)." in ended.err
    assert len(reports.fetches) == 1


def test_an_unknown_report_is_exit_3_and_a_cut_one_is_exit_6(tmp_path: Path) -> None:
    """A cut report does not look whole."""
    with serve_reports(tmp_path, rows=50, cuts=[20]) as reports:
        assert paycli(reports, "tranzzo", "reports", "fetch", "nothing").code == 3
        cut = paycli(reports, "tranzzo", "reports", "fetch", "report-1", "-o", "ndjson")
    assert (cut.code, len(cut.out.splitlines())) == (6, 20)
    assert "broke off after 20 rows" in cut.err


@pytest.mark.parametrize("format_", ["ndjson", "csv"])
def test_memory_does_not_grow_with_rows(tmp_path: Path, format_: str) -> None:
    """60,000 rows take no more than 2,000."""
    words = ("tranzzo", "reports", "fetch", "report-1", "-o", format_)
    with serve_reports(tmp_path, rows=2000) as few:
        little = peak(few, tmp_path / "few", *words)
    with serve_reports(tmp_path, rows=MANY) as many:
        much = peak(many, tmp_path / "many", *words)
    with (tmp_path / "many").open("rb") as file:
        assert sum(1 for _ in file) == MANY + (format_ == "csv")
    assert much < little + SPARE


@pytest.mark.parametrize(
    "words",
    [
        ("fetch", "report-1", "-o", "ndjson"),
        ("fetch", "report-1", "-o", "table"),
        ("run", "--from", "-1d", "-o", "csv"),
    ],
)
def test_a_closed_pipe_stops_the_transfer(tmp_path: Path, words: tuple[str, ...]) -> None:
    """After ``| head -1`` no more is fetched than lay in buffers, and nobody is told anything."""
    with serve_reports(tmp_path, rows=MANY) as reports:
        with subprocess.Popen(
            [sys.executable, "-m", "paycli", "tranzzo", "reports", *words],
            env={"PATH": os.environ["PATH"], **reports.variables()},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout
            assert process.stderr
            assert process.stdout.readline()
            process.stdout.close()
            assert (process.stderr.read(), process.wait(LIMIT)) == (b"", 0)
        assert reports.left.wait(LIMIT)
    assert reports.written < MANY // 2

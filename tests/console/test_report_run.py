"""``reports run``: asks, waits and fetches; an interrupted run that goes on equals one that was not interrupted."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.console.test_reports import paycli
from tests.reporting import Reports, line, serve_reports

RUN = ("tranzzo", "reports", "run")
MONTHS = ("--from", "2026-01-01", "--to", "2026-03-10")
FORMS = ["ndjson", "csv", "json", "yaml", "id"]


def numbers(*reports: int, rows: int = 3) -> list[int]:
    """Return the numbers of the rows of reports."""
    return [1000 * report + row for report in reports for row in range(rows)]


def lines(*reports: int, rows: int = 3) -> bytes:
    """Return the rows of reports as they came."""
    return b"".join(line(number) for number in numbers(*reports, rows=rows))


def test_a_long_period_is_fetched_in_pieces_that_do_not_overlap(tmp_path: Path) -> None:
    """Onto standard output as one list."""
    with serve_reports(tmp_path, busy=1) as reports:
        ended = paycli(reports, *RUN, *MONTHS, "--statuses", "success")
    assert [row["orderId"] for row in ended.json] == [f"O-{number}" for number in numbers(1, 2, 3)]
    assert [(start["start_date"], start["end_date"]) for start in reports.starts] == [
        ("2026-01-01T00:00:00.000+00:00", "2026-01-31T23:59:59.999+00:00"),
        ("2026-02-01T00:00:00.000+00:00", "2026-03-03T23:59:59.999+00:00"),
        ("2026-03-04T00:00:00.000+00:00", "2026-03-10T23:59:59.999+00:00"),
    ]
    assert {tuple(start["statuses"]) for start in reports.starts} == {("success",)}
    assert "the report is not ready; asking again" in ended.err


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    """And holds the rows as they came; nothing is on standard output."""
    out = tmp_path / "report"
    with serve_reports(tmp_path) as reports:
        ended = paycli(reports, *RUN, "--from", "2026-03-01", "--to", "2026-03-02", "--out", str(out))
        assert (ended.code, ended.out, out.read_bytes()) == (0, "", lines(1))
        again = paycli(reports, *RUN, "--from", "2026-03-01", "--to", "2026-03-02", "--out", str(out))
        assert again.code == 2
        assert len(reports.starts) == 1
        assert (
            paycli(reports, *RUN, "--from", "2026-03-05", "--to", "2026-03-05", "--out", str(out), "--force").code == 0
        )
    assert out.read_bytes() == lines(2)
    assert [path.name for path in tmp_path.glob("report*")] == ["report"]


@pytest.mark.parametrize("form", FORMS)
def test_a_run_that_broke_off_goes_on_and_equals_one_that_did_not(tmp_path: Path, form: str) -> None:
    """Byte for byte, in every form; what was fetched whole is not fetched again."""
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    words = (*RUN, *MONTHS, "-o", form, "--out")
    with serve_reports(tmp_path) as reports:
        assert paycli(reports, *words, str(whole)).code == 0
    # The second report is cut after two of its rows, then the third after one.
    with serve_reports(tmp_path, rows=3) as reports:
        reports.cuts = [99, 2]
        first = paycli(reports, *words, str(broken))
        assert (first.code, first.out, broken.exists()) == (6, "", False)
        assert "3 rows are kept in" in first.err
        reports.cuts = [99, 1]
        second = paycli(reports, *words, str(broken))
        assert (second.code, broken.exists()) == (6, False)
        assert "Going on with" in second.err
        assert paycli(reports, *words, str(broken)).code == 0
        assert len(reports.starts) == 3
        assert reports.fetches == ["report-1", "report-2", "report-2", "report-3", "report-3"]
    assert broken.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.glob("broken*")) == ["broken"]


def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    """Even SIGKILL in the middle of a row leaves nothing that is repeated or lost."""
    out = tmp_path / "r.csv"
    words = [sys.executable, "-m", "paycli", *RUN, *MONTHS, "--out", str(out)]
    with serve_reports(tmp_path, rows=3) as reports:
        environment = {"PATH": os.environ["PATH"], **reports.variables()}
        reports.busy = 0
        with subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            until = time.monotonic() + 20
            while len(reports.fetches) < 1 and time.monotonic() < until:
                time.sleep(0.005)
            reports.busy = 1000
            while len(reports.starts) < 2 and time.monotonic() < until:
                time.sleep(0.005)
            time.sleep(0.2)
            process.send_signal(signal.SIGKILL)
        reports.busy = 0
        with (tmp_path / "r.csv.part").open("ab") as part:
            part.write(b"half a row")
        assert paycli(reports, *RUN, *MONTHS, "--out", str(out)).code == 0
    rows = out.read_text().splitlines()
    assert rows[0].startswith("dateTime,orderId,")
    assert [row.split(",")[1] for row in rows[1:]] == [f"O-{number}" for number in numbers(1, 2, 3)]


def test_a_report_that_was_forgotten_is_asked_for_again(tmp_path: Path) -> None:
    """The run goes on all the same."""
    out = tmp_path / "r.ndjson"
    with serve_reports(tmp_path, cuts=[1]) as reports:
        words = (*RUN, "--from", "-3d", "--out", str(out))
        assert paycli(reports, *words).code == 6
        reports.forgotten = {"report-1"}
        assert paycli(reports, *words).code == 0
    assert [start["start_date"] for start in reports.starts] == [reports.starts[0]["start_date"]] * 2
    assert len(out.read_text().splitlines()) == 3


def test_what_another_command_began_is_not_mixed_in(tmp_path: Path) -> None:
    """Unless it is to begin anew."""
    out = tmp_path / "r.ndjson"
    with serve_reports(tmp_path, cuts=[1]) as reports:
        assert paycli(reports, *RUN, "--from", "-3d", "--out", str(out)).code == 6
        other = (*RUN, "--from", "-2d", "--out", str(out))
        assert paycli(reports, *other).code == 2
        assert paycli(reports, *other, "--force").code == 0
    assert out.read_bytes() == lines(2)


def test_fewer_rows_than_were_promised_are_not_complete(tmp_path: Path) -> None:
    """Exit 6, and no file."""
    out = tmp_path / "r.ndjson"
    with serve_reports(tmp_path, count=4) as reports:
        ended = paycli(reports, *RUN, "--from", "-3d", "--out", str(out))
    assert (ended.code, out.exists()) == (6, False)
    assert "has 4 rows, and only 3 came" in ended.err


def test_patience_ends_with_exit_8(tmp_path: Path) -> None:
    """And the report that was asked for is used later."""
    out = tmp_path / "r.ndjson"
    with serve_reports(tmp_path, busy=1000) as reports:
        words = (*RUN, "--from", "-3d", "--out", str(out), "-o", "ndjson")
        ended = paycli(reports, *words, "--wait-timeout", "1")
        assert (ended.code, ended.out) == (8, "")
        reports.busy = 0
        assert paycli(reports, *words).code == 0
        assert len(reports.starts) == 1


@pytest.mark.parametrize(
    "words", [("--from", "-1d", "--to", "-2d"), ("--from", "-1d", "--out", "x", "-o", "table"), ("--to", "now")]
)
def test_a_run_that_cannot_be_is_a_usage_error(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Before anything is asked."""
    with serve_reports(tmp_path) as reports:
        assert paycli(reports, *RUN, *words).code == 2
    assert reports.starts == []


def test_a_rehearsal_shows_the_first_request(tmp_path: Path) -> None:
    """The others depend on its answer."""
    reports = Reports(home=tmp_path, address="http://127.0.0.1:9")
    ended = paycli(reports, *RUN, *MONTHS, "--dry-run")
    assert ended.code == 0
    assert (ended.json["method"], ended.json["body"]["project_id"]) == ("POST", "pos-1")
    assert json.dumps(ended.json["body"]["end_date"]) == '"2026-01-31T23:59:59.999+00:00"'

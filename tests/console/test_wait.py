"""--wait: what is accepted and not finished is followed until it is, or the time is over."""

import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.helpers import Result, Served

CAPTURE = ("tranzzo", "capture", "W-1", "--amount", "10.52", "--currency", "UAH", "-p", "sandbox", "-o", "json")
LIMIT = 30


def state(sandbox: Served) -> tuple[str, Any]:
    """Return state and exit code of the only entry in the journal that is a capture."""
    rows = sandbox.paycli("journal", "list", "-o", "json").json
    return next((row["state"], row["exit_code"]) for row in rows if row["operation"] == "tranzzo capture")


def waiting(sandbox: Served, *words: str) -> Any:
    """Start the capture and return its process when it waits."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-m", "paycli", *CAPTURE, *words], env=sandbox.environment, stdout=pipe, stderr=pipe, text=True
    )
    assert process.stderr
    while "waiting until it is finished" not in process.stderr.readline():
        assert process.poll() is None
    return process


def ended(process: Any) -> Result:
    """Return what a process left."""
    out, err = process.communicate(timeout=LIMIT)
    return Result(process.returncode, out, err)


@pytest.mark.parametrize("event,code,known", [("finish", 0, "succeeded"), ("fail", 5, "rejected")])
def test_a_pending_capture_is_followed_to_its_end(sandbox: Served, event: str, code: int, known: str) -> None:
    """The journal knows the end; standard output shows the row that told it."""
    sandbox.held("W-1")
    process = waiting(sandbox, "--wait")
    assert state(sandbox) == ("pending", 8)
    assert sandbox.paycli("sandbox", "act", "tranzzo", event, "W-1").code == 0
    result = ended(process)
    assert result.code == code
    assert state(sandbox) == (known, code)
    if code == 0:
        assert (result.json["method"], result.json["status"]) == ("capture", "success")


def test_what_is_not_finished_in_time_is_exit_8(sandbox: Served) -> None:
    """And pending, as without --wait; the same intention can be waited for again."""
    sandbox.held("W-1")
    before = time.monotonic()
    first = sandbox.paycli(*CAPTURE, "--wait", "--wait-timeout", "1", "--request-id", "r-1")
    assert (first.code, first.json["status"]) == (8, "pending")
    assert time.monotonic() - before < 5
    assert sandbox.paycli("sandbox", "act", "tranzzo", "finish", "W-1").code == 0
    again = sandbox.paycli(*CAPTURE, "--wait", "--request-id", "r-1")
    assert again.code == 0
    assert state(sandbox) == ("succeeded", 0)


def test_stopping_to_wait_is_exit_8(sandbox: Served) -> None:
    """It was sent, and is pending whether somebody waits or not."""
    sandbox.held("W-1")
    process = waiting(sandbox, "--wait")
    process.send_signal(signal.SIGINT)
    assert ended(process).code == 8
    assert state(sandbox) == ("pending", 8)


def test_only_what_can_be_pending_can_be_waited_for(sandbox: Served) -> None:
    """A payment page is there at once, and a read waits for nothing."""
    assert "--wait-timeout" in sandbox.paycli("tranzzo", "refund", "--help").out
    assert "--wait" not in sandbox.paycli("tranzzo", "pay", "hosted", "--help").out
    assert "--wait" not in sandbox.paycli("tranzzo", "orders", "show", "--help").out

"""Faults of the sandbox, over real sockets: what each does, and what a lost answer leaves."""

import pytest

from tests.helpers import Served

UAH = ("--currency", "UAH", "-p", "sandbox")


def fault(sandbox: Served, kind: str, route: str = "POST /api/v1/capture", times: int = 1) -> None:
    """Add a fault."""
    assert sandbox.paycli("sandbox", "fault", "add", "tranzzo", route, kind, "--times", str(times)).code == 0


def methods(sandbox: Served, order: str) -> list[str]:
    """Return what was done with an order."""
    return [row["method"] for row in sandbox.paycli("tranzzo", "orders", "show", order, "-p", "sandbox").json]


def test_429_goes_again_because_the_document_says_that_it_was_not_processed(sandbox: Served) -> None:
    """Once done, after a pause."""
    sandbox.held("F-429")
    fault(sandbox, "429")
    assert sandbox.paycli("tranzzo", "capture", "F-429", "--all", *UAH).code == 0
    assert methods(sandbox, "F-429") == ["auth", "capture"]


@pytest.mark.parametrize("kind", ["500", "drop-before-commit"])
def test_a_read_is_tried_again(sandbox: Served, kind: str) -> None:
    """It changes nothing."""
    sandbox.held("F-read")
    fault(sandbox, kind, "GET /api/v1/pos/*")
    assert methods(sandbox, "F-read") == ["auth"]
    fault(sandbox, kind, "GET /api/v1/pos/*", times=3)
    assert sandbox.paycli("tranzzo", "orders", "show", "F-read", "-p", "sandbox").code == 6


@pytest.mark.parametrize("words", [("POST refund", "500"), ("POST /x", "nonsense"), ("post /x", "500")])
def test_a_fault_that_is_none_is_a_sentence(sandbox: Served, words: tuple[str, str]) -> None:
    """Exit 2."""
    ended = sandbox.paycli("sandbox", "fault", "add", "tranzzo", *words)
    assert (ended.code, ended.out) == (2, "")


def test_a_star_alone_is_explained(sandbox: Served) -> None:
    """The method is missing, not the path."""
    ended = sandbox.paycli("sandbox", "fault", "add", "tranzzo", "*", "500")
    assert (ended.code, ended.out) == (2, "")
    assert 'such as "POST /*"' in ended.err


def test_the_faults_that_wait_are_listed(sandbox: Served) -> None:
    """Until they have happened, or everything is forgotten."""
    fault(sandbox, "409", "POST /api/*", times=2)
    fault(sandbox, "500", "GET /api/v1/pos/*")
    assert sandbox.paycli("tranzzo", "orders", "show", "F-none", "-p", "sandbox").code == 3
    listed = sandbox.paycli("sandbox", "fault", "list")
    assert (listed.code, listed.out.partition(" (")[0]) == (0, "tranzzo POST /api/*: 409, 2 times")
    assert len(listed.out.splitlines()) == 1
    sandbox.paycli("sandbox", "reset")
    assert sandbox.paycli("sandbox", "fault", "list").err == "No fault waits.\n"


def test_the_clock_moves_forward(sandbox: Served) -> None:
    """As far as it is told."""
    sandbox.held("F-clock")
    assert sandbox.paycli("sandbox", "clock", "+7d").code == 0
    assert sandbox.paycli("sandbox", "clock", "7d").code == 2
    sandbox.paycli("tranzzo", "capture", "F-clock", "--all", *UAH)
    rows = sandbox.paycli("tranzzo", "orders", "show", "F-clock", "-p", "sandbox").json
    assert rows[1]["created_at"][:10] > rows[0]["created_at"][:10]

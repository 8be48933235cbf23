"""What a person sees of one order: what is open here first, then what the provider tells, then the journal."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paycli.journal.entry import PENDING, REJECTED, SUCCEEDED, UNKNOWN, Entry
from paycli.journal.store import Journal
from paycli.profiles.places import state_directory
from tests.helpers import Result
from tests.journal.test_store import entry
from tests.serving import Answered, Host, serve

OPERATION = "6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42"
SHOW = ("tranzzo", "orders", "show", "A-1", "-p", "shop")
ORDER = [
    {
        "order_id": "A-1",
        "operation_id": OPERATION,
        "method": "refund",
        "amount": 30,
        "currency": "UAH",
        "status": "failure",
        "status_code": "5147",
        "status_description": "Відхилено",
        "created_at": "2026-03-02T09:16:00",
        "comment": "too small pc-refund",
    },
    {
        "order_id": "A-1",
        "payment_id": "p-1",
        "method": "purchase",
        "amount": 100,
        "currency": "UAH",
        "status": "success",
        "status_code": "1000",
        "created_at": "2026-03-02T09:15:00",
    },
]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """Return a host that knows one order, and a profile that knows the host."""
    with serve(lambda came: Answered(200, json.dumps(ORDER if "A-1" in came.path else []).encode())) as host:
        for name, value in host.variables(tmp_path).items():
            monkeypatch.setenv(name, value)
        yield host


@pytest.fixture
def write(shop: Host) -> Iterator[Callable[..., Entry]]:
    """Return how entries of this shop are written into the journal."""
    journal = Journal(state_directory())
    account = f"{shop.address.removeprefix('http://')}|pos-1"

    def written(identifier: str, **facts: Any) -> Entry:
        made = replace(entry(identifier, account=account, user="ana", host="till"), **facts)
        return journal.claim(lambda _: made)

    yield written
    journal.close()


def test_an_order_is_told_whole(run: Callable[..., Result], write: Callable[..., Entry]) -> None:
    """In time order, with what it comes to, why something failed, and what was done from here."""
    write("pc-refund", state=REJECTED, sentence="Declined", amount="30.00", reason="one chair came back")
    write("pc-other", target="A-2", state=UNKNOWN)
    shown = run(*SHOW, "-o", "table")
    assert shown.out.splitlines() == [
        "order  A-1",
        "",
        f"at                   what      status       amount  code  id{' ' * 34}".rstrip(),
        "2026-03-02 09:15:00  purchase  success  100.00 UAH  1000  p-1",
        f"2026-03-02 09:16:00  refund    failure   30.00 UAH  5147  {OPERATION}",
        "  Відхилено",
        "  payer: The bank did not approve it: ask the bank.",
        "  comment: too small",
        "  done from here: pc-refund",
        "",
        "held        0.00 UAH",
        "captured  100.00 UAH",
        "refunded    0.00 UAH",
        "left      100.00 UAH  can be refunded",
        "",
        "What the journal of this machine knows:",
        "at                   operation     amount  state     who       id",
        "2026-03-02 09:15:00  refund     30.00 UAH  rejected  ana@till  pc-refund",
        "  reason: one chair came back",
    ]


def test_what_is_open_is_told_first_with_what_to_type(run: Callable[..., Result], write: Callable[..., Entry]) -> None:
    """And the sums are said to be perhaps without it."""
    write("pc-lost", state=UNKNOWN)
    write("pc-slow", state=PENDING, amount=None, currency=None)
    write("pc-done", state=SUCCEEDED, settled="by hand", sentence="the bank says so")
    lines = run(*SHOW, "-o", "table").out.splitlines()
    assert lines[:5] == [
        "OPEN: refund of 12.50 UAH, begun 2026-03-02 09:15:00: outcome unknown, do not repeat it",
        "  paycli journal resolve pc-lost",
        "OPEN: refund, begun 2026-03-02 09:15:00: accepted, not finished",
        "  paycli journal resolve pc-slow",
        "",
    ]
    assert "What is open above may not be counted in these sums." in lines
    assert lines[-1] == "  the bank says so"


def test_only_the_table_has_it(run: Callable[..., Result], write: Callable[..., Entry]) -> None:
    """Every other form is the provider's own answer; a part that was asked for is that part."""
    write("pc-lost", state=UNKNOWN)
    assert run(*SHOW, "-o", "json").json == ORDER
    assert run(*SHOW, "-o", "id").out.splitlines() == [OPERATION, "p-1"]
    assert run(*SHOW, "-o", "table", "--columns", "method").out.splitlines() == ["method", "refund", "purchase"]
    assert run(*SHOW, "-o", "table", "--query", "length(@)").out == "2\n"


@pytest.mark.usefixtures("shop")
def test_a_journal_that_cannot_be_read_is_a_line(run: Callable[..., Result]) -> None:
    """The order is shown nevertheless."""
    state_directory().mkdir(parents=True)
    (state_directory() / "journal.db").write_bytes(b"no database" * 100)
    shown = run(*SHOW, "-o", "table")
    assert (shown.code, shown.err) == (0, "")
    told = "The journal of this machine cannot be read: file is not a database; see: paycli journal verify"
    assert shown.out.splitlines()[-1] == told


def test_what_the_provider_does_not_know_the_journal_may(
    run: Callable[..., Result], write: Callable[..., Entry]
) -> None:
    """A payment whose answer was lost need not be listed; scripts are told nothing of it."""
    write("pc-lost", target="A-9", state=UNKNOWN)
    write("pc-page", target="A-9", state=SUCCEEDED, operation="tranzzo pay hosted")
    nobody = ("tranzzo", "orders", "show", "A-9", "-p", "shop")
    missing = run(*nobody, "-o", "table")
    assert (missing.code, missing.out) == (3, "")
    assert "  paycli journal resolve pc-lost" in missing.err.splitlines()
    assert "knows pay hosted of 12.50 UAH, 2026-03-02 09:15:00: succeeded (pc-page)" in missing.err
    assert "pc-" not in run(*nobody, "-o", "json").err

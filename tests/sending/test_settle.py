"""Which of the new things is ours."""

from decimal import Decimal
from typing import Any

import pytest

from paycli.operations.money import Money
from paycli.operations.outcome import Pending, Rejected, Succeeded
from paycli.operations.safety import Identity
from paycli.providers.tranzzo import TRANZZO
from paycli.sending.settle import Evidence, find_ours, nothing_new

REFUND = TRANZZO.load()["refund"]
IDENTITY = Identity("refund", "A-1", "p", Money(Decimal(10), "UAH"))
MARK = "pc-23456789ab"
UNSEEN = Evidence(("old",), frozenset(), marks_come_back=False)


def row(key: str, amount: str = "10", status: str = "success", **more: Any) -> dict[str, Any]:
    """Return a refund as the provider lists it."""
    usual = {"operation_id": key, "method": "refund", "amount": Decimal(amount), "currency": "UAH", "status": status}
    return {**usual, **more}


def found(*rows: dict[str, Any], evidence: Evidence = UNSEEN) -> Any:
    """Look for ours among the rows."""
    return find_ours(TRANZZO, REFUND, IDENTITY, MARK, list(rows), evidence)


@pytest.mark.parametrize("status,kind", [("success", Succeeded), ("pending", Pending), ("failure", Rejected)])
def test_the_one_with_our_mark_is_ours_and_its_status_decides(status: str, kind: type) -> None:
    """Whatever else is new."""
    settled = found(row("x"), row("ours", status=status, comment=f"why {MARK}"), row("y"))
    assert settled.row["operation_id"] == "ours"
    assert (settled.how, type(settled.outcome)) == ("marked", kind)


def test_failing_marks_the_only_new_one_is_inferred() -> None:
    """Of the same kind, amount and currency."""
    others = (row("old"), row("a", "11"), row("b", currency="EUR"), row("c", method="capture"))
    settled = found(*others, row("new"))
    assert (settled.row["operation_id"], settled.how) == ("new", "inferred")
    assert found(*others) is None


def test_two_new_ones_prove_nothing() -> None:
    """One may be a colleague's."""
    assert found(row("a"), row("b")) is None
    assert found(row("a"), row("b"), evidence=Evidence((), frozenset({"a"}), marks_come_back=False)).row == row("b")


def test_a_state_of_earlier_that_is_read_again_is_no_new_one() -> None:
    """A stale reading shows what was there before another change; nor does it show that nothing is there."""
    stale = Evidence(("old",), frozenset(), marks_come_back=False, earlier=frozenset({"older"}))
    assert found(row("older"), evidence=stale) is None
    assert not nothing_new(TRANZZO, IDENTITY, [row("older")], stale)


def test_an_inferred_failure_stays_unknown() -> None:
    """Ours may still be on its way."""
    assert found(row("new", status="failure")) is None


def test_where_marks_come_back_what_lacks_ours_is_not_ours() -> None:
    """Nor where the state before is not known."""
    assert found(row("new"), evidence=Evidence(("old",), frozenset(), marks_come_back=True)) is None
    assert found(row("new"), evidence=Evidence(None, frozenset(), marks_come_back=False)) is None


def test_only_a_reading_that_shows_nothing_new_may_end_in_not_sent() -> None:
    """A new one that could be ours forbids it, unless marks come back."""

    def nothing(*rows: dict[str, Any], evidence: Evidence = UNSEEN) -> bool:
        return nothing_new(TRANZZO, IDENTITY, list(rows), evidence)

    assert nothing(row("old"), row("other", "11"))
    assert not nothing(row("new"))
    assert not nothing(row("new", status="failure"))
    assert not nothing(evidence=Evidence(None, frozenset(), marks_come_back=False))
    assert nothing(row("new"), evidence=Evidence(None, frozenset(), marks_come_back=True))

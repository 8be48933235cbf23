"""What happened with a payment at a terminal, and how one is found in lists alone."""

from typing import Any

from paycli.operations.timeline import Timeline
from paycli.providers.toman.timeline import of_payment
from tests.providers.toman.service import LittleToman
from tests.providers.toman.test_lists import page, row


def told(**facts: Any) -> Timeline:
    """Return the timeline of a payment."""
    found = of_payment(row(1, **facts))
    assert found
    return found


def test_a_success_is_captured_and_of_refunds_nothing_is_known() -> None:
    """Whole rials."""
    found = told()
    assert [one.amount for one in found.sums] == [0, 1250001, None, None]
    assert (found.happened[0].status, found.happened[0].notes) == ("success", ())


def test_a_failure_has_no_reason_but_somebody_to_ask() -> None:
    """The payment service provider, by name."""
    found = told(status=0, psp="آذرخش")
    assert found.happened[0].notes == (
        "support: Toman tells no reason: ask the PSP آذرخش, with the id, the terminal and the time.",
    )
    assert [one.amount for one in found.sums] == [0, 0, 0, 0]


def test_a_status_that_is_not_documented_proves_nothing() -> None:
    """And is shown as it came."""
    for status in (7, "new", None):
        found = told(status=status)
        assert found.happened[0].status == str(status or "")
        assert "does not explain" in found.happened[0].notes[0]
        assert [one.amount for one in found.sums] == [None] * 4
    assert of_payment([row(1)]) is None


def test_a_payment_is_looked_for_in_both_lists(run: Any, toman: LittleToman) -> None:
    """Page by page, and no further than it is found."""
    toman.put("/payments/ipg", page([row(1)], "http://x/payments/ipg?cursor=b", 2), page([row(2)], None, 2))
    toman.put("/payments/pos", page([row(3, psp="سامان")], "http://x/payments/pos?cursor=b", 9))
    shown = run("toman", "payments", "show", row(3)["id"], "-o", "json")
    assert (shown.code, shown.json) == (0, row(3, psp="سامان"))
    assert [(one.path, one.query) for one in toman.asked()] == [
        ("/payments/ipg", ""),
        ("/payments/ipg", "cursor=b"),
        ("/payments/pos", ""),
    ]
    table = run("toman", "payments", "show", row(2)["id"], "-o", "table").out.splitlines()
    assert "captured  1250002 IRR" in table
    assert table[-1] == "The journal of this machine knows nothing of it."


def test_a_payment_in_no_list_is_exit_3(run: Any, toman: LittleToman) -> None:
    """Once both were looked through."""
    toman.put("/payments/ipg", page([row(1)], None, 1))
    toman.put("/payments/pos", page([], None, 0))
    ended = run("toman", "payments", "show", "nobody")
    assert (ended.code, ended.out) == (3, "")
    assert "neither of ipg nor of pos" in ended.err


def test_a_rehearsal_shows_the_first_request_of_each_list(run: Any, toman: LittleToman) -> None:
    """And sends none."""
    urls = [one["url"] for one in run("toman", "payments", "show", "x", "--dry-run", "-o", "json").json]
    assert [url.partition("/payments/")[2] for url in urls] == ["ipg", "pos"]
    assert toman.came == []

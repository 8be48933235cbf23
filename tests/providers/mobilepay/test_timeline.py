"""What happened with a payment at a till, out of its state and its refunds."""

from decimal import Decimal
from typing import Any

import pytest

from paycli.operations.safety import LISTED
from paycli.operations.timeline import Timeline
from paycli.providers.mobilepay.states import PAYMENT_STATES, REFUND_STATES
from paycli.providers.mobilepay.timeline import PAYMENT, REFUND, of_payment
from tests.providers.mobilepay.conftest import Run
from tests.providers.mobilepay.doubles import Till

ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
REFUND_ID = "9b1c7e42-6d0a-4f0e-8c55-3a2f6d9e1c86"


def payment(status: str, amount: Any = "27.06", **more: Any) -> dict[str, Any]:
    """Return the details of a payment."""
    fields = {"paymentId": ID, "orderId": "B-1", "status": status, "amount": amount, "currencyCode": "DKK"}
    return {"success": True, "errors": [], "paymentDetails": {**fields, **more}}


def refund(status: str, amount: str, currency: str = "DKK") -> dict[str, Any]:
    """Return the details of a refund, as the read of a listed one tells them."""
    return {"refundDetails": {"status": status, "amount": amount, "currencyCode": currency}, LISTED: REFUND_ID}


def told(answer: Any, refunds: list[Any] | None = None) -> Timeline:
    """Return the timeline of a payment."""
    found = of_payment(answer, refunds)
    assert found
    return found


def sums(found: Timeline) -> list[Decimal | None]:
    """Return what is held, captured, refunded and left."""
    return [one.amount for one in found.sums[:4]]


def test_only_a_captured_payment_asks_for_its_refunds() -> None:
    """No other can have any."""
    wanted = {status: told(payment(status)).beside for status in PAYMENT_STATES}
    assert {status for status, beside in wanted.items() if beside} == {"Captured"}
    assert wanted["Captured"] == ("refunds list", {"payment_id": ID})


def test_what_is_held_becomes_what_is_captured_and_left() -> None:
    """Before the customer approves it, nothing is anywhere."""
    whole = Decimal("27.06")
    assert sums(told(payment("IssuedToUser"))) == [0, 0, 0, 0]
    assert sums(told(payment("Reserved"))) == [whole, 0, 0, 0]
    assert sums(told(payment("Captured"), [])) == [0, whole, 0, whole]
    assert sums(told(payment("CancelledByUser"))) == [0, 0, 0, 0]


def test_refunds_are_paid_back_under_way_or_stopped() -> None:
    """One that captured itself is paid back; one that is Reserved commits its amount."""
    rows = [
        refund("Captured", "5.00"),
        refund("ExpiredAndCaptured", "1.06"),
        refund("Reserved", "3.00"),
        refund("CancelledByClient", "9.00"),
    ]
    found = told(payment("Captured"), rows)
    assert sums(found) == [0, Decimal("27.06"), Decimal("6.06"), Decimal("18.00")]
    assert (found.sums[4].word, found.sums[4].amount) == ("under way", Decimal("3.00"))


@pytest.mark.parametrize("rows", [None, [refund("Captured", "x")], [refund("Captured", "1", "EUR")]])
def test_refunds_that_cannot_be_read_are_not_told(rows: list[Any] | None) -> None:
    """Nor is what is left guessed."""
    assert sums(told(payment("Captured"), rows)) == [0, Decimal("27.06"), None, None]


def test_a_state_that_nobody_knows_proves_nothing() -> None:
    """And is said to be none."""
    found = told(payment("Frozen"))
    assert sums(found) == [None] * 4
    assert found.happened[0].notes == ("support: The answer names no state that the document knows.",)


def test_every_state_but_the_good_end_has_somebody_who_can_do_something() -> None:
    """Of payments and of refunds."""
    assert set(PAYMENT_STATES) - set(PAYMENT) == {"Captured"}
    assert set(REFUND_STATES) - set(REFUND) == {"Captured"}


def test_a_hold_has_an_end() -> None:
    """Where the answer tells it."""
    found = told(payment("Reserved", paymentExpiresAt="2026-03-09T09:15:00+00:00"))
    assert [(one.what, one.at) for one in found.happened][1:] == [("hold ends", "2026-03-09T09:15:00+00:00")]


def test_what_else_is_told_is_shown_and_what_says_nothing_is_not() -> None:
    """Fields that no document names, too."""
    answer = payment("Reserved", restrictions={"debitCardDisallowed": False}, beaconName="Till 4", customerToken=None)
    assert told(answer).facts == (("orderId", "B-1"), ("beaconName", "Till 4"))


def test_the_journal_knows_a_payment_by_its_ids_and_perhaps_by_our_reference() -> None:
    """Under a reference of ours another payment may have been started."""
    found = told(payment("Captured"), [refund("Captured", "5.00")])
    assert (found.targets, found.references) == ((ID, REFUND_ID), ("B-1",))
    assert of_payment({"success": True}) is None


def test_a_payment_is_shown_with_its_refunds_and_with_what_was_done_from_here(pay: Run, run: Run, till: Till) -> None:
    """The refunds are read for the table only."""
    till.payment("Captured", "100.00")
    assert pay("refunds", "create", ID, "--amount", "30", "--reason", "Привіт").code == 0
    (entry,) = run("journal", "list", "-o", "id").out.splitlines()
    lines = pay("payments", "show", ID, "-o", "table").out.splitlines()
    assert {"refunded     0.00 DKK", "under way   30.00 DKK  counts as gone until it is finished"} <= {*lines}
    assert f"  done from here: {entry}" in lines
    assert "  reason: Привіт" in lines
    till.sent.clear()
    assert pay("payments", "show", ID, "-o", "json").json["payment"]["status"] == "Captured"
    assert [path for _, path, _ in till.sent] == ["payment/details"]


def test_refunds_that_cannot_be_read_are_a_line(pay: Run, till: Till) -> None:
    """The payment is shown nevertheless."""
    till.payment("Captured", "100.00")
    till.drop = {"refunds"}
    shown = pay("payments", "show", ID, "-o", "table")
    assert shown.code == 0
    assert any(line.startswith("A part could not be read: refunds list: ") for line in shown.out.splitlines())
    assert "refunded    not told" in shown.out.splitlines()

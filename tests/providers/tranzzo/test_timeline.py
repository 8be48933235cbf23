"""What happened with an order, what it comes to, and who can do something about what failed."""

from decimal import Decimal
from typing import Any

from paycli.operations.timeline import Timeline
from paycli.providers.tranzzo.timeline import of_order


def operation(method: str, amount: Any, status: str = "success", code: str = "1000", **more: Any) -> dict[str, Any]:
    """Return one operation as the provider lists it."""
    fields = {"method": method, "amount": amount, "currency": "UAH", "status": status, "status_code": code}
    return {"order_id": "A-1", **fields, **more}


def told(*operations: dict[str, Any]) -> Timeline:
    """Return the timeline of an order."""
    found = of_order(list(operations))
    assert found
    return found


def sums(found: Timeline) -> dict[str, str]:
    """Return the amounts by their words."""
    return {one.word: f"{one.amount} {one.currency}" for one in found.sums}


def test_the_sums_are_held_captured_refunded_and_left() -> None:
    """In exact decimals."""
    found = told(operation("auth", 100), operation("capture", Decimal("80.10")), operation("refund", "30"))
    assert sums(found) == {
        "held": "19.90 UAH",
        "captured": "80.10 UAH",
        "refunded": "30 UAH",
        "left": "50.10 UAH",
    }


def test_what_is_released_and_what_is_under_way_are_told_where_there_is_any() -> None:
    """A pending refund is not left any more."""
    assert sums(told(operation("auth", 100), operation("void", 100, code="1009")))["released"] == "100 UAH"
    pending = sums(told(operation("purchase", 100), operation("refund", 60, "pending", "2119")))
    assert [pending["left"], pending["under way"]] == ["40 UAH", "60 UAH"]


def test_a_transfer_from_card_to_card_tells_what_can_be_credited() -> None:
    """And what was."""
    found = sums(told(operation("p2p", 100), operation("credit", 30)))
    assert [found["credited"], found["left to credit"]] == ["30 UAH", "70 UAH"]


def test_what_failed_says_why_and_who_can_do_something() -> None:
    """The provider's own words, and ours."""
    failed = operation("refund", 5, "failure", "5147", status_description="Declined")
    assert told(failed).happened[0].notes == ("Declined", "payer: The bank did not approve it: ask the bank.")


def test_what_succeeded_says_only_what_is_to_be_done() -> None:
    """Or that it was a test; a plain success says nothing."""
    notes = [one.notes for one in told(operation("auth", 1), operation("auth", 1, code="0")).happened]
    assert notes == [(), ("A test: no money moved.",)]
    assert told(operation("auth", 1, code="1007")).happened[0].notes[0].startswith("merchant: ")


def test_a_code_that_the_document_does_not_know_is_called_so() -> None:
    """And one that is missing."""
    unknown, missing = told(operation("auth", 1, "failure", "7777"), operation("auth", 1, "init", "")).happened
    assert unknown.notes == ("support: the code 7777 is not in its document; ask, with the order id.",)
    assert missing.notes == ("support: Tranzzo gives no code; ask, with the order id.",)


def test_an_order_is_known_by_itself_its_operations_and_its_payments() -> None:
    """As refunds, webhooks and subscriptions name it."""
    found = told(operation("auth", 1, payment_id="p-1"), operation("capture", 1, payment_id="p-1"))
    assert found.targets == ("A-1", "A-1 auth", "A-1 capture", "p-1")


def test_nonsense_is_no_timeline() -> None:
    """Nor is an amount that is none counted; it is shown as it came."""
    assert (of_order([]), of_order([1]), of_order({}), of_order(None)) == (None, None, None, None)
    odd = told(operation("capture", "NaN"))
    assert (odd.happened[0].amount, sums(odd)["captured"]) == ("NaN", "0 UAH")

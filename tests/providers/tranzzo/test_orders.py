"""What an order's operations add up to."""

from decimal import Decimal
from typing import Any

from paycli.providers.tranzzo.ledger import order_money
from paycli.providers.tranzzo.timeline import of_order


def operation(method: str, amount: Any, status: str = "success", **more: Any) -> dict[str, Any]:
    """Return one operation as the provider lists it."""
    return {"method": method, "amount": amount, "currency": "UAH", "status": status, **more}


def test_what_is_left_is_what_was_held_less_what_was_taken() -> None:
    """Exactly, in decimals."""
    money = order_money([operation("auth", 100), operation("capture", Decimal("80.10")), operation("refund", "30")])
    assert [money.authorised, money.captured, money.refunded] == [100, Decimal("80.10"), 30]
    assert [money.left_to_capture, money.left_to_refund] == [Decimal("19.90"), Decimal("50.10")]


def test_a_purchase_is_captured_at_once() -> None:
    """There is nothing left to capture."""
    money = order_money([operation("purchase", 100)])
    assert [money.left_to_capture, money.left_to_refund] == [0, 100]


def test_a_void_releases_what_was_held() -> None:
    """Nothing can be captured afterwards."""
    money = order_money([operation("auth", 100), operation("void", 100)])
    assert [money.left_to_capture, money.left_to_refund] == [0, 0]
    assert "released 100.00 UAH" in money.lines()[0]


def test_what_is_under_way_counts_as_taken() -> None:
    """It may succeed, so it cannot be promised again."""
    money = order_money([operation("purchase", 100), operation("refund", 60, "pending")])
    assert [money.refunded, money.left_to_refund] == [0, 40]


def test_failures_and_nonsense_count_for_nothing() -> None:
    """An amount that is none is no amount."""
    money = order_money([operation("auth", 100), operation("capture", 50, "failure"), operation("capture", "NaN")])
    assert money.left_to_capture == 100


def test_states_that_are_no_words_count_for_nothing() -> None:
    """An object where a word should be is no state."""
    money = order_money([operation("auth", 100), {**operation("capture", 50), "status": {"a": 1}}])
    assert money.left_to_capture == 100
    odd = {**operation("refund", 1), "status": ["success"], "method": {"a": 1}, "order_id": "A-1"}
    assert of_order([odd], None) is not None

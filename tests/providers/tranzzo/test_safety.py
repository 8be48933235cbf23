"""How Tranzzo's changes are recognised, and what is left of an order."""

from decimal import Decimal
from typing import Any

import pytest

from paycli.operations.compose import compose
from paycli.operations.money import Money
from paycli.operations.operation import Request
from paycli.operations.params import Share
from paycli.operations.safety import Identity, Row
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.ledger import order_money
from paycli.providers.tranzzo.safety import alike, identify, weigh

FACTS = {"pos_id": "p-1"}
FIVE = Money(Decimal(5), "UAH")


def row(method: str, amount: str, status: str = "success", **more: Any) -> dict[str, Any]:
    """Return one operation of an order."""
    return {"method": method, "amount": Decimal(amount), "currency": "UAH", "status": status, **more}


def identity(command: str, **values: Any) -> Identity:
    """Return what a command acts on."""
    operation = TRANZZO.load()[command]
    return identify(operation, compose(TRANZZO, operation, values, FACTS))


@pytest.mark.parametrize(
    "command,kind",
    [
        ("pay card", "pay"), ("pay apm", "pay"), ("pay qr", "pay"), ("split card", "pay"), ("split hosted", "pay"),
        ("payout card", "payout"), ("payout apm", "payout"), ("p2p token", "p2p"), ("lookup card", "lookup"),
        ("lookup hosted", "lookup"), ("p2p-credit card", "p2p-credit"), ("p2p-credit token", "p2p-credit"),
        ("split capture", "capture"), ("capture", "capture"), ("split refund", "refund"), ("refund", "refund"),
        ("recurring refund", "refund"), ("recurring cancel", "cancel"), ("void", "void"),
    ],
)  # fmt: skip
def test_each_change_is_of_one_kind_of_movement(command: str, kind: str) -> None:
    """Commands of one kind on one target are the same thing done twice."""
    assert TRANZZO.load()[command].kind == kind


def test_what_a_path_names_is_the_target() -> None:
    """The payment of a subscription, the subscription, the operation of an order."""
    share = Share(FIVE, "UAH")
    assert identity("recurring refund", subscription="R/1", payment="P 1", amount=share) == Identity(
        "refund", "P 1", "p-1", FIVE
    )
    assert identity("recurring cancel", subscription="R/1") == Identity("cancel", "R/1", "")
    assert identity("webhooks resend", order="A/1", operation="void") == Identity("resend", "A/1 void", "p-1")


def test_a_raw_request_of_the_same_path_is_the_same() -> None:
    """Whoever wrote it."""
    raw = Request("POST", "base_url", "/api/v1/pos/p-1/recurring/R/payments/P/refund", raw=b'{"refund_amount": 5}')
    assert identify(TRANZZO.load()["recurring refund"], raw).target == "P"


@pytest.mark.parametrize(
    "kind,method,same",
    [
        ("pay", "auth", True), ("pay", "purchase", True), ("pay", "p2p", False), ("payout", "credit", True),
        ("p2p", "p2p", True), ("lookup", "lookup", True), ("p2p-credit", "credit", True), ("refund", "credit", False),
    ],
)  # fmt: skip
def test_a_row_is_alike_by_its_method(kind: str, method: str, same: bool) -> None:
    """And its amount and currency."""
    assert alike(Identity(kind, "A", "", FIVE), row(method, "5")) is same
    assert not alike(Identity(kind, "A", "", FIVE), row(method, "6"))


def test_what_went_to_a_card_is_not_left_to_refund() -> None:
    """Nor what is on its way there; the other way round too."""
    state = order_money(
        [row("purchase", "100"), row("credit", "30"), row("credit", "5", "pending"), row("refund", "20")]
    )
    assert (state.left_to_refund, state.left_to_credit, state.credited) == (Decimal(45), Decimal(45), Decimal(30))


def test_a_transfer_can_be_credited_and_not_refunded() -> None:
    """Its money never was the merchant's."""
    state = order_money([row("p2p", "100"), row("credit", "25")])
    assert (state.left_to_refund, state.left_to_credit) == (Decimal(0), Decimal(75))


def test_a_payout_credits_nothing_of_an_order() -> None:
    """It begins one of its own."""
    state = order_money([row("credit", "25")])
    assert (state.credited, state.left_to_credit, state.left_to_refund) == (Decimal(0), Decimal(0), Decimal(0))


@pytest.mark.parametrize("amount,told", [("76", "only 75.00 UAH is left to p2p-credit"), ("75", None)])
def test_more_than_is_left_cannot_be_credited(amount: str, told: str | None) -> None:
    """The look before refuses it."""
    rows: list[Row] = [row("p2p", "100"), row("credit", "25")]
    assert weigh(Identity("p2p-credit", "A", "", Money(Decimal(amount), "UAH")), rows).problem == told
    assert weigh(Identity("p2p-credit", "A", ""), rows).money == Money(Decimal(75), "UAH")

"""Orders: the payment and everything done with its money afterwards.

Document: "Get order transactions", "Payment operation info".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from paycli.operations.columns import identifier, money, status, text, time
from paycli.operations.money import exponent
from paycli.operations.operation import Fields, Shape, View
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.fields import OrderId

UNDER_WAY = frozenset({"init", "pending"})


@dataclass(frozen=True)
class OrderMoney:
    """What became of an order's money, in major units of its currency.

    What is under way counts as taken from what is left, since it may succeed.
    """

    currency: str
    authorised: Decimal
    captured: Decimal
    voided: Decimal
    refunded: Decimal
    left_to_capture: Decimal
    left_to_refund: Decimal

    def lines(self) -> list[str]:
        """Return what happened and what is left, as two lines that fit a narrow terminal."""
        past = {"authorised": self.authorised, "captured": self.captured, "refunded": self.refunded}
        if self.voided:
            past["released"] = self.voided
        left = {"left to capture": self.left_to_capture, "left to refund": self.left_to_refund}
        return [self._told(past), self._told(left)]

    def _told(self, amounts: Mapping[str, Decimal]) -> str:
        return " · ".join(f"{word} {self._amount(value)}" for word, value in amounts.items())

    def _amount(self, value: Decimal) -> str:
        return f"{value:.{exponent(self.currency)}f} {self.currency}"


def order_money(operations: Sequence[Mapping[str, Any]]) -> OrderMoney:
    """Return what an order's operations add up to."""

    def total(*methods: str, statuses: frozenset[str] = frozenset({"success"})) -> Decimal:
        chosen = (row for row in operations if row.get("method") in methods and row.get("status") in statuses)
        return sum((_decimal(row.get("amount")) for row in chosen), Decimal(0))

    authorised, bought = total("auth"), total("purchase")
    captured, voided, refunded = total("capture"), total("void"), total("refund")
    ended = voided or total("void", statuses=UNDER_WAY)
    held = Decimal(0) if ended else authorised - captured - total("capture", statuses=UNDER_WAY)
    taken = bought + captured
    if voided and not authorised:
        taken -= voided
    return OrderMoney(
        currency=next((str(row["currency"]) for row in operations if row.get("currency")), ""),
        authorised=authorised + bought,
        captured=bought + captured,
        voided=voided,
        refunded=refunded,
        left_to_capture=max(held, Decimal(0)),
        left_to_refund=max(taken - refunded - total("refund", statuses=UNDER_WAY), Decimal(0)),
    )


def in_time_order(operations: list[Any]) -> View:
    """Return the operations from first to last, and the line with what is left."""
    rows = [row for row in operations if isinstance(row, Mapping)]
    if not rows:
        return View(operations)
    return View(sorted(rows, key=lambda row: str(row.get("created_at", ""))), order_money(rows).lines())


def _decimal(value: Any) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)


@TRANZZO.get(
    "orders show",
    "/api/v1/pos/{pos_id}/orders/{order_id}",
    documented_as="Get order transactions",
    shape=Shape.ARRAY,
    empty_is_missing=True,
    view=in_time_order,
    columns=(
        time("created_at"),
        text("method"),
        status("status"),
        money("amount", "currency"),
        text("status_code"),
        identifier("operation_id", primary=True, otherwise="payment_id"),
    ),
    example=[
        {
            "payment_id": "6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42",
            "order_id": "A-1001",
            "method": "auth",
            "amount": 100,
            "currency": "UAH",
            "status": "success",
            "status_code": "1000",
            "created_at": "2026-03-02T09:15:00.100",
        }
    ],
)
def orders_show(order: OrderId) -> Fields:
    """Show everything that happened with an order, and what can still be captured or refunded."""
    return {}

"""Orders: the payment and everything done with its money afterwards.

Document: "Get order transactions", "Payment operation info".
"""

from collections.abc import Mapping
from typing import Any

from paycli.operations.columns import identifier, money, status, text, time
from paycli.operations.operation import Fields, Shape, View
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.fields import OrderId
from paycli.providers.tranzzo.ledger import order_money


def in_time_order(operations: list[Any]) -> View:
    """Return the operations from first to last, and the line with what is left."""
    rows = [row for row in operations if isinstance(row, Mapping)]
    if not rows:
        return View(operations)
    return View(sorted(rows, key=lambda row: str(row.get("created_at", ""))), order_money(rows).lines())


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

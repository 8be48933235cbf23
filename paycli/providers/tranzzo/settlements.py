"""What is done with an order's money after the payment: capture, void, refund.

Document: "Capture", "Partial capture", "Void", "Refund", "Partial refund". All three name the order by its own
``order_id`` and carry its currency; there is no idempotency key, so none is ever sent again by itself.
"""

from typing import Any

from paycli.operations.columns import identifier, money, status, text, time
from paycli.operations.operation import Effect, Fields, settled_by
from paycli.operations.params import AmountOrAll, CurrencyOfOrder
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.fields import Comment, ServerUrl, SettledOrderId

COLUMNS = (
    identifier("operation_id", primary=True),
    text("order_id"),
    text("method"),
    status("status"),
    money("amount", "currency"),
    text("status_code"),
    text("status_description"),
    time("created_at"),
    text("comment"),
)


def settled(method: str, code: str, amount: float) -> dict[str, Any]:
    """Return a made-up answer to a secondary operation."""
    return {
        "operation_id": "0c1e4b52-7a60-4d0f-8f0e-5b7f6f1d2a11",
        "payment_id": "6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42",
        "order_id": "A-1001",
        "method": method,
        "amount": amount,
        "currency": "UAH",
        "status": "success",
        "status_code": code,
    }


@TRANZZO.post(
    "capture",
    "/api/v1/capture",
    documented_as="Capture; Partial capture",
    effect=Effect.MOVES_MONEY,
    retry=settled_by("orders show"),
    same=("order_id", "amount"),
    columns=COLUMNS,
    example=settled("capture", "1000", 80),
)
def capture(
    order: SettledOrderId, amount: AmountOrAll, comment: Comment = None, server_url: ServerUrl = None
) -> Fields:
    """Take money that an order holds, in part or in full."""
    return {
        "order_id": order,
        "order_currency": amount.currency,
        "charge_amount": amount.part,
        "comment": comment,
        "server_url": server_url,
    }


@TRANZZO.post(
    "void",
    "/api/v1/void",
    documented_as="Void",
    effect=Effect.MOVES_MONEY,
    retry=settled_by("orders show"),
    same=("order_id",),
    columns=COLUMNS,
    example=settled("void", "1009", 100),
)
def void(
    order: SettledOrderId, currency: CurrencyOfOrder, comment: Comment = None, server_url: ServerUrl = None
) -> Fields:
    """Release the money that an order holds, before any of it is captured."""
    return {"order_id": order, "order_currency": currency, "comment": comment, "server_url": server_url}


@TRANZZO.post(
    "refund",
    "/api/v1/refund",
    documented_as="Refund; Partial refund",
    effect=Effect.MOVES_MONEY,
    retry=settled_by("orders show"),
    same=("order_id", "amount"),
    columns=COLUMNS,
    example=settled("refund", "1004", 30),
)
def refund(order: SettledOrderId, amount: AmountOrAll, comment: Comment = None, server_url: ServerUrl = None) -> Fields:
    """Refund an order, in part or in full."""
    return {
        "order_id": order,
        "order_currency": amount.currency,
        "refund_amount": amount.part,
        "comment": comment,
        "server_url": server_url,
    }

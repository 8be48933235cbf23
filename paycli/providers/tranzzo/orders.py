"""Orders: the payment and everything done with its money afterwards.

Document: "Get order transactions", "Payment operation info".
"""

from paycli.operations.columns import identifier, money, status, text, time
from paycli.operations.operation import Fields, Shape
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.fields import OperationName, OrderId
from paycli.providers.tranzzo.timeline import of_order

COLUMNS = (
    time("created_at"),
    text("method"),
    status("status"),
    money("amount", "currency"),
    text("status_code"),
    identifier("operation_id", primary=True, otherwise="payment_id"),
)


@TRANZZO.get(
    "orders show",
    "/api/v1/pos/{pos_id}/orders/{order_id}",
    documented_as="Get order transactions",
    shape=Shape.ARRAY,
    empty_is_missing=True,
    timeline=of_order,
    columns=COLUMNS,
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


@TRANZZO.get(
    "orders operation",
    "/api/v1/pos/{pos_id}/orders/{order_id}/{operation}",
    documented_as="Payment operation info",
    # The document shows no answer: one operation, or several of the same method.
    shape=Shape.ANY,
    columns=COLUMNS,
    example={
        "payment_id": "6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42",
        "order_id": "A-1001",
        "method": "purchase",
        "amount": 12.50,
        "currency": "UAH",
        "status": "success",
        "status_code": "1000",
    },
)
def orders_operation(order: OrderId, operation: OperationName) -> Fields:
    """Show one operation of an order, by its method."""
    return {}

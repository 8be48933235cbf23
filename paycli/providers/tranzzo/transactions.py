"""Transactions of a period.

Document: "Get transactions for period"; ``startDate`` and ``enddate`` (that spelling) are UNIX timestamps, read as
whole seconds.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from paycli.operations.columns import identifier, money, status, text, time
from paycli.operations.moments import From, To, unix_seconds
from paycli.operations.operation import Fields, Shape
from paycli.operations.params import Option, one_of
from paycli.providers.tranzzo import TRANZZO

Methods = Annotated[
    tuple[str, ...],
    Option("Only rows of this method, such as refund; may be repeated.", metavar="METHOD", many=True),
]
Statuses = Annotated[
    tuple[str, ...],
    Option(
        "Only rows in this state; may be repeated.",
        parse=one_of("init", "pending", "success", "failure"),
        metavar="STATUS",
        many=True,
    ),
]


def asked_for(
    since: object, until: object = None, method: tuple[str, ...] = (), status: tuple[str, ...] = ()
) -> Callable[[Any], bool] | None:
    """Return whether a row has one of the methods and is in one of the states that were typed; None: all rows."""
    if not method and not status:
        return None

    def wanted(row: Any) -> bool:
        if not isinstance(row, Mapping):
            return False
        return (not method or row.get("method") in method) and (not status or row.get("status") in status)

    return wanted


@TRANZZO.get(
    "transactions list",
    "/api/v1/pos/{pos_id}/transactions",
    documented_as="Get transactions for period",
    shape=Shape.ARRAY,
    listing=True,
    query=("startDate", "enddate"),
    keep=asked_for,
    columns=(
        time("created_at"),
        text("order_id"),
        text("method"),
        status("status"),
        money("amount", "currency"),
        text("cc_mask"),
        identifier("operation_id", primary=True, otherwise="payment_id"),
    ),
    example=[
        {
            "payment_id": "6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42",
            "order_id": "A-1001",
            "method": "purchase",
            "amount": 250.50,
            "currency": "UAH",
            "status": "success",
            "created_at": "2026-03-02T09:15:00.100",
        }
    ],
)
def transactions_list(since: From, until: To = None, method: Methods = (), status: Statuses = ()) -> Fields:
    """List what happened in a period, of all orders, as it arrives.

    The provider sends the whole period; --method and --status choose here, among the rows as they arrive.
    """
    return {"startDate": unix_seconds(since), "enddate": unix_seconds(until)}

"""Transactions: what was sold and paid, and what became of it.

Document: "Get transaction list", "Get transaction details". Lists are bare arrays in numbered pages of at most 100.
"""

from typing import Annotated

from paycli.operations.columns import identifier, minor, status, text, time
from paycli.operations.operation import Fields, Route, Shape
from paycli.operations.pages import Numbered
from paycli.operations.params import Identifier, Option, one_of
from paycli.providers.tora import TORA
from paycli.providers.tora.fields import (
    EURO,
    LONGEST_REFERENCE,
    CancelFrom,
    CancelTo,
    From,
    Merchant,
    OfTerminal,
    SaleId,
    To,
    timestamp,
)
from paycli.providers.tora.timeline import of_transaction

TYPES = ("BP", "TOPUP", "ELAIKO")
STATES = ("captured", "canceled")
SMALLEST_PAGE, LARGEST_PAGE = 10, 100
PERIODS = ("from", "to", "cancelFrom", "cancelTo")
COLUMNS = (
    time("createdAt"),
    text("type"),
    status("status"),
    minor("amount", EURO),
    text("product.name"),
    identifier("reference"),
    text("terminalId"),
    time("canceledAt"),
    identifier("id", primary=True),
)
DETAILS = (
    *COLUMNS,
    text("product.code"),
    identifier("details.paymentCode"),
    minor("details.paymentAmount", EURO),
    minor("details.commission", EURO),
    text("details.phone"),
    identifier("details.extTransId"),
)
EXAMPLE = {
    "id": "990012346",
    "terminalId": 7001,
    "type": "BP",
    "product": {"code": "EYDAP", "name": "ΕΥΔΑΠ"},
    "amount": 1330,
    "status": "captured",
    "createdAt": "2026-03-02T09:15:00Z",
    "canceledAt": None,
    "reference": "B-1001",
}

Type = Annotated[
    str | None,
    Option("Bill payments, topups or tickets only.", flag="--type", parse=one_of(*TYPES), choices=TYPES),
]
Status = Annotated[str | None, Option("Only these.", flag="--status", parse=one_of(*STATES), choices=STATES)]
OfReference = Annotated[
    str | None,
    Option("Only with this reference of yours.", flag="--reference", parse=Identifier(LONGEST_REFERENCE)),
]


@TORA.get(
    "transactions list",
    "/transactions",
    documented_as="Get transaction list",
    route=Route.ASSUMED,
    shape=Shape.ARRAY,
    listing=True,
    numbered=Numbered("page", "first_page", SMALLEST_PAGE),
    query=(*PERIODS, "type", "mid", "terminalId", "status", "reference", "page", "limit"),
    columns=COLUMNS,
    example=[EXAMPLE],
)
def transactions_list(
    since: From = None,
    until: To = None,
    type_: Type = None,
    mid: Merchant = None,
    terminal_id: OfTerminal = None,
    status: Status = None,
    cancel_from: CancelFrom = None,
    cancel_to: CancelTo = None,
    reference: OfReference = None,
) -> Fields:
    """List transactions, page by page."""
    return {
        "from": timestamp(since),
        "to": timestamp(until),
        "type": type_,
        "mid": mid,
        "terminalId": terminal_id,
        "status": status,
        "cancelFrom": timestamp(cancel_from),
        "cancelTo": timestamp(cancel_to),
        "reference": reference,
        "limit": LARGEST_PAGE,
    }


@TORA.get(
    "transactions show",
    "/transactions/{id}",
    documented_as="Get transaction details",
    route=Route.ASSUMED,
    columns=DETAILS,
    timeline=of_transaction,
    example={
        **EXAMPLE,
        "details": {
            "paymentCode": "20260011037230717",
            "paymentAmount": 1250,
            "commission": 80,
            "phone": "2100000001",
            "extTransId": "X-77",
        },
    },
)
def transactions_show(transaction: SaleId) -> Fields:
    """Show a transaction with its details."""
    return {}

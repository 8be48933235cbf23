"""Refunds: created (which commits the money), then captured or cancelled within a day.

Document: "PointOfSalesRefunds". A reserved refund captures itself after 24 hours; refunds are possible up to 90 days
after the capture, several of them, together at most what was captured.
"""

from typing import Annotated

from paycli.operations.columns import identifier, text
from paycli.operations.operation import Effect, Fields, Shape, settled_by
from paycli.operations.params import Option
from paycli.operations.params import identifier as named
from paycli.operations.safety import LISTED
from paycli.providers.mobilepay import MOBILEPAY
from paycli.providers.mobilepay.fields import LONGEST_REFERENCE, Amount, PaymentId, RefundId
from paycli.providers.mobilepay.safety import FREE, of_payment

EXAMPLE_ID = "9b1c7e42-6d0a-4f0e-8c55-3a2f6d9e1c86"
DONE = {"message": "done", "success": True, "errors": []}
DONE_COLUMNS = (identifier("refundId", primary=True), text("message"))
RefundOrderId = Annotated[
    str | None,
    Option(
        "Your own reference of the refund, at most 36 characters; left out, the journal's id is sent.",
        parse=named(LONGEST_REFERENCE),
        metavar="TEXT",
    ),
]


@MOBILEPAY.declare(
    "refunds create",
    "POST|GET",
    "/api/pos/refund/create",
    documented_as="Create a refund (captures itself after 24 h)",
    effect=Effect.MOVES_MONEY,
    retry=settled_by("refunds list"),
    same=("payment_id", "amount"),
    movement="refund",
    creates="refundId",
    listed=True,
    beside=of_payment,
    columns=(identifier("refundId", primary=True, otherwise=LISTED),),
    example={"refundId": EXAMPLE_ID, "success": True, "errors": []},
)
def create(payment_id: PaymentId, amount: Amount, refund_order_id: RefundOrderId = None) -> Fields:
    """Refund a captured payment, in part or in full: it captures itself after 24 hours.

    `refunds capture` pays it back at once, `refunds cancel` stops it while it is Reserved. Refunds are possible up to
    90 days after the capture, several of them, together at most what was captured.
    """
    return {
        "amount": amount,
        "currencyCode": amount.currency,
        "paymentId": payment_id,
        "refundOrderId": refund_order_id or FREE,
    }


@MOBILEPAY.get(
    "refunds show",
    "/api/pos/refund/details",
    documented_as="Refund details",
    query=("refundId",),
    example={"refundId": EXAMPLE_ID, "status": "Reserved", "amount": 12.5, "currencyCode": "DKK", "success": True},
)
def show(refund_id: RefundId) -> Fields:
    """Show a refund: Initiated, Reserved, Captured, ExpiredAndCaptured (by itself, after 24 hours) or cancelled."""
    return {"refundId": refund_id}


@MOBILEPAY.get(
    "refunds list",
    "/api/pos/refunds",
    documented_as="Refund ids of a payment",
    shape=Shape.ARRAY,
    listing=True,
    enveloped=True,
    detail="refunds show",
    query=("paymentId",),
    columns=(identifier("", primary=True),),
    example=[EXAMPLE_ID],
)
def list_(payment_id: PaymentId) -> Fields:
    """List the ids of a payment's refunds."""
    return {"paymentId": payment_id}


@MOBILEPAY.get(
    "refunds capture",
    "/api/pos/refund/capture",
    documented_as="Capture a refund",
    effect=Effect.MOVES_MONEY,
    retry=settled_by("refunds show"),
    same=("refund_id",),
    movement="refund-capture",
    query=("refundId",),
    columns=DONE_COLUMNS,
    example=DONE,
)
def capture(refund_id: RefundId) -> Fields:
    """Pay a Reserved refund back now, rather than when it captures itself after 24 hours."""
    return {"refundId": refund_id}


@MOBILEPAY.get(
    "refunds cancel",
    "/api/pos/refund/cancel",
    documented_as="Cancel a refund",
    effect=Effect.MOVES_MONEY,
    retry=settled_by("refunds show"),
    same=("refund_id",),
    movement="refund-cancel",
    query=("refundId",),
    columns=DONE_COLUMNS,
    example=DONE,
)
def cancel(refund_id: RefundId) -> Fields:
    """Cancel a refund that is not captured; after 24 hours it has captured itself."""
    return {"refundId": refund_id}

"""How MobilePay is looked through: by the id of a payment or refund, and by our order id.

Document: "Query a payment details", "Query the refund details", "Gets a list of active payments", which lists captured
ones apart, and neither cancelled nor expired ones. No time of a payment is documented.
"""

from functools import partial
from typing import Any

from paycli.operations.looks import Facts, Hit, Look, Sought, Status, Values, could_be, number_of, text_of
from paycli.operations.params import identifier
from paycli.providers.mobilepay.fields import LONGEST_REFERENCE, guid
from paycli.providers.mobilepay.states import (
    BLOCKING,
    CANCELLED,
    CAPTURED,
    CAPTURED_ITSELF,
    RESERVED,
    flat,
    state_of,
)

REJECTED = "RejectedByMobilePayDueToAgeRestrictions"
PAYMENTS = {
    **dict.fromkeys(BLOCKING, Status.PENDING),
    RESERVED: Status.HELD,
    CAPTURED: Status.SUCCEEDED,
    **dict.fromkeys(CANCELLED, Status.CANCELLED),
    REJECTED: Status.FAILED,
}
# A reserved refund captures itself: it is not held for us to decide.
REFUNDS = {
    **PAYMENTS,
    RESERVED: Status.PENDING,
    CAPTURED_ITSELF: Status.SUCCEEDED,
}
_ORDER_ID = identifier(LONGEST_REFERENCE)


def _by_id(name: str, sought: Sought) -> Values | None:
    found = could_be(guid, sought.text)
    return {name: found} if found else None


def _by_order(state: str | None, sought: Sought) -> Values | None:
    order = could_be(_ORDER_ID, sought.text)
    return {"order_id": order, "state": state} if order else None


def _details(row: Any) -> tuple[str, Values] | None:
    """Return the read of one of the bare identifiers that a list holds; a row with details is whole by itself."""
    return ("payments show", {"payment_id": row.lower()}) if isinstance(row, str) else None


def _hit(data: Any, values: Values, _facts: Facts) -> Hit:
    fields, state = flat(data), state_of(data)
    refund = str(values.get("refund_id", ""))
    found = refund or str(values.get("payment_id") or fields.get("paymentId") or "")
    return Hit(
        id=found,
        kind="refund" if refund else "payment",
        status=(REFUNDS if refund else PAYMENTS).get(state or "", Status.UNKNOWN),
        command="refunds show" if refund else "payments show",
        argument=found,
        provider_status=state,
        order=text_of(fields.get("refundOrderId" if refund else "orderId")),
        amount=number_of(fields.get("amount")),
        currency=text_of(fields.get("currencyCode")),
    )


LOOKS = (
    Look("payments show", partial(_by_id, "payment_id"), _hit),
    Look("refunds show", partial(_by_id, "refund_id"), _hit, otherwise=True),
    # Which characters an order id may have is not told here.
    Look("payments list", partial(_by_order, None), _hit, whole=_details, refusable=True),
    Look("payments list", partial(_by_order, CAPTURED), _hit, whole=_details, refusable=True),
)

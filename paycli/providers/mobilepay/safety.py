"""How MobilePay's changes are recognised: by ids where something is created, by states where something is changed.

**What is created** (a payment by its order id, a refund by its payment) appears in a list of ids; each is read, so that
a refund shows our mark in refundOrderId, where the user left that free, and its amount. Failing the mark, the only new
one is inferred to be ours. Refunds are listed whatever became of them, so that absence proves something; payments leave
the list of active ones when they end, so that absence proves nothing.

**What changes a state** has no list of operations: there is one thing, whose state tells. A state is treated as a row
of that name, so that a change of state is a new row. States only go forward, so from Reserved before, Captured after
means that a capture happened; no other entry of this machine claims it, since nothing else goes out to a payment while
one is unknown. Whether it was ours or a colleague's with another amount no read tells: it is inferred, never marked. A
state in which something else ended it (CancelledByUser, ExpiredAndCancelled; for a refund ExpiredAndCaptured, 24 hours
over) names who did it, so ours did not, and cannot any more. A state that did not move shows, once ours cannot arrive
any more, that nothing was changed.

**Ready** is told by Initiated, IssuedToUser and what follows. Paired is not taken as proof: a customer may check in
while the payment is only prepared.

**A point of sale** is there or is not; both are states of the terminal.
"""

import re
from collections.abc import Mapping
from typing import Any

from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.safety import LISTED, Identity, Row, Safety
from paycli.operations.wire import measured
from paycli.providers.mobilepay.states import (
    CANCELLED,
    CANCELLED_BY_US,
    CAPTURED,
    CURRENCIES,
    RESERVED,
    flat,
    money_of,
    pos_of,
    state_of,
)
from paycli.providers.mobilepay.weighing import weigh
from paycli.values import replace

FREE = "<refund_order_id>"
NO_POS = "no point of sale"
STARTS = frozenset({"start", "prepare"})
READIED = frozenset({"Initiated", "IssuedToUser", RESERVED, CAPTURED})
BECOMES = {
    "capture": frozenset({CAPTURED}),
    "refund-capture": frozenset({CAPTURED}),
    "cancel": frozenset({CANCELLED_BY_US}),
    "refund-cancel": frozenset({CANCELLED_BY_US}),
    "ready": READIED,
}
_TARGETS = {
    **dict.fromkeys(("start", "prepare"), "orderId"),
    **dict.fromkeys(("ready", "capture", "cancel", "refund"), "paymentId"),
    **dict.fromkeys(("refund-capture", "refund-cancel"), "refundId"),
    **dict.fromkeys(("create-pos", "delete-pos"), "terminalId"),
    **dict.fromkeys(("create", "reset"), "bioCode"),
}
_IDS = frozenset({"paymentId", "refundId"})
_MARK = re.compile(r"pc-[0-9a-z]{10}")


def field_of(request: Request, name: str) -> str:
    """Return a field of a request, in its body or its query, of a declared command and of a raw one alike."""
    value = str(_fields(request).get(name) or "")
    return value.lower() if name in _IDS else value


def of_payment(request: Request) -> tuple[str, dict[str, str]]:
    """Return the read of the payment that a request acts on, for its amount."""
    return "payments show", {"payment_id": field_of(request, "paymentId")}


def identify(operation: Operation, request: Request) -> Identity:
    """Return what a request acts on: the payment or refund, the terminal, or our own reference of what is started."""
    kind = operation.kind
    return Identity(
        kind=kind,
        target=field_of(request, _TARGETS[kind]) if kind in _TARGETS else "",
        merchant=field_of(request, "bioCode"),
        money=request.money or _money(request),
    )


def mark(request: Request, text: str) -> Request:
    """Put the mark into the refund's own reference, where the user left that free."""
    if request.body and request.body.get("refundOrderId") == FREE:
        return replace(request, body={**request.body, "refundOrderId": text})
    if ("refundOrderId", FREE) in request.query:
        query = tuple((name, text if value == FREE else value) for name, value in request.query)
        return replace(request, query=query)
    return request


def alike(identity: Identity, row: Row) -> bool:
    """Return whether the row could be this very change; see the module's docstring for what a state proves."""
    kind = identity.kind
    if kind in BECOMES:
        return LISTED not in row and state_of(row) in BECOMES[kind]
    if kind in STARTS:
        return LISTED in row and flat(row).get("orderId") in {None, identity.target}
    if kind == "refund":
        amount = money_of(row)
        other = amount is not None and identity.money is not None and amount != identity.money
        return LISTED in row and not other and state_of(row) not in CANCELLED
    if kind in {"create-pos", "delete-pos"}:
        return bool(pos_of(row)) is (kind == "create-pos")
    return False


def key(row: Row) -> str:
    """Return what tells a row from others: the id of what a list named, a state, a point of sale or its absence."""
    if LISTED in row:
        return str(row[LISTED]).lower()
    fields = flat(row)
    if "posInformation" in row:
        return pos_of(row) or NO_POS
    found = state_of(row)
    return found or str(fields.get("refundId") or fields.get("paymentId") or pos_of(row) or "").lower()


def note(row: Row) -> str:
    """Return the refund's own reference where it is a mark of ours."""
    reference = str(flat(row).get("refundOrderId") or "")
    return reference if _MARK.fullmatch(reference) else ""


def _money(request: Request) -> Money | None:
    fields = _fields(request)
    amount, currency = fields.get("amount"), fields.get("currencyCode")
    try:
        return Money(measured(str(amount)), str(currency)) if amount and currency in CURRENCIES else None
    except (ValueError, ArithmeticError):
        return None


def _fields(request: Request) -> Mapping[str, Any]:
    return {**dict(request.query), **request.fields}


SAFETY = Safety(identify, mark, weigh, alike, key, note, worth=money_of)

"""How Tora's changes are told apart: by our own reference, by the bill, the ticket request or the transaction.

What sells is repeated with its key and needs no looking up; a sale whose reference the user left free carries our mark
in it, so that a person finds it in the list of transactions. Capture and void of a two-step sale have neither key nor
operations of their own: there is one transaction, whose status tells, so a status is treated as a row of that name.
"""

from typing import Any

from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.safety import Identity, Row, Safety, Weighed
from paycli.values import replace

EURO = "EUR"
CAPTURED, CANCELED = "captured", "canceled"
BECOMES = {"capture": CAPTURED, "void": CANCELED}
TARGETS = {
    "topup": "reference",
    "pay": "paymentCode",
    "issue": "requestId",
    "reclamation": "transactionId",
}
SOLD = "productCode"
TICKET_HOLDER = "mobile"
TYPES = {"topups": "TOPUP", "bills": "BP"}


def identify(operation: Operation, request: Request) -> Identity:
    """Return what a request acts on, of a declared command and of a raw one alike."""
    fields = request.fields
    kind = operation.kind
    target = request.parts.get("id") if kind in BECOMES else fields.get(TARGETS.get(kind, ""))
    named = " ".join(str(part) for part in (fields.get(SOLD), target) if part)
    return Identity(kind, str(target or ""), "", request.money or euros(fields.get("paymentAmount")), named)


def mark(request: Request, text: str) -> Request:
    """Put our mark into the reference of a sale or payment that has none; a ticket request takes no reference."""
    body = request.body
    if request.raw is not None or body is None or SOLD not in body or TICKET_HOLDER in body or body.get("reference"):
        return request
    return replace(request, body={**body, "reference": text})


def weigh(identity: Identity, rows: list[Row]) -> Weighed:
    """Return what a capture or void does to the transaction, or why it cannot be right."""
    if identity.kind not in BECOMES or not rows:
        return Weighed(money=identity.money)
    row = rows[0]
    status = row.get("status")
    lines = (f"{row.get('type') or 'transaction'} of {euros(row.get('amount')) or 'an unknown amount'}: {status}",)
    if status == CANCELED:
        return Weighed(problem="it is canceled already", lines=lines)
    if status == CAPTURED and identity.kind == "capture":
        return Weighed(problem="it is captured already", lines=lines)
    if status == CAPTURED:
        return Weighed(problem="it is captured; a reclamation asks for its cancellation", lines=lines)
    return Weighed(money=euros(row.get("amount")), lines=lines)


def alike(identity: Identity, row: Row) -> bool:
    """Return whether the transaction is in the state to which this change brings it."""
    return row.get("status") == BECOMES.get(identity.kind, "")


def key(row: Row) -> str:
    """Return the identifier of what was made, with the status that tells a transaction's states apart."""
    identifier = str(row.get("id") or row.get("requestId") or "")
    status = row.get("status")
    return f"{identifier} {status}" if status in BECOMES.values() else identifier


def note(row: Row) -> str:
    """Return nothing: a capture or void leaves no mark on the transaction."""
    del row
    return ""


def euros(cents: Any) -> Money | None:
    """Return the money that a number of cents is, or None for what is no such number."""
    if isinstance(cents, bool) or not isinstance(cents, int | str) or not str(cents).isdecimal():
        return None
    return Money.from_minor(int(cents), EURO)


SAFETY = Safety(identify, mark, weigh, alike, key, note)

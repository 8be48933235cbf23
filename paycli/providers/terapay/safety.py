"""How TeraPay's changes are recognised.

**A wallet** is read by its statement: our mark stands in the description where that was left free; failing it the only
new entry of the amount is inferred to be ours. All changes of the wallet have the wallet as their target, since any of
them may be the new entry of another.

**A batch or a client** is one thing that changes. Its whole content is taken for its key, so that what changed in it is
a new row: a batch that changed shows that something was done; one in which nothing changed, that nothing was.

Of all others no read tells what became of them. The document names two references of ours: the name of a batch, and the
external reference of a payment from a wallet.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.safety import Identity, Row, Safety, Weighed
from paycli.operations.wire import encode, measured
from paycli.providers.terapay.fields import CURRENCY
from paycli.values import replace

WALLET = "wallet"
WALLET_KINDS = frozenset({"top-up", "wallet-transfer", "wallet-pay"})
IDENTIFIERS = ("transactionId", "entryId", "ledgerEntryId", "id")
NOTES = ("description", "narration")
# What a server may say anew with every answer.
VOLATILE = frozenset({"timestamp", "serverTime", "requestId", "traceId", "generatedAt"})
IN, OUT = frozenset({"credit", "topup", "deposit"}), frozenset({"debit", "payment", "withdrawal"})
# The field of the body that names what a change acts on, by kind; a batch and a client stand in the path.
TARGETS: Mapping[str, tuple[str, ...]] = {
    "reset-password": ("email",),
    "user": ("userName", "email"),
    "developer": ("developerEmail",),
    "batch": ("batchName",),
    "client": ("name", "emailAddress", "phoneNumber"),
    "customer": ("email",),
    "bank-transfer": ("accountNumber",),
    "otp": ("transactionId",),
    "client-bank": ("destinationClientId",),
    "client-mobile": ("destinationClientId",),
    "permission": ("name", "routePattern"),
    "role": ("name",),
    "sms": ("phoneNumber",),
    "sms-as": ("phoneNumber",),
}
DETAILS = {"wallet-transfer": "recipientCustomerId", "wallet-pay": "externalReference", "client-bank": "accountNumber"}
DETAILS |= {"top-up": "description", "client-mobile": "phoneNumber", "sms": "message", "sms-as": "message"}
WHOLE = frozenset({"mobile", "permissions", "sms-bulk"})
IN_PATH = frozenset({"process", "retry", "approve", "override-permissions", "set-permissions"})


def identify(operation: Operation, request: Request) -> Identity:
    """Return what a request acts on, of a declared command and of a raw one alike."""
    kind, content = operation.kind, content_of(request)
    body = content if isinstance(content, Mapping) else {}
    target = next((str(body[name]) for name in TARGETS.get(kind, ()) if body.get(name)), "")
    if kind in WALLET_KINDS:
        target = WALLET
    elif kind in WHOLE:
        target = f"{kind} {_digest(content)}"
    elif kind in IN_PATH:
        # A route that the profile names may lie otherwise; a raw request has its path alone.
        target = next(iter(request.parts.values()), request.path.rpartition("/")[0].rpartition("/")[2])
    return Identity(kind, target, "", request.money or money_of(body), detail=_detail(kind, body))


def _detail(kind: str, body: Mapping[str, Any]) -> str:
    if kind in {"retry", "override-permissions", "set-permissions"}:
        return _digest(body)
    told = body.get(DETAILS.get(kind, ""))
    return "" if told in {None, FREE} else str(told)


def money_of(body: Mapping[str, Any]) -> Money | None:
    """Return the amount of a body that the user wrote himself, in the provider's usual currency."""
    try:
        amount = body.get("amount")
        return None if amount is None else Money(measured(str(amount)), CURRENCY)
    except (ValueError, ArithmeticError):
        return None


def content_of(request: Request) -> Any:
    """Return the content of a body, of one that is sent as it is too."""
    content = request.content
    return {} if content is None else content


def mark(request: Request, text: str) -> Request:
    """Put the mark into the description of a wallet's entry, where the user left that free."""
    body = request.body
    if request.raw is not None or body is None or body.get("description") != FREE:
        return request
    return replace(request, body={**body, "description": text})


FREE = "<description>"
"""Stands for the description that the user left free, until the mark does."""


def weigh(identity: Identity, rows: list[Row]) -> Weighed:
    """Return what will move, and for a batch or a client what state it is in."""
    lines = [*([f"to {identity.detail}"] if identity.kind == "wallet-transfer" else ())]
    if identity.kind not in WALLET_KINDS:
        lines += [line for row in rows for line in _state(row)]
    return Weighed(money=identity.money, lines=tuple(lines))


def _state(row: Row) -> list[str]:
    items = next((row[name] for name in ("items", "entries") if isinstance(row.get(name), list)), None)
    told = [f"{name}: {row[name]}" for name in ("name", "batchName", "status", "totalAmount") if row.get(name)]
    return [", ".join([*told, *([f"{len(items)} items"] if items is not None else [])])]


def alike(identity: Identity, row: Row) -> bool:
    """Return whether the row could be this very change: of a wallet by its amount and direction, else always."""
    if identity.kind not in WALLET_KINDS:
        return True
    amount = _number(row.get("amount"))
    if amount is None or identity.money is None or abs(amount) != identity.money.amount:
        return False
    reference = row.get("externalReference")
    if identity.kind == "wallet-pay" and reference and identity.detail and reference != identity.detail:
        return False
    words = {re.sub(r"[_ -]", "", str(row.get(name) or "").lower()) for name in ("type", "direction")}
    other = OUT if identity.kind == "top-up" else IN
    return not (words & other or (amount < 0 and identity.kind == "top-up"))


def equal(identity: Identity, row: Row) -> bool:
    """Return whether a row that was there before is this very change: only our own reference proves that."""
    named = identity.kind == "wallet-pay" and identity.detail and row.get("externalReference") == identity.detail
    return bool(named) and alike(identity, row)


def key(row: Row) -> str:
    """Return the identifier of an entry of a wallet; of what changes, its whole content."""
    if "amount" in row and not any(isinstance(value, list) for value in row.values()):
        for name in IDENTIFIERS:
            if row.get(name):
                return str(row[name])
    return _digest({name: value for name, value in row.items() if name not in VOLATILE})


def note(row: Row) -> str:
    """Return the text in which a mark of ours would stand."""
    return " ".join(str(row[name]) for name in NOTES if row.get(name))


def _number(value: Any) -> Decimal | None:
    try:
        return measured(str(value))
    except ArithmeticError:
        return None


def _digest(content: Mapping[str, Any] | Sequence[Any]) -> str:
    return hashlib.sha256(encode(content)).hexdigest()[:16]


SAFETY = Safety(identify=identify, mark=mark, weigh=weigh, alike=alike, key=key, note=note, equal=equal)

"""How Tranzzo's changes are recognised: by order, kind, amount, and our mark in the comment or the payload.

Whether an order's list returns comments is not documented; where marks do not come back, the only new operation of the
same kind and amount is taken for ours and called inferred.
"""

from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.safety import Identity, Row, Safety, Weighed
from paycli.operations.wire import measured
from paycli.patterns import pattern
from paycli.providers.tranzzo.fields import COMMENT_LENGTH
from paycli.providers.tranzzo.ledger import OrderMoney, amount_of, order_money
from paycli.values import replace

AMOUNTS = ("refund_amount", "charge_amount", "credit_amount", "amount")
SECONDARY = frozenset({"capture", "void", "refund", "p2p-credit"})
# The provider's methods of each kind of movement; those of all other kinds are called as the kind is.
METHODS = {"pay": ("auth", "purchase"), "payout": ("credit",), "p2p-credit": ("credit",)}
_ORDER = pattern(r"/api/v1/pos/(?P<pos>[^/]+)/orders/(?P<order>[^/]+)(?:/(?P<operation>[^/]+))?")
_RECURRING = pattern(
    r"/api/v1/(?:pos/(?P<pos>[^/]+)/)?recurring/(?P<recurring>[^/]+)/(?:cancel|payments/(?P<payment>[^/]+)/refund)"
)


def identify(operation: Operation, request: Request) -> Identity:
    """Return target, kind and money of a request, of a declared command and of a raw one alike.

    The target is the order that the body names, else what the path does.
    """
    body = request.fields
    merchant, target = _named(request.path)
    kind = operation.kind
    amount = next((body[name] for name in AMOUNTS if body.get(name) is not None), None)
    currency = str(body.get("order_currency") or body.get("currency") or "")
    return Identity(
        kind=kind,
        target=str(body.get("order_id") or target),
        merchant=str(body.get("pos_id") or merchant),
        money=_money(amount, currency),
    )


def mark(request: Request, text: str) -> Request:
    """Append the mark to the comment, or put it into a payload that the user left free; raw bodies stay as they are."""
    body = request.body
    if request.raw is not None or body is None:
        return request
    if "order_currency" in body:
        comment = " ".join(filter(None, [str(body.get("comment") or ""), text]))
        return replace(request, body={**body, "comment": comment}) if len(comment) <= COMMENT_LENGTH else request
    return request if body.get("payload") else replace(request, body={**body, "payload": text})


def weigh(identity: Identity, rows: list[Row]) -> Weighed:
    """Return what of the order will move and is left, or why this cannot be right."""
    if identity.kind not in SECONDARY:
        return Weighed(money=identity.money)
    state = order_money(rows)
    lines = tuple(state.lines())
    left = _left(identity.kind, state)
    if identity.money and identity.money.currency != state.currency:
        return Weighed(problem=f"the order is in {state.currency}, not in {identity.money.currency}", lines=lines)
    if identity.kind == "void" and state.captured:
        return Weighed(problem="part of it is captured already; what was taken is refunded", lines=lines)
    money = identity.money or _money(left, state.currency)
    if money is None or left == 0:
        return Weighed(problem=f"nothing is left to {identity.kind}", lines=lines)
    if money.amount > left:
        told = Money(left, state.currency)
        return Weighed(problem=f"only {told} is left to {identity.kind}", lines=lines)
    return Weighed(money, Money(left - money.amount, state.currency), None, lines)


def alike(identity: Identity, row: Row) -> bool:
    """Return whether the row could be this very change: its kind, and its amount and currency where they are known."""
    if row.get("method") not in METHODS.get(identity.kind, (identity.kind,)):
        return False
    if identity.money is None or identity.kind == "void":
        return True
    return (amount_of(row), row.get("currency")) == (identity.money.amount, identity.money.currency)


def key(row: Row) -> str:
    """Return the identifier of an operation, or of the payment for its first one."""
    return str(row.get("operation_id") or row.get("payment_id") or "")


def note(row: Row) -> str:
    """Return the text in which a mark of ours would stand."""
    return f"{row.get('comment') or ''} {row.get('payload') or ''}"


def worth(row: Row) -> Money | None:
    """Return how much an operation moved."""
    return _money(row.get("amount"), str(row.get("currency")))


def _left(kind: str, state: OrderMoney) -> Decimal:
    left = {"refund": state.left_to_refund, "p2p-credit": state.left_to_credit}
    return left.get(kind, state.left_to_capture)


def _named(path: str) -> tuple[str, str]:
    """Return the merchant and the target that a path names: an order, its operation, a subscription, or its payment."""
    if match := _ORDER.fullmatch(path):
        return unquote(match["pos"]), f"{unquote(match['order'])} {unquote(match['operation'] or '')}".rstrip()
    if match := _RECURRING.fullmatch(path):
        return unquote(match["pos"] or ""), unquote(match["payment"] or match["recurring"])
    return "", ""


def _money(amount: Any, currency: str) -> Money | None:
    try:
        return Money(measured(str(amount)), currency) if amount is not None else None
    except (ValueError, ArithmeticError):
        return None


SAFETY = Safety(identify, mark, weigh, alike, key, note, worth=worth)

"""A change held against what it acts on: what will move, what is left, or why it cannot be right.

The state comes from the read that settles; amounts from the details of the payment, where those tell any. A payment's
amount is what was reserved; how much of it a partial capture took is not documented to be shown, so what is left to
refund is an upper bound.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from paycli.operations.money import Money
from paycli.operations.safety import LISTED, Identity, Row, Weighed
from paycli.providers.mobilepay.states import (
    BLOCKING,
    CANCELLED,
    CAPTURED,
    CAPTURED_ITSELF,
    CURRENCIES,
    RESERVED,
    flat,
    money_of,
    pos_of,
    state_of,
)

RULES = "a reserved refund captures itself after 24 hours; refunds end 90 days after the capture"


def weigh(identity: Identity, rows: list[Row]) -> Weighed:
    """Return what will move and is left, or why this cannot be right."""
    rule = _RULES.get(identity.kind)
    return rule(identity, rows) if rule else Weighed(money=identity.money)


def _capture(identity: Identity, rows: list[Row]) -> Weighed:
    state, reserved = _state(rows), _amount(rows)
    lines = _told(state, reserved)
    if state and state != RESERVED:
        why = (
            "it is captured already" if state == CAPTURED else f"it is {state}, and only a Reserved one can be captured"
        )
        return Weighed(problem=why, lines=lines)
    money = identity.money
    if problem := _beyond(money, reserved, "reserved"):
        return Weighed(problem=problem, lines=lines)
    if money and reserved and money.amount < reserved.amount:
        if any(flat(row).get("partialCapturePossible") is False for row in rows):
            return Weighed(problem=f"it can only be captured whole, {reserved}", lines=lines)
        lines = (*lines, "what is not captured is released; nothing more can be captured afterwards")
    return Weighed(money, lines=lines)


def _cancel(_identity: Identity, rows: list[Row]) -> Weighed:
    state, reserved = _state(rows), _amount(rows)
    lines = _told(state, reserved)
    if state == CAPTURED:
        return Weighed(problem="it is captured already; what was taken is refunded", lines=lines)
    if state in CANCELLED:
        return Weighed(problem=f"it is {state} already", lines=lines)
    if state in BLOCKING:
        # Before the customer approves it nothing is reserved, so that nothing moves.
        return Weighed(Money(Decimal(0), reserved.currency if reserved else CURRENCIES[0]), lines=lines)
    return Weighed(reserved, lines=lines)


def _ready(identity: Identity, rows: list[Row]) -> Weighed:
    state = _state(rows)
    if state and state not in {"Prepared", "Paired"}:
        return Weighed(
            problem=f"it is {state}, and only a prepared payment can be made ready", lines=_told(state, None)
        )
    return Weighed(identity.money, lines=_told(state, None))


def _start(identity: Identity, rows: list[Row]) -> Weighed:
    active = [row for row in rows if state_of(row) in BLOCKING]
    for row in active:
        fields = flat(row)
        named = f"{fields.get(LISTED) or fields.get('paymentId') or 'another'} is {state_of(row)}"
        told = f"{named}, and a point of sale has one active payment at a time; `payments clear` cancels it"
        return Weighed(problem=told, lines=(named,))
    return Weighed(identity.money)


def _refund(identity: Identity, rows: list[Row]) -> Weighed:
    refunds = [row for row in rows if LISTED in row]
    rest = [row for row in rows if LISTED not in row]
    state, paid = _state(rest), _amount(rest)
    if state and state != CAPTURED:
        return Weighed(problem=f"it is {state}, and only captured money can be refunded", lines=_told(state, paid))
    gone = [money for row in refunds if state_of(row) not in CANCELLED and (money := money_of(row))]
    if paid is None:
        return Weighed(identity.money, lines=(f"{len(refunds)} refunds so far", RULES))
    total = sum((money.amount for money in gone if money.currency == paid.currency), Decimal(0))
    left = Money(max(paid.amount - total, Decimal(0)), paid.currency)
    lines = (f"paid {paid} · refunded {Money(total, paid.currency)} in {len(refunds)}", RULES)
    if problem := _beyond(identity.money, left, "left to refund"):
        return Weighed(problem=problem, lines=lines)
    after = Money(left.amount - identity.money.amount, paid.currency) if identity.money else None
    return Weighed(identity.money, after, None, lines)


def _refund_capture(_identity: Identity, rows: list[Row]) -> Weighed:
    state, money = _state(rows), _amount(rows)
    if state and state != RESERVED:
        return Weighed(problem=_refund_over(state) or f"it is {state}, not yet Reserved", lines=_told(state, money))
    return Weighed(money, lines=(*_told(state, money), "it would capture itself 24 hours after it was created"))


def _refund_cancel(_identity: Identity, rows: list[Row]) -> Weighed:
    state, money = _state(rows), _amount(rows)
    return Weighed(money, problem=_refund_over(state), lines=_told(state, money))


def _create_pos(_identity: Identity, rows: list[Row]) -> Weighed:
    if pos := next(filter(None, map(pos_of, rows)), ""):
        return Weighed(problem=f"the terminal has a point of sale already, {pos}; it is deleted before another is made")
    return Weighed()


def _delete_pos(_identity: Identity, rows: list[Row]) -> Weighed:
    pos = next(filter(None, map(pos_of, rows)), "")
    return (
        Weighed(lines=(f"its point of sale is {pos}",)) if pos else Weighed(problem="the terminal has no point of sale")
    )


def _refund_over(state: str | None) -> str | None:
    if state in {CAPTURED, CAPTURED_ITSELF}:
        return f"it is {state}: the money is paid back" + (", 24 hours being over" if state == CAPTURED_ITSELF else "")
    return f"it is {state} already" if state in CANCELLED else None


def _beyond(money: Money | None, left: Money | None, word: str) -> str | None:
    if money is None or left is None:
        return None
    if money.currency != left.currency:
        return f"the payment is in {left.currency}, not in {money.currency}"
    return f"only {left} is {word}" if money.amount > left.amount else None


def _state(rows: Sequence[Row]) -> str | None:
    return next(filter(None, map(state_of, rows)), None)


def _amount(rows: Sequence[Row]) -> Money | None:
    return next(filter(None, map(money_of, rows)), None)


def _told(state: str | None, money: Money | None) -> tuple[str, ...]:
    return (" · ".join(filter(None, [state or "its state is not known", str(money) if money else ""])),)


_RULES: dict[str, Callable[[Identity, list[Row]], Weighed]] = {
    "start": _start,
    "prepare": _start,
    "ready": _ready,
    "capture": _capture,
    "cancel": _cancel,
    "refund": _refund,
    "refund-capture": _refund_capture,
    "refund-cancel": _refund_cancel,
    "create-pos": _create_pos,
    "delete-pos": _delete_pos,
}

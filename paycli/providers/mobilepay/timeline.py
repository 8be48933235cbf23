"""What happened with a payment: its state, its refunds, and who can do what about each.

Neither the proxy nor the API behind it tells when something happened, nor how much of a reservation was captured.
Document: "Gets a payment status", "PointOfSalesRefunds".
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from paycli.operations.safety import LISTED, Row
from paycli.operations.timeline import (
    LATER,
    MERCHANT,
    NOTHING,
    PAYER,
    SUPPORT,
    UNTOLD,
    Happened,
    Sum,
    Timeline,
    can,
    standing,
)
from paycli.providers.mobilepay.states import (
    BLOCKING,
    CANCELLED,
    CAPTURED,
    CAPTURED_ITSELF,
    RESERVED,
    flat,
    money_of,
    state_of,
)

NO_REASON = "MobilePay ended it, and its document gives no reason: ask them, with the id."
PAYMENT = {
    "Initiated": can(PAYER, "Has to check in at the point of sale and approve it."),
    "Prepared": can(MERCHANT, "Its amount is missing: payments ready."),
    "Paired": can(MERCHANT, "The customer is there; where its amount is missing: payments ready."),
    "IssuedToUser": can(PAYER, "Has to approve it in the app."),
    RESERVED: can(MERCHANT, "Approved: payments capture within seven days, or payments cancel."),
    "CancelledByUser": can(PAYER, "Said no; if that was a slip, start a new payment."),
    "CancelledByClient": can(MERCHANT, "The till cancelled it; start a new payment if it is still wanted."),
    "CancelledByMobilePay": can(SUPPORT, NO_REASON),
    "ExpiredAndCancelled": can(MERCHANT, "Its time ran out, and what was held is released; start a new payment."),
    "RejectedByMobilePayDueToAgeRestrictions": "The payer is too young for what is sold: nobody can change that.",
}
REFUND = {
    "Initiated": can(LATER, "MobilePay has not set the money aside yet: look again."),
    RESERVED: can(MERCHANT, "Captures itself after 24 hours; refunds capture pays at once, cancel stops it."),
    "CancelledByClient": can(MERCHANT, "The till stopped it; nothing was paid back."),
    "CancelledByMobilePay": can(SUPPORT, NO_REASON),
    CAPTURED_ITSELF: "Captured itself after 24 hours: it is paid back.",
}
NO_STATE = can(SUPPORT, "The answer names no state that the document knows.")
NO_TIMES = "MobilePay tells no times; the journal has those of what was done from here."
PAID_BACK = frozenset({CAPTURED, CAPTURED_ITSELF})
EXPIRES = "paymentExpiresAt"
TOLD = frozenset({"paymentId", "status", "amount", "currencyCode", "success", "errors", EXPIRES, LISTED})
IDLE = frozenset({"pollDelayInMs", "plannedCaptureDelay"})


def of_payment(answer: Any, beside: list[Any] | None = None) -> Timeline | None:
    """Return what happened with a payment; its refunds are asked for once it is captured."""
    fields, state = flat(answer), state_of(answer)
    identifier = str(fields.get("paymentId") or "")
    if not identifier:
        return None
    refunds = [row for row in beside or [] if isinstance(row, Mapping)]
    return Timeline(
        happened=(*_payment(answer, identifier), *map(_refund, refunds)),
        sums=_sums(answer, state, refunds if beside is not None else None),
        facts=tuple((name, value) for name, value in fields.items() if _worth_telling(name, value)),
        lines=(NO_TIMES,),
        targets=(identifier.lower(), *(_named(row).lower() for row in refunds)),
        references=tuple(filter(None, [str(fields.get("orderId") or "")])),
        beside=("refunds list", {"payment_id": identifier}) if state == CAPTURED else None,
    )


def _worth_telling(name: str, value: Any) -> bool:
    """Return whether a field says anything that is not told elsewhere; restrictions that do not hold say nothing."""
    nothing = value is None or (isinstance(value, Mapping) and not any(value.values()))
    return not nothing and name not in TOLD | IDLE


def _payment(answer: Any, identifier: str) -> list[Happened]:
    money, state, fields = money_of(answer), state_of(answer), flat(answer)
    told = PAYMENT.get(state or "", "" if state else NO_STATE)
    found = [
        Happened(
            "payment",
            status=state or "",
            amount=money.amount if money else fields.get("amount"),
            currency=money.currency if money else "",
            id=identifier,
            notes=(told,) if told else (),
        )
    ]
    if state == RESERVED and fields.get(EXPIRES):
        found.append(Happened("hold ends", at=fields[EXPIRES], notes=("Unless it is captured or cancelled before.",)))
    return found


def _refund(row: Row) -> Happened:
    money, state = money_of(row), state_of(row)
    told = REFUND.get(state or "", "" if state else NO_STATE)
    return Happened(
        "refund",
        status=state or "",
        amount=money.amount if money else flat(row).get("amount"),
        currency=money.currency if money else "",
        id=_named(row),
        comment=str(flat(row).get("refundOrderId") or ""),
        notes=(told,) if told else (),
    )


def _named(row: Row) -> str:
    return str(row.get(LISTED) or flat(row).get("refundId") or "")


def _sums(answer: Any, state: str | None, refunds: list[Row] | None) -> tuple[Sum, ...]:
    """Return what is held, captured, refunded and left; only what the state proves."""
    money = money_of(answer)
    currency = money.currency if money else ""
    if state in BLOCKING or state in CANCELLED:
        return standing(currency, NOTHING, NOTHING, NOTHING, NOTHING)
    if money is None or state not in {RESERVED, CAPTURED}:
        return standing(currency, UNTOLD, UNTOLD, UNTOLD, UNTOLD)
    if state == RESERVED:
        return standing(currency, (money.amount, ""), NOTHING, NOTHING, NOTHING)
    paid, under_way = _paid_back(refunds, currency)
    left = None if paid is None or under_way is None else max(money.amount - paid - under_way, Decimal(0))
    sums = standing(
        currency,
        NOTHING,
        (money.amount, "at most: MobilePay does not tell of a capture in part"),
        (paid, ""),
        (left, "at most, until 90 days after the capture" if left else ""),
    )
    return (*sums, Sum("under way", under_way, currency, "counts as gone until it is finished")) if under_way else sums


def _paid_back(refunds: list[Row] | None, currency: str) -> tuple[Decimal | None, Decimal | None]:
    """Return what was paid back and what will be; None where a refund does not tell its amount in that currency."""
    if refunds is None:
        return None, None
    counted = [(state_of(row), money_of(row)) for row in refunds if state_of(row) not in CANCELLED]
    if any(money is None or money.currency != currency for _, money in counted):
        return None, None
    amounts = [(state, money.amount) for state, money in counted if money]
    paid = sum((amount for state, amount in amounts if state in PAID_BACK), Decimal(0))
    return paid, sum((amount for state, amount in amounts if state not in PAID_BACK), Decimal(0))

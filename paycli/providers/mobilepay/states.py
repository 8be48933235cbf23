"""The states of payments and refunds, and how they are read out of answers.

The proxy's document names the states but not the field that holds one, nor the fields of a payment's details; upstream
they are called status, amount, currencyCode, orderId, refundOrderId. So a state is looked for by its word, and an
answer that wraps its details in one object is read as if it did not.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from paycli.operations.money import Money
from paycli.operations.wire import measured

BLOCKING = frozenset({"Initiated", "Prepared", "Paired", "IssuedToUser"})
RESERVED = "Reserved"
CAPTURED = "Captured"
CANCELLED_BY_US = "CancelledByClient"
CANCELLED = frozenset(
    {
        "CancelledByUser",
        CANCELLED_BY_US,
        "CancelledByMobilePay",
        "ExpiredAndCancelled",
        "RejectedByMobilePayDueToAgeRestrictions",
    }
)
PAYMENT_STATES = (
    *("Initiated", "Prepared", "Paired", "IssuedToUser", RESERVED, CAPTURED),
    *("CancelledByUser", CANCELLED_BY_US, "CancelledByMobilePay", "ExpiredAndCancelled"),
    "RejectedByMobilePayDueToAgeRestrictions",
)
CAPTURED_ITSELF = "ExpiredAndCaptured"
REFUND_STATES = ("Initiated", RESERVED, CAPTURED, CANCELLED_BY_US, "CancelledByMobilePay", CAPTURED_ITSELF)
STATES = frozenset({*PAYMENT_STATES, *REFUND_STATES})
LIKELY = ("status", "state", "paymentStatus", "paymentState", "refundStatus", "refundState")
CURRENCIES = ("DKK", "EUR")


def flat(content: Any) -> dict[str, Any]:
    """Return an answer's fields with those of the objects in it; outer ones win."""
    if not isinstance(content, Mapping):
        return {}
    inner: dict[str, Any] = {}
    for value in content.values():
        if isinstance(value, Mapping):
            inner |= value
    return {**inner, **{name: value for name, value in content.items() if not isinstance(value, Mapping)}}


def state_of(content: Any) -> str | None:
    """Return the state that an answer tells, or None."""
    return next((word for word in _words(flat(content)) if word in STATES), None)


def _words(fields: Mapping[str, Any]) -> Iterator[str]:
    for name in (*LIKELY, *(name for name in fields if name not in LIKELY)):
        value = fields.get(name)
        if isinstance(value, str):
            yield value.strip()


def money_of(content: Any) -> Money | None:
    """Return the amount that an answer tells, or None where it tells none that makes sense."""
    fields = flat(content)
    amount, currency = fields.get("amount"), str(fields.get("currencyCode") or fields.get("currency") or "")
    if amount is None or currency not in CURRENCIES:
        return None
    try:
        return Money(measured(str(amount)), currency)
    except (ArithmeticError, ValueError):
        return None


def pos_of(content: Any) -> str:
    """Return the point of sale that a terminal's information names, or nothing."""
    return str(flat(content).get("posId") or "")

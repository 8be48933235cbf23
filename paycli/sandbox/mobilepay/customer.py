"""What happens without a request: the customer in the shop, the passing of time, Integra's support."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from paycli.sandbox.mobilepay.merchant import BUSY, Merchant, Payment
from paycli.sandbox.world import NoSuchThingError

MET = {"Prepared": "Paired", "Initiated": "IssuedToUser"}


def check_in(merchant: Merchant, target: str) -> str:
    """Let a customer check in at a terminal or point of sale."""
    point = merchant.points.get(target) or merchant.point_of(target)
    if point is None:
        raise NoSuchThingError(f"MobilePay's sandbox has no point of sale for {target!r}.")
    point.customer = merchant.world.fresh_id().replace("-", "")
    payment = merchant.busy_payment(point.pos_id)
    if payment and payment.status in MET:
        payment.become(MET[payment.status], merchant.world.clock.now())
        return f"a customer is checked in; payment {payment.payment_id} is {payment.status}"
    return f"a customer is checked in at terminal {point.terminal_id}"


def pair(merchant: Merchant, target: str) -> str:
    """Let a payment meet its customer."""
    payment = _payment(merchant, target, *MET)
    point = merchant.points.get(payment.pos_id)
    if point:
        point.customer = merchant.world.fresh_id().replace("-", "")
    return _enter(merchant, payment, MET[payment.status])


def reserve(merchant: Merchant, target: str) -> str:
    """Let the customer accept, or the bank accept a refund; what ends in .51 cannot be reserved."""
    if target in merchant.refunds:
        return _refund(merchant, target, "Initiated", "Reserved")
    payment = _payment(merchant, target, "Initiated", "IssuedToUser")
    if payment.amount is not None and payment.amount % 1 == Decimal("0.51"):
        return _leave(merchant, payment, "CancelledByMobilePay")
    return _enter(merchant, payment, "Reserved")


def reject(merchant: Merchant, target: str) -> str:
    """Let the customer say no."""
    return _leave(merchant, _payment(merchant, target, "Initiated", "Paired", "IssuedToUser"), "CancelledByUser")


def age(merchant: Merchant, target: str) -> str:
    """Let MobilePay find the customer too young."""
    payment = _payment(merchant, target, "Initiated", "IssuedToUser")
    return _leave(merchant, payment, "RejectedByMobilePayDueToAgeRestrictions")


def expire(merchant: Merchant, target: str) -> str:
    """End what would end by waiting, now."""
    if target in merchant.refunds:
        return _refund(merchant, target, "Reserved", "ExpiredAndCaptured")
    payment = _payment(merchant, target, "Reserved", *BUSY)
    reserved = payment.status == "Reserved"
    return _leave(merchant, payment, "ExpiredAndCancelled" if reserved else "CancelledByMobilePay")


def forget_token(merchant: Merchant, target: str) -> str:
    """Let Integra empty the merchant's access token, so that a new one can be created."""
    merchant.token = ""
    return f"merchant {target} has no access token"


EVENTS: Mapping[str, Callable[[Merchant, str], str]] = {
    "check-in": check_in,
    "pair": pair,
    "reserve": reserve,
    "reject": reject,
    "expire": expire,
    "age": age,
    "forget-token": forget_token,
}


def _payment(merchant: Merchant, target: str, *states: str) -> Payment:
    named = [p for p in merchant.payments.values() if target in {p.payment_id, p.order_id}]
    if not named:
        raise NoSuchThingError(f"MobilePay's sandbox has no payment {target!r}.")
    if named[-1].status not in states:
        raise NoSuchThingError(f"Payment {named[-1].payment_id} is {named[-1].status}.")
    return named[-1]


def _enter(merchant: Merchant, payment: Payment, state: str) -> str:
    payment.become(state, merchant.world.clock.now())
    return f"payment {payment.payment_id} is {state}"


def _leave(merchant: Merchant, payment: Payment, state: str) -> str:
    merchant.check_out(payment.pos_id)
    return _enter(merchant, payment, state)


def _refund(merchant: Merchant, target: str, before: str, after: str) -> str:
    refund = merchant.refunds[target]
    if refund.status != before:
        raise NoSuchThingError(f"Refund {target} is {refund.status}.")
    refund.status, refund.since = after, merchant.world.clock.now()
    return f"refund {target} is {after}"

"""Refunds of captured payments: several, together at most what was captured, for ninety days."""

from datetime import timedelta
from decimal import Decimal

from paycli.sandbox.http import Reply
from paycli.sandbox.mobilepay.answers import Refused, RefusedHere, done, found
from paycli.sandbox.mobilepay.fields import Asked
from paycli.sandbox.mobilepay.merchant import Merchant, Payment, Refund

TIME_TO_REFUND = timedelta(days=90)


def create(merchant: Merchant, asked: Asked) -> Reply:
    """Create a refund; it is reserved at once, or stays initiated where the amount ends in .52."""
    _check(merchant, merchant.payment(asked["paymentId"]), asked)
    slow = asked.pending or asked.amount % 1 == Decimal("0.52")
    refund = Refund(
        merchant.world.fresh_id(),
        asked["refundOrderId"],
        asked["paymentId"],
        asked.amount,
        asked.currency,
        "Initiated" if slow else "Reserved",
        merchant.world.clock.now(),
    )
    merchant.refunds[refund.refund_id] = refund
    return done(refundId=refund.refund_id)


def details(merchant: Merchant, asked: Asked) -> Reply:
    """Show a refund as the upstream API does."""
    refund = merchant.refund(asked["refundId"])
    shown = {
        "refundId": refund.refund_id,
        "paymentId": refund.payment_id,
        "refundOrderId": refund.refund_order_id,
        "amount": refund.amount,
        "currencyCode": refund.currency,
        "status": refund.status,
        "pollDelayInMs": 1000,
    }
    return found(refundDetails=shown)


def listed(merchant: Merchant, asked: Asked) -> Reply:
    """List the ids of a payment's refunds."""
    merchant.payment(asked["paymentId"])
    return found(refundsIds=[refund.refund_id for refund in merchant.refunds_of(asked["paymentId"])])


def capture(merchant: Merchant, asked: Asked) -> Reply:
    """Capture a reserved refund."""
    refund = merchant.refund(asked["refundId"])
    if refund.status != "Reserved":
        raise Refused(1351)
    refund.status, refund.since = "Captured", merchant.world.clock.now()
    return done(message="The refund is captured")


def cancel(merchant: Merchant, asked: Asked) -> Reply:
    """Cancel a refund that is not captured."""
    refund = merchant.refund(asked["refundId"])
    if refund.status not in {"Initiated", "Reserved"}:
        raise Refused(1352)
    refund.status, refund.since = "CancelledByClient", merchant.world.clock.now()
    return done(message="The refund is cancelled")


def _check(merchant: Merchant, payment: Payment, asked: Asked) -> None:
    if payment.status != "Captured" or payment.since is None:
        raise Refused(1354)
    if payment.since + TIME_TO_REFUND < merchant.world.clock.now():
        raise Refused(1366)
    if payment.currency != asked.currency:
        raise RefusedHere("The currencyCode is not the payment's")
    gone = sum((refund.amount for refund in merchant.refunds_of(payment.payment_id) if refund.counts), Decimal(0))
    if asked.amount > payment.captured - gone:
        raise Refused(1367)
    if asked.amount % 1 == Decimal("0.51"):
        raise Refused(1368)

"""Payments: start, prepare, ready, capture, cancel, and the reads."""

from typing import Any

from paycli.sandbox.http import Reply
from paycli.sandbox.mobilepay.answers import Refused, RefusedHere, done, found
from paycli.sandbox.mobilepay.fields import Asked
from paycli.sandbox.mobilepay.merchant import ACTIVE, Merchant, Payment, PointOfSale


def start(merchant: Merchant, asked: Asked) -> Reply:
    """Start a payment at a terminal."""
    return _initiate(merchant, merchant.point_at(asked["terminalId"]), asked)


def start_by_pos(merchant: Merchant, asked: Asked) -> Reply:
    """Start a payment at a point of sale."""
    return _initiate(merchant, _point(merchant, asked["posId"]), asked)


def prepare(merchant: Merchant, asked: Asked) -> Reply:
    """Prepare a payment whose amount follows."""
    point = merchant.point_at(asked["terminalId"])
    payment = _add(merchant, point, asked["orderId"], "Paired" if point.customer else "Prepared")
    return done(paymentId=payment.payment_id)


def ready(merchant: Merchant, asked: Asked) -> Reply:
    """Give a prepared payment its amount and issue it to the customer, if there is one."""
    payment = merchant.payment(asked["paymentId"])
    point = merchant.point_at(asked["terminalId"])
    if (payment.order_id, payment.pos_id) != (asked["orderId"], point.pos_id):
        raise RefusedHere("The payment belongs to another orderId or terminal")
    if payment.status not in {"Prepared", "Paired"}:
        raise Refused(1303)
    payment.amount, payment.currency = asked.amount, asked.currency
    payment.become("IssuedToUser" if payment.status == "Paired" else "Initiated", merchant.world.clock.now())
    return done(message="The payment is ready")


def capture(merchant: Merchant, asked: Asked) -> Reply:
    """Capture what is reserved; the same capture once more succeeds and does nothing."""
    payment, amount = merchant.payment(asked["paymentId"]), asked.amount
    if payment.status == "Captured":
        if amount != payment.captured:
            raise Refused(1307)
        return found(message="The payment is captured")
    if payment.status != "Reserved" or payment.amount is None:
        raise Refused(1304)
    if amount > payment.amount:
        raise Refused(1305)
    if amount < payment.amount and not payment.divisible:
        raise Refused(1308)
    payment.captured = amount
    payment.become("Captured", merchant.world.clock.now())
    merchant.check_out(payment.pos_id)
    return done(message="The payment is captured")


def cancel(merchant: Merchant, asked: Asked) -> Reply:
    """Cancel a payment, in any state before it is captured or over."""
    payment = merchant.payment(asked["paymentId"])
    if payment.status not in ACTIVE:
        raise Refused(1300)
    payment.become("CancelledByClient", merchant.world.clock.now())
    merchant.check_out(payment.pos_id)
    return done(message="The payment is cancelled")


def status(merchant: Merchant, asked: Asked) -> Reply:
    """Show a payment's state; who asks too often is not refused."""
    return found(status=merchant.payment(asked["paymentId"]).status)


def details(merchant: Merchant, asked: Asked) -> Reply:
    """Show a payment as the upstream API does."""
    payment = merchant.payment(asked["paymentId"])
    shown: dict[str, Any] = {
        "paymentId": payment.payment_id,
        "posId": payment.pos_id,
        "orderId": payment.order_id,
        "amount": payment.amount,
        "currencyCode": payment.currency,
        "restrictions": {"debitCardDisallowed": False, "creditCardDisallowed": False},
        "merchantPaymentLabel": None,
        "plannedCaptureDelay": "None",
        "status": payment.status,
        "pollDelayInMs": 1000,
    }
    if payment.expires:
        shown |= {"paymentExpiresAt": payment.expires.isoformat(), "partialCapturePossible": payment.divisible}
    return found(paymentDetails=shown)


def listed(merchant: Merchant, asked: Asked) -> Reply:
    """List active payments, or the captured ones."""
    pos_id = merchant.point_at(asked["terminalId"]).pos_id if asked.get("terminalId") else ""
    chosen = _chosen(merchant, asked.get("state"), asked.get("orderId"), pos_id)
    return found(paymentsIds=[payment.payment_id for payment in chosen])


def id_by_state(merchant: Merchant, asked: Asked) -> Reply:
    """Find a lost payment id; only captured payments are found this way."""
    return _last(_chosen(merchant, asked["state"], asked["orderId"], ""))


def id_by_terminal(merchant: Merchant, asked: Asked) -> Reply:
    """Find a lost payment id by its terminal."""
    point = merchant.point_at(asked["terminalId"])
    return _last(_chosen(merchant, asked.get("paymentState"), asked["orderId"], point.pos_id))


def id_by_pos(merchant: Merchant, asked: Asked) -> Reply:
    """Find a lost payment id by its point of sale."""
    point = _point(merchant, asked["posId"])
    return _last(_chosen(merchant, asked.get("paymentState"), asked["orderId"], point.pos_id))


def _point(merchant: Merchant, pos_id: str) -> PointOfSale:
    if pos_id not in merchant.points:
        raise Refused(1000)
    return merchant.points[pos_id]


def _initiate(merchant: Merchant, point: PointOfSale, asked: Asked) -> Reply:
    payment = _add(merchant, point, asked["orderId"], "IssuedToUser" if point.customer else "Initiated")
    payment.amount, payment.currency = asked.amount, asked.currency
    return done(paymentId=payment.payment_id)


def _add(merchant: Merchant, point: PointOfSale, order_id: str, state: str) -> Payment:
    if merchant.busy_payment(point.pos_id):
        raise Refused(1301)
    payment = Payment(merchant.world.fresh_id(), order_id, point.pos_id, state, since=merchant.world.clock.now())
    merchant.payments[payment.payment_id] = payment
    return payment


def _chosen(merchant: Merchant, state: str, order_id: str, pos_id: str) -> list[Payment]:
    states = {state} if state else ACTIVE
    return [
        payment
        for payment in merchant.payments.values()
        if payment.status in states and order_id in {"", payment.order_id} and pos_id in {"", payment.pos_id}
    ]


def _last(payments: list[Payment]) -> Reply:
    # Nothing makes an orderId unique; the document speaks of one paymentId.
    if not payments:
        raise Refused(1001)
    return found(paymentId=payments[-1].payment_id)

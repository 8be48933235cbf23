"""Make what a request needs, so that it would be executed now; what exists stays as it is."""

from decimal import Decimal

from paycli.sandbox.mobilepay.fields import AMOUNT, GUID, Asked
from paycli.sandbox.mobilepay.merchant import ACCESS_TOKEN, Merchant, Payment, PointOfSale, Refund, Store

PLENTY = Decimal(1000)


def furnish(merchant: Merchant, path: str, asked: Asked) -> None:
    """Make the token, store, point of sale, payment and refund that the request names."""
    _token(merchant, path, asked)
    _store(merchant, asked)
    point = _point(merchant, path, asked)
    if "/payment/start" in path or path.endswith("/payment/prepare"):
        _free(merchant, point, asked)
    if GUID.fullmatch(asked.get("refundId")):
        _refund(merchant, point, asked)
    if GUID.fullmatch(asked.get("paymentId")) and asked["paymentId"] not in merchant.payments:
        _payment(merchant, point, path, asked)
    if "/id/retrieve/" in path and all(p.order_id != asked.get("orderId") for p in merchant.payments.values()):
        _lost(merchant, point, asked)


def _token(merchant: Merchant, path: str, asked: Asked) -> None:
    if path.endswith("/manage/token"):
        # Only the token that nobody asked for: one that a request made stays.
        merchant.token = "" if merchant.token == ACCESS_TOKEN else merchant.token
    elif asked.get("accessToken") == ACCESS_TOKEN:
        merchant.token = ACCESS_TOKEN


def _store(merchant: Merchant, asked: Asked) -> None:
    store_id = asked.get("storeId")
    if GUID.fullmatch(store_id) and store_id not in merchant.stores:
        merchant.stores[store_id] = Store(store_id, "Sandbox Kiosk", "Torvet 2", "4000", "Roskilde", "20013")


def _point(merchant: Merchant, path: str, asked: Asked) -> PointOfSale:
    pos_id, terminal = asked.get("posId"), asked.get("terminalId")
    point = merchant.point_of(terminal)
    if path.endswith("/manage/create"):
        if point and terminal not in merchant.touched:
            del merchant.points[point.pos_id]
    elif terminal and not point and not (path.endswith("/manage/delete") and terminal in merchant.touched):
        point = merchant.open_point(terminal)
    if GUID.fullmatch(pos_id) and pos_id not in merchant.points:
        point = merchant.open_point(f"T-{pos_id[:8]}", pos_id)
    return point or merchant.points.get(pos_id) or next(iter(merchant.points.values()), None) or _spare(merchant)


def _spare(merchant: Merchant) -> PointOfSale:
    return merchant.open_point("T-9999")


def _free(merchant: Merchant, point: PointOfSale, asked: Asked) -> None:
    busy = merchant.busy_payment(point.pos_id)
    if busy and busy.order_id != asked.get("orderId"):
        state = "CancelledByUser" if busy.amount is None else "Reserved"
        busy.become(state, merchant.world.clock.now())


def _amount(asked: Asked) -> Decimal:
    return asked.amount * 10 if AMOUNT.fullmatch(asked.get("amount")) else PLENTY


def _payment(merchant: Merchant, point: PointOfSale, path: str, asked: Asked) -> None:
    now, order_id = merchant.world.clock.now(), asked.get("orderId") or "FURNISHED"
    payment = Payment(asked["paymentId"], order_id, point.pos_id, "Prepared", since=now)
    if not path.endswith("/payment/ready"):
        payment.amount, payment.currency = _amount(asked), asked.currency
        refunded = "/refund" in path
        payment.status, payment.captured = ("Captured", payment.amount) if refunded else ("Reserved", Decimal(0))
    merchant.payments[payment.payment_id] = payment


def _lost(merchant: Merchant, point: PointOfSale, asked: Asked) -> None:
    now, state = merchant.world.clock.now(), asked.get("state") or asked.get("paymentState") or "Reserved"
    payment = Payment(merchant.world.fresh_id(), asked.get("orderId"), point.pos_id, state, PLENTY, "DKK", now)
    payment.captured = PLENTY if state == "Captured" else Decimal(0)
    merchant.payments[payment.payment_id] = payment


def _refund(merchant: Merchant, point: PointOfSale, asked: Asked) -> None:
    refund_id = asked["refundId"]
    if refund_id not in merchant.refunds:
        now, payment_id = merchant.world.clock.now(), merchant.world.fresh_id()
        payment = Payment(payment_id, "FURNISHED", point.pos_id, "Captured", PLENTY, "DKK", now, PLENTY)
        merchant.payments[payment_id] = payment
        merchant.refunds[refund_id] = Refund(refund_id, "FURNISHED", payment_id, PLENTY / 10, "DKK", "Reserved", now)

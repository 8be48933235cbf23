"""The proxy's 35 routes; 13 of the 27 GETs change something."""

from collections.abc import Callable
from dataclasses import dataclass

from paycli.sandbox.http import Reply
from paycli.sandbox.mobilepay import payments, points, refunds
from paycli.sandbox.mobilepay.fields import Asked
from paycli.sandbox.mobilepay.merchant import Merchant

Handler = Callable[[Merchant, Asked], Reply]
BOTH = ("GET", "POST")


@dataclass(frozen=True)
class Route:
    """One address with its methods, the fields that it needs and may have, and who answers."""

    path: str
    handler: Handler
    needed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    methods: tuple[str, ...] = ("GET",)
    token: bool = True


_START = ("orderId", "amount")
ROUTES = (
    Route("/api/pos/refund/create", refunds.create, ("amount", "paymentId", "refundOrderId"), ("currencyCode",), BOTH),
    Route("/api/pos/refund/details", refunds.details, ("refundId",)),
    Route("/api/pos/refunds", refunds.listed, ("paymentId",)),
    Route("/api/pos/refund/capture", refunds.capture, ("refundId",)),
    Route("/api/pos/refund/cancel", refunds.cancel, ("refundId",)),
    Route("/api/pos/terminal/qrcode", points.qr_code, ("terminalId",)),
    Route("/api/pos/payment/start", payments.start, (*_START, "terminalId"), ("currencyCode",), BOTH),
    Route("/api/pos/payment/start/byPosId", payments.start_by_pos, (*_START, "posId"), ("currencyCode",), BOTH),
    Route("/api/pos/payment/prepare", payments.prepare, ("orderId", "terminalId"), (), BOTH),
    Route("/api/pos/payment/ready", payments.ready, (*_START, "terminalId", "paymentId"), ("currencyCode",), BOTH),
    Route("/api/pos/payment/details", payments.details, ("paymentId",)),
    Route("/api/pos/payments", payments.listed, (), ("state", "orderId", "terminalId")),
    Route("/api/pos/payment/status", payments.status, ("paymentId",)),
    Route("/api/pos/payment/capture", payments.capture, ("paymentId", "amount")),
    Route("/api/pos/payment/cancel", payments.cancel, ("paymentId",)),
    Route("/api/pos/payment/id/retrieve/bystate", payments.id_by_state, ("orderId", "state")),
    Route(
        "/api/pos/payment/id/retrieve/byterminal",
        payments.id_by_terminal,
        ("orderId", "terminalId"),
        ("paymentState",),
    ),
    Route("/api/pos/payment/id/retrieve/byposId", payments.id_by_pos, ("orderId", "posId"), ("paymentState",)),
    Route("/api/pos/manage/token", points.create_token, methods=BOTH, token=False),
    Route("/api/pos/manage/token/reset", points.reset_token, ("previousAccessToken",), token=False),
    Route("/api/pos/manage/create", points.create, ("terminalId",), (), BOTH),
    Route("/api/pos/manage/delete", points.delete, ("terminalId",), (), ("GET", "DELETE")),
    Route("/api/pos/manage/terminal/information", points.information, ("terminalId",)),
    Route("/api/pos/manage/stores", points.stores),
    Route("/api/pos/manage/store", points.store, ("storeId",)),
    Route("/api/pos/manage/checkInStatus/byposId", points.check_in_at_pos, ("posId",)),
    Route("/api/pos/manage/checkInStatus/byterminalId", points.check_in_at_terminal, ("terminalId",)),
)

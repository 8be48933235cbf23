"""Tranzzo's part of the sandbox, read out of its document a second time."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from paycli.sandbox.http import Call, Message, Reply, as_json, as_text, parse_json
from paycli.sandbox.tranzzo import (
    checkout,
    enrichment,
    events,
    furnishing,
    mvisa,
    payments,
    reading,
    receipts,
    recurring,
    reports,
    settlements,
)
from paycli.sandbox.tranzzo.access import POS_ID, Access, refusal
from paycli.sandbox.tranzzo.answers import error
from paycli.sandbox.tranzzo.shop import Shop
from paycli.sandbox.world import World

Handler = Callable[[Shop, Call, Mapping[str, str]], Reply]


def health(_shop: Shop, _call: Call, _named: Mapping[str, str]) -> Reply:
    """Answer that the host is there."""
    return as_text(200, "OK")


@dataclass(frozen=True)
class Route:
    """An address, who may use it, and what it does."""

    method: str
    path: re.Pattern[str]
    handler: Handler
    access: Access = Access.KEYED


def _route(line: str, handler: Handler, access: Access = Access.KEYED) -> Route:
    method, path = line.split()
    return Route(method, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)), handler, access)


_PAGE = "/api/v1/checkout/{payment_id}"
_POS = "/api/v1/pos/{pos_id}"
ROUTES = [
    _route("GET /health", health, Access.OPEN),
    _route("POST /api/v1/payment", payments.payment),
    _route("POST /api/v1/capture", settlements.capture),
    _route("POST /api/v1/void", settlements.void),
    _route("POST /api/v1/refund", settlements.refund),
    _route("POST /api/v1/p2p-credit", settlements.p2p_credit),
    _route("POST /api/v1/split/purchase", payments.split_purchase),
    _route("POST /api/v1/split/capture", settlements.split_capture),
    _route("POST /api/v1/split/refund", settlements.split_refund),
    _route("POST /api/v1/mvisa", mvisa.create),
    _route(f"GET {_POS}/orders/{{order_id}}", reading.order),
    _route(f"GET {_POS}/orders/{{order_id}}/{{operation}}", reading.operation),
    _route(f"GET {_POS}/transactions", reading.transactions),
    _route(f"GET {_POS}/orders/{{order_id}}/report/receipt", receipts.of_order),
    _route(f"GET {_POS}/date/{{date}}/report/receipt", receipts.of_day),
    _route("GET /api/v1/enrichments/{pos_id}/bins/{bin}", enrichment.bins),
    _route("GET /api/v1/enrichments/{pos_id}/ips/{ip}", enrichment.addresses),
    _route("POST /streaming-report/start", reports.start, Access.REPORTS),
    _route("GET /streaming-report/fetch/{report_id}", reports.fetch, Access.REPORTS),
    _route("PUT /api/v1/recurring/{recurring_id}/cancel", recurring.cancel),
    _route(f"POST {_POS}/recurring/{{recurring_id}}/payments/{{payment_id}}/refund", recurring.refund),
    *(
        _route(f"{method} {_PAGE}/{name}", handler, Access.OPEN)
        for name, handler in (
            ("form", checkout.form),
            ("3ds", checkout.agreement),
            ("confirm", checkout.agreement),
        )
        for method in ("GET", "POST")
    ),
    _route(f"GET {_PAGE}/qr", checkout.qr, Access.OPEN),
]


class Tranzzo:
    """One merchant with one point of sale."""

    def __init__(self, world: World) -> None:
        self.shop = Shop(world)

    def handle(self, call: Call) -> Reply:
        """Answer one request."""
        matches = [(route, found) for route in ROUTES if (found := route.path.fullmatch(call.path))]
        if not matches:
            return error(404, "Nothing is found at this address", "S-002")
        for route, found in matches:
            if route.method == call.method:
                named = {name: unquote(value) for name, value in found.groupdict().items()}
                return _refused(route, call, named) or route.handler(self.shop, call, named)
        return error(405, "This address does not take the method", "S-405")

    def act(self, event: str, target: str) -> str:
        """Play the payer, the bank or the shop. Raises NoSuchThingError."""
        return events.act(self.shop, event, target)

    def asks(self, event: str, target: str) -> Message | None:
        """Return what the shop wants to be asked before an event, if anything."""
        return events.asks(self.shop, event, target)

    def error(self, status: int) -> Reply:
        """Return an error as the document shows those of the server, with an error_id instead of a code."""
        return as_json(status, {"message": "The request failed", "args": {"error_id": self.shop.world.fresh_id()[:16]}})

    def furnish(self, call: Call) -> None:
        """Let what a request acts on exist, in the right state and with enough money."""
        furnishing.furnish(self.shop, call)


def _refused(route: Route, call: Call, named: Mapping[str, str]) -> Reply | None:
    if route.access is Access.OPEN:
        return None
    if not call.trusted and (problem := refusal(call, named.get("pos_id"), route.access)):
        return error(401, problem, "S-403")
    if call.method != "POST":
        return None
    if call.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return error(406, "A POST has to carry application/json", "S-406")
    body = parse_json(call.body)
    if not isinstance(body, dict):
        return error(400, "The body is not a JSON object", "V-400")
    if isinstance(body.get("pos_id"), str) and body["pos_id"] != POS_ID:
        return error(401, "The credentials or the pos_id are not valid", "S-403")
    return None

"""Make what a well-formed request acts on, through the state and not by requests."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from paycli.sandbox.http import Call, parse_json
from paycli.sandbox.tranzzo import codes
from paycli.sandbox.tranzzo.cards import PAYER_CARDS, masked
from paycli.sandbox.tranzzo.checks import amount as wrong_amount
from paycli.sandbox.tranzzo.events import subscription
from paycli.sandbox.tranzzo.orders import Order, shares
from paycli.sandbox.tranzzo.payments import instrument, shown
from paycli.sandbox.tranzzo.reports import POLLS_BEFORE_READY, USUAL
from paycli.sandbox.tranzzo.settlements import AMOUNTS
from paycli.sandbox.tranzzo.shop import Report, Shop

Body = Mapping[str, Any]
Named = Mapping[str, str]
ENOUGH = Decimal(1000)
# Port 9 discards what it gets: the shop of a furnished order hears nothing.
NOWHERE = "http://127.0.0.1:9/"


def furnish(shop: Shop, call: Call) -> None:
    """Let what a request names exist, with ten times the amount; what exists already is left alone."""
    body = parse_json(call.body)
    body = body if isinstance(body, dict) else {}
    for token in (body.get(name) for name in ("cc_token", "recipient_cc_token")):
        if isinstance(token, str) and ":" not in token:
            shop.tokens.setdefault(token, masked(PAYER_CARDS[0]))
    for expression, make in _MAKERS:
        if found := expression.fullmatch(call.path):
            make(shop, body, {name: unquote(value) for name, value in found.groupdict().items() if value})


def _order(shop: Shop, order_id: Any, method: str, body: Body) -> Order | None:
    if not isinstance(order_id, str) or order_id in shop.orders:
        return None
    asked = next((body[name] for name in AMOUNTS if name in body), None)
    total = ENOUGH if asked is None or wrong_amount(asked) else Decimal(asked) * 10
    currency = str(body.get("order_currency", "UAH"))
    order = shop.new_order(order_id)
    fate = ("success", codes.success(method, currency))
    page = {"mode": "hosted", "order_3ds_bypass": "supported", "description": "Furnished"}
    more = shown(shop, order, page, fate, instrument(shop, {}))
    shop.add(order, method, total, currency, fate, hook=NOWHERE, **more)
    return order


def _held(shop: Shop, body: Body, _named: Named) -> None:
    _order(shop, body.get("order_id"), "auth", body)


def _taken(shop: Shop, body: Body, _named: Named) -> None:
    _order(shop, body.get("order_id"), "purchase", body)


def _transferred(shop: Shop, body: Body, _named: Named) -> None:
    _order(shop, body.get("order_id"), "p2p", body)


def _split(shop: Shop, body: Body, method: str) -> None:
    order = _order(shop, body.get("order_id"), method, body)
    parts = body.get("split")
    if order and isinstance(parts, list) and all(_is_part(part) for part in parts):
        order.split = {merchant: share * 10 for merchant, share in shares(parts).items()}


def _is_part(part: Any) -> bool:
    fits = isinstance(part, dict) and isinstance(part.get("sub_merchant_id"), str)
    return fits and not wrong_amount(part.get("amount"))


def _split_held(shop: Shop, body: Body, _named: Named) -> None:
    _split(shop, body, "auth")


def _split_taken(shop: Shop, body: Body, _named: Named) -> None:
    _split(shop, body, "purchase")


def _read(shop: Shop, _body: Body, named: Named) -> None:
    method = named.get("operation") or "purchase"
    if named["order_id"] != "0":
        primary = method if method in {"auth", "purchase", "p2p", "credit", "lookup"} else None
        order = _order(shop, named["order_id"], primary or ("purchase" if method == "refund" else "auth"), {})
        if order and primary is None and method in {"capture", "void", "refund"}:
            fate = ("success", codes.success(method, order.currency))
            shop.add(order, method, ENOUGH / 10, order.currency, fate, hook=NOWHERE, secondary=True, fee=None)


def _report(shop: Shop, _body: Body, named: Named) -> None:
    report = Report(named["report_id"], list(USUAL), [], made_up=3, polls=POLLS_BEFORE_READY)
    shop.reports.setdefault(report.report_id, report)


def _recurring(shop: Shop, body: Body, named: Named) -> None:
    found = shop.subscriptions.get(named["recurring_id"])
    payment_id = named.get("payment_id", "")
    if found and (not payment_id or payment_id in found.payments):
        return
    order = shop.by_payment(payment_id) or _order(shop, f"recurring-{shop.world.fresh_id()[:8]}", "purchase", body)
    if order is None:
        return
    if payment_id:
        order.payment_id = payment_id
        for operation in order.operations:
            operation["payment_id"] = payment_id
    if found:
        found.payments.append(order.payment_id)
    else:
        subscription(shop, named["recurring_id"], order)


def _bin(shop: Shop, _body: Body, named: Named) -> None:
    shop.bins.append(named["bin"])


def _address(shop: Shop, _body: Body, named: Named) -> None:
    try:
        shop.addresses.append(str(ipaddress.ip_address(named["ip"])))
    except ValueError:
        return


_POS = "/api/v1/pos/[^/]+"
_MAKERS: list[tuple[re.Pattern[str], Callable[[Shop, Body, Named], None]]] = [
    (re.compile("/api/v1/(capture|void)"), _held),
    (re.compile("/api/v1/refund"), _taken),
    (re.compile("/api/v1/p2p-credit"), _transferred),
    (re.compile("/api/v1/split/capture"), _split_held),
    (re.compile("/api/v1/split/refund"), _split_taken),
    (re.compile(f"{_POS}/orders/(?P<order_id>[^/]+)(/(?P<operation>[^/]+))?"), _read),
    (re.compile(f"{_POS}/orders/(?P<order_id>[^/]+)/report/receipt"), _read),
    (re.compile("/streaming-report/fetch/(?P<report_id>[^/]+)"), _report),
    (re.compile("/api/v1/recurring/(?P<recurring_id>[^/]+)/cancel"), _recurring),
    (
        re.compile(f"{_POS}/recurring/(?P<recurring_id>[^/]+)/payments/(?P<payment_id>[^/]+)/refund"),
        _recurring,
    ),
    (re.compile("/api/v1/enrichments/[^/]+/bins/(?P<bin>[^/]+)"), _bin),
    (re.compile("/api/v1/enrichments/[^/]+/ips/(?P<ip>[^/]+)"), _address),
]

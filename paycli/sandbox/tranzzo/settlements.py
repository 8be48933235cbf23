"""What follows a payment: capture, void, refund, the second half of a transfer, and their split forms."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from paycli.sandbox.http import Call, Reply, as_json, parse_json
from paycli.sandbox.tranzzo import codes, fields
from paycli.sandbox.tranzzo.answers import not_found, violations
from paycli.sandbox.tranzzo.checks import Rules
from paycli.sandbox.tranzzo.checks import violations as violated
from paycli.sandbox.tranzzo.orders import Order, failure_code, shares, split_failure
from paycli.sandbox.tranzzo.shop import Shop

Named = Mapping[str, str]
AMOUNTS = ("charge_amount", "refund_amount", "credit_amount")


def capture(shop: Shop, call: Call, _named: Named) -> Reply:
    """Take what is held, or a part."""
    return _settled(shop, call, fields.CAPTURE, "capture")


def void(shop: Shop, call: Call, _named: Named) -> Reply:
    """Release what is held."""
    return _settled(shop, call, fields.VOID, "void")


def refund(shop: Shop, call: Call, _named: Named) -> Reply:
    """Give back what was taken, or a part."""
    return _settled(shop, call, fields.REFUND, "refund")


def split_capture(shop: Shop, call: Call, _named: Named) -> Reply:
    """Take what is held for several merchants."""
    return _settled(shop, call, fields.SPLIT_CAPTURE, "capture")


def split_refund(shop: Shop, call: Call, _named: Named) -> Reply:
    """Give back what several merchants got."""
    return _settled(shop, call, fields.SPLIT_REFUND, "refund")


def p2p_credit(shop: Shop, call: Call, _named: Named) -> Reply:
    """Pay an order's money out to a card."""
    by_token = "cc_token" in parse_json(call.body)
    return _settled(shop, call, fields.P2P_CREDIT_TOKEN if by_token else fields.P2P_CREDIT_CARD, "credit")


def _settled(shop: Shop, call: Call, rules: Rules, method: str) -> Reply:
    body = parse_json(call.body)
    if wrong := violated(body, rules):
        return violations(wrong)
    return settle(shop, call, shop.orders.get(body["order_id"]), method)


def settle(shop: Shop, call: Call, order: Order | None, method: str) -> Reply:
    """Do a secondary operation on an order by a body whose fields are right."""
    body = parse_json(call.body)
    if order is None or not order.operations:
        return not_found("payment for this order_id")
    asked = next((body[name] for name in AMOUNTS if name in body), None)
    amount = order.left(method) if asked is None else asked
    code = _failure(shop, order, method, amount, body)
    fate = ("failure", code) if code else shop.fate(method, amount, order.currency, call)
    more = _shown(shop, body, method)
    hook = body.get("server_url")
    done = shop.add(order, method, amount, order.currency, fate, hook=hook, secondary=True, **more)
    if "split" in body:
        order.parts[done["transaction_id"]] = shares(body["split"])
    return as_json(200, done, executed=fate[0] != "failure")


def _failure(shop: Shop, order: Order, method: str, amount: Decimal, body: Mapping[str, Any]) -> str | None:
    if "cc_token" in body and body["cc_token"] not in shop.tokens:
        return codes.NO_TOKEN
    code = failure_code(order, method, amount, body["order_currency"])
    return code or (split_failure(order, method, amount, body["split"]) if "split" in body else None)


def _shown(shop: Shop, body: Mapping[str, Any], method: str) -> dict[str, Any]:
    return {
        **({"registry_ref_no": shop.world.fresh_id()} if method == "credit" else {}),
        "fee": None,
        **({"comment": body["comment"]} if "comment" in body else {}),
        **({"split_fee": None} if "split" in body else {}),
    }

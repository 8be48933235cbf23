"""Recurring payments: cancelled, and refunded payment by payment. Newer pages than the document have them."""

from collections.abc import Mapping

from paycli.sandbox.http import Call, Reply, as_json, parse_json
from paycli.sandbox.tranzzo import fields
from paycli.sandbox.tranzzo.access import POS_ID
from paycli.sandbox.tranzzo.answers import error, not_found, violations
from paycli.sandbox.tranzzo.checks import violations as violated
from paycli.sandbox.tranzzo.settlements import settle
from paycli.sandbox.tranzzo.shop import Shop, Subscription

Named = Mapping[str, str]


def cancel(shop: Shop, _call: Call, named: Named) -> Reply:
    """End a recurring payment; what was paid stays paid."""
    found = shop.subscriptions.get(named["recurring_id"])
    if found is None:
        return not_found("recurring payment")
    if found.status != "active":
        return error(400, "The recurring payment is not active", "R-400")
    found.status = "canceled"
    found.updated_at = shop.world.stamp()
    return as_json(200, _told(shop, found), executed=True)


def refund(shop: Shop, call: Call, named: Named) -> Reply:
    """Give back a payment of a recurring one, or a part."""
    if wrong := violated(parse_json(call.body), fields.RECURRING_REFUND):
        return violations(wrong)
    found = shop.subscriptions.get(named["recurring_id"])
    if found is None or named["payment_id"] not in found.payments:
        return not_found("such payment of a recurring one")
    return settle(shop, call, shop.by_payment(named["payment_id"]), "refund")


def _told(shop: Shop, found: Subscription) -> dict[str, object]:
    first = shop.orders[found.order_id].operations[0]
    names = ("amount", "currency", "cc_token", "description", "payway")
    return {
        "recurring_payment": {
            "pos_id": POS_ID,
            "order_id": found.order_id,
            **{name: first[name] for name in names if name in first},
        },
        "recurring_config": {"interval_unit": "month", "interval_count": 1, "start_date": found.created_at[:10]},
        "recurring_status": found.status,
        "metadata": {"id": found.recurring_id, "created_at": found.created_at, "updated_at": found.updated_at},
    }

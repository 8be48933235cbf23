"""What can be read: an order, one operation of it, everything of a period; and a webhook sent again."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from paycli.sandbox.http import Call, Reply, as_json
from paycli.sandbox.tranzzo.answers import Wrong, not_found, violations
from paycli.sandbox.tranzzo.orders import Operation
from paycli.sandbox.tranzzo.shop import Shop

Named = Mapping[str, str]


def order(shop: Shop, _call: Call, named: Named) -> Reply:
    """Answer every operation of an order; none when there is no such order, or nobody has opened its page."""
    found = shop.orders.get(named["order_id"])
    return as_json(200, found.operations if found else [])


def operation(shop: Shop, call: Call, named: Named) -> Reply:
    """Answer the latest operation of a method, and send its webhook again if asked."""
    if wrong := _strange(call):
        return violations(wrong)
    found = shop.orders.get(named["order_id"])
    wanted = call.query.get("transactionId")
    fitting = [
        one
        for one in (found.operations if found else [])
        if one["method"] == named["operation"] and wanted in {None, one["transaction_id"]}
    ]
    if found is None or not fitting:
        return not_found("such operation of this order")
    told = "callback" in call.query and shop.tell(found, fitting[-1])
    return as_json(200, fitting[-1], executed=told)


def _strange(call: Call) -> Wrong:
    unknown = [
        (name, "is not a parameter of this request") for name in call.query.keys() - {"callback", "transactionId"}
    ]
    return unknown or ([("callback", "must be true")] if call.query.get("callback", "true") != "true" else [])


def transactions(shop: Shop, call: Call, _named: Named) -> Reply:
    """Answer every operation of a period."""
    wrong = [(name, "must be a UNIX timestamp") for name in ("startDate", "enddate") if not _is_stamp(call, name)]
    if wrong or len(call.query) != 2:  # noqa: PLR2004 these two and no other
        return violations(wrong or [("query", "has a parameter that the document does not have")])
    first, last = (datetime.fromtimestamp(int(call.query[name]), UTC) for name in ("startDate", "enddate"))
    return as_json(200, between(shop, first, last + timedelta(seconds=1)))


def between(shop: Shop, first: datetime, end: datetime) -> list[Operation]:
    """Return the operations from a moment until before another, the oldest first."""
    found = [one for order in shop.orders.values() for one in order.operations if first <= moment(one) < end]
    return sorted(found, key=lambda one: one["created_at"])


def moment(one: Mapping[str, Any]) -> datetime:
    """Return when an operation was made."""
    return datetime.fromisoformat(one["created_at"]).replace(tzinfo=UTC)


def _is_stamp(call: Call, name: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,11}", call.query.get(name, "")))

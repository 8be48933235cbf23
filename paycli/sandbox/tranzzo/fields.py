"""The request fields of Tranzzo's document: which are there, which are required, what they may hold.

A field that the document does not have is a violation here, so that a misspelt one is noticed.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

Check = Callable[[Any], str | None]
Rules = Mapping[str, tuple[bool, Check]]

DESCRIPTIONS = {
    "0": "Test operation",
    "1000": "The operation succeeded",
    "1004": "The refund succeeded",
    "1009": "The release succeeded",
    "2119": "The operation is being processed",
    "4002": "The refund's amount or currency does not fit the order",
    "4009": "The payer lacks funds",
    "4117": "The currency does not fit the order",
    "4118": "The capture is higher than what is held",
    "5112": "The order's state does not allow this",
    "5147": "The bank declined",
    "5151": "The payer cancelled",
}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def violations(body: Mapping[str, Any], rules: Rules) -> list[tuple[str, str]]:
    """Return what is wrong with the body, by field."""
    wrong = [(name, "is required") for name, (required, _) in rules.items() if required and name not in body]
    for name, value in body.items():
        if name not in rules:
            wrong.append((name, "is not a field of this request"))
        elif problem := rules[name][1](value):
            wrong.append((name, problem))
    return wrong


def text(longest: int) -> Check:
    """Return a check for a string of at most so many characters."""

    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return "must be a string"
        return None if len(value) <= longest else f"must be at most {longest} characters long"

    return check


def word(*allowed: str) -> Check:
    """Return a check for one of some words."""
    return lambda value: None if value in allowed else f"must be one of {', '.join(allowed)}"


def pattern(expression: str, told: str) -> Check:
    """Return a check for a string that matches as a whole."""
    return lambda value: None if isinstance(value, str) and re.fullmatch(expression, value) else told


def uuid(value: Any) -> str | None:
    """Check a UUID."""
    return None if isinstance(value, str) and UUID.fullmatch(value) else "must be a UUID"


def amount(value: Any) -> str | None:
    """Check an amount: a JSON number above zero with at most two decimals."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return "must be a number"
    if value <= 0:
        return "must be above zero"
    return None if Decimal(value) == round(Decimal(value), 2) else "must have at most 2 decimals"


def products(value: Any) -> str | None:
    """Check an array of products."""
    known = [
        "id",
        "url",
        "category",
        "name",
        "description",
        "amount",
        "currency",
        "price_type",
        "vat",
        "qty",
        "payload",
    ]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return "must be an array of objects"
    strange = sorted({name for item in value for name in item} - set(known))
    return f"has unknown properties: {', '.join(strange)}" if strange else None


currency = pattern("[A-Z]{3}", "must be a currency code")
url = pattern(r"https?://\S{1,2040}", "must be a URL")

HOSTED_PAYMENT: Rules = {
    "pos_id": (True, uuid),
    "mode": (True, word("hosted")),
    "method": (True, word("auth", "purchase")),
    "amount": (True, amount),
    "currency": (True, currency),
    "description": (True, text(2048)),
    "order_id": (True, text(256)),
    "order_3ds_bypass": (True, text(32)),
    "payway": (False, text(64)),
    "products": (False, products),
    "customer_id": (False, text(256)),
    "customer_fname": (False, text(256)),
    "customer_lname": (False, text(256)),
    "customer_email": (False, text(256)),
    "customer_phone": (False, text(64)),
    "customer_ip": (False, text(45)),
    "customer_lang": (False, text(16)),
    "customer_country": (False, text(64)),
    "server_url": (False, url),
    "result_url": (False, url),
    "merchant_mcc": (False, text(5)),
    "payload": (False, text(4000)),
    "validation_url": (False, url),
    "equivalent_amount": (False, amount),
    "equivalent_currency": (False, currency),
}
_SECONDARY: Rules = {
    "pos_id": (True, uuid),
    "order_id": (True, text(32)),
    "order_currency": (True, currency),
    "comment": (False, text(2048)),
    "server_url": (False, url),
}
CAPTURE: Rules = {**_SECONDARY, "charge_amount": (False, amount)}
VOID: Rules = _SECONDARY
REFUND: Rules = {**_SECONDARY, "refund_amount": (False, amount)}

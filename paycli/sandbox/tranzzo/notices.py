"""Webhooks and preflight questions, as the document forms and signs them."""

import base64
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from paycli.sandbox.http import Message, json_text
from paycli.sandbox.tranzzo.access import API_SECRET

FORM = "application/x-www-form-urlencoded"
_FIELDS = (
    "operation_id",
    "payment_id",
    "order_id",
    "gateway_order_id",
    "billing_order_id",
    "transaction_id",
    "pos_id",
    "mode",
    "method",
    "amount",
    "currency",
    "payway",
    "eci",
    "status",
    "status_code",
    "status_description",
    "cc_mask",
    "cc_token",
    "cc_token_expiration",
    "customer_id",
    "customer_phone",
    "fee",
    "created_at",
    "processed_at",
    "payload",
)


def notice(url: str, operation: Mapping[str, Any]) -> Message:
    """Return the signed message about an operation."""
    known = {
        **operation,
        "fee": {"amount": Decimal("0.00"), "currency": operation["currency"]},
        "processed_at": operation.get("processed_at", operation.get("processing_time")),
    }
    return signed(url, {name: known[name] for name in _FIELDS if name in known})


def signed(url: str, content: Mapping[str, Any]) -> Message:
    """Return a form with base64url data and its signature."""
    data = base64.urlsafe_b64encode(json_text(content).encode()).decode()
    return Message(url, urlencode({"data": data, "signature": signature(data)}).encode(), FORM)


def signature(data: str, secret: str = API_SECRET) -> str:
    """Return the signature of data as it travels: SHA-1 between two secrets, in base64url with padding."""
    raw = hashlib.sha1(f"{secret}{data}{secret}".encode()).digest()  # noqa: S324 the provider's scheme
    return base64.urlsafe_b64encode(raw).decode()

"""A shop at Tranzzo's sandbox: what it sends, signed, and what it is answered."""

import hashlib
import hmac
import json
import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Message, Reply
from paycli.sandbox.tranzzo import Tranzzo
from paycli.sandbox.tranzzo.access import API_KEY, API_SECRET, ENDPOINTS_KEY, POS_ID
from paycli.sandbox.tranzzo.shop import Shop

PAYMENT = "/api/v1/payment"
MERCHANTS = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")
PAGE = {
    "pos_id": POS_ID,
    "mode": "hosted",
    "method": "auth",
    "amount": 100,
    "currency": "UAH",
    "description": "test",
    "order_id": "A-1",
    "order_3ds_bypass": "supported",
}
DIRECT = {**PAGE, "mode": "direct", "method": "purchase", "order_3ds_bypass": "never"}
PLASTIC = {"cc_number": "4242424242424242", "exp_month": 12, "exp_year": 30, "card_cvv": "123"}
CARD = {**DIRECT, **PLASTIC}


class Still:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 9, 15, tzinfo=UTC)

    def move(self, by: timedelta) -> None:
        raise AssertionError(by)

    def reset(self) -> None:
        """Stay where it is."""


def new_sandbox() -> Sandbox:
    """Return an empty sandbox with a known clock and chance."""
    return Sandbox(Still(), random.Random(1))


def signed(raw: bytes, **headers: str) -> dict[str, str]:
    """Return the headers of a request, signed unless others are given."""
    signature = hmac.new(API_SECRET.encode(), raw, hashlib.sha1).hexdigest()
    usual = {
        "x-api-key": ENDPOINTS_KEY,
        "x-api-auth": f"CPAY-HMAC {API_KEY}:{signature}",
        "content-type": "application/json",
    }
    return {**usual, **{name.replace("_", "-"): value for name, value in headers.items()}}


def send(sandbox: Sandbox, method: str, path: str, body: Any = None, **headers: str) -> Reply:
    """Send a request, signed unless the headers say otherwise."""
    return ask(sandbox, method, path, body, headers=headers)


def ask(
    sandbox: Sandbox,
    method: str,
    path: str,
    body: Any = None,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    answer: bool | None = None,
) -> Reply:
    """Send a signed request, with a query or an answer to the question that it raised."""
    raw = b"" if body is None else json.dumps(body).encode()
    given = signed(raw, **(headers or {}))
    return sandbox.handle(method, f"/tranzzo{path}", query or {}, given, raw, answer=answer)


def told(reply: Reply) -> Any:
    """Return the JSON of a reply."""
    return json.loads(reply.content())


def wrong(reply: Reply) -> list[str]:
    """Return the fields that a reply complains of."""
    assert reply.status == 400
    return [item["field_name"] for item in told(reply)["args"]]


def pay(sandbox: Sandbox, body: Mapping[str, Any] = CARD, **more: Any) -> Any:
    """Pay directly and return the answer's content."""
    reply = send(sandbox, "POST", PAYMENT, {**body, **more})
    assert reply.status == 200, reply.body
    content = told(reply)
    assert reply.executed == (content["status"] != "failure")
    return content


def order(sandbox: Sandbox, order_id: str = "A-1") -> Any:
    """Return an order's operations."""
    return told(send(sandbox, "GET", f"/api/v1/pos/{POS_ID}/orders/{order_id}"))


def shop_of(sandbox: Sandbox) -> Shop:
    """Return what the sandbox keeps."""
    provider = sandbox.providers["tranzzo"]
    assert isinstance(provider, Tranzzo)
    return provider.shop


def outgoing(sandbox: Sandbox) -> list[Message]:
    """Return and forget what waits to be sent."""
    messages = list(sandbox.world.outgoing)
    sandbox.world.outgoing.clear()
    return messages

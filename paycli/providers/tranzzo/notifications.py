"""Tranzzo's webhooks: how they are signed, and what they hold.

Document: "Webhook structure", "Webhook verification", "Preflight requests". The signature is Base64URL of the raw SHA1
of secret, data, secret; the data is signed as it is sent, before anybody decodes it. Both occur with and without
padding.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from paycli.operations.columns import identifier, money, status, text, time
from paycli.operations.webhooks import Forged, Genuine, Webhooks
from paycli.operations.wire import NotJson, decode

SIGNATURE_LENGTH = 27
_TO_URL = str.maketrans("+/", "-_")
_TO_STANDARD = str.maketrans("-_", "+/")


def signature(secret: str, data: str) -> str:
    """Return the signature of the data as it is sent."""
    key = secret.encode()
    digest = hashlib.sha1(key + data.encode() + key).digest()  # noqa: S324 the provider's scheme
    return base64.urlsafe_b64encode(digest).decode()


def sign(event: bytes, secret: str) -> bytes:
    """Return the body of a notification of the event."""
    data = base64.urlsafe_b64encode(event).decode()
    return form(data, signature(secret, data))


def form(data: str, given: str) -> bytes:
    """Return the body that the two fields make."""
    return urlencode({"data": data, "signature": given}).encode()


def verify(body: bytes, secret: str) -> Genuine | Forged:
    """Return the event of a genuine notification, or why it is none."""
    fields = _fields(body)
    if fields is None:
        return Forged("it is no form with one data and one signature", "give it the body as it came, unchanged")
    data, given = fields
    if not any(_fits(given, secret, candidate) for candidate in _paddings(data)):
        return _why(data, given, secret)
    event = _decoded(data)
    if event is None:
        return Forged("its signature is right, but its data is no JSON object in Base64")
    return Genuine(event)


def _fits(given: str, secret: str, data: str) -> bool:
    expected = signature(secret, data).rstrip("=")
    return hmac.compare_digest(given.removesuffix("=").encode(), expected.encode())


def _paddings(data: str) -> Iterator[str]:
    bare = data.rstrip("=")
    yield data
    yield bare + "=" * (-len(bare) % 4)
    yield bare


def _fields(body: bytes) -> tuple[str, str] | None:
    try:
        pairs = parse_qsl(body.decode("ascii").rstrip("\r\n"), strict_parsing=True, max_num_fields=20)
    except ValueError:
        return None
    found = dict(pairs)
    if len(pairs) != len(found) or not {"data", "signature"} <= set(found):
        return None
    return found["data"], found["signature"]


def _decoded(data: str) -> Mapping[str, Any] | None:
    bare = data.rstrip("=")
    try:
        raw = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
        event = decode(raw)
    except (binascii.Error, ValueError, NotJson):
        return None
    return event if isinstance(event, Mapping) else None


def _why(data: str, given: str, secret: str) -> Forged:
    for told, variant in _re_encoded(data):
        if any(_fits(given, secret, candidate) for candidate in _paddings(variant)):
            return Forged(
                f"re-encoded data: {told}",
                "verify the field as it arrives, before anything decodes or rewrites it",
            )
    if len(given.rstrip("=")) != SIGNATURE_LENGTH:
        return Forged("the signature is not one: it has 28 characters, with its padding", "give it as it came")
    if _decoded(data) is None:
        return Forged("altered data: it is no JSON in Base64 any more, cut or changed after it was signed")
    return Forged(
        "wrong secret, or altered data: the data can be read, but this secret did not sign it as it is",
        "is it the api_secret of the same account and environment? paycli profiles show says where it comes from",
    )


def _re_encoded(data: str) -> Iterator[tuple[str, str]]:
    """Yield what the data may have been before somebody rewrote it, with how that came about."""
    yield "a percent-encoding too many", unquote(data)
    yield "a plus sign was read as a space", data.replace(" ", "+")
    yield "line breaks or spaces were put in", "".join(data.split())
    yield "its Base64 alphabet was changed", data.translate(_TO_STANDARD)
    yield "its Base64 alphabet was changed", data.replace(" ", "+").translate(_TO_URL)
    try:
        decode(data.encode(errors="replace"))
    except NotJson:
        event = _decoded(data.replace(" ", "+").translate(_TO_URL))
    else:
        yield "it was decoded; the signature is over its Base64", base64.urlsafe_b64encode(data.encode()).decode()
        event = json.loads(data) if data.lstrip().startswith("{") else None
    if event is not None:
        yield from _rewritten(event)


def _rewritten(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for ascii_only in (True, False):
        for separators, indent in (((",", ":"), None), ((", ", ": "), None), (None, 2), (None, 4)):
            # Only a guess at what somebody's library did: numbers that it cannot write are left to the general answer.
            try:
                written = json.dumps(event, ensure_ascii=ascii_only, separators=separators, indent=indent).encode()
            except (TypeError, ValueError):
                return
            yield "its JSON was written anew", base64.urlsafe_b64encode(written).decode()


def samples(profile: Mapping[str, str], moment: str) -> Mapping[str, Mapping[str, Any]]:
    """Return made-up events by name."""
    at = moment[:23]
    shared = {
        "payment_id": "3f1d7c52-9a44-4c0e-8f55-0d6f2c9be101",
        "order_id": "A-1001",
        "transaction_id": "b5c0a9e4-2f6b-4d52-9b5e-6e0c7f21d802",
        "pos_id": profile.get("pos_id", ""),
        "mode": "direct",
    }
    ended = {
        "currency": profile.get("currency") or "UAH",
        "status": "success",
        "status_code": "1000",
        "status_description": "Done, says the made-up sample.",
        "fee": {"amount": 0, "currency": profile.get("currency") or "UAH"},
        "created_at": at,
        "processed_at": at,
    }
    card = {"payway": "card", "eci": "5", "cc_mask": "424242******4242", "customer_id": "C-7", "payload": ""}
    later = {"operation_id": "9c2e61f8-5b7d-4f0a-a3c9-71d40be5aa03", **shared}
    refused = {"status": "failure", "status_code": "4009", "status_description": "Refused, says the made-up sample."}
    waiting = {"status": "pending", "status_code": "2119", "status_description": "Not finished, says the sample."}
    return {
        "purchase": {**shared, "method": "purchase", "amount": 100, **ended, **card},
        "auth": {**shared, "method": "auth", "amount": 100, **ended, **card},
        "capture": {**later, "method": "capture", "amount": 80, **ended},
        "void": {**later, "method": "void", "amount": 100, **ended, "status_code": "1009"},
        "refund": {**later, "method": "refund", "amount": 30, **ended, "status_code": "1004"},
        "failure": {**shared, "method": "purchase", "amount": 100, **ended, **card, **refused},
        "pending": {**shared, "method": "purchase", "amount": 100, **ended, **card, **waiting},
    }


WEBHOOKS = Webhooks(
    secret="api_secret",  # noqa: S106 the name of a field
    verify=verify,
    fields=form,
    sign=sign,
    samples=samples,
    media="application/x-www-form-urlencoded",
    answers={"proceed": b"PROCEED", "reject": b"REJECT"},
    columns=(
        time("processed_at"),
        text("method"),
        status("status"),
        money("amount", "currency"),
        text("order_id"),
        text("status_code"),
        identifier("operation_id", primary=True, otherwise="payment_id"),
    ),
)

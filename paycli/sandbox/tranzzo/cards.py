"""Test cards, tokens and wallets: no other card is taken, and no number is kept."""

import base64
import binascii
import random
import string
from datetime import datetime
from typing import Any

from paycli.sandbox.http import Reply, as_json, parse_json

PAYER_CARDS = ("4242424242424242", "5454545454545454")
# The document's example of a transfer pays to this one.
RECIPIENT_CARDS = (*PAYER_CARDS, "5555555555554444")
SECURED_MASK = "545454******5454"
WALLETS = {"applepay": "ApplePay", "gpay": "Google Pay"}
CENTURY = 2000


def payer_card(value: Any) -> str | None:
    """Check the number of a card that pays."""
    return _one_of(value, PAYER_CARDS)


def recipient_card(value: Any) -> str | None:
    """Check the number of a card that receives."""
    return _one_of(value, RECIPIENT_CARDS)


def _one_of(value: Any, known: tuple[str, ...]) -> str | None:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or not 13 <= len(value) <= 20:  # noqa: PLR2004 CC_NUMBER is a string of 13 to 20
        return "must be a card number of 13 to 20 digits"
    return None if value in known else f"is no test card; the sandbox takes {', '.join(known)}"


def masked(number: str) -> str:
    """Return what is shown of a card number."""
    return f"{number[:6]}******{number[-4:]}"


def has_expired(body: dict[str, Any], now: datetime) -> bool:
    """Return whether the card's last month is over."""
    return "exp_year" in body and (CENTURY + body["exp_year"], body["exp_month"]) < (now.year, now.month)


def asks_for_secure(bypass: str, mask: str) -> bool:
    """Return whether the payer has to pass 3-D Secure; with "supported" the card decides."""
    return bypass == "always" or (bypass == "supported" and mask == SECURED_MASK)


def fresh_token(chance: random.Random) -> str:
    """Return a new card token."""
    return "".join(chance.choices(string.ascii_letters + string.digits, k=72))


def wallet_refusal(payway: str, token: str, error_id: str) -> Reply | None:
    """Return the error for a wallet's token that cannot be read, or None: its prefix, then base64 of a JSON object."""
    prefix, _, packed = token.partition(":")
    try:
        raw = base64.b64decode(packed.translate(str.maketrans("-_", "+/")) + "=" * (-len(packed) % 4), validate=True)
    except binascii.Error:
        raw = b""
    if prefix == payway and isinstance(parse_json(raw), dict):
        return None
    told = {"message": f"Invalid {WALLETS[payway]} token", "args": {"code": "A-400", "error_id": error_id}}
    return as_json(400, told)

"""Masking: no secret of this run appears in anything that is printed, in whatever form it comes back."""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

from paycli.operations.rows import Line

MASK = "***"
SHORTEST = 8
FIELDS = (
    "card_cvv", "cvv", "cvv2", "cvc", "cc_number", "card_number", "cardNumber", "recipient_number", "pan", "otp", "pin",
    "password", "api_secret", "client_secret", "access_token", "refresh_token", "accessToken", "portal_password",
    "X-Amz-Signature", "merchant_pan", "recipient_cc_number", "exp_month", "exp_year", "cryptogram",
)  # fmt: skip
_NAMES = "|".join(FIELDS)
# What a rehearsal writes for a value that it does not have, such as <card_number>, or the variable of a secret.
_WORD = r"(?:<[a-z_]+>|\$\{PAYCLI_[A-Z0-9_]+\})"
# Also inside text that itself holds JSON, where every quote has backslashes before it.
_JSON = re.compile(
    rf'((\\*)"(?:{_NAMES})\2"\s*:\s*)(?:\2"(?!{_WORD}\2").*?(?<!\\)\2"|-?\d[\d.eE+-]*)',
    re.IGNORECASE | re.DOTALL,
)
_FORM = re.compile(rf"(?<!\w)((?:{_NAMES})=)(?!{_WORD}(?:[\s\\\"'&]|$))[^&\s\"'\\<>;,]+", re.IGNORECASE)
_PLACEHOLDER = re.compile(_WORD)
_KEYS = frozenset(name.lower() for name in FIELDS)


class Masker:
    """Replaces the values it has learnt: raw, percent-encoded, JSON-escaped and in base64."""

    def __init__(self) -> None:
        self.forms: list[str] = []

    def learn(self, values: Iterable[str]) -> None:
        """Remember values that must not be shown; shorter ones than 8 characters are masked by field, not by value."""
        found = set(self.forms)
        for value in values:
            if len(value) >= SHORTEST:
                found.update(_forms(value))
        self.forms = sorted(found, key=len, reverse=True)

    def mask(self, text: str) -> str:
        """Return the text without the values."""
        for form in self.forms:
            if form in text:
                text = text.replace(form, MASK)
        return _by_field(text)


def _by_field(text: str) -> str:
    """Return the text without the values of fields that are never shown."""
    lowered = text.lower()
    # Looking for the bare names first is ten times as fast as the patterns, which matters with 200,000 rows.
    if not any(name in lowered for name in _KEYS):
        return text
    text = _JSON.sub(lambda match: f'{match[1]}{match[2]}"{MASK}{match[2]}"', text)
    return _FORM.sub(rf"\1{MASK}", text)


def without_card_data(data: Any) -> Any:
    """Return the data with the values of fields that are never shown replaced, wherever they lie."""
    if isinstance(data, Line) and _harmless(data):
        return data
    if isinstance(data, Mapping):
        return {
            name: MASK if str(name).lower() in _KEYS and _is_real(value) else without_card_data(value)
            for name, value in data.items()
        }
    if isinstance(data, list):
        return [without_card_data(item) for item in data]
    return _without_fields(data) if isinstance(data, str) else data


def _harmless(row: Line) -> bool:
    """Return whether a row holds no other text than plain values of fields that may be shown."""
    text = row.text
    plain = "=" not in text and "\\" not in text and text.count("{") == 1
    return plain and all(name.lower() not in _KEYS for name in row)


def _is_real(value: Any) -> bool:
    """Return whether a value is more than the words that a rehearsal writes for what it does not have."""
    if isinstance(value, str):
        return not _PLACEHOLDER.fullmatch(value)
    if isinstance(value, Mapping):
        return any(map(_is_real, value.values()))
    return value is not None


def _without_fields(text: str) -> str:
    if '"' in text:
        text = _JSON.sub(lambda match: f'{match[1]}{match[2]}"{MASK}{match[2]}"', text)
    return _FORM.sub(rf"\1{MASK}", text) if "=" in text else text


def _forms(value: str) -> set[str]:
    raw = value.encode()
    forms = {
        value,
        quote(value, safe=""),
        quote(value),
        quote_plus(value),
        quote(value, safe="").lower(),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(value)[1:-1].replace("/", "\\/"),
    }
    for lead in range(3):
        # Inside a longer text base64 of the value depends on its offset modulo three; the part that does not depend on
        # the neighbours is what is looked for.
        for encoded in (base64.b64encode(b"\0" * lead + raw), base64.urlsafe_b64encode(b"\0" * lead + raw)):
            stable = encoded.rstrip(b"=")[(lead * 8 + 5) // 6 : (lead + len(raw)) * 8 // 6]
            if len(stable) >= SHORTEST:
                forms.add(stable.decode())
    return forms

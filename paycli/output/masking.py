"""Masking: no secret of this run appears in anything that is printed, in whatever form it comes back."""

import base64
import functools
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

from paycli.operations.rows import Line
from paycli.patterns import pattern
from paycli.values import dataclass

MASK = "***"
SHORTEST = 8
FIELDS = (
    "card_cvv", "cvv", "cvv2", "cvc", "cc_number", "card_number", "cardNumber", "recipient_number", "pan", "otp", "pin",
    "pinCode", "password", "newPassword", "api_secret", "client_secret", "access_token", "refresh_token", "accessToken",
    "previousAccessToken", "portal_password", "X-Amz-Signature", "merchant_pan", "recipient_cc_number", "exp_month",
    "exp_year", "expiryMonth", "expiryYear", "cryptogram",
)  # fmt: skip
# What a rehearsal writes for a value that it does not have, such as <card_number>, or the variable of a secret.
_WORD = r"(?:<[a-z_]+>|\$\{PAYCLI_[A-Z0-9_]+\})"
_PLACEHOLDER = pattern(_WORD)


@dataclass(frozen=True)
class Patterns:
    """How fields that are never shown are found: as JSON, as form data, and as names in data."""

    json: re.Pattern[str]
    form: re.Pattern[str]
    names: frozenset[str]

    def cover(self, text: str) -> str:
        """Return the text without the fields' values."""
        lowered = text.lower()
        # Looking for the bare names first is ten times as fast as the patterns, which matters with 200,000 rows.
        if not any(name in lowered for name in self.names):
            return text
        if '"' in text:
            text = self.json.sub(lambda match: f'{match[1]}{match[2]}"{MASK}{match[2]}"', text)
        return self.form.sub(rf"\1{MASK}", text) if "=" in text else text

    def without(self, data: Any) -> Any:
        """Return the data with the values of the fields replaced, wherever they lie."""
        if isinstance(data, Line) and self._harmless(data):
            return data
        if isinstance(data, Mapping):
            return {
                name: MASK if str(name).lower() in self.names and _is_real(value) else self.without(value)
                for name, value in data.items()
            }
        if isinstance(data, list):
            return [self.without(item) for item in data]
        return self.cover(data) if isinstance(data, str) else data

    def _harmless(self, row: Line) -> bool:
        """Return whether a row holds no other text than plain values of fields that may be shown."""
        text = row.text
        plain = "=" not in text and "\\" not in text and text.count("{") == 1
        return plain and all(name.lower() not in self.names for name in row)


@functools.cache
def _patterns(names: tuple[str, ...]) -> Patterns:
    words = "|".join(names)
    # Also inside text that itself holds JSON, where every quote has backslashes before it; there a shell's word may
    # end and begin again around a variable.
    value = rf"""\2"(?!{_WORD}\2")(?!'\2"{_WORD})"""
    json_ = rf'((\\*)"(?:{words})\2"\s*:\s*)(?:{value}.*?(?<!\\)\2"|-?\d[\d.eE+-]*)'
    form = rf"(?<!\w)((?:{words})=)(?!{_WORD}(?:[\s\\\"'&]|$))[^&\s\"'\\<>;,]+"
    return Patterns(
        pattern(json_, re.IGNORECASE | re.DOTALL),
        pattern(form, re.IGNORECASE),
        frozenset(name.lower() for name in names),
    )


def _is_real(value: Any) -> bool:
    """Return whether a value is more than the words that a rehearsal writes for what it does not have."""
    if isinstance(value, str):
        return not _PLACEHOLDER.fullmatch(value)
    if isinstance(value, Mapping):
        return any(map(_is_real, value.values()))
    return value is not None


class Masker:
    """Replaces the values it has learnt: raw, percent-encoded, JSON-escaped and in base64."""

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.patterns = _patterns(FIELDS)

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
        return self.patterns.cover(text)

    def without(self, data: Any) -> Any:
        """Return the data with the values of fields that are never shown replaced."""
        return self.patterns.without(data)

    def revealing(self, fields: Iterable[str], values: Iterable[str]) -> "Masker":
        """Return a masker that lets these fields and values through: what a command exists to deliver."""
        open_ = {name.lower() for name in fields}
        shown = {form for value in values for form in _forms(value)}
        made = Masker()
        made.forms = [form for form in self.forms if form not in shown]
        made.patterns = _patterns(tuple(name for name in FIELDS if name.lower() not in open_))
        return made


def without_card_data(data: Any) -> Any:
    """Return the data with the values of fields that are never shown replaced, wherever they lie."""
    return _patterns(FIELDS).without(data)


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

"""Masking: no secret of this run appears in anything that is printed, in whatever form it comes back."""

import base64
import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

MASK = "***"
SHORTEST = 8
FIELDS = (
    "card_cvv", "cvv", "cvv2", "cvc", "cc_number", "card_number", "cardNumber", "recipient_number", "pan", "otp", "pin",
    "password", "api_secret", "client_secret", "access_token", "refresh_token", "accessToken", "previousAccessToken",
    "portal_password",
)  # fmt: skip
# A rehearsal names the variable that holds a value; that is no value.
_VARIABLE = r"\$\{PAYCLI_[A-Z0-9_]+\}"


@dataclass(frozen=True)
class Patterns:
    """How fields that are never shown are found: as JSON, as form data, and as names in data."""

    json: re.Pattern[str]
    form: re.Pattern[str]
    names: frozenset[str]

    def cover(self, text: str) -> str:
        """Return the text without the fields' values."""
        if '"' in text:
            text = self.json.sub(lambda match: f'{match[1]}{match[2]}"{MASK}{match[2]}"', text)
        return self.form.sub(rf"\1{MASK}", text) if "=" in text else text

    def without(self, data: Any) -> Any:
        """Return the data with the values of the fields replaced, wherever they lie."""
        if isinstance(data, Mapping):
            return {
                name: MASK
                if str(name).lower() in self.names and value is not None and not _is_variable(value)
                else self.without(value)
                for name, value in data.items()
            }
        if isinstance(data, list):
            return [self.without(item) for item in data]
        return self.cover(data) if isinstance(data, str) else data


@functools.cache
def _patterns(names: tuple[str, ...]) -> Patterns:
    words = "|".join(names)
    variable = rf"""(?!\2"(?:'\2")?{_VARIABLE})"""
    # Also inside text that itself holds JSON, where every quote has backslashes before it.
    json_ = rf'((\\*)"(?:{words})\2"\s*:\s*){variable}(?:\2".*?(?<!\\)\2"|-?\d[\d.eE+-]*)'
    form = rf"(?<!\w)((?:{words})=)(?!{_VARIABLE})[^&\s\"'\\<>;,]+"
    return Patterns(
        re.compile(json_, re.IGNORECASE | re.DOTALL),
        re.compile(form, re.IGNORECASE),
        frozenset(name.lower() for name in names),
    )


def _is_variable(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(_VARIABLE, value) is not None


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

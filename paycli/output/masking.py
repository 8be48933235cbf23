"""Masking: no secret of this run appears in anything that is printed, in whatever form it comes back."""

import base64
import functools
import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

from paycli.operations.bunches import Bunch
from paycli.output.escapes import without_escaped
from paycli.patterns import pattern
from paycli.values import dataclass

MASK = "***"
SHORTEST = 8
SHORTEST_NUMBER = 12
FIELDS = (
    "card_cvv", "cvv", "cvv2", "cvc", "cc_number", "card_number", "cardNumber", "recipient_number", "pan", "otp", "pin",
    "pinCode", "password", "newPassword", "api_secret", "client_secret", "access_token", "refresh_token", "accessToken",
    "previousAccessToken", "portal_password", "X-Amz-Signature", "merchant_pan", "recipient_cc_number", "exp_month",
    "exp_year", "expiryMonth", "expiryYear", "cryptogram",
)  # fmt: skip
# What a rehearsal writes for a value that it does not have, such as <card_number>, or the variable of a secret.
_WORD = r"(?:<[a-z_]+>|\$\{PAYCLI_[A-Z0-9_]+\})"
# Escapes that stand for a quote, or for what is or may pass as a character of a name or of form data.
_TELLING = pattern(r'\\(?:"|u(?:00|013|017|212))')
_PLACEHOLDER = pattern(_WORD)


@dataclass(frozen=True)
class Patterns:
    """How fields that are never shown are found: as JSON, as form data, and as names in data."""

    json: re.Pattern[str]
    form: re.Pattern[str]
    names: frozenset[str]

    def cover(self, text: str) -> str:
        """Return the text without the fields' values."""
        if ('"' not in text and "=" not in text) or not self._named_in(text):
            return text
        if '"' in text:
            text = self.json.sub(lambda match: f'{match[1]}{match[2]}"{MASK}{match[2]}"', text)
        return self.form.sub(rf"\1{MASK}", text) if "=" in text else text

    def without(self, data: Any) -> Any:
        """Return the data with the values of the fields replaced, wherever they lie."""
        if isinstance(data, str):
            return self.cover(data)
        if isinstance(data, Mapping):
            return {
                name: MASK if str(name).lower() in self.names and _is_real(value) else self.without(value)
                for name, value in data.items()
            }
        return [self.without(item) for item in data] if isinstance(data, list) else data

    def harmless(self, row: Mapping[str, Any], text: str) -> bool:
        """Return whether a row that came as a line surely holds no such field, without looking at each value.

        A field may be a name of the row, of an object inside it, or stand in JSON or form data that is a value.
        """
        if ("\\" in text and _TELLING.search(text)) or ("=" in text and self._named_in(text)):
            return False
        return self._shown(row) if text.count("{") > 1 else _open(self.names, tuple(row))

    def _shown(self, data: Any) -> bool:
        """Return whether data has only fields that may be shown."""
        if isinstance(data, dict):
            return _open(self.names, tuple(data)) and all(map(self._shown, data.values()))
        return not isinstance(data, list) or all(map(self._shown, data))

    def _named_in(self, text: str) -> bool:
        """Return whether something in the text could be the name of such a field, before the patterns are tried.

        This is ten times as fast as they are, which matters with 200,000 rows.
        """
        lowered = text.lower()
        found = [name for name in self.names if name in lowered]
        return any(not text.isascii() or f"{name}{end}" in lowered for name in found for end in '"\\=')


@functools.lru_cache(256)
def _open(hidden: frozenset[str], names: tuple[str, ...]) -> bool:
    """Return whether fields of these names may be shown; the patterns take some letters for others that look alike."""
    return all(name.isascii() and name.lower() not in hidden for name in names)


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
    """Replaces the values it has learnt: raw, escaped in any way, as in CSV, base64 and hexadecimal."""

    def __init__(self) -> None:
        self.values: frozenset[str] = frozenset()
        self.forms: list[str] = []
        self.patterns = _patterns(FIELDS)
        self._learning = threading.Lock()

    def learn(self, values: Iterable[str]) -> None:
        """Remember values that must not be shown; shorter ones than 8 characters are masked by field, not by value."""
        new = {value for value in values if len(value) >= SHORTEST} - self.values
        if new:
            forms = {form for value in new for form in _forms(value)}
            # Rows of a bulk run teach it at the same time, and none may be forgotten.
            with self._learning:
                self.values |= new
                self.forms = sorted({*self.forms, *forms}, key=len, reverse=True)

    def mask(self, text: str, *, covered: bool = False) -> str:
        """Return the text without the values, and without those of fields, unless there are none."""
        for form in self.forms:
            if form in text:
                text = text.replace(form, MASK)
        text = without_escaped(text, self.values)
        return text if covered else self.patterns.cover(text)

    def hide(self, data: Any) -> Any:
        """Return the data without the values, in every text that it holds; what folds or searches text needs that."""
        texts = "\0".join(_texts(data))
        return data if self.mask(texts, covered=True) == texts else self._hidden(data)

    def _hidden(self, data: Any) -> Any:
        if isinstance(data, str):
            return self.mask(data, covered=True)
        if isinstance(data, Mapping):
            return {self._hidden(name): self._hidden(value) for name, value in data.items()}
        return [self._hidden(item) for item in data] if isinstance(data, list | tuple) else data

    def without(self, data: Any) -> Any:
        """Return the data with the values of fields that are never shown replaced."""
        return self.patterns.without(data)

    def without_in(self, bunches: Iterable[Bunch]) -> Iterator[Bunch]:
        """Yield rows with such values replaced; only those that surely held none keep their lines."""
        for bunch in bunches:
            for harmless, rows in bunch.runs(self.patterns.harmless):
                yield rows if harmless else Bunch(map(self.without, rows))

    def revealing(self, fields: Iterable[str], values: Iterable[str]) -> "Masker":
        """Return a masker that lets these fields and values through: what a command exists to deliver."""
        open_ = {name.lower() for name in fields}
        values = frozenset(values)
        shown = {form for value in values for form in _forms(value)}
        made = Masker()
        made.values = self.values - values
        made.forms = [form for form in self.forms if form not in shown]
        made.patterns = _patterns(tuple(name for name in FIELDS if name.lower() not in open_))
        return made


def without_card_data(data: Any) -> Any:
    """Return the data with the values of fields that are never shown replaced, wherever they lie."""
    return _patterns(FIELDS).without(data)


def _texts(data: Any) -> Iterator[str]:
    """Yield every text in the data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield str(name)
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for item in data:
            yield from _texts(item)


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
    # As CSV and YAML write them: quotes twice.
    forms |= {form.replace(mark, mark * 2) for form in forms for mark in "\"'"}
    forms |= {raw.hex(), raw.hex().upper(), *_groups(value)}
    for lead in range(3):
        # Inside a longer text base64 of the value depends on its offset modulo three; the part that does not depend on
        # the neighbours is what is looked for.
        for encoded in (base64.b64encode(b"\0" * lead + raw), base64.urlsafe_b64encode(b"\0" * lead + raw)):
            stable = encoded.rstrip(b"=")[(lead * 8 + 5) // 6 : (lead + len(raw)) * 8 // 6]
            if len(stable) >= SHORTEST:
                forms.add(stable.decode())
    return forms


def _groups(value: str) -> Iterator[str]:
    """Yield a card number as people write it."""
    if value.isascii() and value.isdigit() and len(value) >= SHORTEST_NUMBER:
        for ends in ((4, 8, 12, 16), (4, 10)):
            parts = [value[start:end] for start, end in zip((0, *ends), (*ends, len(value)), strict=True)]
            for gap in (" ", "-", "\u00a0"):
                yield gap.join(filter(None, parts))

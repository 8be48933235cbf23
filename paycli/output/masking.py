"""Masking: no secret of this run appears in anything that is printed, in whatever form it comes back."""

import base64
import json
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

MASK = "***"
SHORTEST = 8


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
        return text


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

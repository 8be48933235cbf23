"""Markers: made-up secrets that occur nowhere else, and how one is found again, whatever became of it on its way.

A long marker has two halves of letters and digits, which no encoding for JSON, YAML, CSV or an address changes, around
characters that each of them writes differently. Either half alone is a find: a value that is cut or folded is one too.
"""

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

HALF = 10
SPECIAL = "'+/=&<\"\\%#"
_ESCAPED = re.compile(r"\\+[ux]\{?0*([0-9a-fA-F]{2,4})\}?")
_GROUPED = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f-](?=\d)")


@dataclass(frozen=True)
class Marker:
    """One planted value: where it was planted, the value, and the pieces of which each is a find.

    What is ``short`` is hidden by the name of its field, not by value; ``fields`` are the names under which one may
    stand that is too short to be looked for alone.
    """

    name: str
    text: str
    pieces: tuple[str, ...]
    fields: tuple[str, ...] = ()
    short: bool = False

    @cached_property
    def encoded(self) -> frozenset[str]:
        """How the pieces look in base64, at each of the three offsets."""
        return frozenset(form for piece in self.pieces if not self.fields for form in _base64_forms(piece))

    @cached_property
    def hexadecimal(self) -> tuple[str, ...]:
        """How they look in hexadecimal."""
        return tuple(piece.encode().hex() for piece in self.pieces if not self.fields)

    @cached_property
    def named(self) -> re.Pattern[str]:
        """How it looks behind one of its names: as JSON, also within JSON, as form data, or in a list of fields."""
        return re.compile(rf"(?i)\b(?:{'|'.join(self.fields)})\b[\s\"'\\:=>,]{{1,40}}{re.escape(self.text)}\b")


def long_marker(name: str, *, before: str = "", special: str = SPECIAL) -> Marker:
    """Return a marker for a key, a password or a token."""
    first, last = _letters(name)[:HALF], _letters(name)[HALF : 2 * HALF]
    return Marker(name, f"{before}{first}{special}{last}", (first, last))


def plain_marker(name: str) -> Marker:
    """Return a marker of letters and digits alone, such as Base64 that is a token."""
    text = _letters(name)[: 2 * HALF]
    return Marker(name, text, (text[:HALF], text[HALF:]))


def card_marker(name: str) -> Marker:
    """Return the number of a card that nobody has: sixteen digits with a right check digit."""
    digits = "4" + "".join(str(byte % 10) for byte in _digest(name)[:14])
    total = sum(int(two) // 10 + int(two) % 10 for two in (int(d) * (2 - i % 2) for i, d in enumerate(digits)))
    number = f"{digits}{-total % 10}"
    return Marker(name, number, (number,))


def code_marker(name: str, *fields: str) -> Marker:
    """Return a CVV: digits that mean nothing but behind one of their names."""
    text = f"{int.from_bytes(_digest(name)[:4], 'big') % 900 + 100}"
    return Marker(name, text, (text,), fields, short=True)


def short_marker(name: str) -> Marker:
    """Return a one-time password or a PIN that is too short to be hidden by value; it stands only in its field."""
    text = f"Q{_letters(name)[:5].upper()}z"
    return Marker(name, text, (text,), short=True)


def found_in(text: str, markers: Iterable[Marker]) -> Iterator[Marker]:
    """Yield each marker that occurs, raw, encoded or in part."""
    plain = _unescaped(text)
    told = {text, plain, unquote(plain), html.unescape(plain), _GROUPED.sub("", plain)}
    lowered = text.lower()
    for marker in markers:
        if marker.fields:
            seen = any(marker.named.search(one) for one in told)
        else:
            seen = (
                any(piece in one for piece in marker.pieces for one in told)
                or any(form in text for form in marker.encoded)
                or any(form in lowered for form in marker.hexadecimal)
            )
        if seen:
            yield marker


def forms_of(text: str) -> list[str]:
    """Return a value as others may repeat it: encoded in every way that is looked for."""
    raw = text.encode()
    utf16 = text.encode("utf-16-be")
    units = [utf16[at : at + 2].hex() for at in range(0, len(utf16), 2)]
    return [
        text,
        "".join(f"%{byte:02x}" for byte in raw),
        "".join(char if char.isalnum() and char.isascii() else _percent(char) for char in text),
        "".join(f"\\u{unit}" for unit in units),
        "".join(char if char.isalnum() else rf"\u{ord(char):04X}" for char in text),
        *(base64.b64encode(b"user:"[:lead] + raw + b"!").decode() for lead in range(3, 6)),
        base64.urlsafe_b64encode(raw).decode(),
        raw.hex(),
        raw.hex().upper(),
        html.escape(text),
        *([" ".join(text[at : at + 4] for at in range(0, len(text), 4))] if text.isdigit() else []),
        *(["-".join(text[at : at + 4] for at in range(0, len(text), 4))] if text.isdigit() else []),
    ]


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode())


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _base64_forms(piece: str) -> Iterator[str]:
    for lead in range(3):
        whole = base64.b64encode(b"\0" * lead + piece.encode()).decode().rstrip("=")
        yield whole[(lead * 8 + 5) // 6 : (lead + len(piece)) * 8 // 6]


def _letters(name: str) -> str:
    return base64.b32encode(_digest(name)).decode().lower().rstrip("=")


def _digest(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()

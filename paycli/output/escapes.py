r"""Secrets that come back escaped: any character of one may be written for JSON, HTML or an address, in any mixture.

Which characters an encoder escapes is its own choice: some write ``=`` or ``'`` in JSON as ``\u003d`` and ``\u0027``,
others a hyphen in an address as ``%2d``.
"""

import functools
import html
import re
import sys
from collections.abc import Iterable
from urllib.parse import unquote

MASK = "***"
_ESCAPES = re.compile(
    r"""\\+u(?P<unit>[0-9a-fA-F]{4})|\\+U(?P<point>[0-9a-fA-F]{8})|(?P<bytes>(?:\\+x[0-9a-fA-F]{2})+)"""
    r"""|(?P<percent>(?:%[0-9a-fA-F]{2})+)"""
    r"""|(?P<entity>&\#?\w{1,8};)|\\+(?P<mark>["'/])|(?P<many>\\+|'+|"+)|\+"""
)
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


def without_escaped(text: str, values: Iterable[str]) -> str:
    """Return the text without the values, wherever they stand in it with escapes."""
    if "\\" not in text and "%" not in text and "&" not in text and "''" not in text:
        return text
    plain = _plain(text)
    for value in values:
        if _plain(value) in plain:
            text = _pattern(value).sub(MASK, text)
    return text


def _plain(text: str) -> str:
    """Return the text without escapes; what is written once or more, such as quotes, stands once."""
    plain = _ESCAPES.sub(_meant, text)
    return plain if plain.isascii() else plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _meant(match: re.Match[str]) -> str:
    found = match[0]
    match match.lastgroup:
        case "unit" | "point":
            code = int(found.lstrip("\\")[1:], 16)
            return _once(chr(code)) if code <= sys.maxunicode else found
        case "bytes":
            return _once(_decoded(bytes.fromhex(re.sub(r"\\+x", "", found))))
        case "percent":
            return _once(unquote(found, errors="replace"))
        case "entity":
            return _once(html.unescape(found))
        case "mark":
            return match["mark"]
        case "many":
            return found[0]
    return " "


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _once(text: str) -> str:
    return text.replace("+", " ")


@functools.lru_cache(256)
def _pattern(value: str) -> re.Pattern[str]:
    return re.compile("".join(map(_written, value)), re.IGNORECASE)


def _written(char: str) -> str:
    """Return the pattern of everything that a character may be written as."""
    units = char.encode("utf-16-be", "surrogatepass")
    unit = "".join(rf"\\+u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
    utf8 = char.encode(errors="replace")
    percent, escaped = "".join(f"%{byte:02x}" for byte in utf8), "".join(rf"\\+x{byte:02x}" for byte in utf8)
    forms = [unit, rf"\\+U{ord(char):08x}", percent, escaped, rf"&#0*{ord(char)};", rf"&#x0*{ord(char):x};"]
    forms += [rf"\\+x{ord(char):02x}"] if ord(char) < 0x100 else []  # noqa: PLR2004 two hexadecimal digits
    forms += [re.escape(_NAMED[char])] if char in _NAMED else []
    forms += [rf"\\*{re.escape(char)}{{1,2}}" if char in "\"'/" else r"\\+" if char == "\\" else re.escape(char)]
    forms += [r"\+"] if char == " " else []
    return f"(?:{'|'.join(forms)})"

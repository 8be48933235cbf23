r"""Secrets that come back escaped: any character of one may be written for JSON, HTML or an address, in any mixture.

Which characters an encoder escapes is its own choice: some write ``=`` or ``'`` in JSON as ``\u003d`` and ``\u0027``,
others a hyphen in an address as ``%2d``. So it is looked for in the text as it is meant, and cut out where it stands.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes

from paycli.patterns import pattern

MASK = "***"
_HEX = "[0-9a-fA-F]"
_BYTES = f"(?:{{0}}[c-fC-F]{_HEX}(?:{{0}}[89abAB]{_HEX})+|{{0}}{_HEX}{{{{2}}}})"
_PAIR = rf"\\+u[dD][89abAB]{_HEX}{{2}}\\+u[dD][c-fC-F]{_HEX}{{2}}"
_ESCAPES = pattern(
    "|".join(
        (
            f"(?P<pair>{_PAIR})",
            rf"(?P<point>\\+u{_HEX}{{4}}|\\+U{_HEX}{{8}})",
            "(?P<bytes>" + _BYTES.format(r"\\+x") + ")",
            "(?P<percent>" + _BYTES.format("%") + ")",
            r"(?P<entity>&#?\w{1,8};)",
            r"""\\+(?P<mark>["'/])""",
            r"""(?P<many>\\+|'+|"+)""",
            r"\+",
        )
    )
)
Piece = tuple[int, int, int, bool]
"""Where a piece begins in the text as it is meant, where it stands as it is written, whether both are the same."""


def without_escaped(text: str, values: Iterable[str]) -> str:
    """Return the text without the values, wherever they stand in it with escapes."""
    if "\\" not in text and "%" not in text and "&" not in text and "''" not in text:
        return text
    plain = _plain(text)
    found = [meant for value in values if (meant := _plain(value)) in plain]
    return _without(text, plain, found) if found else text


def _plain(text: str) -> str:
    """Return the text as it is meant; what is written once or more, such as quotes, stands once."""
    return _ESCAPES.sub(_meant, text)


def _without(text: str, plain: str, values: Iterable[str]) -> str:
    """Return the text without the values, which stand in it as it is meant."""
    pieces = list(_pieces(text))
    begins = [piece[0] for piece in pieces]
    shown, at = [], 0
    for first, last in sorted(span for value in values for span in _spans(plain, value)):
        offset, start, _, same = pieces[bisect_right(begins, first) - 1]
        begin = start + (first - offset if same else 0)
        offset, start, end, same = pieces[bisect_right(begins, last) - 1]
        if begin >= at:
            shown += [text[at:begin], MASK]
        at = max(at, start + last + 1 - offset if same else end)
    return "".join([*shown, text[at:]])


def _spans(text: str, value: str) -> Iterator[tuple[int, int]]:
    """Yield where a value stands in a text, by its first and its last character."""
    at = text.find(value)
    while at >= 0:
        yield at, at + len(value) - 1
        at = text.find(value, at + len(value))


def _pieces(text: str) -> Iterator[Piece]:
    at = length = 0
    for match in _ESCAPES.finditer(text):
        if at < match.start():
            yield length, at, match.start(), True
            length += match.start() - at
        yield length, match.start(), match.end(), False
        length += len(_meant(match))
        at = match.end()
    yield length, at, len(text), True


def _meant(match: re.Match[str]) -> str:
    found = match[0]
    match match.lastgroup:
        case "pair":
            units = re.findall(r"[0-9a-fA-F]{4}", found)
            return bytes.fromhex("".join(units)).decode("utf-16-be")
        case "point":
            code = int(found.lstrip("\\")[1:], 16)
            return _once(chr(code)) if code <= sys.maxunicode else found
        case "bytes":
            return _of_bytes(bytes.fromhex(re.sub(r"\\+x", "", found)))
        case "percent":
            return _of_bytes(unquote_to_bytes(found))
        case "entity":
            import html

            return _once(html.unescape(found))
        case "mark":
            return match["mark"]
        case "many":
            return found[0]
    return " "


def _of_bytes(raw: bytes) -> str:
    try:
        return _once(raw.decode())
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _once(text: str) -> str:
    return text.replace("+", " ")

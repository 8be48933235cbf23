"""Rows of a JSON array, or of JSON lines, read while they arrive, so that memory does not grow with their number."""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from paycli.operations.wire import NotJson, refuse

_SPACE = re.compile(r"[ \t\r\n]*")
_AFTER = frozenset(" \t\r\n,]")
_CLOSED = frozenset('}]"')
LONGEST_ROW = 16 * 1024 * 1024


def read_array(chunks: Iterable[bytes]) -> Iterator[Any]:
    """Yield the elements of one JSON array with exact numbers. Raises NotJson where it is none or is cut off."""
    import simplejson

    decoder = simplejson.JSONDecoder(parse_float=Decimal, parse_constant=refuse)
    reader = _Reader(chunks)
    if reader.peek() != "[":
        raise NotJson("not a JSON array")
    reader.position += 1
    mark = reader.peek()
    while mark != "]":
        yield reader.element(decoder)
        mark = reader.peek()
        if mark == ",":
            reader.position += 1
            reader.peek()
        elif mark != "]":
            raise NotJson("not a JSON array, or cut off")


class Line(dict[str, Any]):
    """A row that came as a line of its own, with its very text."""

    __slots__ = ("text",)

    def __init__(self, row: Mapping[str, Any], text: str) -> None:
        super().__init__(row)
        self.text = text


def read_lines(chunks: Iterable[bytes]) -> Iterator[Line]:
    """Yield the JSON objects of an answer that holds one a line. Raises NotJson where one is none, or is cut off."""
    import simplejson

    decode = simplejson.JSONDecoder(parse_float=Decimal, parse_constant=refuse).decode
    number = 0
    for number, raw in enumerate(_lines(chunks), 1):
        if not raw.strip():
            continue
        try:
            text = raw.decode()
            row = decode(text)
        except (ArithmeticError, RecursionError, ValueError):
            raise NotJson(f"line {number} is not JSON, or is cut off") from None
        if not isinstance(row, dict):
            raise NotJson(f"line {number} is not a JSON object")
        yield Line(row, text.strip())


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    first = True
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        if whole and first:
            whole[0] = whole[0].removeprefix(codecs.BOM_UTF8)
            first = False
        yield from whole
        if len(rest) > LONGEST_ROW:
            raise NotJson("a row larger than any should be")
    yield rest.removeprefix(codecs.BOM_UTF8) if first else rest


class _Reader:
    """Text as far as it arrived, and a position in it."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = iter(chunks)
        self.decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self.text = ""
        self.position = 0
        self.ended = False

    def peek(self) -> str:
        """Return the next character that is no space, or nothing at the end."""
        while True:
            self.position = self._after_space()
            if self.position < len(self.text):
                return self.text[self.position]
            if not self._more():
                return ""

    def element(self, decoder: Any) -> Any:
        """Return the element that begins here, as soon as all of it has arrived."""
        wanted = 0
        while True:
            value, end = self._try(decoder)
            # A number or a word that touches the end of what arrived, or a strange character, may go on.
            if end is not None and (self.ended or self.text[end - 1] in _CLOSED or self.text[end : end + 1] in _AFTER):
                self.position = end
                return value
            if self.ended:
                raise NotJson("not a JSON array, or cut off")
            # Doubling what is waited for keeps long elements from being read over and over.
            wanted = max(2 * wanted, len(self.text) - self.position)
            while len(self.text) - self.position <= wanted and self._more():
                pass

    def _try(self, decoder: Any) -> tuple[Any, int | None]:
        try:
            value, end = decoder.raw_decode(self.text, self.position)
        except ArithmeticError:
            raise NotJson("a number beyond all measure") from None
        except RecursionError:
            raise NotJson("nested too deeply") from None
        except ValueError:
            return None, None
        return value, end

    def _after_space(self) -> int:
        match = _SPACE.match(self.text, self.position)
        return match.end() if match else self.position

    def _more(self) -> bool:
        chunk = next(self.chunks, None)
        self.ended = chunk is None
        try:
            self.text = self.text[self.position :] + self.decode(chunk or b"", self.ended)
        except UnicodeDecodeError:
            raise NotJson("not UTF-8 text") from None
        self.position = 0
        if len(self.text) > LONGEST_ROW:
            raise NotJson("a row larger than any should be")
        return not self.ended

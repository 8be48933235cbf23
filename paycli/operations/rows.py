"""Rows of a JSON array, or of JSON lines, read while they arrive, so that memory does not grow with their number."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from paycli.operations.bunches import Bunch
from paycli.operations.wire import NotJson, measured, refuse, sound

_BLANK = " \t\r\n"
_SPACE = re.compile(f"[{_BLANK}]*")
_AFTER = frozenset(" \t\r\n,]")
_CLOSED = frozenset('}]"')
LONGEST_ROW = 16 * 1024 * 1024
# The standard library's decoder reads what simplejson's reads, in three quarters of its time.
_decode = json.JSONDecoder(parse_float=measured, parse_constant=refuse).raw_decode


def read_array(chunks: Iterable[bytes]) -> Iterator[Any]:
    """Yield the elements of one JSON array with exact numbers. Raises NotJson where it is none or is cut off."""
    reader = _Reader(chunks)
    if reader.peek() != "[":
        raise NotJson("not a JSON array")
    reader.position += 1
    mark = reader.peek()
    while mark != "]":
        yield reader.element()
        mark = reader.peek()
        if mark == ",":
            reader.position += 1
            reader.peek()
        elif mark != "]":
            raise NotJson("not a JSON array, or cut off")


def read_lines(chunks: Iterable[bytes]) -> Iterator[Bunch]:
    """Yield the JSON objects of an answer that holds one a line, in the bunches in which they arrive.

    Raises NotJson where one is none, or is cut off; the rows before it are yielded first.
    """
    for first, lines in _lines(chunks):
        bunch, problem = _read(lines, first)
        if bunch:
            yield bunch
        if problem:
            raise problem


def _read(lines: Iterable[bytes], first: int) -> tuple[Bunch, NotJson | None]:
    """Return the rows of lines, up to one that is none, and what is wrong with that one."""
    rows: list[dict[str, Any]] = []
    texts: list[str] = []
    for number, raw in enumerate(lines, first):
        if raw and not raw.isspace():
            try:
                row, text = _read_line(raw, number)
            except NotJson as problem:
                return Bunch(rows, texts), problem
            rows.append(row)
            texts.append(text)
    return Bunch(rows, texts), None


def _read_line(raw: bytes, number: int) -> tuple[dict[str, Any], str]:
    """Return the row of a line, and its text."""
    try:
        text = raw.decode().strip(_BLANK)
        row, end = _decode(text)
        row = sound(row, text)
    except (ArithmeticError, RecursionError, ValueError):
        raise NotJson(f"line {number} is not JSON, or is cut off") from None
    if end != len(text):
        raise NotJson(f"line {number} is not JSON, or is cut off")
    if type(row) is not dict:
        raise NotJson(f"line {number} is not a JSON object")
    return row, text


def _lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the lines that are whole as often as something arrives, and the number of the first of them."""
    number = 1
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield number, _unmarked(whole, number)
        number += len(whole)
        if len(rest) > LONGEST_ROW:
            raise NotJson("a row larger than any should be")
    yield number, _unmarked([rest], number)


def _unmarked(lines: list[bytes], number: int) -> list[bytes]:
    """Return the lines without the mark of byte order that may stand before the very first."""
    return [lines[0].removeprefix(codecs.BOM_UTF8), *lines[1:]] if lines and number == 1 else lines


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

    def element(self) -> Any:
        """Return the element that begins here, as soon as all of it has arrived."""
        wanted = 0
        while True:
            value, end = self._try()
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

    def _try(self) -> tuple[Any, int | None]:
        try:
            value, end = _decode(self.text, self.position)
        except ArithmeticError:
            raise NotJson("a number beyond all measure") from None
        except RecursionError:
            raise NotJson("nested too deeply") from None
        except ValueError:
            return None, None
        return sound(value, self.text[self.position : end]), end

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

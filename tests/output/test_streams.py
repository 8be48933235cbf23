"""Rows that need nothing are written as they came; whatever may need something is written as if it came alone."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paycli.operations.bunches import Bunch, Bunches
from paycli.operations.columns import identifier, money, text
from paycli.operations.rows import read_lines
from paycli.operations.wire import decode, encode
from paycli.output.masking import FIELDS, Masker
from paycli.output.screen import Screen, Shape

SECRETS = ("pass/wörd-of-tests", 'key "of" tests')
MASKER = Masker()
MASKER.learn(SECRETS)
COLUMNS = (identifier("id", primary=True), text("note"), money("amount", "currency"), text("inner"), text("inner.pan"))
SHOWN = ("id", "note", "amount", "currency", "inner", "company")
ODD = ("=", "a b", "Ω", "paſſword", "access_to\u212aen", "", *FIELDS[:6], *(name.upper() for name in FIELDS[6:12]))
NAMES = st.sampled_from(20 * SHOWN + ODD)
TOLD = ("=", "pan=4111", "company=1", '"pin":12', '{"cvv":"12"}', "\\", '"', "\n", "\r", "\u202e", "{", "}", ",", "Ω")
TEXTS = st.lists(st.sampled_from((*TOLD, *SECRETS, *MASKER.forms, *20 * ("x", " "))), max_size=3).map("".join)
PLAIN = TEXTS | st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
VALUES = PLAIN | TEXTS | TEXTS | st.lists(PLAIN, max_size=2) | st.dictionaries(NAMES, PLAIN, max_size=2)
ROWS = st.lists(st.dictionaries(NAMES, VALUES, max_size=4), max_size=5)


class Terminal(io.StringIO):
    """A terminal that remembers what is written to it."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


def shown(rows: Iterator[Any], form: str, out: io.StringIO, columns: Any = COLUMNS) -> str:
    """Return what is written of rows by somebody who knows secrets."""
    Screen(Shape(form), out, io.StringIO(), MASKER).show(rows, columns)
    return out.getvalue()


def arriving(lines: Iterable[bytes], size: int) -> Bunches:
    """Return the rows of lines that arrive in pieces of a size."""
    raw = b"".join(line + b"\n" for line in lines)
    return Bunches(read_lines(raw[start : start + size] for start in range(0, len(raw), size)))


@given(rows=ROWS, size=st.integers(1, 400), out=st.sampled_from([io.StringIO, Terminal]))
def test_rows_that_arrive_together_are_written_as_if_they_came_alone(
    rows: list[Any], size: int, out: Callable[[], io.StringIO]
) -> None:
    """Byte for byte: nothing is shown that would not be, and nothing is hidden that would not be."""
    lines = list(map(encode, rows))
    for form in ("ndjson", "csv"):
        assert shown(arriving(lines, size), form, out()) == shown(map(decode, lines), form, out())


def escaped(told: str) -> str:
    """Return a text as JSON in which every character is an escape."""
    units = told.encode("utf-16-be").hex().upper()
    return '"' + "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)) + '"'


SPELT: dict[str, Callable[[Any], str]] = {
    "ascii": json.dumps,
    "slashes": lambda row: json.dumps(row, ensure_ascii=False).replace("/", "\\/"),
    "spaces": lambda row: json.dumps(row, ensure_ascii=False, separators=(" ,\t", " :  ")),
    "escapes": lambda row: "{" + ",".join(f"{escaped(name)}:{escaped(value)}" for name, value in row.items()) + "}",
}


@given(
    spelling=st.sampled_from(sorted(SPELT)),
    rows=st.lists(st.dictionaries(NAMES, TEXTS, max_size=4), max_size=5),
    size=st.integers(1, 400),
)
def test_however_it_is_spelt_it_is_the_same(spelling: str, rows: list[Any], size: int) -> None:
    """No escape hides a secret; a row that is written as it came is still the same row."""
    lines = [SPELT[spelling](row).encode() for row in rows]
    expected = shown(map(decode, lines), "ndjson", io.StringIO())
    found = shown(arriving(lines, size), "ndjson", io.StringIO())
    assert [encode(decode(line)) for line in found.encode().splitlines()] == expected.encode().splitlines()
    assert shown(arriving(lines, size), "csv", io.StringIO()) == shown(map(decode, lines), "csv", io.StringIO())


@pytest.mark.parametrize(
    "line",
    [
        r'{"pan":4111}',
        r'{"PinCode":"4111"}',
        r'{"a":{"b":[1,{"pan":"4111"}]}}',
        r'{"a":"pan=4111"}',
        r'{"a":"{\"pan\":\"4111\"}"}',
        r'{"a":"{\\\"pan\\\":\\\"4111\\\"}"}',
        r'{"p\u0061n":"4111"}',
        r'{"a":"p\u0061n=4111"}',
        r'{"a":"pan\u003D4111"}',
        r'{"a":"\u0022pan\u0022:4111"}',
        '{"access_to\u212aen":"4111"}',
        r'{"access_to\u212aen":"4111"}',
        r'{"a":"access_to\u212Aen=4111"}',
        r'{"a":"company pin p\u0131n=4111"}',
        '{"a":"company pin p\u0131n=4111"}',
        '{"a":"pa\u017f\u017fword of a company: password, pa\u017f\u017fword=4111"}',
        '{"pa\u017f\u017fword":"4111","a":"company"}',
        r'{"a":"pass\/w\u00F6rd-of-tests","b":4}',
        r'{"a":"k\u0065y \"of\" tests"}',
    ],
)
def test_nothing_that_must_be_hidden_goes_past(line: str) -> None:
    """However it is spelt, alone or amid others."""
    lines = [b'{"a":1}', line.encode(), b'{"a":2}']
    for form in ("ndjson", "csv"):
        told = shown(arriving(lines, 9999), form, io.StringIO(), ())
        assert told == shown(map(decode, lines), form, io.StringIO(), ())
        assert ("4111" in told, "of" in told and "tests" in told) == (False, False)


def test_a_row_that_needs_nothing_is_written_as_it_came() -> None:
    """With its spaces, and its numbers as they were spelt."""
    line = b'{ "id":1e2,  "amount" : 1.10, "inner":{"a":[true,"x"]}, "note":"a company & shipping" }'
    assert shown(arriving([line], 99), "ndjson", io.StringIO()).encode() == line + b"\n"


def test_a_field_that_is_never_shown_is_hidden_in_its_row_alone() -> None:
    """The others stay as they came."""
    lines = [b'{"id": 1}', b'{"id": 2, "pan": "4111"}', b'{"id": 3}', b'{"id": 4, "a": {"CVV": 12}}']
    told = shown(arriving(lines, 999), "ndjson", io.StringIO())
    assert told == '{"id": 1}\n{"id":2,"pan":"***"}\n{"id": 3}\n{"id":4,"a":{"CVV":"***"}}\n'


def test_bunches_are_taken_as_they_come_or_row_by_row() -> None:
    """And nothing is asked for before it is needed."""
    asked: list[int] = []

    def bunches() -> Iterator[Bunch]:
        for number in range(3):
            asked.append(number)
            yield Bunch([number, number], ["x", "y"])

    rows = Bunches(bunches())
    assert ([next(rows), next(rows)], asked) == ([0, 0], [0])
    assert (list(rows), asked) == ([1, 1, 2, 2], [0, 1, 2])
    parted = list(Bunch([1, 2, 4, 3], ["a", "b", "c", "d"]).runs(lambda row, _text: row % 2 == 0))
    assert parted == [(False, [1]), (True, [2, 4]), (False, [3])]
    assert [bunch.texts for _, bunch in parted] == [["a"], ["b", "c"], ["d"]]

"""JSON arrays and JSON lines are read the same however they are cut into pieces."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paycli.operations.rows import read_array, read_lines
from paycli.operations.wire import NotJson, decode, encode

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


SPELLINGS = rb"""
1.50 1e5 -0 -0.0 1E-7 12345678901234567890.10 1e999 1e99999999999999999999 - 01 1. .5 +1 0x1 NaN -Infinity True nul
"\u00e9" "\ud83d\ude00" "\ud83d" "\ude00x" "\x" "\u12" {"b":1,"b":2} {b:1} {'b':1} [[[1]]] [1,] 1// 1,
""".split()
ODD_BYTES = [b"", b'"\t"', b'"\x7f"', b'"\xff"', b"\xc2\xa01", b"9" * 4000, b"9" * 5000, b"[" * 100_000]


def pieces(raw: bytes, size: int) -> list[bytes]:
    """Return the bytes in pieces of a size."""
    return [raw[start : start + size] for start in range(0, len(raw), size)]


@given(rows=st.lists(VALUES, max_size=6), size=st.integers(1, 40))
def test_rows_are_the_arrays_elements(rows: list[Any], size: int) -> None:
    """Whatever the pieces are; numbers keep their scale."""
    raw = encode(rows)
    assert list(map(encode, read_array(pieces(raw, size)))) == list(map(encode, decode(raw)))


@pytest.mark.parametrize("raw", [b"[]", b" [ ] ", b"\xef\xbb\xbf[1]", b'[ {"a" : 1} ,\n 2.50 , "x" ]\n'])
def test_space_and_a_byte_order_mark_are_no_obstacle(raw: bytes) -> None:
    """Byte by byte."""
    assert list(read_array(pieces(raw, 1))) == decode(raw)


@given(cut=st.integers(0, 40))
def test_a_cut_array_is_never_taken_for_a_shorter_one(cut: int) -> None:
    """It raises, after the rows that did arrive."""
    raw = encode([{"n": index, "s": "ab"} for index in range(4)])
    with pytest.raises(NotJson):
        list(read_array(pieces(raw[: min(cut, len(raw) - 1)], 3)))


@pytest.mark.parametrize("raw", [b"", b"{}", b"nul", b"[1 2]", b"[1,,2]", b"[1,]", b"[NaN", b'["\xff"]', b"[[[[["])
def test_what_is_no_array_is_refused(raw: bytes) -> None:
    """With a reason, and without its text."""
    with pytest.raises(NotJson):
        list(read_array([raw]))


def test_a_row_is_yielded_before_the_next_has_arrived() -> None:
    """Nothing waits for the end."""
    arrived = []

    def chunks() -> Any:
        for number in range(3):
            arrived.append(number)
            yield b"[" * (number == 0) + encode({"n": number}) + b","

    rows = read_array(chunks())
    assert (next(rows), len(arrived)) == ({"n": 0}, 1)


@given(rows=st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=6), size=st.integers(1, 40))
def test_lines_are_objects_with_their_text(rows: list[Any], size: int) -> None:
    """Whatever the pieces are, with or without a line end after the last, a blank line or a byte order mark."""
    texts = [encode(row) for row in rows]
    for raw in (b"\n".join(texts), b"\xef\xbb\xbf" + b"\r\n".join([*texts, b"", b""])):
        bunches = list(read_lines(pieces(raw, size)))
        assert [text.encode() for bunch in bunches for text in bunch.texts] == texts
        assert [encode(row) for bunch in bunches for row in bunch] == list(map(encode, map(decode, texts)))


@pytest.mark.parametrize("raw", SPELLINGS + ODD_BYTES, ids=lambda raw: repr(raw[:20]))
def test_a_line_is_read_as_any_other_answer(raw: bytes) -> None:
    """By another decoder, which takes and refuses the same, with the same numbers."""

    def read(decoder: Callable[[bytes], Any]) -> str | None:
        try:
            return repr(decoder(b'{"a":%s}' % raw))
        except NotJson:
            return None

    assert read(lambda line: next(read_lines([line]))[0]) == read(decode)


def test_the_rows_before_a_bad_line_are_yielded() -> None:
    """Those that came together with it too, and in the order of arrival."""
    arriving = read_lines([b'{"n":1}\n{"n', b'":2}\n\n{"n":3}{}\n{"n":4}\n'])
    assert [next(arriving), next(arriving)] == [[{"n": 1}], [{"n": 2}]]
    with pytest.raises(NotJson, match="line 4 is not"):
        next(arriving)


@pytest.mark.parametrize("raw", [b"[]", b"1", b'{"a":1}{"b":2}', b'{"a":1}\n{"b"', b'{"a":NaN}', b"<html>", b'"\xff"'])
def test_what_is_no_line_of_an_object_is_refused(raw: bytes) -> None:
    """With the line's number, and without its text."""
    with pytest.raises(NotJson, match=r"line [12] is not"):
        list(read_lines([raw]))


def test_a_line_is_yielded_before_the_next_has_arrived() -> None:
    """Nothing waits for the end."""
    arrived = []

    def chunks() -> Any:
        for number in range(3):
            arrived.append(number)
            yield encode({"n": number}) + b"\n"

    assert (next(read_lines(chunks())), len(arrived)) == ([{"n": 0}], 1)


@pytest.mark.parametrize(
    "row", [b'{"a":' * 150 + b"1" + b"}" * 150, b'{"a":1e999999999}', b'{"a":[' + b"[" * 150 + b"]" * 151 + b"}"]
)
def test_a_row_beyond_all_measure_is_refused(row: bytes) -> None:
    """In a list as in lines, as in any other answer."""
    with pytest.raises(NotJson):
        list(read_array([b"[", row, b"]"]))
    with pytest.raises(NotJson):
        list(read_lines([row, b"\n"]))


def test_half_a_character_in_a_row_is_replaced() -> None:
    """Also where the line is written as it came."""
    row = rb'{"a": "x\ud800"}'
    assert list(read_array([b"[", row, b"]"])) == [{"a": "x\ufffd"}]
    bunch = next(read_lines([row, b"\n"]))
    assert bunch == [{"a": "x\ufffd"}]
    assert bunch.lines() == '{"a":"x\ufffd"}\n'

"""JSON keeps every number's value and scale, both ways."""

import pytest

from paycli.operations.wire import DEEPEST, NotJson, decode, encode, pretty


@pytest.mark.parametrize("number", ["0.28", "12345678901234567.89", "0.10", "1E-7", "1E+5", "100", "-0.0", "1.000"])
def test_a_number_comes_out_as_it_went_in(number: str) -> None:
    """No float anywhere."""
    assert encode(decode(number.encode())).decode() == number


def test_an_exponent_keeps_its_value_and_scale() -> None:
    """1e5 is one digit with an exponent, not 100000."""
    assert encode(decode(b"1e5")) == b"1E+5"


def test_text_stays_utf8() -> None:
    """Greek, Cyrillic and Persian are written as themselves."""
    for name in ("Γιώργος", "Олена", "سارا"):
        assert name in encode({"name": name}).decode()
        assert name in pretty({"name": name})


@pytest.mark.parametrize("body", [b"", b"{", b"NaN", b"[Infinity]", b"\xff", b"[" * 100_000, b"1e" + b"9" * 40])
def test_what_is_not_json_is_said_without_its_text(body: bytes) -> None:
    """A broken answer is never quoted."""
    with pytest.raises(NotJson) as problem:
        decode(body)
    assert len(str(problem.value)) < 60


def test_a_byte_order_mark_is_no_error() -> None:
    """Some servers send one."""
    assert decode(b"\xef\xbb\xbf[1]") == [1]


@pytest.mark.parametrize("number", ["1e999999999", "-1e99999", "1e-99999", "0e99999", "1." + "1" * 5000, "9" * 5000])
def test_a_number_beyond_all_measure_is_refused(number: str) -> None:
    """Written out, one of a billion digits would fill the memory."""
    with pytest.raises(NotJson):
        decode(f'{{"amount": {number}}}'.encode())


@pytest.mark.parametrize("opened,closed", [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_what_is_nested_deeply_is_refused(opened: str, closed: str) -> None:
    """Nobody could walk through it; as deep as anything is meant is no obstacle."""
    depth = DEEPEST // opened.count("[" if "[" in opened else "{") // (2 if "[{" in opened else 1)
    assert decode((opened * (depth - 1) + "1" + closed * (depth - 1)).encode())
    with pytest.raises(NotJson):
        decode((opened * (DEEPEST + 1) + "1" + closed * (DEEPEST + 1)).encode())


def test_half_a_character_is_replaced() -> None:
    """No encoding can write it; two halves are one character."""
    assert decode(rb'{"\ud800": ["a\udfffb", "\ud83d\ude00"]}') == {"\ufffd": ["a\ufffdb", "\U0001f600"]}


def test_a_name_may_stand_twice_where_it_says_the_same() -> None:
    """Where it is asked for, with different values nobody knows which is meant."""
    assert decode(b'{"a": 1, "a": 1}', once=True) == {"a": 1}
    assert decode(b'{"a": 1, "a": 2}') == {"a": 2}
    with pytest.raises(NotJson):
        decode(b'{"x": {"a": 1, "a": 2}}', once=True)

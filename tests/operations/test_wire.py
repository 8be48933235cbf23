"""JSON keeps every number's value and scale, both ways."""

import pytest

from paycli.operations.wire import NotJson, decode, encode, pretty


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

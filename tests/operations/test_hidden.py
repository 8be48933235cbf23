"""What the parts of a hidden value may be; no error repeats one."""

from collections.abc import Callable
from typing import Any

import pytest

from paycli.operations.hidden import (
    CVV,
    EXPIRY_MONTH,
    NUMBER,
    card,
    card_number,
    expiry_month,
    expiry_year,
    long_year,
    one_line,
    one_time,
    security_code,
    short_year,
    token,
)
from paycli.operations.wire import decode


@pytest.mark.parametrize(
    "parse,text,value",
    [
        (card_number, "4242 4242-4242 4242", "4242424242424242"),
        (card_number, "630495060000", "630495060000"),
        (expiry_month, "02", 2),
        (expiry_month, "12", 12),
        (short_year, "29", 29),
        (short_year, "2029", 29),
        (long_year, "29", 2029),
        (security_code, "0123", "0123"),
        (one_line, "tök en", "tök en"),
    ],
)
def test_each_part_becomes_what_is_sent(parse: Callable[[str], Any], text: str, value: Any) -> None:
    """Groups are joined, years take the provider's form, a CVV keeps its zeros."""
    assert parse(text) == value


@pytest.mark.parametrize(
    "parse,texts",
    [
        (
            card_number,
            ["", "4242424242424241", "42424242424242424242", "4242", "4242x4242y4242z42", "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"],
        ),
        (expiry_month, ["", "0", "13", "1.5", "١", "001"]),
        (short_year, ["", "7", "037", "1937", "20299", "٢٩"]),
        (security_code, ["", "12", "12345", "12a", "١٢٣"]),
        (one_line, ["", "a\nb", "a\x00b", "x" * 4097]),
    ],
)
def test_a_wrong_part_is_refused_without_being_repeated(parse: Callable[[str], Any], texts: list[str]) -> None:
    """The sentence says what is wanted."""
    for text in texts:
        with pytest.raises(ValueError, match=r"\w") as told:
            parse(text)
        assert not text or text not in str(told.value)


def test_a_sample_is_what_standard_input_takes() -> None:
    """The examples and the simulation run with it."""
    marker = card(NUMBER, EXPIRY_MONTH, expiry_year(short_year), CVV)
    sample = decode(marker.sample_stdin.encode())
    assert [part.parse(str(sample[part.name])) for part in marker.parts] == ["4242424242424242", 12, 29, "123"]
    assert marker.sample == "--card-stdin"


def test_only_a_token_can_be_an_option() -> None:
    """A one-time password has a switch and nothing else."""
    assert set(token("cc_token", "Card token", sample="t").options) == {"cc_token_stdin", "cc_token"}
    assert set(one_time("otp", "One-time password", sample="1").options) == {"otp_stdin"}

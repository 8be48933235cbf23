"""Which digits in free text are a card number."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paycli.operations.scan import holds_card_number, is_card_number, luhn, without_card_numbers

VISA = "4242424242424242"


def numbered(prefix: str, length: int) -> str:
    """Return a number of that beginning and length with a right check digit."""
    body = prefix.ljust(length - 1, "7")
    return next(body + digit for digit in "0123456789" if luhn(body + digit))


@pytest.mark.parametrize(
    "prefix,length",
    [
        ("4", 16), ("4", 19), ("51", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("6011", 16), ("62", 19),
        ("3528", 16), ("36", 16), ("5018", 16), ("6759", 19), ("2204", 16), ("6037", 16), ("9704", 16), ("9860", 16),
    ],
)  # fmt: skip
def test_cards_of_the_known_schemes_are_found(prefix: str, length: int) -> None:
    """Visa, Mastercard, American Express, Discover, UnionPay, JCB, Diners, Maestro, Mir and national ones."""
    assert holds_card_number(f"paid with {numbered(prefix, length)}, thanks")


@pytest.mark.parametrize(
    "text",
    [
        "4242 4242 4242 4242", "4242-4242-4242-4242", "4242\u00a04242\u00a04242\u00a04242", "4242‑4242‑4242‑4242",
        "3782 822463 10005", f"12 {VISA}", f"no.{VISA}x", f"{VISA},5", "room 7 4242 4242 4242 4242 12",
        "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", f'{{"a":"{VISA}"}}', f"a={VISA}&b",
    ],
)  # fmt: skip
def test_groups_and_neighbours_hide_nothing(text: str) -> None:
    """Spaces, dashes, other digits in groups of their own, letters, and the digits of other scripts."""
    assert holds_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "4242424242424241", "1234567890123452", f"1{VISA}", f"{VISA}00000", "+380 99 999 99 99", "2026-03-02 09:15",
        "1700000000000", "356938035643809", "5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01",
        "42424242-4242-4242-8242-424242424242",
        "424242******4242", "", "UA213223130000026007233566001",
    ],
)  # fmt: skip
def test_other_numbers_may_be_written(text: str) -> None:
    """A wrong check digit, longer numbers, telephones, times, an IMEI, UUIDs, masks and accounts."""
    assert not holds_card_number(text)


@pytest.mark.parametrize(
    "value,found",
    [
        ({"a": [{"note": f"x {VISA}"}]}, True),
        ({"a": int(VISA)}, True),
        ({"id": VISA, "order_id": VISA, "productId": VISA}, False),
        ([True, None, 1.5, {"b": "text"}], False),
    ],
)
def test_json_is_looked_through_but_for_identifiers(value: Any, found: bool) -> None:
    """Text and whole numbers, however deep; what is called an id is one."""
    assert holds_card_number(value) is found


def test_what_is_told_holds_none_of_it() -> None:
    """Each number is replaced whole, and nothing else."""
    assert without_card_numbers(f"a {VISA} b 5555 5555 5555 4444 c 12") == "a *** b *** c 12"
    assert without_card_numbers("nothing here") == "nothing here"


@given(st.text(alphabet="0123456789 -", max_size=60))
def test_nothing_is_left_after_it_was_replaced(text: str) -> None:
    """Whatever overlaps."""
    assert not holds_card_number(without_card_numbers(text))


def test_a_card_number_has_one_of_three_lengths() -> None:
    """13 and 14 digits are too often something else."""
    assert not is_card_number("4222222222222")
    assert is_card_number(VISA)


def test_an_amount_that_is_a_card_number_is_one() -> None:
    """In a CSV file one column may stand where another should."""
    assert holds_card_number(Decimal(VISA))
    assert holds_card_number({"amount": Decimal(f"{VISA}.00")})
    assert not holds_card_number(Decimal("42424242424242.42"))

"""Money is exact, in both directions, with each currency's decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paycli.operations.money import EXPONENTS, Money, exponent, parse_amount, parse_currency


@pytest.mark.parametrize(
    "currency,places", [("UAH", 2), ("EUR", 2), ("JPY", 0), ("KRW", 0), ("VND", 0), ("KWD", 3), ("IRR", 0), ("CLF", 4)]
)
def test_a_currency_has_its_iso_exponent(currency: str, places: int) -> None:
    """The minor unit follows ISO 4217; rials are whole."""
    assert exponent(currency) == places


@pytest.mark.parametrize("text", ["12.50", "1", "0.01", "100", "007"])
def test_plain_digits_are_an_amount(text: str) -> None:
    """Digits, or digits, a point and digits."""
    assert parse_amount(text) == Decimal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "+1",
        "1e5",
        "1,5",
        "1 000",
        ".5",
        "5.",
        "0",
        "0.00",
        "١٢",
        "12.5.0",
        "NaN",
        "inf",
        "1_000",
        "1" * 30,
        "12\n",
    ],
)
def test_everything_else_is_no_amount(text: str) -> None:
    """Signs, exponents, separators, other scripts' digits and nothing are refused."""
    with pytest.raises(ValueError, match="amount"):
        parse_amount(text)


@pytest.mark.parametrize("text,currency", [("12.505", "UAH"), ("1.5", "JPY"), ("1.0001", "KWD"), ("0.5", "IRR")])
def test_more_decimals_than_the_currency_has_are_refused(text: str, currency: str) -> None:
    """An amount that the currency cannot hold is never rounded."""
    with pytest.raises(ValueError, match="decimals"):
        Money(Decimal(text), currency)


@given(units=st.integers(1, 10**15), currency=st.sampled_from(["UAH", *EXPONENTS]))
def test_minor_units_round_trip(units: int, currency: str) -> None:
    """From minor units and back nothing changes, and the shown digits say the same."""
    money = Money.from_minor(units, currency)
    assert units == money.minor_units
    assert money == Money(Decimal(money.digits), currency)


def test_currencies_are_three_letters_in_any_case() -> None:
    """A code is upper-cased; anything else is refused."""
    assert parse_currency("uah") == "UAH"
    for wrong in ("", "UA", "UAHH", "U4H", "грн"):
        with pytest.raises(ValueError, match="currency code"):
            parse_currency(wrong)

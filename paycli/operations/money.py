"""Exact money: a decimal amount of one currency, never a float.

Exponents follow ISO 4217 (the number of decimals of the minor unit); the Iranian rial is counted in whole rials, as the
only provider that uses it does.
"""

from decimal import Decimal

from paycli.patterns import pattern
from paycli.values import dataclass

EXPONENTS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "IRR",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
USUAL_EXPONENT = 2
LONGEST_AMOUNT = 18

_AMOUNT = pattern(r"[0-9]+(?:\.[0-9]+)?")
_CURRENCY = pattern(r"[A-Z]{3}")


def exponent(currency: str) -> int:
    """Return how many decimals an amount of the currency may have."""
    return EXPONENTS.get(currency, USUAL_EXPONENT)


def parse_currency(text: str) -> str:
    """Return the ISO 4217 code in upper case, or raise ValueError."""
    code = text.upper() if text.isascii() else text
    if not _CURRENCY.fullmatch(code):
        raise ValueError(f"{text!r} is not a currency code of three letters, such as UAH")
    return code


def parse_amount(text: str) -> Decimal:
    """Return an amount in major units as typed: ASCII digits, or digits, a point and digits, above zero.

    Raises ValueError for everything else (signs, exponents, separators, ``.5``, ``5.``, other scripts' digits).
    """
    if not _AMOUNT.fullmatch(text):
        raise ValueError(f"{text!r} is not an amount; write digits, or digits, a point and digits, such as 12.50")
    if len(text) > LONGEST_AMOUNT:
        raise ValueError(f"{text!r} is longer than any amount can be")
    amount = Decimal(text)
    if amount == 0:
        raise ValueError("the amount must be above zero")
    return amount


def parse_pointed_amount(text: str) -> Decimal:
    """Return an amount as typed, which must have its point: where the wire is cents, 1200 could mean either.

    Raises ValueError.
    """
    amount = parse_amount(text)
    if "." not in text:
        raise ValueError(f"{text!r} could mean cents; write the point too: {text}.00")
    return amount


@dataclass(frozen=True, order=False)
class Money:
    """An exact amount in major units of one currency."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        """Refuse more decimals than the currency has."""
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is not an amount")
        places = exponent(self.currency)
        if self.amount != self.amount.quantize(Decimal(1).scaleb(-places)):
            allowed = f"at most {places} decimals" if places else "no decimals"
            raise ValueError(f"{self.amount} {self.currency}: this currency has {allowed}")

    @classmethod
    def from_minor(cls, units: int, currency: str) -> "Money":
        """Return the money that so many minor units (cents, kopiykas, whole rials) are."""
        return cls(Decimal(units).scaleb(-exponent(currency)), currency)

    @property
    def minor_units(self) -> int:
        """The amount as a whole number of minor units."""
        return int(self.amount.scaleb(exponent(self.currency)))

    @property
    def digits(self) -> str:
        """The amount with exactly the currency's decimals, such as ``12.50``."""
        return f"{self.amount:.{exponent(self.currency)}f}"

    def __str__(self) -> str:
        return f"{self.digits} {self.currency}"

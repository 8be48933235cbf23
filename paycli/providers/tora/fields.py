"""The values that several of Tora's commands take."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.moments import moment_now
from paycli.operations.money import Money, parse_pointed_amount
from paycli.operations.params import Argument, Compound, Facts, Identifier, Option

EURO = "EUR"
LONGEST_ID = 64
LONGEST_REFERENCE = 255
LARGEST_INTEGER = 18
_PHONE = re.compile(r"\+?[0-9]{4,15}")


def whole_number(text: str) -> int:
    """Return a number of ASCII digits; raises ValueError."""
    if not (text.isascii() and text.isdigit()) or len(text) > LARGEST_INTEGER:
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def between(lowest: int, highest: int) -> Callable[[str], int]:
    """Return a parser of a whole number within limits, which are allowed themselves."""

    def parse(text: str) -> int:
        number = whole_number(text)
        if not lowest <= number <= highest:
            raise ValueError(f"{text} is not between {lowest} and {highest}")
        return number

    return parse


def phone(text: str) -> str:
    """Return a telephone number: digits, perhaps a plus before them; raises ValueError."""
    if not _PHONE.fullmatch(text):
        raise ValueError(f"{text!r} is not a telephone number of digits, such as 2101234567")
    return text


def terminal(text: str) -> str:
    """Return a terminal's number as it was typed, for it goes as a header; raises ValueError."""
    whole_number(text)
    return text


def build_euros(typed: Mapping[str, Any], _facts: Facts) -> Money:
    """Return the typed amount in euros. Raises UsageProblem."""
    if typed["amount"] is None:
        raise UsageProblem("No amount: --amount is required.", next_step="add --amount 12.50")
    try:
        return Money(typed["amount"], EURO)
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for '--amount': {problem}.") from None


def timestamp(moment: datetime | None) -> str | None:
    """Return a moment in the form of the document: ISO 8601 in UTC to the second, with a Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _since(flag: str, told: str) -> Option:
    return Option(told, flag=flag, parse=moment_now, metavar="TIME")


def _until(flag: str, told: str) -> Option:
    return Option(told, flag=flag, parse=lambda text: moment_now(text, end=True), metavar="TIME")


ProductCode = Annotated[str, Argument("PRODUCT_CODE", "Code of the product.", Identifier(LONGEST_ID), sample="MEL10")]
SaleId = Annotated[str, Argument("ID", "Identifier of the transaction.", Identifier(LONGEST_ID), sample="178345642")]
Reference = Annotated[
    str | None,
    Option(
        "Your own reference, such as an order number; what was sold under it is not sold again by a slip.",
        parse=Identifier(LONGEST_REFERENCE),
        metavar="TEXT",
    ),
]
TwoStep = Annotated[bool, Option("Reserve it; a capture or void must follow.", flag="--two-step", switch=True)]
Terminal = Annotated[
    str | None,
    Option("Terminal that asks; the profile's when left out.", flag="--terminal-id", parse=terminal, metavar="NUMBER"),
]
OfTerminal = Annotated[
    int | None, Option("Only this terminal's.", flag="--terminal-id", parse=whole_number, metavar="NUMBER")
]
Merchant = Annotated[
    str | None, Option("Only this merchant's.", flag="--mid", parse=Identifier(LONGEST_ID), metavar="ID")
]
Euros = Annotated[
    Money,
    Compound(
        {
            "amount": Option(
                "Amount in euros, with its point: 12.50.",
                parse=parse_pointed_amount,
                metavar="EUROS",
                sample="12.50",
            )
        },
        build_euros,
        "--amount 12.50",
    ),
]
From = Annotated[datetime | None, _since("--from", "Beginning of the period.")]
To = Annotated[datetime | None, _until("--to", "End of the period.")]
CancelFrom = Annotated[datetime | None, _since("--cancel-from", "Canceled from then on.")]
CancelTo = Annotated[datetime | None, _until("--cancel-to", "Canceled until then.")]

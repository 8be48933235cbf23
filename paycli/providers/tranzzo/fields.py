"""The request fields that several of Tranzzo's commands share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.money import Money, parse_amount, parse_currency
from paycli.operations.params import (
    Argument,
    Compound,
    Facts,
    Option,
    at_most,
    identifier,
    one_of,
    web_address,
)

LONGEST_READABLE_ORDER_ID = 256
LONGEST_SETTLED_ORDER_ID = 32
COMMENT_LENGTH = 2048


def build_equivalent(typed: Mapping[str, Any], _facts: Facts) -> Mapping[str, Any]:
    """Return the equivalent amount and its currency, which the document wants together or not at all."""
    amount, currency = typed["equivalent_amount"], typed["equivalent_currency"]
    if (amount is None) != (currency is None):
        raise UsageProblem(
            "--equivalent-amount and --equivalent-currency go together.",
            next_step="add the other one, or leave both out",
        )
    if amount is None:
        return {}
    try:
        return {"equivalent_amount": Money(amount, currency), "equivalent_currency": currency}
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for '--equivalent-amount': {problem}.") from None


def ip_address(text: str) -> str:
    """Return an address of IPv4 or IPv6, or raise ValueError."""
    import ipaddress

    try:
        ipaddress.ip_address(text)
    except ValueError:
        raise ValueError(f"{text!r} is no IP address") from None
    return text


def birthday(text: str) -> str:
    """Return a date as the document writes it, or raise ValueError."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 a date has no zone
    except ValueError:
        raise ValueError(f"{text!r} is no date such as 1990-04-01") from None


OrderId = Annotated[
    str,
    Argument("ORDER_ID", "Your own identifier of the order.", identifier(LONGEST_READABLE_ORDER_ID), sample="A-1001"),
]
SettledOrderId = Annotated[
    str,
    Argument(
        "ORDER_ID",
        "Your own identifier of the order; at most 32 characters here.",
        identifier(LONGEST_SETTLED_ORDER_ID),
        sample="A-1001",
    ),
]
OperationName = Annotated[
    str,
    Argument(
        "OPERATION", "Its method: purchase, auth, capture, void, refund and so on.", identifier(64), sample="purchase"
    ),
]
Method = Annotated[
    str,
    Option(
        "Take the money at once (purchase), or hold it for a capture (auth).",
        choices=("auth", "purchase"),
        parse=one_of("auth", "purchase"),
        default_text="purchase",
    ),
]
Description = Annotated[
    str,
    Option("What the payer reads about the payment.", parse=at_most(2048), sample="'Order A-1001'", metavar="TEXT"),
]
Comment = Annotated[
    str | None,
    Option("Note that the provider keeps with the operation.", parse=at_most(COMMENT_LENGTH), metavar="TEXT"),
]
ServerUrl = Annotated[str | None, Option("Where the provider sends its webhook.", parse=web_address, metavar="URL")]
Equivalent = Annotated[
    Mapping[str, Any],
    Compound(
        {
            "equivalent_amount": Option(
                "About how much it is in another currency, for the payer to see.", parse=parse_amount, metavar="AMOUNT"
            ),
            "equivalent_currency": Option("That other currency.", parse=parse_currency, metavar="CODE"),
        },
        build_equivalent,
    ),
]

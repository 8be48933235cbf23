"""The request fields that several of Tranzzo's commands share."""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.money import Money, parse_amount, parse_currency
from paycli.operations.params import (
    Argument,
    Compound,
    Facts,
    Option,
    as_fields,
    at_most,
    digits,
    identifier,
    one_of,
    web_address,
)

LONGEST_READABLE_ORDER_ID = 256
LONGEST_SETTLED_ORDER_ID = 32
COMMENT_LENGTH = 2048
PAYLOAD_LENGTH = 4000


def build_equivalent(typed: Mapping[str, Any], _facts: Facts) -> Mapping[str, Any]:
    """Return the equivalent amount and its currency, which the document wants together or not at all."""
    amount, currency = typed["equivalent_amount"], typed["equivalent_currency"]
    if (amount is None) != (currency is None):
        raise UsageProblem("--equivalent-amount and --equivalent-currency go together.")
    if amount is None:
        return {}
    try:
        return {"equivalent_amount": Money(amount, currency), "equivalent_currency": currency}
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for '--equivalent-amount': {problem}.") from None


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
ThreeDSecure = Annotated[
    str,
    Option(
        "3-D Secure: always, supported (where the card can), or never.",
        flag="--order-3ds-bypass",
        metavar="WORD",
        default_text="supported",
    ),
]
Comment = Annotated[
    str | None,
    Option("Note that the provider keeps with the operation.", parse=at_most(COMMENT_LENGTH), metavar="TEXT"),
]
ServerUrl = Annotated[str | None, Option("Where the provider sends its webhook.", parse=web_address, metavar="URL")]
ResultUrl = Annotated[str | None, Option("Where the payer goes afterwards.", parse=web_address, metavar="URL")]
Payload = Annotated[
    str | None,
    Option("Your own data, kept with the payment.", parse=at_most(PAYLOAD_LENGTH), metavar="TEXT"),
]
ValidationUrl = Annotated[
    str | None, Option("Where the provider asks before it takes the money.", parse=web_address, metavar="URL")
]
MerchantMcc = Annotated[
    str | None,
    Option(
        "Merchant category code of this payment (ISO 18245).", flag="--merchant-mcc", parse=digits(4), metavar="MCC"
    ),
]
Products = Annotated[
    list[Any] | None,
    Option("What is paid for: a JSON array of products.", metavar="FILE.json", json_file=True),
]
Customer = Annotated[
    Mapping[str, Any],
    Compound(
        {
            "customer_id": Option("The payer in your own system.", metavar="ID"),
            "customer_fname": Option("The payer's first name.", metavar="NAME"),
            "customer_lname": Option("The payer's last name.", metavar="NAME"),
            "customer_email": Option("The payer's e-mail address.", metavar="EMAIL"),
            "customer_phone": Option("The payer's telephone number.", metavar="PHONE"),
            "customer_ip": Option("The payer's IP address.", parse=at_most(45), metavar="IP"),
            "customer_country": Option("The payer's country.", metavar="COUNTRY"),
        },
        as_fields,
    ),
]
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

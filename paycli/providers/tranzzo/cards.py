"""Card data as Tranzzo takes it: digits, the month and the year's last two digits as numbers, the CVV as text.

Document: "Direct payments with card data", "Cryptogram".
"""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.operations.hidden import (
    CVV,
    EXPIRY_MONTH,
    NUMBER,
    RECIPIENT_NUMBER,
    card,
    card_number,
    expiry_year,
    one_line,
    short_year,
    token,
)
from paycli.operations.params import Hidden, Part, at_most

HIDDEN_FIELDS = frozenset(
    {
        *("cc_number", "exp_month", "exp_year", "card_cvv", "recipient_cc_number"),
        *("cc_token", "recipient_cc_token", "cryptogram", "merchant_pan"),
    }
)


def wallet(text: str) -> str:
    """Return the wallet's word."""
    if text not in {"applepay", "gpay"}:
        raise ValueError("the type is applepay or gpay")
    return text


TOKEN_LENGTH = 255
_YEAR = expiry_year(short_year)
_OPTIONAL_CVV = Part(CVV.name, CVV.label, CVV.parse, CVV.sample, needed=False)

_SAMPLE = "bWFkZS11cC10b2tlbi1vZi1hLWNhcmQ"
CcToken = Annotated[str, token("cc_token", "Token of the card", sample=_SAMPLE, parse=at_most(TOKEN_LENGTH))]
RecipientCcToken = Annotated[
    str | None,
    token(
        "recipient_cc_token",
        "Token of the recipient's card",
        sample=_SAMPLE,
        parse=at_most(TOKEN_LENGTH),
        example=f"--recipient-cc-token {_SAMPLE}",
    ),
]
RecipientsCard = Annotated[Mapping[str, Any], card(NUMBER)]
RecipientOfToken = Annotated[Mapping[str, Any] | None, card(RECIPIENT_NUMBER)]
BothCards = Annotated[Mapping[str, Any], card(NUMBER, EXPIRY_MONTH, _YEAR, CVV, RECIPIENT_NUMBER)]
PayersCard = Annotated[Mapping[str, Any], card(NUMBER, EXPIRY_MONTH, _YEAR, CVV)]
CardOrToken = Annotated[
    Mapping[str, Any] | None, card(NUMBER, EXPIRY_MONTH, _YEAR, CVV, unless=("cc_token", "cc_token_stdin"))
]
CardOrDeviceCard = Annotated[Mapping[str, Any], card(NUMBER, EXPIRY_MONTH, _YEAR, _OPTIONAL_CVV)]
Cryptogram = Annotated[
    Mapping[str, Any] | None,
    Hidden(
        "cryptogram",
        "Of a decrypted wallet token, from standard input: a JSON object with type, cryptogram, eci.",
        (
            Part("type", "Wallet of the token", wallet, "applepay", secret=False),
            Part("cryptogram", "Cryptogram", one_line, "AAAA-made-up-cryptogram-AAAA"),
            Part("eci", "ECI of the token", one_line, "07", needed=False, secret=False),
        ),
        json=True,
        file="Of a decrypted wallet token: a JSON file with type, cryptogram, eci.",
    ),
]

# Not learnt as a secret: it is part of the code that the command exists to deliver. Its field is masked elsewhere.
MerchantCard = Annotated[
    Mapping[str, Any] | None,
    card(Part("number", "Card number of the merchant", card_number, NUMBER.sample, secret=False)),
]


def card_fields(card: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the request fields of a card."""
    return {
        "cc_number": card["number"],
        "exp_month": card["exp_month"],
        "exp_year": card["exp_year"],
        "card_cvv": card["cvv"],
    }

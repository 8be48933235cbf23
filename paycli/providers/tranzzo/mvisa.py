"""QR codes for payments with the mVisa application.

Document: "mVisa QR generation". What is asked for as ``png`` comes back as an image, ``raw`` as the code's text. The
merchant's data need not be said where they are configured at the provider.
"""

from typing import Annotated

from paycli.operations.columns import identifier
from paycli.operations.files import Saved
from paycli.operations.operation import ALWAYS, Effect, Fields
from paycli.operations.params import Amount, Option, at_most, digits, one_of
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.cards import MerchantCard

TYPES = ("raw", "png")
LONGEST_WORD = 255

Type = Annotated[
    str,
    Option("Text of the code, or an image of it.", choices=TYPES, parse=one_of(*TYPES), default_text="raw"),
]
Mcc = Annotated[str | None, Option("Merchant category code (ISO 18245).", parse=digits(4), metavar="MCC")]
MerchantName = Annotated[str | None, Option("Name of the merchant.", parse=at_most(LONGEST_WORD), metavar="NAME")]
MerchantCity = Annotated[str | None, Option("City of the merchant.", parse=at_most(LONGEST_WORD), metavar="CITY")]
CountryCode = Annotated[str | None, Option("Country of the merchant, such as UA.", metavar="CODE")]


@TRANZZO.post(
    "mvisa-qr create",
    "/api/v1/mvisa",
    documented_as="mVisa QR generation (raw, png)",
    effect=Effect.WRITES,
    retry=ALWAYS,
    same=("amount",),
    movement="mvisa-qr",
    creates="raw",
    query=("type",),
    saved=Saved({"png": ("image/png",)}, "mvisa-qr-{amount}", by="type"),
    qr="raw",
    columns=(identifier("raw", primary=True),),
    example={"raw": "00020102124216400000000000000052045999530398054041.005802UA5904SHOP6004Kyiv6304ABCD"},
)
def mvisa_qr_create(
    amount: Amount,
    type: Type = "raw",  # noqa: A002 the document's name
    mcc: Mcc = None,
    merchant_name: MerchantName = None,
    merchant_city: MerchantCity = None,
    country_code: CountryCode = None,
    card: MerchantCard = None,
) -> Fields:
    """Make a QR code with which a payer pays an amount in the mVisa application.

    The merchant's own card number, where it is not known there, comes from standard input: --card-stdin.
    """
    return {
        "type": type,
        "amount": amount,
        "currency": amount.currency,
        "merchant_pan": card["number"] if card else None,
        "mcc": mcc,
        "merchant_name": merchant_name,
        "merchant_city": merchant_city,
        "country_code": country_code,
    }

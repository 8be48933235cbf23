"""What is known of a card's first digits and of an IP address. Document: "Enrichment API"."""

import re
from typing import Annotated

from paycli.operations.columns import identifier, text
from paycli.operations.operation import Fields
from paycli.operations.params import Argument
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.fields import ip_address


def first_digits(value: str) -> str:
    """Return the first digits of card numbers, or raise ValueError for other text and for a whole number."""
    if not re.fullmatch(r"[0-9]{6,8}", value, re.ASCII):
        raise ValueError("write the first 6 to 8 digits of a card number, never all of it")
    return value


Bin = Annotated[str, Argument("BIN", "The first 6 to 8 digits of a card number.", first_digits, sample="424242")]
Ip = Annotated[str, Argument("IP", "An address of IPv4 or IPv6.", ip_address, sample="203.0.113.7")]


@TRANZZO.get(
    "bins show",
    "/api/v1/enrichments/{pos_id}/bins/{bin}",
    documented_as="BIN info",
    columns=(
        identifier("card.bin", primary=True),
        text("card.payment_system"),
        text("card.card_type"),
        text("country.country"),
        text("country.iso_a2_code"),
        text("bank.bank"),
        text("risk_level"),
    ),
    example={
        "card": {"bin": 424242, "payment_system": "VISA", "card_type": "CREDIT"},
        "country": {"country": "UNITED KINGDOM", "iso_a2_code": "GB"},
        "bank": {"bank": "UNDEFINED"},
        "risk_level": "UNDEFINED",
    },
)
def bins_show(number: Bin) -> Fields:
    """Show which scheme, country and bank the first digits of a card belong to."""
    return {}


@TRANZZO.get(
    "ips show",
    "/api/v1/enrichments/{pos_id}/ips/{ip}",
    documented_as="IP info",
    columns=(text("continent"), text("country"), text("stateprov"), text("city"), text("latitude"), text("longitude")),
    example={"continent": "Asia", "country": "China", "city": "Guangzhou"},
)
def ips_show(address: Ip) -> Fields:
    """Show where an IP address is."""
    return {}

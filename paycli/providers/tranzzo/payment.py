"""The options that every payment of Tranzzo's takes, declared once.

Document: the parameter tables of "Create hosted payment" and of the direct payments; "Products", "Payload", "Browser
fingerprint".
"""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.params import Compound, Facts, Option, at_most, digits, web_address

PAYLOAD_LENGTH = 4000
USUAL_3DS = "supported"

CUSTOMER = {
    "customer_id": Option("The payer in your own system.", metavar="ID"),
    "customer_fname": Option("The payer's first name.", metavar="NAME"),
    "customer_lname": Option("The payer's last name.", metavar="NAME"),
    "customer_email": Option("The payer's e-mail address.", metavar="EMAIL"),
    "customer_phone": Option("The payer's telephone number.", metavar="PHONE"),
    "customer_ip": Option("The payer's IP address.", parse=at_most(45), metavar="IP"),
    "customer_country": Option("The payer's country.", metavar="COUNTRY"),
}
PRODUCTS = {"products": Option("What is paid for: a JSON array of products.", metavar="FILE.json", json_file=True)}
OPTIONS = {
    "order_3ds_bypass": Option(
        "3-D Secure: always, supported (where the card can), or never.",
        metavar="WORD",
        default_text=USUAL_3DS,
    ),
    "server_url": Option("Where the provider sends its webhook.", parse=web_address, metavar="URL"),
    "result_url": Option("Where the payer goes afterwards.", parse=web_address, metavar="URL"),
    "validation_url": Option("Where the provider asks before it takes the money.", parse=web_address, metavar="URL"),
    "merchant_mcc": Option("Merchant category code of this payment (ISO 18245).", parse=digits(4), metavar="MCC"),
    "payload": Option("Your own data, kept with the payment.", parse=at_most(PAYLOAD_LENGTH), metavar="TEXT"),
    "payload_file": Option(
        "The same from a file, sent as its Base64.", parse=at_most(PAYLOAD_LENGTH), metavar="FILE", base64_file=True
    ),
}
BROWSER = {
    "browser_fingerprint": Option(
        "The payer's browser for 3-D Secure 2: a JSON object.", metavar="FILE.json", json_file=True
    ),
}
REFERRER = {"customer_referrer": Option("The page from which the payer comes.", parse=web_address, metavar="URL")}


def build_payment(typed: Mapping[str, Any], _facts: Facts) -> Mapping[str, Any]:
    """Return the common fields of a payment. Raises UsageProblem for what contradicts itself or has the wrong form."""
    fields = dict(typed)
    encoded = fields.pop("payload_file")
    if encoded is not None:
        if fields["payload"] is not None:
            raise UsageProblem("--payload and --payload-file contradict each other.", next_step="keep one of them")
        fields["payload"] = encoded
    _refuse_other_than(fields, "products", list, "array")
    _refuse_other_than(fields, "browser_fingerprint", Mapping, "object")
    return {**fields, "order_3ds_bypass": fields["order_3ds_bypass"] or USUAL_3DS}


def _refuse_other_than(fields: Mapping[str, Any], name: str, kind: Any, word: str) -> None:
    if fields.get(name) is not None and not isinstance(fields[name], kind):
        raise UsageProblem(f"Invalid value for '--{name.replace('_', '-')}': the file holds no JSON {word}.")


def _payment(*more: Mapping[str, Option]) -> Compound:
    options = dict(OPTIONS)
    for group in more:
        options |= group
    return Compound(options, build_payment)


Payment = Annotated[Mapping[str, Any], _payment(PRODUCTS, CUSTOMER)]
DirectPayment = Annotated[Mapping[str, Any], _payment(PRODUCTS, CUSTOMER, BROWSER, REFERRER)]

"""The options that every payment of Tranzzo's takes, declared once.

Document: the parameter tables of "Create hosted payment" and of the direct payments; "Products", "Payload", "Browser
fingerprint".
"""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.params import Compound, Facts, Option, at_most, digits, one_of, web_address
from paycli.providers.tranzzo.fields import birthday, ip_address

PAYLOAD_LENGTH = 4000
USUAL_3DS = "supported"


def property_pair(text: str) -> Mapping[str, str]:
    """Return a property from ``key=value``, or raise ValueError."""
    key, sign, value = text.partition("=")
    if not (key and sign and key.isascii() and key.replace("_", "").isalnum()):
        raise ValueError("it is not of the form key=value")
    return {key: value}


def properties_of(typed: Mapping[str, Any]) -> dict[str, str]:
    """Return the typed properties as one mapping. Raises UsageProblem for one that was typed twice."""
    found: dict[str, str] = {}
    for pair in typed["property"] or ():
        if found.keys() & pair.keys():
            raise UsageProblem(f"Invalid value for '--property': {next(iter(pair))} is given twice.")
        found |= pair
    return found


CUSTOMER = {
    "customer_id": Option("The payer in your own system.", metavar="ID"),
    "customer_fname": Option("The payer's first name.", metavar="NAME"),
    "customer_lname": Option("The payer's last name.", metavar="NAME"),
    "customer_email": Option("The payer's e-mail address.", metavar="EMAIL"),
    "customer_phone": Option("The payer's telephone number.", metavar="PHONE"),
    "customer_ip": Option("The payer's IP address.", parse=ip_address, metavar="IP"),
    "customer_country": Option("The payer's country.", metavar="COUNTRY"),
}
RECIPIENT = {
    "customer_city": Option("The recipient's city.", metavar="CITY"),
    "customer_birthday": Option("The recipient's date of birth.", parse=birthday, metavar="YYYY-MM-DD"),
}
PROPERTIES = {
    "property": Option("A further property, repeated.", parse=property_pair, many=True, metavar="KEY=VALUE"),
}
PRODUCTS = {"products": Option("What is paid for: a JSON array of products.", metavar="FILE.json", json_file=True)}
OPTIONS = {
    "order_3ds_bypass": Option(
        "3-D Secure: always, supported (where the card can), or never.",
        parse=one_of("always", "supported", "never"),
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
    if "property" in fields:
        fields["properties"] = properties_of(typed) or None
        del fields["property"]
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
CardSplit = Annotated[Mapping[str, Any], _payment(PRODUCTS, CUSTOMER, BROWSER)]
Transfer = Annotated[Mapping[str, Any], _payment(CUSTOMER, BROWSER)]
Payout = Annotated[Mapping[str, Any], _payment(CUSTOMER, RECIPIENT, PROPERTIES)]
DirectPayment = Annotated[Mapping[str, Any], _payment(PRODUCTS, CUSTOMER, BROWSER, REFERRER)]

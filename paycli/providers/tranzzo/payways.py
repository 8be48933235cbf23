"""Alternative payment methods: what each is called, its currency, and the fields that it wants.

Document: "Alternative Payment Methods". The marks of required fields did not survive in it; every field of a method's
table is taken for required, but for those that its text calls optional or an alternative, and ``trusted``.
"""

import difflib
from collections.abc import Collection, Mapping
from typing import Any

from paycli.errors import UsageProblem
from paycli.operations.money import Money
from paycli.values import dataclass

IN, OUT = "in", "out"
NAME = ("customer_fname", "customer_lname")
PAYER = (*NAME, "customer_email", "customer_phone")
PERSON = (*PAYER, "customer_ip")
DOCUMENT = ("properties.document_id",)
DOCUMENT_TYPE = ("properties.document_type",)
DOCUMENTED = (*DOCUMENT, *DOCUMENT_TYPE)
PAPERS = (*DOCUMENTED, "properties.post_code")
TRUSTED = ("properties.trusted",)
BANK = ("properties.pay_method", "customer_ip")
BANK_OUT = (*NAME, "properties.payment_type", "properties.pay_method")
# A field of the recipient that stands for one of the customer.
INSTEAD = {
    "customer_email": "properties.recipient_email",
    "customer_phone": "properties.recipient_phone",
    "customer_fname": "properties.recipient_first_name",
    "customer_lname": "properties.recipient_first_name",
}
ALTERNATIVES = ("properties.recipient_email", "properties.recipient_phone", "properties.recipient_first_name")
BOOLEANS = frozenset({"trusted"})


@dataclass(frozen=True)
class Payway:
    """One method in one direction; fields inside ``properties`` carry that word before a point."""

    method: str
    payway: str
    currency: str
    direction: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """Return the method as a row of output."""
        return {
            "method": self.method,
            "payway": self.payway,
            "currency": self.currency,
            "direction": self.direction,
            "required": list(self.required),
            "optional": list(self.optional),
        }


PAYWAYS = (
    Payway("india-wallet", "WL", "INR", IN, (*PERSON, "properties.mop_type")),
    Payway(
        "india-netbanking",
        "NB",
        "INR",
        IN,
        (
            *(*PAYER, "customer_city", "customer_birthday"),
            *("properties.mop_type", "properties.address", "properties.post_code"),
        ),
    ),
    Payway("india-upi", "UP", "INR", IN, (*PERSON, "properties.upi_number", "properties.mop_type"), TRUSTED),
    Payway("india-paytm", "paytm", "INR", IN, PERSON, TRUSTED),
    Payway("india-imps", "imps", "INR", IN, PERSON, TRUSTED),
    Payway("india-phonepe", "phonepe", "INR", IN, (*NAME, "customer_email")),
    Payway("india-gpay", "gpaywallet", "INR", IN, (*NAME, "customer_email")),
    Payway("indonesia-banking", "banking", "IDR", IN, BANK),
    Payway("malaysia-banking", "banking", "MYR", IN, BANK),
    Payway("korea-p2p", "banking", "KRW", IN, ("customer_ip",), ("customer_email",)),
    Payway("vietnam-nganluong", "gpaywallet", "VND", IN, (*NAME, "customer_email")),
    Payway("vietnam-banking", "banking", "VND", IN, BANK),
    Payway("vietnam-transfer", "wallet", "VND", IN, (*NAME, "customer_email")),
    Payway(
        "brazil-picpay", "pic", "BRL", IN, (*PAYER, *DOCUMENT, "properties.post_code"), ("properties.document_type",)
    ),
    Payway("brazil-boleto", "boleto", "BRL", IN, (*PAYER, *PAPERS)),
    Payway("brazil-deposit", "deposit", "BRL", IN, (*PAYER, *PAPERS, "properties.pay_method")),
    Payway("brazil-lotopay", "lotopay", "BRL", IN, (*PAYER, *PAPERS)),
    Payway("brazil-pix-qr", "pix", "BRL", IN, (*PAYER, *PAPERS)),
    Payway("brazil-pix", "pix", "BRL", IN, (*PAYER, *DOCUMENTED)),
    Payway(
        "india-netbanking",
        "NB",
        "INR",
        OUT,
        (
            *(*PAYER, "customer_city", "customer_birthday"),
            *("properties.bank_account", "properties.ifsc", "properties.state"),
        ),
        (*ALTERNATIVES, "properties.post_code"),
    ),
    Payway(
        "india-upi",
        "upi",
        "INR",
        OUT,
        (*PERSON, "properties.recipient_address", "properties.upi_number"),
        (*ALTERNATIVES, *TRUSTED),
    ),
    Payway("india-paytm", "paytm", "INR", OUT, (*PERSON, "properties.account_number"), TRUSTED),
    Payway(
        "india-imps",
        "imps",
        "INR",
        OUT,
        (
            *PERSON,
            *("properties.account_name", "properties.account_number", "properties.ifsc", "properties.bank_name"),
        ),
        TRUSTED,
    ),
    Payway("indonesia-banking", "banking", "IDR", OUT, (*BANK_OUT, "properties.bank_account", "customer_ip")),
    Payway("malaysia-banking", "banking", "MYR", OUT, (*BANK_OUT, "properties.bank_account", "customer_ip")),
    Payway("philippines-banking", "banking", "PHP", OUT, (*BANK_OUT, "properties.account_number", "customer_ip")),
    Payway(
        "korea-p2p", "banking", "KRW", OUT, (*NAME, "properties.pay_method", "properties.account_number", "customer_ip")
    ),
    Payway("vietnam-banking", "banking", "VND", OUT, (*BANK_OUT, "properties.bank_account", "customer_ip")),
    Payway("vietnam-transfer", "wallet", "VND", OUT, (*NAME, "properties.payment_type", "properties.account_number")),
    Payway(
        "brazil-deposit",
        "banking",
        "BRL",
        OUT,
        (
            *NAME,
            *DOCUMENT,
            *("properties.bank_account_type", "properties.bank_account", "properties.bank_account_digit"),
            *("properties.bank_account_code", "properties.branch_code"),
        ),
        DOCUMENT_TYPE,
    ),
    Payway(
        "brazil-pix-qr",
        "pix",
        "BRL",
        OUT,
        (*NAME, *DOCUMENTED, "properties.account_type", "properties.account_number"),
        ("customer_email", "customer_phone"),
    ),
    Payway("brazil-pix", "pix", "BRL", OUT, (*PAYER, *DOCUMENTED)),
)


def checked(method: str, direction: str, amount: Money, given: Collection[str]) -> Payway:
    """Return the method of that name, or raise UsageProblem where it does not fit what was typed.

    ``given`` are the names of the fields that were typed.
    """
    found = _find(method, direction)
    if amount.currency != found.currency:
        raise UsageProblem(
            f"{method} is in {found.currency}, not in {amount.currency}.", next_step=f"add --currency {found.currency}"
        )
    missing = [name for name in found.required if name not in given and INSTEAD.get(name, name) not in given]
    if missing:
        raise UsageProblem(
            f"{method} wants more: {', '.join(missing)}.", next_step=f"add {' '.join(map(_as_option, missing))}"
        )
    known = {*found.required, *found.optional}
    odd = [name for name in given if name.startswith("properties.") and name not in known]
    if odd:
        raise UsageProblem(
            f"{method} knows no {', '.join(odd)}.", next_step=f"see: paycli tranzzo payways show {method}"
        )
    return found


def _find(method: str, direction: str) -> Payway:
    mine = {payway.method: payway for payway in PAYWAYS if payway.direction == direction}
    if method in mine:
        return mine[method]
    close = difflib.get_close_matches(method, mine, 1)
    meant = f" Did you mean {close[0]}?" if close else ""
    raise UsageProblem(
        f"{method!r} is no listed method for money that goes {direction}.{meant}",
        next_step="see: paycli tranzzo payways list; for one that is not listed add --unlisted --payway NAME",
    )


def typed_properties(properties: Mapping[str, str]) -> dict[str, Any]:
    """Return the properties with the types of the document: text, but for what is true or false."""
    for name in BOOLEANS & properties.keys():
        if properties[name] not in {"true", "false"}:
            raise UsageProblem(f"Invalid value for '--property': {name} is true or false.")
    return {name: value == "true" if name in BOOLEANS else value for name, value in properties.items()}


def _as_option(name: str) -> str:
    inner = name.removeprefix("properties.")
    return f"--property {inner}=TEXT" if inner != name else f"--{name.replace('_', '-')} TEXT"

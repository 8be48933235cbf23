"""The alternative payment methods: 19 to take money and 13 to pay it out, each with fields of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from paycli.sandbox.tranzzo.answers import Wrong
from paycli.sandbox.tranzzo.checks import (
    Rules,
    day,
    flag,
    ip,
    optional,
    pattern,
    required,
    table,
    text,
    violations,
    word,
)
from paycli.sandbox.tranzzo.fields import PAYMENT, PRODUCTS

Way = tuple[str, str]

_NAMES = "customer_fname customer_lname"
_WHO = f"{_NAMES} customer_email customer_phone"
_BRAZIL = "document_id post_code document_type?"
_BANK = "payment_type pay_method bank_account"
_ACCOUNT = "bank_account_type bank_account bank_account_digit bank_account_code"
_RECIPIENT = "recipient_email? recipient_phone? recipient_first_name?"

# By payway and currency: the customer's fields, then the properties; a question mark ends what may be left out.
PAY_IN: Mapping[Way, Sequence[tuple[str, str]]] = {
    ("WL", "INR"): [(f"{_WHO} customer_ip", "mop_type")],
    ("NB", "INR"): [(f"{_WHO} customer_city customer_birthday", "mop_type address post_code")],
    ("UP", "INR"): [(f"{_WHO} customer_ip", "mop_type upi_number trusted?")],
    ("paytm", "INR"): [(f"{_WHO} customer_ip", "trusted?")],
    ("imps", "INR"): [(f"{_WHO} customer_ip", "trusted?")],
    ("phonepe", "INR"): [(f"{_NAMES} customer_email", "")],
    ("gpaywallet", "INR"): [(f"{_NAMES} customer_email", "")],
    ("banking", "IDR"): [("customer_ip", "pay_method")],
    ("banking", "MYR"): [("customer_ip", "pay_method")],
    ("banking", "KRW"): [("customer_ip", "")],
    ("gpaywallet", "VND"): [(f"{_NAMES} customer_email", "")],
    ("banking", "VND"): [("customer_ip", "pay_method")],
    ("wallet", "VND"): [(f"{_NAMES} customer_email", "")],
    ("pic", "BRL"): [(_WHO, _BRAZIL)],
    ("boleto", "BRL"): [(_WHO, _BRAZIL)],
    ("deposit", "BRL"): [(_WHO, f"{_BRAZIL} pay_method")],
    ("lotopay", "BRL"): [(_WHO, _BRAZIL)],
    # By a QR code and without one.
    ("pix", "BRL"): [(_WHO, _BRAZIL), (_WHO, "document_id document_type?")],
}
PAY_OUT: Mapping[Way, Sequence[tuple[str, str]]] = {
    ("NB", "INR"): [
        (
            "customer_city customer_birthday customer_fname? customer_lname? customer_email? customer_phone?",
            f"state bank_account ifsc post_code? {_RECIPIENT}",
        )
    ],
    ("upi", "INR"): [
        (
            "customer_ip customer_fname? customer_lname? customer_email? customer_phone?",
            f"recipient_address upi_number trusted? {_RECIPIENT}",
        )
    ],
    ("paytm", "INR"): [(f"{_WHO} customer_ip", "account_number trusted?")],
    ("imps", "INR"): [(f"{_WHO} customer_ip", "account_name account_number ifsc bank_name trusted?")],
    ("banking", "IDR"): [(f"{_NAMES} customer_ip", _BANK)],
    ("banking", "MYR"): [(f"{_NAMES} customer_ip", _BANK)],
    ("banking", "PHP"): [(f"{_NAMES} customer_ip", "payment_type pay_method account_number")],
    ("banking", "KRW"): [(f"{_NAMES} customer_ip", "pay_method account_number")],
    ("banking", "VND"): [(f"{_NAMES} customer_ip", _BANK)],
    ("wallet", "VND"): [(_NAMES, "payment_type account_number")],
    ("banking", "BRL"): [
        (
            _NAMES,
            f"document_id document_type? branch_code {_ACCOUNT}",
        )
    ],
    # By a QR code and without one.
    ("pix", "BRL"): [
        (_NAMES, "document_id document_type? account_type account_number"),
        (_WHO, "document_id document_type?"),
    ],
}
_CHECKS = {
    "customer_ip": ip,
    "customer_birthday": day,
    "trusted": flag,
    "pay_method": text(64),
}
_TEN_DIGITS = pattern("[0-9]{10}", "must be ten digits")
# What names a recipient, and the property that may stand for it.
_EITHER = {
    "customer_email": "recipient_email",
    "customer_phone": "recipient_phone",
    "customer_fname": "recipient_first_name",
    "customer_lname": "recipient_first_name",
}


def ways(method: str) -> Mapping[Way, Sequence[tuple[str, str]]]:
    """Return the methods that take money, or those that pay it out."""
    return PAY_OUT if method == "credit" else PAY_IN


def wrong_fields(body: Mapping[str, Any]) -> Wrong:
    """Return what is wrong with a payment by an alternative method: of its forms, the one that fits best."""
    known = ways(body["method"])
    way = (body["payway"], str(body.get("currency")))
    if way not in known:
        currencies = [currency for payway, currency in known if payway == body["payway"]]
        return [("currency", f"must be one of {', '.join(currencies)}")]
    found = [_of_form(body, *form) for form in known[way]]
    return min(found, key=len)


def _of_form(body: Mapping[str, Any], customer: str, properties: str) -> Wrong:
    inner = _rules(properties)
    if body["payway"] == "paytm" and "account_number" in inner:
        inner = {**inner, "account_number": (True, _TEN_DIGITS)}
    rules: Rules = {
        **PAYMENT,
        **PRODUCTS,
        **optional(["customer_city"], text(256)),
        **optional(["customer_birthday"], day),
        **_rules(customer),
        "method": (True, word(body["method"])),
        "payway": (True, text(64)),
    }
    given = body.get("properties", {})
    outer = {name: value for name, value in body.items() if name != "properties"}
    if not isinstance(given, dict):
        return [*violations(outer, rules), ("properties", table({})(given) or "must be an object")]
    missing = _unnamed(body, given) if "recipient_email" in inner else []
    return [*violations(outer, rules), *violations(given, inner, "properties."), *missing]


def _unnamed(body: Mapping[str, Any], given: Mapping[str, Any]) -> Wrong:
    return [
        (name, f"or properties.{other} is required")
        for name, other in _EITHER.items()
        if name not in body and other not in given
    ]


def _rules(names: str) -> Rules:
    rules: dict[str, Any] = {}
    for name in names.split():
        bare = name.rstrip("?")
        make = optional if name.endswith("?") else required
        rules |= make([bare], _CHECKS.get(bare, text(1024)))
    return rules

"""The parameters of the proxy's document: every value is a string, in a query or in a JSON body."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from paycli.sandbox.http import Call, parse_json

Check = Callable[[str], bool]
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
VALID_TEXT = re.compile(r"[ -~æÆøØåÅäÄöÖšŠžŽ]{1,36}")
AMOUNT = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """A request whose fields hold what they may hold."""

    fields: Mapping[str, str]
    pending: bool = False

    def __getitem__(self, name: str) -> str:
        return self.fields[name]

    def get(self, name: str) -> str:
        """Return an optional field, empty when it is not there."""
        return self.fields.get(name, "")

    @property
    def amount(self) -> Decimal:
        """The amount, exactly."""
        return Decimal(self.fields["amount"])

    @property
    def currency(self) -> str:
        """The currency, which is the Danish crown unless the request says otherwise."""
        return self.get("currencyCode") or "DKK"


def _guid(value: str) -> bool:
    return bool(GUID.fullmatch(value))


def _text(value: str) -> bool:
    return bool(VALID_TEXT.fullmatch(value))


def _amount(value: str) -> bool:
    return bool(AMOUNT.fullmatch(value)) and Decimal(value) > 0


def _currency(value: str) -> bool:
    return value in {"DKK", "EUR"}


def _captured(value: str) -> bool:
    return value == "Captured"


CHECKS: Mapping[str, tuple[Check, str]] = {
    "paymentId": (_guid, "1099: paymentId is no GUID"),
    "refundId": (_guid, "1099: refundId is no GUID"),
    "posId": (_guid, "1099: posId is no GUID"),
    "storeId": (_guid, "1099: storeId is no GUID"),
    "terminalId": (_text, "1099: terminalId is longer than 36 characters or holds one that is not valid"),
    "orderId": (_text, "1113: orderId is longer than 36 characters or holds one that is not valid"),
    "refundOrderId": (_text, "1114: refundOrderId is longer than 36 characters or holds one that is not valid"),
    "amount": (_amount, "1102: amount is no amount above zero with at most two decimals"),
    "currencyCode": (_currency, "1099: currencyCode is neither DKK nor EUR"),
    "state": (_captured, "1109: state can only be Captured"),
    "paymentState": (_captured, "1109: paymentState can only be Captured"),
}


def given(call: Call) -> Mapping[str, str] | str:
    """Return the fields of a request from where its method carries them, or what is wrong with them as a whole."""
    if call.method != "POST":
        return "1099: this request takes no body" if call.body else call.query
    if call.query:
        return "1099: a POST carries its fields in the body alone"
    if call.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return "1099: the body is not application/json"
    body = parse_json(call.body)
    if not isinstance(body, dict):
        return "1099: the body is no JSON object"
    wrong = [name for name, value in body.items() if not isinstance(value, str)]
    return f"1099: {', '.join(wrong)} must be a string" if wrong else body


def violations(values: Mapping[str, str], needed: tuple[str, ...], allowed: tuple[str, ...]) -> list[str]:
    """Return what is wrong with the fields: missing or empty, unknown, or holding what they may not hold."""
    missing = [f"1099: {name} is required" for name in needed if not values.get(name)]
    unknown = [f"1099: {name} is not known here" for name in values if name not in {*needed, *allowed}]
    told = [(value, *CHECKS[name]) for name, value in values.items() if name in CHECKS and value]
    wrong = [sentence for value, check, sentence in told if not check(value)]
    return [*missing, *unknown, *wrong]

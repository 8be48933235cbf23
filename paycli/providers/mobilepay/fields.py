"""The request fields that several of MobilePay's commands share."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.money import Money
from paycli.operations.params import AMOUNT, CURRENCY, Argument, Compound, Facts, Option, identifier, one_of
from paycli.operations.params import build_money as build
from paycli.providers.mobilepay.states import CAPTURED, CURRENCIES, PAYMENT_STATES

LONGEST_REFERENCE = 36
LONGEST_TERMINAL = 64
_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def guid(text: str) -> str:
    """Return an identifier of the provider's, a GUID, in small letters, so that one thing has one name here."""
    if not _GUID.fullmatch(text):
        raise ValueError(f"{text!r} is not a GUID such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301")
    return text.lower()


def build_money(typed: Mapping[str, Any], facts: Facts) -> Money:
    """Return the typed amount, in DKK unless the option or the profile says otherwise; raises UsageProblem."""
    money = build({**typed, "currency": typed["currency"] or facts.get("currency") or CURRENCIES[0]}, facts)
    if money.currency not in CURRENCIES:
        raise UsageProblem(
            f"MobilePay takes {' and '.join(CURRENCIES)}, not {money.currency}.", next_step="add --currency DKK"
        )
    return money


Amount = Annotated[
    Money, Compound({"amount": AMOUNT, "currency": CURRENCY}, build_money, "--amount 12.50 --currency DKK")
]
PaymentId = Annotated[
    str, Argument("PAYMENT_ID", "The payment, a GUID.", guid, sample="3f2504e0-4f89-41d3-9a0c-0305e82c3301")
]
RefundId = Annotated[
    str, Argument("REFUND_ID", "The refund, a GUID.", guid, sample="9b1c7e42-6d0a-4f0e-8c55-3a2f6d9e1c86")
]
PosId = Annotated[
    str, Argument("POS_ID", "The point of sale, a GUID.", guid, sample="c2a8f7d1-52b3-4e6a-9f10-7d4b8e6a1c39")
]
StoreId = Annotated[
    str, Argument("STORE_ID", "The store, a GUID.", guid, sample="58e1d0b4-0c7f-4a92-b6d3-1f2e9a7c4b85")
]
TerminalId = Annotated[
    str, Argument("TERMINAL_ID", "The terminal's number at Integra.", identifier(LONGEST_TERMINAL), sample="T-1001")
]
OrderIdArgument = Annotated[
    str, Argument("ORDER_ID", "Your own reference of the payment.", identifier(LONGEST_REFERENCE), sample="A-1001")
]
OrderId = Annotated[
    str,
    Option(
        "Your own reference of the payment, at most 36 characters.",
        parse=identifier(LONGEST_REFERENCE),
        metavar="TEXT",
        sample="A-1001",
    ),
]
TerminalOption = Annotated[
    str,
    Option("The terminal's number at Integra.", parse=identifier(LONGEST_TERMINAL), metavar="ID", sample="T-1001"),
]
OnlyOrderId = Annotated[
    str | None,
    Option("Only payments with this reference of yours.", parse=identifier(LONGEST_REFERENCE), metavar="TEXT"),
]
OnlyTerminalId = Annotated[
    str | None, Option("Only payments of this terminal.", parse=identifier(LONGEST_TERMINAL), metavar="ID")
]
OnlyCaptured = Annotated[
    str | None,
    Option("Captured payments instead of active ones.", choices=(CAPTURED,), parse=one_of(CAPTURED)),
]
StateOfCaptured = Annotated[
    str,
    Option(
        "The payment's state; only captured ones are found.",
        choices=(CAPTURED,),
        parse=one_of(CAPTURED),
        default_text=CAPTURED,
    ),
]
PaymentState = Annotated[
    str | None,
    Option("Only a payment in this state.", metavar="STATE", parse=one_of(*PAYMENT_STATES)),
]

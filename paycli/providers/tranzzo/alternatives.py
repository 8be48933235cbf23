"""Alternative payment methods in both directions: the table says what each wants, an unlisted one goes unchecked.

Document: "Alternative Payment Methods".
"""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.money import Money
from paycli.operations.operation import Fields
from paycli.operations.params import AMOUNT, CURRENCY, Argument, Compound, Facts, Option, build_money, identifier
from paycli.providers.tranzzo.fields import Description, OrderId
from paycli.providers.tranzzo.payment import CUSTOMER, OPTIONS, PROPERTIES, RECIPIENT, build_payment
from paycli.providers.tranzzo.payways import IN, OUT, checked, typed_properties
from paycli.providers.tranzzo.primary import charge, example, primary

SLUG = Argument("METHOD", "Which method; see: paycli tranzzo payways list.", identifier(64), sample="vietnam-transfer")
MethodName = Annotated[str, SLUG]
AMOUNT_SAMPLE = "--amount 120000 --currency VND"
LocalAmount = Annotated[Money, Compound({"amount": AMOUNT, "currency": CURRENCY}, build_money, AMOUNT_SAMPLE)]
Unlisted = Annotated[bool, Option("Send a method that the table does not have, unchecked.", switch=True)]
PaywayName = Annotated[str | None, Option("What the provider calls the unlisted method.", metavar="NAME")]


def build_alternative(typed: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
    """Return the common fields, with properties in the types of the document."""
    fields = dict(build_payment(typed, facts))
    if fields["properties"]:
        fields["properties"] = typed_properties(fields["properties"])
    return fields


def _alternative(sample: str) -> Compound:
    return Compound({**OPTIONS, **CUSTOMER, **RECIPIENT, **PROPERTIES}, build_alternative, sample)


_PERSON = "--customer-fname Lan --customer-lname Tran"
PayIn = Annotated[Mapping[str, Any], _alternative(f"{_PERSON} --customer-email lan@shop.example")]
PayOut = Annotated[
    Mapping[str, Any],
    _alternative(f"{_PERSON} --property payment_type=onlineBanking --property account_number=12345678"),
]


@charge(
    "pay apm",
    "Alternative payment methods, Pay In: 19 of them",
    movement="pay",
    example=example(payway="wallet", amount=120000, currency="VND"),
)
def pay_apm(
    name: MethodName,
    order: OrderId,
    amount: LocalAmount,
    description: Description,
    payment: PayIn,
    payway: PaywayName = None,
    unlisted: Unlisted = False,
) -> Fields:
    """Take a payment by a regional method, checked against the table of methods."""
    return {
        **primary("direct", "purchase", order, amount, description),
        "payway": _payway(name, IN, amount, payment, payway, unlisted=unlisted),
        **payment,
    }


@charge(
    "payout apm",
    "Alternative payment methods, Pay Out: 13 of them",
    movement="payout",
    example=example("credit", payway="wallet", amount=120000, currency="VND"),
)
def payout_apm(
    name: MethodName,
    order: OrderId,
    amount: LocalAmount,
    description: Description,
    payment: PayOut,
    payway: PaywayName = None,
    unlisted: Unlisted = False,
) -> Fields:
    """Pay out by a regional method, checked against the table of methods."""
    return {
        **primary("direct", "credit", order, amount, description),
        "payway": _payway(name, OUT, amount, payment, payway, unlisted=unlisted),
        **payment,
    }


def _payway(
    name: str, direction: str, amount: Money, fields: Mapping[str, Any], payway: str | None, *, unlisted: bool
) -> str:
    if unlisted:
        if not payway:
            raise UsageProblem(
                "An unlisted method needs --payway NAME.", next_step="add --payway NAME, as the provider calls it"
            )
        return payway
    if payway:
        raise UsageProblem("--payway is for an unlisted method.", next_step="add --unlisted, or leave --payway out")
    properties = [f"properties.{key}" for key in fields.get("properties") or {}]
    given = [key for key, value in fields.items() if value is not None and key != "properties"]
    return checked(name, direction, amount, [*given, *properties]).payway

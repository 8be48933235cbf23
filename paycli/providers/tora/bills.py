"""Bills: what may be paid of one, paying it, and the second step of a payment in two.

Document: "Retrieve bill payment details", "Create bill payment"; capture and void are implied by ``confirm``.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.operations.columns import identifier, images, minor, text
from paycli.operations.operation import KEY, Effect, Fields, Route, Shape, View
from paycli.operations.params import Argument, Identifier, Option
from paycli.providers.tora import TORA
from paycli.providers.tora.bill import look_at, weighed
from paycli.providers.tora.fields import (
    EURO,
    LONGEST_ID,
    LONGEST_REFERENCE,
    Euros,
    SaleId,
    Terminal,
    TwoStep,
    phone,
)
from paycli.providers.tora.headers import TERMINAL_ID
from paycli.providers.tora.pictures import PICTURES
from paycli.providers.tora.second_step import second_step


def key_value(typed: str) -> tuple[str, str]:
    """Return the key and the value of ``key=value``; raises ValueError."""
    key, equals, value = typed.partition("=")
    if not equals or not key.strip() or not value:
        raise ValueError("write key=value, such as expiry_date=2026-03-31")
    return key.strip(), value


PaymentCode = Annotated[
    str, Argument("PAYMENT_CODE", "Code that stands on the bill.", Identifier(LONGEST_ID), sample="20260011037230717")
]
BillProduct = Annotated[
    str,
    Option(
        "Whose bill it is, as `bills show` says.",
        flag="--product-code",
        parse=Identifier(LONGEST_ID),
        metavar="CODE",
        sample="EYDAP",
    ),
]
Phone = Annotated[str, Option("The payer's telephone number.", parse=phone, metavar="NUMBER", sample="2100000001")]
BillReference = Annotated[
    str | None, Option("Your own reference.", flag="--reference", parse=Identifier(LONGEST_REFERENCE), metavar="TEXT")
]
Extra = Annotated[
    tuple[tuple[str, str], ...],
    Option(
        "What else the bill wants, as `bills show` says; repeat it.",
        flag="--option",
        parse=key_value,
        metavar="key=value",
        many=True,
    ),
]


def shown(rows: list[Any]) -> View:
    """Return what may be paid, and below it a line for each extra option that is wanted."""
    return View(rows, [line for row in rows if isinstance(row, Mapping) for line in _wanted(row)])


def _wanted(row: Mapping[str, Any]) -> list[str]:
    listed = row.get("options")
    options = [option for option in listed if isinstance(option, Mapping)] if isinstance(listed, list) else []
    lines = []
    for option in options:
        need = "required" if option.get("required") else "may be left out"
        value = "YYYY-MM-DD" if option.get("type") == "DATE" else option.get("type")
        lines += [
            f"--option {option.get('key')}={value}  {row.get('productCode')}, {need}",
            f"  {option.get('header') or ''}: {option.get('message') or ''}",
        ]
    return lines


@TORA.get(
    "bills show",
    "/payments/{paymentCode}",
    documented_as="Retrieve bill payment details",
    route=Route.ASSUMED,
    shape=Shape.ARRAY,
    empty_is_missing=True,
    headers=(TERMINAL_ID,),
    view=shown,
    columns=(
        identifier("productCode", primary=True),
        text("productName"),
        minor("commission", EURO),
        text("zeroAmountAllowed"),
        text("partialAmountAllowed"),
        text("higherAmountAllowed"),
    ),
    example=[
        {
            "productCode": "EYDAP",
            "productName": "ΕΥΔΑΠ",
            "commission": "80",
            "zeroAmountAllowed": False,
            "partialAmountAllowed": True,
            "higherAmountAllowed": False,
            "options": [
                {
                    "key": "expiry_date",
                    "required": True,
                    "type": "DATE",
                    "header": "Λήξη",
                    "message": "Η ημερομηνία που γράφει ο λογαριασμός",
                }
            ],
        }
    ],
)
def bills_show(payment_code: PaymentCode, terminal_id: Terminal = None) -> Fields:
    """Show what may be paid of a bill, and which extra options it wants."""
    return {TERMINAL_ID: terminal_id}


@TORA.post(
    "bills pay",
    "/payments",
    documented_as="Create bill payment",
    effect=Effect.MOVES_MONEY,
    retry=KEY,
    route=Route.ASSUMED,
    same=("paymentCode", "amount"),
    headers=(TERMINAL_ID,),
    beside=look_at,
    weigh=weighed,
    pictures=PICTURES,
    creates="id",
    columns=(
        identifier("id", primary=True),
        identifier("paymentCode"),
        minor("paymentAmount", EURO),
        minor("commission", EURO),
        minor("totalAmount", EURO),
        text("reference"),
        images("media"),
    ),
    example={
        "id": "990012346",
        "paymentCode": "20260011037230717",
        "totalAmount": 1330,
        "paymentAmount": 1250,
        "commission": 80,
        "reference": "B-1001",
        "media": [],
    },
)
def bills_pay(
    payment_code: PaymentCode,
    product_code: BillProduct,
    amount: Euros,
    phone: Phone,
    reference: BillReference = None,
    two_step: TwoStep = False,
    option: Extra = (),
    terminal_id: Terminal = None,
) -> Fields:
    """Pay a bill; its extra options are checked against the bill first."""
    return {
        TERMINAL_ID: terminal_id,
        "productCode": product_code,
        "paymentCode": payment_code,
        "paymentAmount": amount,
        "phone": phone,
        "reference": reference,
        "confirm": False if two_step else None,
        "options": [{"key": key, "value": value} for key, value in option] or None,
    }


@second_step(
    "bills capture",
    "/payments/{id}/capture",
    documented_as="Capture a bill payment (implied by confirm=false)",
    example={"id": "990012346", "status": "captured"},
)
def bills_capture(payment: SaleId, terminal_id: Terminal = None) -> Fields:
    """Complete a bill payment that was made with --two-step."""
    return {TERMINAL_ID: terminal_id}


@second_step(
    "bills void",
    "/payments/{id}/void",
    documented_as="Void a bill payment (implied by confirm=false)",
    example={"id": "990012346", "status": "canceled"},
)
def bills_void(payment: SaleId, terminal_id: Terminal = None) -> Fields:
    """Give up a bill payment that was made with --two-step and not captured."""
    return {TERMINAL_ID: terminal_id}

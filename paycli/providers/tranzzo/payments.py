"""Payments that Tranzzo takes from a payer: on a page, by card, by token, through Privat24.

Document: "Create hosted payment", "Create QR code payment", "Direct payments" with card data, Tranzzo tokens, Privat24
and Privat Payment by Parts.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.columns import identifier
from paycli.operations.money import Money
from paycli.operations.operation import Fields
from paycli.operations.params import AMOUNT, CURRENCY, Amount, Compound, Facts, Option, build_money
from paycli.providers.tranzzo.cards import CardOrDeviceCard, CcToken, Cryptogram, card_fields
from paycli.providers.tranzzo.fields import Description, Equivalent, Method, SettledOrderId
from paycli.providers.tranzzo.payment import PROPERTIES, DirectPayment, Payment, properties_of
from paycli.providers.tranzzo.primary import charge, example, page, primary

FEWEST_PARTS, MOST_PARTS = 2, 25
PARTS_ABOVE = Money(Decimal(300), "UAH")
Language = Annotated[str | None, Option("Language of the checkout page.", flag="--customer-lang", metavar="CODE")]
Payway = Annotated[str | None, Option("Offer one way to pay only, such as applepay.", metavar="NAME")]


def parts_count(text: str) -> str:
    """Return a number of parts that the document allows; it is sent as text."""
    if not (text.isascii() and text.isdigit() and FEWEST_PARTS <= int(text) <= MOST_PARTS):
        raise ValueError(f"{text!r} is not a number of parts from {FEWEST_PARTS} to {MOST_PARTS}")
    return str(int(text))


def build_parts(typed: Mapping[str, Any], _facts: Facts) -> Mapping[str, Any]:
    """Return the properties of a payment by parts, or raise UsageProblem where the number of parts is missing."""
    properties = properties_of(typed)
    if typed["parts_count"] is not None:
        properties["parts_count"] = typed["parts_count"]
    if "parts_count" not in properties:
        raise UsageProblem("Into how many parts? --parts-count is required.", next_step="add --parts-count 3")
    try:
        return {**properties, "parts_count": parts_count(properties["parts_count"])}
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for '--parts-count': {problem}.") from None


def build_parted_amount(typed: Mapping[str, Any], facts: Facts) -> Money:
    """Return an amount that may be paid by parts, or raise UsageProblem."""
    amount = build_money(typed, facts)
    if amount.currency == PARTS_ABOVE.currency and amount.amount <= PARTS_ABOVE.amount:
        raise UsageProblem(f"Invalid value for '--amount': only more than {PARTS_ABOVE} can be paid by parts.")
    return amount


Parts = Annotated[
    Mapping[str, Any],
    Compound(
        {"parts_count": Option("Into how many parts: 2 to 25.", metavar="N"), **PROPERTIES},
        build_parts,
        "--parts-count 3",
    ),
]
PartedAmount = Annotated[
    Money,
    Compound({"amount": AMOUNT, "currency": CURRENCY}, build_parted_amount, "--amount 450 --currency UAH"),
]


@page("pay hosted", "Create hosted payment; also Apple Pay hosted (--payway applepay)", movement="pay")
def pay_hosted(
    order: SettledOrderId,
    amount: Amount,
    description: Description,
    payment: Payment,
    equivalent: Equivalent,
    method: Method = "purchase",
    customer_lang: Language = None,
    payway: Payway = None,
) -> Fields:
    """Create a payment page for an order and print its address.

    Nothing is charged until the payer fills the page in. The address is never opened or followed here.
    """
    return {
        **primary("hosted", method, order, amount, description),
        "payway": payway,
        "customer_lang": customer_lang,
        **payment,
        **equivalent,
    }


@page(
    "pay qr",
    "Create QR code payment",
    movement="pay",
    path="/api/v1/payment?qr=true",
    creates="qr_link",
    columns=(identifier("qr_link", primary=True),),
    example={"qr_link": "https://pay.example/checkout/3f0d/qr"},
)
def pay_qr(
    order: SettledOrderId,
    amount: Amount,
    description: Description,
    payment: Payment,
    method: Method = "purchase",
    customer_lang: Language = None,
) -> Fields:
    """Create a payment that begins with a QR code, and print the code's address."""
    return {**primary("hosted", method, order, amount, description), "customer_lang": customer_lang, **payment}


@charge(
    "pay card",
    "Direct payment with card data; also with a cryptogram",
    movement="pay",
    card_data=True,
    example=example(cc_mask="424242******4242"),
)
def pay_card(
    order: SettledOrderId,
    amount: Amount,
    description: Description,
    card: CardOrDeviceCard,
    payment: DirectPayment,
    cryptogram: Cryptogram = None,
    method: Method = "purchase",
) -> Fields:
    """Charge a card whose data you have.

    The card is asked for unseen, or read from standard input; a decrypted wallet token brings a cryptogram instead of
    the CVV. Where 3-D Secure is wanted the outcome is pending, and the payer goes on at user_action_url.
    """
    if card["cvv"] is None and cryptogram is None:
        raise UsageProblem("A card needs its CVV, or a cryptogram.", next_step="add cvv, or --cryptogram FILE.json")
    return {
        **primary("direct", method, order, amount, description),
        **card_fields(card),
        "cryptogram": cryptogram,
        **payment,
    }


@charge("pay token", "Direct payment using a Tranzzo token", movement="pay")
def pay_token(
    order: SettledOrderId,
    amount: Amount,
    description: Description,
    cc_token: CcToken,
    payment: DirectPayment,
    method: Method = "purchase",
) -> Fields:
    """Charge a card of which an earlier payment left a token."""
    return {**primary("direct", method, order, amount, description), "cc_token": cc_token, **payment}


@charge("pay privat24", "Direct payment using Privat24", movement="pay", example=example(payway="privat24"))
def pay_privat24(
    order: SettledOrderId,
    amount: Amount,
    description: Description,
    payment: Payment,
    method: Method = "purchase",
) -> Fields:
    """Charge a payer through Privat24; the payer confirms it there."""
    return {**primary("direct", method, order, amount, description), "payway": "privat24", **payment}


@charge(
    "pay payparts",
    "Direct payment using Privat Payment by Parts",
    movement="pay",
    example=example(payway="privat_payparts", amount=450),
)
def pay_payparts(
    order: SettledOrderId,
    amount: PartedAmount,
    description: Description,
    parts: Parts,
    payment: Payment,
    method: Method = "purchase",
) -> Fields:
    """Charge a payer of Privat bank by parts: more than 300 UAH, in 2 to 25 parts."""
    return {
        **primary("direct", method, order, amount, description),
        "payway": "privat_payparts",
        "properties": parts,
        **payment,
    }

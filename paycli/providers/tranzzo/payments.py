"""Payments that Tranzzo takes from a payer.

Document: "Create hosted payment", "Direct payments with card data".
"""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.columns import identifier, money, status, text
from paycli.operations.money import Money
from paycli.operations.operation import Effect, Fields, settled_by
from paycli.operations.params import Amount, Option
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.cards import CardOrDeviceCard, Cryptogram, card_fields
from paycli.providers.tranzzo.fields import Description, Equivalent, Method, SettledOrderId
from paycli.providers.tranzzo.payment import DirectPayment, Payment

Language = Annotated[str | None, Option("Language of the checkout page.", flag="--customer-lang", metavar="CODE")]
Payway = Annotated[str | None, Option("Offer one way to pay only, such as applepay.", metavar="NAME")]
COLUMNS = (
    identifier("payment_id", primary=True),
    text("order_id"),
    text("method"),
    status("status"),
    money("amount", "currency"),
    text("status_code"),
    text("status_description"),
    text("cc_mask"),
    text("user_action_url"),
)


def _example(**more: Any) -> dict[str, Any]:
    return {
        "payment_id": "6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42",
        "order_id": "A-1001",
        "mode": "direct",
        "method": "purchase",
        "amount": 12.50,
        "currency": "UAH",
        "status": "success",
        "status_code": "1000",
        **more,
    }


@TRANZZO.post(
    "pay hosted",
    "/api/v1/payment",
    documented_as="Create hosted payment; also Apple Pay hosted (--payway applepay)",
    effect=Effect.WRITES,
    retry=settled_by("orders show"),
    same=("order_id",),
    movement="pay",
    creates="redirect_url",
    columns=(identifier("order_id", primary=True), text("redirect_url")),
    example={"order_id": "A-1001", "redirect_url": "https://pay.example/checkout/3f0d/form"},
)
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
        **_primary("hosted", method, order, amount, description),
        "payway": payway,
        "customer_lang": customer_lang,
        **payment,
        **equivalent,
    }


@TRANZZO.post(
    "pay card",
    "/api/v1/payment",
    documented_as="Direct payment with card data; also with a cryptogram",
    effect=Effect.MOVES_MONEY,
    retry=settled_by("orders show"),
    same=("order_id",),
    movement="pay",
    card_data=True,
    begins=True,
    columns=COLUMNS,
    example=_example(cc_mask="424242******4242"),
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
        **_primary("direct", method, order, amount, description),
        **card_fields(card),
        "cryptogram": cryptogram,
        **payment,
    }


def _primary(mode: str, method: str, order: str, amount: Money, description: str) -> Mapping[str, Any]:
    return {
        "mode": mode,
        "method": method,
        "amount": amount,
        "currency": amount.currency,
        "description": description,
        "order_id": order,
    }

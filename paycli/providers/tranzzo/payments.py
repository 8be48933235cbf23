"""Payments that Tranzzo takes from a payer."""

from typing import Annotated

from paycli.operations.columns import identifier, text
from paycli.operations.operation import Effect, Fields, settled_by
from paycli.operations.params import Amount, Option
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.fields import (
    Customer,
    Description,
    Equivalent,
    MerchantMcc,
    Method,
    Payload,
    Products,
    ResultUrl,
    ServerUrl,
    SettledOrderId,
    ThreeDSecure,
    ValidationUrl,
)

Language = Annotated[str | None, Option("Language of the checkout page.", flag="--customer-lang", metavar="CODE")]
Payway = Annotated[str | None, Option("Offer one way to pay only, such as applepay.", metavar="NAME")]


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
    customer: Customer,
    equivalent: Equivalent,
    method: Method = "purchase",
    three_d_secure: ThreeDSecure = "supported",
    customer_lang: Language = None,
    payway: Payway = None,
    products: Products = None,
    server_url: ServerUrl = None,
    result_url: ResultUrl = None,
    validation_url: ValidationUrl = None,
    merchant_mcc: MerchantMcc = None,
    payload: Payload = None,
) -> Fields:
    """Create a payment page for an order and print its address.

    Nothing is charged until the payer fills the page in. The address is never opened or followed here.
    """
    return {
        "mode": "hosted",
        "method": method,
        "amount": amount,
        "currency": amount.currency,
        "description": description,
        "order_id": order,
        "order_3ds_bypass": three_d_secure,
        "payway": payway,
        "products": products,
        **customer,
        "customer_lang": customer_lang,
        "server_url": server_url,
        "result_url": result_url,
        "validation_url": validation_url,
        "merchant_mcc": merchant_mcc,
        "payload": payload,
        **equivalent,
    }

"""Checkout sessions: a page on which a payer pays.

Document: "The checkout session creation request".
"""

from typing import Annotated

from paycli.operations.columns import identifier, text
from paycli.operations.operation import NEVER, Effect, Fields, Route
from paycli.operations.params import Amount, Option, web_address
from paycli.providers.terapay import TERAPAY

ReturnUrl = Annotated[
    str,
    Option("Where the payer goes afterwards.", parse=web_address, metavar="URL", sample="https://shop.example/done"),
]


@TERAPAY.post(
    "checkout create",
    "/api/checkout/sessions",
    documented_as="Create a checkout session",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    movement="checkout",
    creates="sessionId",
    columns=(identifier("sessionId", primary=True, otherwise="id"), text("checkoutUrl")),
    example={"sessionId": "s-1001", "checkoutUrl": "https://pay.example/s-1001"},
)
def checkout_create(amount: Amount, return_url: ReturnUrl) -> Fields:
    """Create a session in which a payer pays an amount; nothing is charged until he does."""
    return {"amount": amount, "currency": amount.currency, "returnUrl": return_url}

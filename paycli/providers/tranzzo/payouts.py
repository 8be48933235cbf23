"""Money paid out to a card. Document: "Credit payments", "Credit payments using Tranzzo tokens"."""

from paycli.operations.operation import Fields
from paycli.operations.params import Amount
from paycli.providers.tranzzo.cards import CcToken, RecipientsCard
from paycli.providers.tranzzo.fields import Description, OrderId
from paycli.providers.tranzzo.payment import Payout
from paycli.providers.tranzzo.primary import charge, example, primary


@charge("payout card", "Credit payment", movement="payout", card_data=True, example=example("credit"))
def payout_card(
    order: OrderId, amount: Amount, description: Description, card: RecipientsCard, payment: Payout
) -> Fields:
    """Pay out to a card by its number."""
    return {
        **primary("direct", "credit", order, amount, description),
        "cc_number": card["number"],
        **payment,
    }


@charge("payout token", "Credit payment using a Tranzzo token", movement="payout", example=example("credit"))
def payout_token(
    order: OrderId, amount: Amount, description: Description, cc_token: CcToken, payment: Payout
) -> Fields:
    """Pay out to a card of which an earlier payment left a token."""
    return {**primary("direct", "credit", order, amount, description), "cc_token": cc_token, **payment}

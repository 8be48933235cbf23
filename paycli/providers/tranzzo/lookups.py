"""Look-ups: whether a card is good, by a small amount, and its token. Document: "Lookup"."""

from paycli.operations.operation import Fields
from paycli.operations.params import Amount
from paycli.providers.tranzzo.cards import PayersCard, card_fields
from paycli.providers.tranzzo.fields import Description, OrderId
from paycli.providers.tranzzo.payment import Payment
from paycli.providers.tranzzo.primary import charge, example, page, primary


@charge("lookup card", "Lookup, direct", movement="lookup", card_data=True, example=example("lookup"))
def lookup_card(order: OrderId, amount: Amount, description: Description, card: PayersCard, payment: Payment) -> Fields:
    """Verify a card whose data you have."""
    return {**primary("direct", "lookup", order, amount, description), **card_fields(card), **payment}


@page("lookup hosted", "Lookup, hosted", movement="lookup")
def lookup_hosted(order: OrderId, amount: Amount, description: Description, payment: Payment) -> Fields:
    """Create a page on which a payer has a card verified, and print its address."""
    return {**primary("hosted", "lookup", order, amount, description), **payment}

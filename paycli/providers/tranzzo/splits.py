"""Payments that are divided among sub-merchants: taken, captured and refunded with the shares of each.

Document: "Split payment". The shares add up to the total.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.money import Money, parse_amount
from paycli.operations.operation import Effect, Fields
from paycli.operations.params import Amount, Option
from paycli.operations.provider import Declared
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.cards import PayersCard, card_fields
from paycli.providers.tranzzo.fields import Comment, Description, ServerUrl, SettledOrderId
from paycli.providers.tranzzo.payment import CardSplit, Payment
from paycli.providers.tranzzo.payments import Language
from paycli.providers.tranzzo.primary import ORDER_READ, charge, page, primary
from paycli.providers.tranzzo.settlements import COLUMNS, settled

PURCHASE = "/api/v1/split/purchase"
Shares = Sequence[tuple[str, Decimal]]


def share(text: str) -> tuple[str, Decimal]:
    """Return a sub-merchant and its amount from ``SUB_MERCHANT_ID=AMOUNT``, or raise ValueError."""
    merchant, sign, amount = text.rpartition("=")
    if not (merchant and sign):
        raise ValueError(f"{text!r} is not of the form SUB_MERCHANT_ID=AMOUNT")
    return merchant, parse_amount(amount)


Split = Annotated[
    Shares,
    Option(
        "The share of a sub-merchant, repeated; the shares add up to the amount.",
        parse=share,
        many=True,
        metavar="SUB_MERCHANT_ID=AMOUNT",
        sample="00000000-0000-4000-8000-00000000000a=12.50",
    ),
]


@page("split hosted", "Hosted split payment", movement="pay", path=PURCHASE)
def split_hosted(
    order: SettledOrderId,
    amount: Amount,
    description: Description,
    split: Split,
    payment: Payment,
    customer_lang: Language = None,
) -> Fields:
    """Create a page for a payment that is divided among sub-merchants, and print its address."""
    fields = primary("hosted", "purchase", order, amount, description)
    return {**fields, "customer_lang": customer_lang, **payment, "split": shares(split, amount)}


@charge("split card", "Direct split payment", movement="pay", path=PURCHASE, card_data=True)
def split_card(
    order: SettledOrderId,
    amount: Amount,
    description: Description,
    split: Split,
    card: PayersCard,
    payment: CardSplit,
) -> Fields:
    """Charge a card whose data you have, and divide the money among sub-merchants."""
    fields = primary("direct", "purchase", order, amount, description)
    return {**fields, **card_fields(card), **payment, "split": shares(split, amount)}


def _secondary(command: str, documented_as: str, code: str) -> Callable[[Declared], Declared]:
    return TRANZZO.post(
        command,
        f"/api/v1/{command.replace(' ', '/')}",
        documented_as=documented_as,
        effect=Effect.MOVES_MONEY,
        retry=ORDER_READ,
        same=("order_id", "amount"),
        columns=COLUMNS,
        example=settled(command.rsplit(maxsplit=1)[-1], code, 12.50),
    )


@_secondary("split capture", "Capture split payment", "1000")
def split_capture(
    order: SettledOrderId, amount: Amount, split: Split, comment: Comment = None, server_url: ServerUrl = None
) -> Fields:
    """Take money that a divided order holds, with the share of each sub-merchant."""
    return {
        "order_id": order,
        "charge_amount": amount,
        "order_currency": amount.currency,
        "comment": comment,
        "server_url": server_url,
        "split": shares(split, amount),
    }


@_secondary("split refund", "Refund split payment", "1004")
def split_refund(
    order: SettledOrderId, amount: Amount, split: Split, comment: Comment = None, server_url: ServerUrl = None
) -> Fields:
    """Refund a divided order, with the share of each sub-merchant."""
    return {
        "order_id": order,
        "refund_amount": amount,
        "order_currency": amount.currency,
        "comment": comment,
        "server_url": server_url,
        "split": shares(split, amount),
    }


def shares(split: Shares, total: Money) -> list[Mapping[str, Any]]:
    """Return the shares as the document writes them, or raise UsageProblem where they are not the whole amount."""
    merchants = [merchant for merchant, _ in split]
    if twice := {merchant for merchant in merchants if merchants.count(merchant) > 1}:
        raise UsageProblem(f"Invalid value for '--split': {', '.join(sorted(twice))} is named twice.")
    together = sum((amount for _, amount in split), Decimal(0))
    if together != total.amount:
        raise UsageProblem(f"The shares add up to {together} {total.currency}, and the amount is {total}.")
    try:
        return [{"amount": Money(amount, total.currency), "sub_merchant_id": merchant} for merchant, amount in split]
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for '--split': {problem}.") from None

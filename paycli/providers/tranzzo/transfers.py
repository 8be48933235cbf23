"""Transfers from card to card, and the credit of an order to a card.

Document: "P2P payments", "P2P payments using Tranzzo tokens", "P2P Credit", "Partial P2P Credit", "P2P Credit using
Tranzzo tokens".
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.money import Money, parse_amount
from paycli.operations.operation import Effect, Fields
from paycli.operations.params import Amount, AmountOrAll, Option, Share, at_most
from paycli.operations.provider import Declared
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.cards import (
    BothCards,
    CcToken,
    RecipientCcToken,
    RecipientOfToken,
    RecipientsCard,
    card_fields,
)
from paycli.providers.tranzzo.fields import Comment, Description, OrderId, ServerUrl, SettledOrderId
from paycli.providers.tranzzo.payment import Transfer
from paycli.providers.tranzzo.primary import ORDER_READ, charge, example, primary
from paycli.providers.tranzzo.settlements import COLUMNS

ExternalFee = Annotated[
    Decimal | None, Option("Your fee, where that was agreed on.", parse=parse_amount, metavar="AMOUNT")
]
CreditDescription = Annotated[
    str | None, Option("What the recipient reads about it.", parse=at_most(2048), metavar="TEXT")
]
CREDITED = {
    "operation_id": "0c1e4b52-7a60-4d0f-8f0e-5b7f6f1d2a11",
    "payment_id": "6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42",
    "order_id": "A-1001",
    "method": "credit",
    "amount": 12.50,
    "currency": "UAH",
    "status": "success",
    "status_code": "1000",
}


@charge("p2p card", "P2P payment", movement="p2p", card_data=True, example=example("p2p"))
def p2p_card(
    order: OrderId,
    amount: Amount,
    description: Description,
    card: BothCards,
    payment: Transfer,
    external_fee: ExternalFee = None,
) -> Fields:
    """Transfer from one card to another, by their numbers."""
    return {
        **primary("direct", "p2p", order, amount, description),
        **card_fields(card),
        "recipient_cc_number": card["recipient_number"],
        "external_fee": _fee(external_fee, amount),
        **payment,
    }


@charge("p2p token", "P2P payment using Tranzzo tokens", movement="p2p", example=example("p2p"))
def p2p_token(
    order: OrderId,
    amount: Amount,
    description: Description,
    cc_token: CcToken,
    payment: Transfer,
    recipient_cc_token: RecipientCcToken = None,
    card: RecipientOfToken = None,
    external_fee: ExternalFee = None,
) -> Fields:
    """Transfer from the card of a token to another one, named by its token or its number."""
    return {
        **primary("direct", "p2p", order, amount, description),
        "cc_token": cc_token,
        **_recipient(recipient_cc_token, card),
        "external_fee": _fee(external_fee, amount),
        **payment,
    }


def _credit(command: str, documented_as: str, **facts: Any) -> Callable[[Declared], Declared]:
    return TRANZZO.post(
        command,
        "/api/v1/p2p-credit",
        documented_as=documented_as,
        effect=Effect.MOVES_MONEY,
        retry=ORDER_READ,
        same=("order_id", "amount"),
        movement="p2p-credit",
        columns=COLUMNS,
        example=CREDITED,
        **facts,
    )


@_credit("p2p-credit card", "P2P Credit; Partial P2P Credit", card_data=True)
def p2p_credit_card(
    order: SettledOrderId,
    amount: AmountOrAll,
    card: RecipientsCard,
    description: CreditDescription = None,
    comment: Comment = None,
    server_url: ServerUrl = None,
) -> Fields:
    """Credit what an order took, in part or in full, to a card by its number."""
    return {**_credited(order, amount, description, comment, server_url), "cc_number": card["number"]}


@_credit("p2p-credit token", "P2P Credit using a Tranzzo token")
def p2p_credit_token(
    order: SettledOrderId,
    amount: AmountOrAll,
    cc_token: CcToken,
    description: CreditDescription = None,
    comment: Comment = None,
    server_url: ServerUrl = None,
) -> Fields:
    """Credit what an order took, in part or in full, to the card of a token."""
    return {**_credited(order, amount, description, comment, server_url), "cc_token": cc_token}


def _credited(
    order: str, amount: Share, description: str | None, comment: str | None, server_url: str | None
) -> Mapping[str, Any]:
    return {
        "order_id": order,
        "order_currency": amount.currency,
        "credit_amount": amount.part,
        "description": description,
        "comment": comment,
        "server_url": server_url,
    }


def _recipient(token: str | None, card: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if (token is None) == (card is None):
        raise UsageProblem(
            "The recipient is named once: by a token, or by a card number.",
            next_step="add --recipient-cc-token TOKEN, or --card-stdin with recipient_number",
        )
    return {"recipient_cc_token": token} if card is None else {"recipient_cc_number": card["recipient_number"]}


def _fee(fee: Decimal | None, amount: Money) -> Money | None:
    try:
        return None if fee is None else Money(fee, amount.currency)
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for '--external-fee': {problem}.") from None

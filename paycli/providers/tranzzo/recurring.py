"""Recurring payments: end a subscription, refund one payment of it.

Found in newer pages of the document ("Cancelling subscriptions", "Recurring payment refund"). No read is known that
tells what became of a lost one.
"""

from typing import Annotated

from paycli.operations.columns import identifier, money, status, text
from paycli.operations.operation import NEVER, Effect, Fields, Route
from paycli.operations.params import AmountOrAll, Argument
from paycli.operations.params import identifier as identified
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.fields import Comment, ServerUrl
from paycli.providers.tranzzo.settlements import COLUMNS, settled

RecurringId = Annotated[
    str, Argument("RECURRING_ID", "The subscription.", identified(255), sample="R-made-up-subscription")
]
PaymentId = Annotated[
    str,
    Argument(
        "PAYMENT_ID",
        "The payment of the subscription.",
        identified(255),
        sample="6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42",
    ),
]


@TRANZZO.declare(
    "recurring cancel",
    "PUT",
    "{report_url}/api/v1/recurring/{recurring_id}/cancel",
    documented_as="Unsubscribe (newer pages)",
    effect=Effect.WRITES,
    retry=NEVER,
    route=Route.FOUND,
    same=("recurring_id",),
    irrevocable=True,
    columns=(
        identifier("metadata.id", primary=True),
        status("recurring_status"),
        text("recurring_payment.order_id"),
        money("recurring_payment.amount", "recurring_payment.currency"),
    ),
    example={
        "recurring_payment": {"order_id": "A-1001", "amount": 12.50, "currency": "UAH"},
        "recurring_status": "canceled",
        "metadata": {"id": "R-made-up-subscription"},
    },
)
def recurring_cancel(subscription: RecurringId) -> Fields:
    """End a subscription; the payer is not charged for it any more."""
    return {}


@TRANZZO.post(
    "recurring refund",
    "/api/v1/pos/{pos_id}/recurring/{recurring_id}/payments/{payment_id}/refund",
    documented_as="Refund of a recurring payment (newer pages)",
    effect=Effect.MOVES_MONEY,
    retry=NEVER,
    route=Route.FOUND,
    same=("payment_id", "amount"),
    columns=COLUMNS,
    example=settled("refund", "1004", 12.50),
)
def recurring_refund(
    subscription: RecurringId,
    payment: PaymentId,
    amount: AmountOrAll,
    comment: Comment = None,
    server_url: ServerUrl = None,
) -> Fields:
    """Refund one payment of a subscription, in part or in full."""
    return {
        "order_currency": amount.currency,
        "refund_amount": amount.part,
        "comment": comment,
        "server_url": server_url,
    }

"""Webhooks that are sent once more. Document: "Resend webhook for operation"."""

from paycli.operations.operation import NEVER, Effect, Fields
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.fields import OperationName, OrderId
from paycli.providers.tranzzo.settlements import COLUMNS, settled


@TRANZZO.get(
    "webhooks resend",
    "/api/v1/pos/{pos_id}/orders/{order_id}/{operation}?callback=true",
    documented_as="Resend webhook for operation",
    effect=Effect.WRITES,
    retry=NEVER,
    same=("order_id",),
    # The answer is the operation whose webhook goes out again; its status is not that of the resending.
    creates="payment_id",
    columns=COLUMNS,
    example=settled("refund", "1004", 12.50),
)
def webhooks_resend(order: OrderId, operation: OperationName) -> Fields:
    """Have the webhook of an operation sent once more to the address that its request named."""
    return {}

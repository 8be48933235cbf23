"""Reclamations: asking for a transaction to be cancelled.

Document: "New reclamation request". It tells no other state than pending and no way to look one up.
"""

from typing import Annotated

from paycli.operations.columns import identifier, minor, status
from paycli.operations.operation import KEY, Effect, Fields, Route
from paycli.operations.params import Argument, Identifier
from paycli.providers.tora import TORA
from paycli.providers.tora.fields import EURO, LONGEST_ID

TransactionId = Annotated[
    str,
    Argument("TRANSACTION_ID", "Identifier of the transaction.", Identifier(LONGEST_ID), sample="990012345"),
]


@TORA.post(
    "reclamations create",
    "/reclamations",
    documented_as="New reclamation request",
    effect=Effect.WRITES,
    retry=KEY,
    route=Route.ASSUMED,
    movement="reclamation",
    same=("transactionId",),
    reason="reason",
    columns=(
        identifier("id", primary=True),
        identifier("transactionId"),
        status("status"),
        minor("totalAmount", EURO),
    ),
    example={"id": 51001, "transactionId": "990012345", "status": "pending", "totalAmount": 1330},
)
def reclamations_create(transaction: TransactionId) -> Fields:
    """Ask for a transaction to be cancelled; --reason tells Tora why."""
    return {"transactionId": transaction}

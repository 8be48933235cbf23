"""Batches of disbursements: submitted, processed, looked at, retried.

Document: "Batch submission", "BatchItemDto", "DTO containing the list of ItemIds to retry".
"""

from typing import Annotated

from paycli.operations.columns import identifier, money_in, status, text, time
from paycli.operations.hidden import LONGEST_TEXT
from paycli.operations.operation import NEVER, Effect, Fields, Request, Route, settled_by
from paycli.operations.params import Argument, Option
from paycli.providers.terapay import TERAPAY
from paycli.providers.terapay.fields import CURRENCY, SAMPLE_UUID, BatchId, text_of, unlike, uuid
from paycli.providers.terapay.files import Items, Total, checked, preview_of_entries
from paycli.providers.terapay.timeline import of_batch

BatchName = Annotated[
    str, Option("Name of the batch, for people.", parse=text_of(LONGEST_TEXT), metavar="TEXT", sample="'Wages 2026-03'")
]
ItemIds = Annotated[
    tuple[str, ...],
    Argument("ITEM_ID", "Items to retry.", uuid, many=True, sample="7d3f1b52-08c4-4f0e-9f5c-2a6e1c9b4d10"),
]
COLUMNS = (
    identifier("batchId", primary=True, otherwise="id"),
    text("batchName"),
    status("status"),
    money_in("totalAmount", CURRENCY),
    time("createdAt"),
)
EXAMPLE = {"batchId": SAMPLE_UUID, "batchName": "Wages 2026-03", "status": "Submitted"}


def preview_of_retry(request: Request) -> tuple[str, ...]:
    """Return which items are retried."""
    return tuple(f"retries item {item}" for item in (request.body or {})["itemIds"])


@TERAPAY.post(
    "batches submit",
    "/api/batches",
    documented_as="Submit a batch of disbursements",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=NEVER,
    same=("batch_name",),
    movement="batch",
    preview=preview_of_entries("items"),
    columns=COLUMNS,
    example={**EXAMPLE, "itemIds": ["7d3f1b52-08c4-4f0e-9f5c-2a6e1c9b4d10"]},
)
def batches_submit(file: Items, batch_name: BatchName, total: Total = None) -> Fields:
    """Submit a batch of disbursements out of a file.

    Every cell is checked before anything is sent, and how many entries make how much together is told.
    """
    return {"batchName": batch_name, "items": checked(file, total)}


@TERAPAY.post(
    "batches process",
    "/api/batches/{batchId}/process",
    documented_as="Process a batch",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=settled_by("batches show"),
    same=("batch",),
    columns=COLUMNS,
    example={**EXAMPLE, "status": "Processing"},
)
def batches_process(batch: BatchId) -> Fields:
    """Have the items of a batch paid."""
    return {}


@TERAPAY.get(
    "batches show",
    "/api/batches/{batchId}",
    documented_as="Read a batch",
    route=Route.ASSUMED,
    columns=COLUMNS,
    timeline=of_batch,
    example=EXAMPLE,
)
def batches_show(batch: BatchId) -> Fields:
    """Show a batch and what became of its items."""
    return {}


@TERAPAY.post(
    "batches retry",
    "/api/batches/{batchId}/retry",
    documented_as="Retry items of a batch",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=settled_by("batches show"),
    same=("batch", "items"),
    preview=preview_of_retry,
    columns=COLUMNS,
    example={**EXAMPLE, "status": "Processing"},
)
def batches_retry(batch: BatchId, items: ItemIds) -> Fields:
    """Have items of a batch paid that failed."""
    return {"batchId": batch, "itemIds": unlike(items, "ITEM_ID")}

"""Reports: files that Tora makes of a period.

Document: "Start a reporting file process", "Get reporting file details". How a finished file is fetched is not told.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from paycli.operations.columns import identifier, status, text
from paycli.operations.operation import ALWAYS, Effect, Fields, Route
from paycli.operations.params import Argument, Identifier, Option, one_of
from paycli.providers.tora import TORA
from paycli.providers.tora.fields import (
    LONGEST_ID,
    CancelFrom,
    CancelTo,
    From,
    Merchant,
    OfTerminal,
    To,
    timestamp,
)

TYPES = ("transactions", "actions")
TRANSACTION_TYPES = ("BP", "TOPUP")
FORMATS = ("csv", "excel", "txt", "pdf")
PENDING = "pending"
COLUMNS = (identifier("id", primary=True), text("type"), identifier("filename"), status("status"))
EXAMPLE = {
    "id": "Rk3VbnQ8sT",
    "type": "TRANSACTIONS",
    "filename": "7001-TRANSACTIONS_Rk3VbnQ8sT.csv",
    "status": PENDING,
}

ReportId = Annotated[str, Argument("ID", "What `reports start` answered.", Identifier(LONGEST_ID), sample="Rk3VbnQ8sT")]
Type = Annotated[
    str,
    Option(
        "What the report lists.",
        flag="--type",
        parse=one_of(*TYPES),
        choices=TYPES,
        default_text="transactions",
    ),
]
TransactionType = Annotated[
    str | None,
    Option(
        "Bill payments or topups only; reports of tickets are not documented.",
        flag="--trans-type",
        parse=one_of(*TRANSACTION_TYPES),
        choices=TRANSACTION_TYPES,
    ),
]
Format = Annotated[
    str,
    Option("Form of the file.", flag="--format", parse=one_of(*FORMATS), choices=FORMATS, default_text="csv"),
]


def unfinished(row: Any) -> bool:
    """Return whether a report is still being made."""
    return isinstance(row, Mapping) and str(row.get("status", "")).lower() == PENDING


def chosen(
    since: datetime | None,
    until: datetime | None,
    trans_type: str | None,
    mid: str | None,
    terminal_id: int | None,
    cancel_from: datetime | None,
    cancel_to: datetime | None,
) -> Fields:
    """Return what a report is of, as the document names it."""
    return {
        "from": timestamp(since),
        "to": timestamp(until),
        "transType": trans_type,
        "mid": mid,
        "terminalId": terminal_id,
        "cancelFrom": timestamp(cancel_from),
        "cancelTo": timestamp(cancel_to),
    }


@TORA.post(
    "reports start",
    "/reports",
    documented_as="Start a reporting file process (makes a report, changes nothing else)",
    effect=Effect.READS,
    retry=ALWAYS,
    route=Route.ASSUMED,
    columns=COLUMNS,
    example=EXAMPLE,
)
def reports_start(
    type_: Type = "transactions",
    since: From = None,
    until: To = None,
    trans_type: TransactionType = None,
    mid: Merchant = None,
    terminal_id: OfTerminal = None,
    cancel_from: CancelFrom = None,
    cancel_to: CancelTo = None,
    format_: Format = "csv",
) -> Fields:
    """Ask for a report; `reports show` tells when it is made."""
    period = chosen(since, until, trans_type, mid, terminal_id, cancel_from, cancel_to)
    return {"type": type_, **period, "format": format_}


@TORA.get(
    "reports show",
    "/reports/{id}",
    documented_as="Get reporting file details",
    route=Route.ASSUMED,
    columns=COLUMNS,
    example={**EXAMPLE, "status": "completed"},
)
def reports_show(report: ReportId) -> Fields:
    """Show how far a report is, and what its file is called."""
    return {}

"""What happened with a batch: its items, with the words that TeraPay has for their states.

The document shows no answer and explains no status: words and reasons are shown as they come, and the fields that hold
them are those that such answers usually have.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from paycli.operations.timeline import MERCHANT, Happened, Sum, Timeline, can, exact
from paycli.providers.terapay.fields import CURRENCY

Row = Mapping[str, Any]
LISTS = ("items", "entries")
IDENTIFIERS = ("itemId", "id", "transactionId")
TIMES = ("processedAt", "completedAt", "updatedAt", "createdAt")
REASONS = ("failureReason", "reason", "errorMessage", "error", "message")
DESTINATIONS = ("destination", "phoneNumber", "accountNumber", "receiverAccount")
SHOWN = frozenset({"batchId", "id", "status", "totalAmount", "createdAt", *LISTS})
FAILURES = ("fail", "reject", "declin", "error")
UNEXPLAINED = "TeraPay's document explains no status, and tells of nothing held, captured, refunded or left."
RETRY = "When what was wrong is put right, what failed can be tried again:"
FEW = 4


def of_batch(answer: Any, _beside: list[Any] | None = None) -> Timeline | None:
    """Return what happened with a batch, or None where the answer names none."""
    identifier = str(_first(answer, "batchId", "id") or "") if isinstance(answer, Mapping) else ""
    if not identifier:
        return None
    items: list[Any] = next((answer[name] for name in LISTS if isinstance(answer.get(name), list)), [])
    rows = [row for row in items if isinstance(row, Mapping)]
    retried = _retried(rows)
    return Timeline(
        happened=(_batch(answer, identifier), *map(_item, rows)),
        sums=tuple(_sums(rows)),
        facts=tuple((name, value) for name, value in answer.items() if name not in SHOWN and value is not None),
        lines=(UNEXPLAINED,),
        lead=can(MERCHANT, RETRY),
        typed=(f"terapay batches retry {identifier} {retried}",) if retried else (),
        targets=(identifier,),
        references=tuple(filter(None, [str(answer.get("batchName") or "")])),
    )


def _batch(row: Row, identifier: str) -> Happened:
    return Happened(
        "batch",
        at=row.get("createdAt"),
        status=str(row.get("status") or ""),
        amount=row.get("totalAmount"),
        currency=CURRENCY,
        id=identifier,
    )


def _item(row: Row) -> Happened:
    status, identifier = str(row.get("status") or ""), str(_first(row, *IDENTIFIERS) or "")
    reason = _first(row, *REASONS)
    return Happened(
        f"to {_first(row, *DESTINATIONS) or 'somebody'}",
        at=_first(row, *TIMES),
        status=status,
        amount=row.get("amount"),
        currency=CURRENCY,
        id=identifier,
        notes=(str(reason),) if reason else (),
    )


def _failed(status: str) -> bool:
    return any(word in status.lower() for word in FAILURES)


def _retried(rows: list[Row]) -> str:
    """Return which items failed, as they are typed."""
    failed = [str(_first(row, *IDENTIFIERS)) for row in rows if _failed(str(row.get("status") or ""))]
    return " ".join(failed) if len(failed) <= FEW else "ITEM_ID ..."


def _sums(rows: list[Row]) -> list[Sum]:
    """Return what the items of each status come to, in the order in which the statuses come."""
    amounts: dict[str, list[Decimal | None]] = {}
    for row in rows:
        amounts.setdefault(str(row.get("status") or "no status"), []).append(exact(row.get("amount")))
    return [
        Sum(word, None if None in found else sum(filter(None, found), Decimal(0)), CURRENCY, _counted(len(found)))
        for word, found in amounts.items()
    ]


def _counted(number: int) -> str:
    return "1 item" if number == 1 else f"{number} items"


def _first(row: Row, *names: str) -> Any:
    return next((row[name] for name in names if row.get(name)), None)

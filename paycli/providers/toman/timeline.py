"""What happened with a payment at a terminal: it succeeded or failed; the document tells neither reasons nor refunds.

Document: "Terminal Payment list".
"""

from collections.abc import Mapping
from typing import Any

from paycli.operations.timeline import NOTHING, SUPPORT, UNTOLD, Happened, Sum, Timeline, can, exact, standing

FAILED, SUCCESS = 0, 1
WORDS = {FAILED: "failed", SUCCESS: "success"}
RIAL = "IRR"
SHOWN = frozenset({"id", "amount", "status", "transaction_datetime"})
LABELS: Mapping[Any, str] = {"masked_paid_card_number": "card", "terminal_number": "terminal"}


def of_payment(answer: Any, _beside: list[Any] | None = None) -> Timeline | None:
    """Return what happened with a payment, or None where the answer is none."""
    if not isinstance(answer, Mapping) or not answer.get("id"):
        return None
    return Timeline(
        happened=(_happened(answer),),
        sums=_sums(answer),
        facts=tuple((LABELS.get(name, str(name)), value) for name, value in answer.items() if name not in SHOWN),
        targets=(str(answer["id"]),),
    )


def _happened(row: Mapping[str, Any]) -> Happened:
    status = row.get("status")
    return Happened(
        "payment",
        at=row.get("transaction_datetime"),
        status=_word(status),
        amount=row.get("amount"),
        currency=RIAL,
        id=str(row["id"]),
        notes=() if status == SUCCESS else (_advice(row),),
    )


def _word(status: Any) -> str:
    return WORDS.get(status, str(status)) if isinstance(status, int) else str(status or "")


def _advice(row: Mapping[str, Any]) -> str:
    psp = f" {row['psp']}" if row.get("psp") else ""
    if row.get("status") != FAILED:
        return can(SUPPORT, "the document does not explain this status: ask Toman, with the id.")
    return can(SUPPORT, f"Toman tells no reason: ask the PSP{psp}, with the id, the terminal and the time.")


def _sums(row: Mapping[str, Any]) -> tuple[Sum, ...]:
    """Return what the status proves; of refunds Toman's reporting knows nothing."""
    amount, status = exact(row.get("amount")), row.get("status")
    refunds = (None, "Toman reports no refunds")
    if status == FAILED:
        return standing(RIAL, NOTHING, NOTHING, NOTHING, NOTHING)
    if status == SUCCESS:
        return standing(RIAL, NOTHING, (amount, ""), refunds, UNTOLD)
    return standing(RIAL, UNTOLD, UNTOLD, UNTOLD, UNTOLD)

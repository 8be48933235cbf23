"""Payments that terminals took.

Document: "Terminal Payment list". It names no filters, so rows are chosen here, out of all that the list holds.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from paycli.operations.columns import coded, identifier, money_in, text, time
from paycli.operations.moments import moment_now
from paycli.operations.operation import Fields
from paycli.operations.params import Argument, Option
from paycli.providers.toman import TOMAN
from paycli.providers.toman.fields import terminal_number, terminal_type_name, whole_number
from paycli.providers.toman.timeline import FAILED, SUCCESS, of_payment

STATUSES = {"failed": FAILED, "0": FAILED, "success": SUCCESS, "1": SUCCESS}
_MASK = re.compile(r"(\d{0,8})[*xX.]+(\d{0,4})|(\d{4})")


def payment_status(text: str) -> int:
    """Return the code of a payment's status, typed by name or by code; raises ValueError."""
    if text not in STATUSES:
        raise ValueError(f"{text!r} is no status of a payment; write success or failed (or 1 or 0)")
    return STATUSES[text]


def card_mask(text: str) -> tuple[str, str]:
    """Return the first and the last digits of a card mask; raises ValueError, never repeating a whole card number."""
    match = _MASK.fullmatch(text)
    if not match or not any(match.groups()):
        raise ValueError("write a mask such as 603799******9999, *9999, or the last four digits; no whole card number")
    return match[1] or "", match[2] or match[3] or ""


TerminalType = Annotated[
    str,
    Argument(
        "TERMINAL_TYPE",
        "ipg (internet gateway) or pos (point of sale).",
        terminal_type_name,
        sample="ipg",
        choices=("ipg", "pos"),
    ),
]
Status = Annotated[int | None, Option("Only these.", parse=payment_status, metavar="success|failed")]
TerminalNumber = Annotated[str | None, Option("Only this terminal's.", parse=terminal_number, metavar="NUMBER")]
CardMask = Annotated[
    tuple[str, str] | None, Option("Only payments with such a card.", parse=card_mask, metavar="603799*9999")
]
Amount = Annotated[int | None, Option("Only of exactly so many rials.", parse=whole_number, metavar="RIALS")]
From = Annotated[datetime | None, Option("Beginning of the period.", flag="--from", parse=moment_now, metavar="TIME")]
To = Annotated[
    datetime | None,
    Option("End of the period.", flag="--to", parse=lambda text: moment_now(text, end=True), metavar="TIME"),
]


def only(
    status: int | None = None,
    terminal_number: str | None = None,
    card_mask: tuple[str, str] | None = None,
    amount: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    **_others: Any,
) -> Callable[[Any], bool] | None:
    """Return what chooses the rows that were asked for; None where all were."""
    checks: list[Callable[[Mapping[str, Any]], bool]] = []
    if status is not None:
        checks.append(lambda row: row.get("status") == status)
    if terminal_number is not None:
        checks.append(lambda row: row.get("terminal_number") == terminal_number)
    if card_mask is not None:
        first, last = card_mask
        checks.append(lambda row: _has_card(str(row.get("masked_paid_card_number") or ""), first, last))
    if amount is not None:
        checks.append(lambda row: row.get("amount") == amount)
    if since or until:
        checks.append(lambda row: _within(row.get("transaction_datetime"), since, until))
    if not checks:
        return None
    return lambda row: isinstance(row, Mapping) and all(check(row) for check in checks)


def _has_card(mask: str, first: str, last: str) -> bool:
    return bool(mask) and mask.startswith(first) and mask.endswith(last)


def _within(value: Any, since: datetime | None, until: datetime | None) -> bool:
    """Return whether a moment lies in the period; what cannot be read as one is shown rather than hidden."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return True
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (since is None or moment >= since) and (until is None or moment.replace(microsecond=0) <= until)


@TOMAN.get(
    "payments list",
    "/payments/{terminal_type}",
    documented_as="Terminal payment list",
    listing=True,
    query=("cursor",),
    scopes=("repigma.payment.list",),
    keep=only,
    timeline=of_payment,
    columns=(
        time("transaction_datetime"),
        coded("status", (FAILED, "failed"), (SUCCESS, "success")),
        money_in("amount", "IRR"),
        text("masked_paid_card_number"),
        text("terminal_number"),
        text("psp"),
        identifier("id", primary=True),
    ),
    example={
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": "01JNB7Q0M5X2Y8Z4C6D9E1F3G7",
                "amount": 1250000,
                "masked_paid_card_number": "603799******1234",
                "terminal_number": "70012345",
                "transaction_datetime": "2026-03-02T09:15:00Z",
                "status": 1,
                "psp": "SEP",
            }
        ],
    },
)
def payments_list(
    terminal_type: TerminalType,
    status: Status = None,
    terminal_number: TerminalNumber = None,
    card_mask: CardMask = None,
    amount: Amount = None,
    since: From = None,
    until: To = None,
) -> Fields:
    """List payments of all terminals of a type, page by page as they arrive.

    Toman chooses none: status, terminal, card, amount and time are compared here, with every row of the list.
    """
    return {}

"""How Toman is looked through: its lists of payments, page by page, for an id, a terminal's number or a card mask.

Document: "Terminal Payment list", which knows no filters and names no order. The cursor of its sample is one of a list
that begins with the newest.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from paycli.operations.looks import (
    Facts,
    Hit,
    Look,
    Sought,
    Status,
    Values,
    card_mask,
    moment_of,
    number_of,
    row_where,
    same_card,
    text_of,
)
from paycli.providers.toman.timeline import FAILED, SUCCESS

STATUSES: Mapping[str, tuple[Status, str | None]] = {
    str(SUCCESS): (Status.SUCCEEDED, "success"),
    str(FAILED): (Status.FAILED, "failed"),
}
CURRENCY = "IRR"
# As those of the document's samples are.
_PAYMENT = re.compile(r"[0-9A-Za-z]{26}")
_TERMINAL = re.compile(r"[0-9]{4,15}")


def _of_id(terminal_type: str, sought: Sought) -> Values | None:
    return {"terminal_type": terminal_type} if _PAYMENT.fullmatch(sought.text) else None


def _of_terminal_or_card(terminal_type: str, sought: Sought) -> Values | None:
    known = _TERMINAL.fullmatch(sought.text) or card_mask(sought.text)
    return {"terminal_type": terminal_type} if known else None


def _at(row: Any) -> datetime | None:
    return moment_of(row.get("transaction_datetime")) if isinstance(row, Mapping) else None


def _has_id(row: Any, sought: Sought) -> bool:
    return isinstance(row, Mapping) and str(row.get("id", "")).upper() == sought.text.upper()


def _has_terminal_or_card(row: Any, sought: Sought) -> bool:
    if not isinstance(row, Mapping):
        return False
    card = same_card(sought.text, row.get("masked_paid_card_number"))
    at = _at(row)
    return (card or str(row.get("terminal_number", "")) == sought.text) and (at is None or at >= sought.since)


def _hit(data: Any, values: Values, _facts: Facts) -> Hit:
    found, at = str(data.get("id") or ""), text_of(data.get("transaction_datetime"))
    told = text_of(data.get("status"))
    status, word = STATUSES.get(told or "", (Status.UNKNOWN, told))
    around = ("--from", at, "--to", at) if at else ("--all",)
    return Hit(
        id=found,
        kind=f"{values['terminal_type']} payment",
        status=status,
        # No read shows one payment; the list at its moment does.
        command="payments list",
        argument=str(values["terminal_type"]),
        options=(*around, *row_where("id", found)),
        provider_status=word,
        amount=number_of(data.get("amount")),
        currency=CURRENCY,
        time=moment_of(at),
    )


def _looks(terminal_type: str) -> tuple[Look, Look]:
    return (
        Look(
            "payments list",
            partial(_of_id, terminal_type),
            _hit,
            matches=_has_id,
            period=True,
            otherwise=True,
            unique=True,
            when=_at,
        ),
        Look(
            "payments list",
            partial(_of_terminal_or_card, terminal_type),
            _hit,
            matches=_has_terminal_or_card,
            period=True,
            when=_at,
        ),
    )


LOOKS = (*_looks("ipg"), *_looks("pos"))

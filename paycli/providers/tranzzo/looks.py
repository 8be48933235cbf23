"""How Tranzzo is looked through: by our order id, else all of a period by payment, RRN or card mask.

Document: "Get order transactions", "Get transactions for period". Which fields the rows of a period have is not told;
those of an order's operations are looked at, among them ``rnn`` (that spelling), the bank's identifier.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from paycli.operations.looks import (
    Facts,
    Hit,
    Look,
    Sought,
    Status,
    Values,
    card_mask,
    could_be,
    moment_of,
    number_of,
    same_card,
    status_of,
    text_of,
)
from paycli.operations.outcome import Word
from paycli.operations.params import identifier
from paycli.providers.tranzzo.answers import WORDS
from paycli.providers.tranzzo.fields import LONGEST_READABLE_ORDER_ID
from paycli.providers.tranzzo.ledger import amount_of, order_money

IDS = ("payment_id", "operation_id", "transaction_id", "gateway_order_id")
RRNS = ("rnn", "rrn", "rrnCode", "rrn_code")
MASKS = ("cc_mask", "recipient_cc_mask")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_RRN = re.compile(r"[0-9]{12}")
_ORDER_ID = identifier(LONGEST_READABLE_ORDER_ID)


def _order(sought: Sought) -> Values | None:
    order = could_be(_ORDER_ID, sought.text)
    return {"order": order} if order else None


def _by_id(sought: Sought) -> Values | None:
    return {"since": sought.since} if _UUID.fullmatch(sought.text) else None


def _by_rrn_or_card(sought: Sought) -> Values | None:
    return {"since": sought.since} if _RRN.fullmatch(sought.text) or card_mask(sought.text) else None


def _has_id(row: Any, sought: Sought) -> bool:
    return isinstance(row, Mapping) and sought.text.lower() in {str(row.get(name) or "").lower() for name in IDS}


def _has_rrn_or_card(row: Any, sought: Sought) -> bool:
    if not isinstance(row, Mapping):
        return False
    return any(row.get(name) == sought.text for name in RRNS) or any(
        same_card(sought.text, row.get(name)) for name in MASKS
    )


def _whole(row: Any) -> tuple[str, Values] | None:
    order = text_of(row.get("order_id"))
    return ("orders show", {"order": order}) if order else None


def _hit(data: Any, values: Values, facts: Facts) -> Hit | None:
    """Return an order as one hit: what it began with, and what became of its money since."""
    rows = sorted(
        (row for row in (data if isinstance(data, list) else [data]) if isinstance(row, Mapping)),
        key=lambda row: str(row.get("created_at", "")),
    )
    if not rows:
        return None
    first = _began(rows)
    order = text_of(first.get("order_id")) or str(values.get("order", ""))
    return Hit(
        id=text_of(first.get("payment_id")) or text_of(first.get("operation_id")) or order,
        kind=text_of(first.get("method")) or "order",
        status=_became(rows),
        command="orders show",
        argument=order,
        provider_status=text_of(first.get("status")),
        order=order,
        amount=number_of(first.get("amount")),
        currency=text_of(first.get("currency")),
        time=moment_of(first.get("created_at"), facts.get("timezone", "UTC")),
    )


def _began(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the operation that an order began with: the first that succeeded, else the first."""
    return next((row for row in rows if WORDS.get(str(row.get("status"))) is Word.DONE), rows[0])


def _became(rows: Sequence[Mapping[str, Any]]) -> Status:
    first = _began(rows)
    word = WORDS.get(str(first.get("status")))
    if word is not Word.DONE:
        return status_of(word)
    money, held = order_money(rows), first.get("method") == "auth"
    taken = money.captured if held else money.captured or amount_of(first)
    if money.refunded and money.refunded >= taken:
        return Status.REFUNDED
    if money.voided and (not taken if held else money.voided >= taken):
        return Status.CANCELLED
    if taken:
        return Status.SUCCEEDED
    soon = any(WORDS.get(str(row.get("status"))) is Word.PENDING for row in rows)
    return Status.PENDING if soon else Status.HELD


LOOKS = (
    Look("orders show", _order, _hit),
    Look("transactions list", _by_id, _hit, matches=_has_id, whole=_whole, period=True, otherwise=True, unique=True),
    Look(
        "transactions list", _by_rrn_or_card, _hit, matches=_has_rrn_or_card, whole=_whole, period=True, otherwise=True
    ),
)

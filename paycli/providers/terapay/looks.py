"""How TeraPay is looked through: by a batch's id, and by a reference in the statement of whoever's wallet is signed in.

Document: "BatchItemDto", the wallet's statement. Neither shows an answer: the words of a status are read as English.
"""

from collections.abc import Mapping
from typing import Any

from paycli.operations.looks import (
    Facts,
    Hit,
    Look,
    Sought,
    Status,
    Values,
    could_be,
    moment_of,
    number_of,
    row_where,
    text_of,
)
from paycli.providers.terapay.fields import CURRENCY, uuid
from paycli.providers.terapay.fields import text_of as text_up_to
from paycli.providers.terapay.wallet import LONGEST_REFERENCE, day

WORDS = {
    **dict.fromkeys(("submitted", "created", "pending", "queued", "processing", "inprogress"), Status.PENDING),
    **dict.fromkeys(("completed", "complete", "succeeded", "success", "successful", "processed"), Status.SUCCEEDED),
    **dict.fromkeys(("failed", "rejected", "declined"), Status.FAILED),
    **dict.fromkeys(("cancelled", "canceled", "voided"), Status.CANCELLED),
    **dict.fromkeys(("refunded", "reversed"), Status.REFUNDED),
}
NAMED = ("transactionId", "id", "externalReference")
_REFERENCE = text_up_to(LONGEST_REFERENCE)


def _batch(sought: Sought) -> Values | None:
    found = could_be(uuid, sought.text)
    return {"batch": found} if found else None


def _statement(sought: Sought) -> Values | None:
    return {"since": day(sought.since.isoformat())} if could_be(_REFERENCE, sought.text) else None


def _meant(row: Any, sought: Sought) -> bool:
    return isinstance(row, Mapping) and sought.text in {text_of(row.get(name)) for name in NAMED}


def _batch_hit(data: Any, values: Values, facts: Facts) -> Hit:
    found, word = str(values["batch"]), text_of(data.get("status"))
    amount = number_of(data.get("totalAmount"))
    return Hit(
        id=found,
        kind="batch",
        status=WORDS.get((word or "").lower().replace("_", "").replace(" ", ""), Status.UNKNOWN),
        command="batches show",
        argument=found,
        provider_status=word,
        order=text_of(data.get("batchName")),
        amount=amount,
        currency=_currency(amount, facts),
        time=moment_of(data.get("createdAt")),
    )


def _entry_hit(data: Any, values: Values, facts: Facts) -> Hit:
    """Return an entry of a wallet: what stands in a statement has happened."""
    field = next((name for name in ("transactionId", "id") if text_of(data.get(name))), "externalReference")
    found, at = str(data.get(field) or ""), moment_of(data.get("createdAt"))
    first = day(at.isoformat()) if at else str(values["since"])
    last = ("--to", first) if at else ()
    amount = number_of(data.get("amount"))
    return Hit(
        id=found,
        kind=f"wallet {text_of(data.get('type')) or 'entry'}".lower(),
        status=Status.SUCCEEDED,
        command="wallet statement",
        options=("--from", first, *last, "--all", *row_where(field, found)),
        provider_status=text_of(data.get("status")),
        order=text_of(data.get("externalReference")),
        amount=amount,
        currency=_currency(amount, facts),
        time=at,
    )


def _currency(amount: Any, facts: Facts) -> str | None:
    return None if amount is None else facts.get("currency") or CURRENCY


LOOKS = (
    Look("batches show", _batch, _batch_hit),
    Look("wallet statement", _statement, _entry_hit, matches=_meant, period=True, owned=True),
)

"""How Tora is looked through: by a transaction's id, and by our reference.

Document: "Get transaction details", "Get transaction list".
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from paycli.operations.looks import Facts, Hit, Look, Sought, Status, Values, could_be, moment_of, text_of
from paycli.operations.money import Money
from paycli.operations.params import Identifier
from paycli.providers.tora.fields import EURO, LONGEST_REFERENCE

STATES = {"captured": Status.SUCCEEDED, "canceled": Status.CANCELLED, "pending": Status.PENDING}
KINDS = {"BP": "bill", "TOPUP": "topup", "ELAIKO": "ticket"}
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REFERENCE = Identifier(LONGEST_REFERENCE)


def _by_id(sought: Sought) -> Values | None:
    return {"transaction": sought.text} if _ID.fullmatch(sought.text) else None


def _by_reference(sought: Sought) -> Values | None:
    reference = could_be(_REFERENCE, sought.text)
    return {"reference": reference} if reference else None


def _meant(row: Any, sought: Sought) -> bool:
    return isinstance(row, Mapping) and row.get("reference") == sought.text


def _hit(data: Any, values: Values, _facts: Facts) -> Hit:
    found = text_of(data.get("id")) or str(values.get("transaction", ""))
    kind = text_of(data.get("type")) or "transaction"
    state = text_of(data.get("status"))
    return Hit(
        id=found,
        kind=KINDS.get(kind, kind),
        status=STATES.get((state or "").lower(), Status.UNKNOWN),
        command="transactions show",
        argument=found,
        provider_status=state,
        order=text_of(data.get("reference")),
        amount=_euros(data.get("amount")),
        currency=EURO,
        time=moment_of(data.get("createdAt")),
    )


def _euros(cents: Any) -> Decimal | None:
    return Money.from_minor(cents, EURO).amount if isinstance(cents, int) and not isinstance(cents, bool) else None


LOOKS = (
    # What an identifier looks like is not told, nor what is answered to one that cannot be.
    Look("transactions show", _by_id, _hit, refusable=True),
    Look("transactions list", _by_reference, _hit, matches=_meant),
)

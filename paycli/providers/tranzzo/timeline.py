"""What happened with an order: its operations, what they come to, and what each status code asks of whom.

Document: "Get order transactions", "Status codes".
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from paycli.operations.timeline import NOBODY, SUPPORT, Happened, Sum, Timeline, can, standing
from paycli.providers.tranzzo.codes import CODES, SUCCESS
from paycli.providers.tranzzo.ledger import UNDER_WAY, OrderMoney, amount_of, order_money

Row = Mapping[str, Any]
FACTS = {
    "order_id": "order",
    "payway": "payway",
    "cc_mask": "card",
    "bank_short_name": "bank",
    "customer_id": "customer",
}
FURTHER = frozenset({"capture", "void", "refund", "credit"})
TEST = "0"


def of_order(answer: Any, _beside: list[Any] | None = None) -> Timeline | None:
    """Return what happened with an order, or None where the answer holds no operation."""
    rows = [row for row in answer if isinstance(row, Mapping)] if isinstance(answer, list) else []
    if not rows:
        return None
    facts = ((word, next((row[name] for row in rows if row.get(name)), None)) for name, word in FACTS.items())
    return Timeline(
        happened=tuple(map(_happened, rows)),
        sums=_sums(rows, order_money(rows)),
        facts=tuple((word, value) for word, value in facts if value is not None),
        targets=_targets(rows),
    )


def _happened(row: Row) -> Happened:
    return Happened(
        what=str(row.get("method") or "operation"),
        at=row.get("created_at"),
        status=str(row.get("status") or ""),
        amount=row.get("amount"),
        currency=str(row.get("currency") or ""),
        code=str(row.get("status_code") or ""),
        id=str(row.get("operation_id") or row.get("payment_id") or ""),
        comment=str(row.get("comment") or ""),
        notes=tuple(_notes(row)),
    )


def _notes(row: Row) -> list[str]:
    """Return what the provider says of what did not succeed, and who can do what about it."""
    code, told = str(row.get("status_code") or ""), list[str]()
    found = CODES.get(code)
    if row.get("status") != SUCCESS:
        told += [str(row["status_description"])] if row.get("status_description") else []
        told += [can(found.who, found.sentence)] if found else [_unexplained(code)]
    elif found and (found.who != NOBODY or code == TEST):
        told.append(can(found.who, found.sentence))
    return told


def _unexplained(code: str) -> str:
    what = f"the code {code} is not in its document" if code else "Tranzzo gives no code"
    return can(SUPPORT, f"{what}; ask, with the order id.")


def _sums(rows: Sequence[Row], money: OrderMoney) -> tuple[Sum, ...]:
    waiting = (row for row in rows if str(row.get("method")) in FURTHER and str(row.get("status")) in UNDER_WAY)
    under_way = sum(map(amount_of, waiting), Decimal(0))
    further = (
        ("released", money.voided, ""),
        ("credited", money.credited, ""),
        ("left to credit", money.left_to_credit if money.credited else Decimal(0), ""),
        ("under way", under_way, "counts as gone until it is finished"),
    )
    sums = standing(
        money.currency,
        (money.left_to_capture, "can be captured, or released by a void" if money.left_to_capture else ""),
        (money.captured, ""),
        (money.refunded, ""),
        (money.left_to_refund, "can be refunded" if money.left_to_refund else ""),
    )
    return (*sums, *(Sum(word, amount, money.currency, note) for word, amount, note in further if amount))


def _targets(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the order, its operations as webhooks name them, and its payments as subscriptions do."""
    order = next((str(row["order_id"]) for row in rows if row.get("order_id")), "")
    methods = (f"{order} {row['method']}" for row in rows if row.get("method"))
    payments = (str(row["payment_id"]) for row in rows if row.get("payment_id"))
    return tuple(dict.fromkeys(filter(None, (order, *methods, *payments))))

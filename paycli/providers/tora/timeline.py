"""What happened with a transaction: when it was made, when it was canceled, and what that comes to.

Of a transaction's status the document has two words, captured and canceled, and no reasons.
Document: "Get transaction details".
"""

from collections.abc import Mapping
from typing import Any

from paycli.operations.timeline import MERCHANT, NOTHING, SUPPORT, UNTOLD, Happened, Sum, Timeline, can, standing
from paycli.providers.tora.safety import CANCELED, CAPTURED, EURO, euros

WHAT = {"TOPUP": "topup", "BP": "bill paid", "ELAIKO": "ticket"}
STEPS = {"TOPUP": "topups", "BP": "bills"}
SHOWN = frozenset({"id", "type", "amount", "status", "createdAt", "canceledAt", "product", "details"})
CENTS = frozenset({"paymentAmount", "commission", "totalAmount"})
WHO_CANCELED = can(
    SUPPORT, "Tora does not say why: a void, a reclamation that was accepted, or they themselves; they can tell."
)
RECLAMATION = "to have it canceled: tora reclamations create"


def of_transaction(answer: Any, _beside: list[Any] | None = None) -> Timeline | None:
    """Return what happened with a transaction, or None where the answer names none."""
    if not isinstance(answer, Mapping) or not answer.get("id"):
        return None
    details = answer["details"] if isinstance(answer.get("details"), Mapping) else {}
    identifier = str(answer["id"])
    references = (answer.get("reference"), details.get("paymentCode"))
    return Timeline(
        happened=tuple(_happened(answer)),
        sums=_sums(answer),
        facts=tuple((name, value) for name, value in _facts(answer, details) if value is not None),
        targets=(identifier,),
        references=tuple(str(name) for name in references if name),
        made=identifier,
        lead=can(MERCHANT, "Where it is a sale with --two-step, it waits for one of:"),
        typed=_typed(answer, identifier),
    )


def _happened(row: Mapping[str, Any]) -> list[Happened]:
    money, status, kind = euros(row.get("amount")), str(row.get("status") or ""), str(row.get("type") or "")
    over = status == CANCELED
    made = Happened(
        WHAT.get(kind, kind or "transaction"),
        at=row.get("createdAt"),
        status="" if over else status,
        amount=money.amount if money else row.get("amount"),
        currency=EURO if money else "",
        id=str(row["id"]),
        notes=() if status in {CAPTURED, CANCELED} else (_unexplained(status),),
    )
    return (
        [made, Happened(CANCELED, at=row.get("canceledAt"), status=status, notes=(WHO_CANCELED,))] if over else [made]
    )


def _unexplained(status: str) -> str:
    what = f"The document does not explain {status!r}" if status else "The answer tells no status"
    return can(SUPPORT, f"{what}: ask Tora, with the id.")


def _typed(row: Mapping[str, Any], identifier: str) -> tuple[str, ...]:
    step = STEPS.get(str(row.get("type")))
    if step is None or str(row.get("status")) in {CAPTURED, CANCELED}:
        return ()
    return tuple(f"tora {step} {word} {identifier}" for word in ("capture", "void"))


def _sums(row: Mapping[str, Any]) -> tuple[Sum, ...]:
    money, status = euros(row.get("amount")), row.get("status")
    if status == CAPTURED and money:
        left = RECLAMATION if money.amount else ""
        return standing(EURO, NOTHING, (money.amount, ""), NOTHING, (money.amount, left))
    if status == CANCELED:
        return standing(EURO, NOTHING, NOTHING, (None, "what had been taken came back"), NOTHING)
    return standing(EURO, UNTOLD, UNTOLD, UNTOLD, UNTOLD)


def _facts(row: Mapping[str, Any], details: Mapping[str, Any]) -> list[tuple[str, Any]]:
    product = row["product"] if isinstance(row.get("product"), Mapping) else {"product": row.get("product")}
    inner = {**{f"product {name}": value for name, value in product.items()}, **details}
    rest = {name: value for name, value in row.items() if name not in SHOWN}
    return [(name, _euros(name, value)) for name, value in {**inner, **rest}.items()]


def _euros(name: str, value: Any) -> Any:
    return euros(value) or value if name in CENTS else value

"""A bill as it is looked at before it is paid: its product, and the extra options that it wants.

What is due is not told, so that whether an amount is partial or too high is for Tora to say.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from paycli.errors import UsageProblem
from paycli.operations.operation import Request
from paycli.operations.safety import Row, Weighed
from paycli.providers.tora.headers import TERMINAL_ID
from paycli.providers.tora.safety import euros

DATE = "DATE"


def look_at(request: Request) -> tuple[str, Mapping[str, Any]] | None:
    """Return the read of the bill that a request pays, asked for by the same terminal."""
    code = request.fields.get("paymentCode")
    if not code:
        return None
    return "bills show", {"payment_code": str(code), "terminal_id": request.headers.get(TERMINAL_ID)}


def weighed(request: Request, rows: list[Row]) -> Weighed:
    """Return the payment with its commission. Raises UsageProblem where the bill wants something else."""
    fields = request.fields
    wanted = str(fields.get("productCode") or "")
    bill = next((row for row in rows if row.get("productCode") == wanted), None)
    if bill is None:
        known = ", ".join(str(row.get("productCode")) for row in rows) or "none"
        raise UsageProblem(
            f"Invalid value for '--product-code': the bill is not one of {wanted}.",
            next_step=f"use one of: {known}" if rows else f"look at it: paycli tora bills show {fields['paymentCode']}",
        )
    check_options(bill.get("options"), fields.get("options"))
    paid, commission = euros(fields.get("paymentAmount")), euros(bill.get("commission"))
    lines = [f"a bill of {bill.get('productName') or wanted}"]
    if commission and paid:
        total = euros(paid.minor_units + commission.minor_units)
        lines.append(f"its commission is {commission}, {total} in all")
    return Weighed(money=paid, lines=tuple(lines))


def check_options(wanted: Any, given: Any) -> None:
    """Raise UsageProblem for an option that is missing, that the bill does not know, or that is of another type."""
    declared = {str(one.get("key")): one for one in wanted or () if isinstance(one, Mapping)}
    typed = [(str(one.get("key")), str(one.get("value"))) for one in given or () if isinstance(one, Mapping)]
    for key, value in typed:
        if key not in declared:
            raise _wrong(f"the bill has no option {key}", declared.values())
        if [other for other, _ in typed].count(key) > 1:
            raise _wrong(f"{key} is given twice", declared.values())
        if declared[key].get("type") == DATE and not _is_date(value):
            raise _wrong(f"{key} is a date, such as 2026-03-31, not {value!r}", declared.values())
    missing = [key for key, one in declared.items() if one.get("required") and key not in dict(typed)]
    if missing:
        raise _wrong(f"the bill wants {' and '.join(missing)}", declared.values())


def _wrong(sentence: str, declared: Any) -> UsageProblem:
    options: Sequence[str] = [f"--option {one.get('key')}={_hint(one)}  {one.get('header') or ''}" for one in declared]
    remedy = "\n".join(["the bill takes:", *options]) if options else "leave --option out"
    return UsageProblem(f"Invalid value for '--option': {sentence}.", next_step=remedy, money="Nothing was sent.")


def _hint(option: Mapping[str, Any]) -> str:
    return "YYYY-MM-DD" if option.get("type") == DATE else "TEXT"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

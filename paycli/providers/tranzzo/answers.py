"""What Tranzzo's answers mean: its status words, its two shapes of error, and the address of a hosted page.

Document: "API statuses", "Error handling", "Create hosted payment".
"""

from collections.abc import Mapping
from typing import Any

from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Answer, Reading, Reason, Word, is_name
from paycli.patterns import pattern
from paycli.providers.tranzzo.codes import advice_of

WORDS = {
    "success": Word.DONE,
    "pending": Word.PENDING,
    "init": Word.PENDING,
    "failure": Word.REFUSED,
    # Of a subscription that was ended.
    "canceled": Word.DONE,
    "cancelled": Word.DONE,
}
WRONG_CREDENTIALS = frozenset({"S-403", "S-404"})
NOT_READY = "report_not_ready"
SEE_OTHER = 303
PAGE = "redirect_url"
_ADDRESS = pattern(r"https?://[^\s/]")


def explain(operation: Operation, request: Request, answer: Answer, content: Any) -> Reading:
    """Return the verdict, sentence and code that the answer holds; ``content`` is its JSON, or None."""
    page = operation.creates == PAGE
    if page and (address := _hosted_page(answer, content)):
        order_id = (request.body or {}).get("order_id")
        return Reading(data={"order_id": order_id, "redirect_url": address}, created=True)
    if isinstance(content, list) and operation.creates:
        return _several(operation, content)
    if not isinstance(content, Mapping):
        return Reading(word=Word.ODD, data=content)
    if "message" in content and "status" not in content:
        return _error(content)
    status = content.get("status") or content.get("recurring_status")
    return Reading(
        word=WORDS.get(status, Word.ODD) if isinstance(status, str) else Word.ODD,
        data=content,
        sentence=_because(content),
        code=_text(content.get("status_code")),
        created=bool(operation.creates and not page and is_name(content.get(operation.creates))),
    )


def _several(operation: Operation, content: list[Any]) -> Reading:
    """Return the reading of a list where one thing was asked for; an empty one means that there is none."""
    if not content:
        return Reading(Word.REFUSED, content, "it knows nothing by this name", reason=Reason.MISSING)
    found = all(isinstance(row, Mapping) and is_name(row.get(operation.creates)) for row in content)
    return Reading(Word.ODD, content, created=found)


def _hosted_page(answer: Answer, content: Any) -> str | None:
    """Return the address to which the payer is sent; what is no web address leads nobody anywhere."""
    found = None
    if answer.status == SEE_OTHER:
        found = answer.headers.get("location")
    elif isinstance(content, Mapping):
        found = _text(content.get("redirect_url"))
    return found if found and _ADDRESS.match(found) else None


def _because(content: Mapping[str, Any]) -> str:
    description = _text(content.get("status_description"))
    code = _text(content.get("status_code"))
    status = _text(content.get("status")) or "no status"
    told = description or f"status {status}"
    if not code:
        return told
    advice = advice_of(code)
    return f"{told} (code {code}); {advice}" if advice else f"{told} (code {code})"


def _error(content: Mapping[str, Any]) -> Reading:
    arguments = content.get("args")
    code = None
    told = _text(content.get("message")) or "no reason given"
    if isinstance(arguments, Mapping):
        code = _text(arguments.get("code")) or _text(arguments.get("error_id"))
    elif isinstance(arguments, list):
        told = "; ".join([told, *(_violation(item) for item in arguments)])
    code = code or _text(content.get("code"))
    return Reading(
        word=Word.PENDING if code == NOT_READY else Word.ODD,
        data=content,
        sentence=f"{told} ({code})" if code else told,
        code=code,
        reason=Reason.CREDENTIALS if code in WRONG_CREDENTIALS else None,
    )


def _violation(item: Any) -> str:
    if isinstance(item, Mapping):
        return f"{item.get('field_name', 'a field')}: {item.get('violation', 'not valid')}"
    return str(item)


def _text(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and value != "" else None

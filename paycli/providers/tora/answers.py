"""What Tora's answers mean: things that were made have an identifier; what refuses is told by the HTTP status alone.

Neither an error body nor the answers of capture and void are documented.
"""

from collections.abc import Mapping
from typing import Any

from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Answer, Reading, Word, is_name

STEPS = frozenset({"capture", "void"})
SAID = ("message", "error_description", "detail", "description", "title", "reason", "error")
CODES = ("code", "errorCode", "error_code", "error")


def explain(operation: Operation, request: Request, answer: Answer, content: Any) -> Reading:
    """Return what the answer says; ``content`` is its JSON, or None."""
    fields = content if isinstance(content, Mapping) else {}
    if answer.status >= 300:  # noqa: PLR2004 no success
        return Reading(data=content, sentence=_told(fields), code=_code(fields))
    if operation.kind in STEPS:
        named = fields if is_name(fields.get("id")) else {**request.parts, **fields}
        return Reading(word=Word.DONE, data=named)
    return Reading(data=content, created=bool(operation.creates and is_name(fields.get(operation.creates))))


def _told(fields: Mapping[str, Any]) -> str:
    """Return the words of an error body of unknown shape: the fields that such bodies usually have."""
    inner = fields.get("error")
    if isinstance(inner, Mapping):
        fields = inner
    said = next((text for name in SAID if (text := _text(fields.get(name)))), "")
    code = _code(fields)
    return f"{said} ({code})" if said and code and code != said else said


def _code(fields: Mapping[str, Any]) -> str | None:
    inner = fields.get("error")
    if isinstance(inner, Mapping):
        fields = inner
    return next((text for name in CODES if (text := _text(fields.get(name)))), None)


def _text(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""

"""The outcome table: what is known after one exchange, as one pure function.

An outcome is judged by what is known, not by the HTTP class. What changes something is unknown unless the answer
positively says otherwise; a read that failed changed nothing and may be repeated.
"""

from collections.abc import Callable, Mapping
from typing import Any

from paycli.operations.files import document_of
from paycli.operations.operation import Operation, Request, Shape
from paycli.operations.outcome import (
    Answer,
    Fault,
    NotSent,
    Outcome,
    Pending,
    Reading,
    Reason,
    Rejected,
    Succeeded,
    Unknown,
    Word,
    is_name,
)
from paycli.operations.wire import NotJson, decode
from paycli.values import replace

Explain = Callable[[Operation, Request, Answer, Any], Reading]

REFUSALS = frozenset({400, 401, 403, 404, 405, 406, 413, 415, 422})
CREDENTIAL_REFUSALS = frozenset({401, 403})
NOT_FOUND = 404
TOO_MANY_REQUESTS = 429
ACCEPTED = 202
SEE_OTHER = 303


def judge(operation: Operation, request: Request, result: Answer | Fault, explain: Explain) -> Outcome:
    """Return what became of the operation by this one exchange."""
    if isinstance(result, Fault):
        lost = operation.changes and result.may_have_left
        return Unknown(result.sentence) if lost else NotSent(result.sentence, remedy=result.remedy)
    if result.status == TOO_MANY_REQUESTS:
        return NotSent("too many requests (HTTP 429)", throttled=True)
    if operation.saved and _is_success(result) and result.status != ACCEPTED:
        document = document_of(operation.saved, dict(request.query), result)
        if document:
            return Succeeded(document)
    content = _content(operation, result)
    reading = explain(operation, request, result, None if isinstance(content, NotJson) else content)
    if result.status in REFUSALS or (reading.word is Word.REFUSED and reading.final):
        return _rejected(result, reading)
    if operation.changes:
        if isinstance(content, NotJson) and result.body.strip() and not reading.created:
            # Where the document shows no answer a 2xx is done; but what nobody can read need not be the provider's.
            reading = replace(reading, word=Word.ODD)
        return _judge_change(operation, result, reading)
    taken = reading.data is not None if operation.sign_in else operation.enveloped and not isinstance(content, NotJson)
    if taken:
        content = reading.data
    return _judge_read(operation, result, content, reading)


def _judge_read(operation: Operation, answer: Answer, content: Any, reading: Reading) -> Outcome:
    if not _is_success(answer):
        return NotSent(_http(answer))
    if answer.status == ACCEPTED and (reading.word is Word.PENDING or operation.streamed):
        return Pending(None, reading.sentence or _http(answer), reading.code)
    if operation.shape is Shape.ANY:
        return Succeeded(content)
    if isinstance(content, NotJson):
        return NotSent(f"an answer that cannot be read ({content})")
    expected = {Shape.OBJECT: Mapping, Shape.ARRAY: list, Shape.TEXT: str}.get(operation.shape)
    if expected is None or not isinstance(content, expected):
        return NotSent(f"an answer that is not the documented {operation.shape.value}")
    if operation.empty_is_missing and not content:
        return Rejected("it knows nothing by this name", reason=Reason.MISSING)
    return Succeeded(content)


def _judge_change(operation: Operation, answer: Answer, reading: Reading) -> Outcome:
    if operation.creates and reading.created and (_is_success(answer) or answer.status == SEE_OTHER):
        return Succeeded(reading.data)
    if not _is_success(answer):
        return Unknown(": ".join(filter(None, [_http(answer), reading.sentence])), reading.code)
    match reading.word:
        case Word.REFUSED:
            return _rejected(answer, reading)
        case Word.PENDING if not operation.creates or operation.raw:
            return Pending(reading.data, reading.sentence, reading.code)
        case Word.DONE if not operation.creates or operation.raw:
            return Succeeded(reading.data)
        case Word.ODD | Word.NONE if operation.raw and not operation.same and isinstance(reading.data, Mapping | list):
            return Succeeded(reading.data)
        case Word.NONE if answer.status == ACCEPTED:
            return Pending(reading.data, _http(answer), reading.code)
        case Word.NONE if _has_primary_id(operation, reading.data):
            return Succeeded(reading.data)
    return Unknown(f"{_http(answer)} without the documented fields", reading.code)


def _rejected(answer: Answer, reading: Reading) -> Rejected:
    reason = reading.reason or Reason.REFUSED
    if reading.reason is None and answer.status in CREDENTIAL_REFUSALS:
        reason = Reason.CREDENTIALS
    elif reading.reason is None and answer.status == NOT_FOUND:
        reason = Reason.MISSING
    return Rejected(reading.sentence or _http(answer), reading.code, reason)


def _content(operation: Operation, answer: Answer) -> Any:
    if operation.shape is Shape.TEXT and _is_success(answer):
        return answer.body.decode(errors="replace")
    try:
        return decode(answer.body, once=operation.changes)
    except NotJson as problem:
        text = operation.shape is Shape.ANY and not operation.changes and _is_success(answer)
        return answer.body.decode(errors="replace") if text else problem


def _has_primary_id(operation: Operation, data: Any) -> bool:
    return isinstance(data, Mapping) and any(
        is_name(data.get(column.field)) for column in operation.columns if column.primary
    )


def _is_success(answer: Answer) -> bool:
    return 200 <= answer.status < 300  # noqa: PLR2004 the class of success


def _http(answer: Answer) -> str:
    return f"HTTP {answer.status}"

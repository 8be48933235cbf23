"""What TeraPay's answers mean. The document shows none: 2xx is done, and status words are shown, not judged."""

from collections.abc import Mapping
from time import time
from typing import Any

from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Answer, Reading, Reason, Word
from paycli.providers.terapay.signing import COOKIE, cookies_of, lifetime_of

SIGN_IN_REFUSED = frozenset({400, 401, 403, 404, 422})
SENTENCES = ("message", "error", "detail", "title")
SAYS_NO = ("success", "succeeded", "isSuccess")


def explain(operation: Operation, _request: Request, answer: Answer, content: Any) -> Reading:
    """Return what the answer says; ``content`` is its JSON, or None."""
    if not 200 <= answer.status < 300:  # noqa: PLR2004 the class of success
        reason = Reason.CREDENTIALS if operation.sign_in and answer.status in SIGN_IN_REFUSED else None
        return Reading(data=content, sentence=told(content), reason=reason)
    if isinstance(content, Mapping) and any(content.get(name) is False for name in SAYS_NO):
        return Reading(Word.REFUSED, content, told(content), final=True)
    if content is None and answer.body.strip() not in {b"", b"null"} and not _plain(answer):
        return Reading(Word.ODD)
    if operation.command == "portal login":
        return Reading(Word.DONE, {**_fields(content), **_cookie(answer)})
    data = rows_of(content) if operation.enveloped else content
    return Reading(Word.DONE, {} if data is None else data, told(content), created=True)


def rows_of(content: Any) -> Any:
    """Return the rows of a list, which may lie in an object as its only list."""
    lists = [value for value in _fields(content).values() if isinstance(value, list)]
    return lists[0] if len(lists) == 1 else content


def told(content: Any) -> str:
    """Return the words of an error body of unknown shape, with what is wrong field by field."""
    fields = _fields(content)
    said = next((text for name in SENTENCES if isinstance(text := fields.get(name), str) and text), "")
    wrong = [f"{name}: {_first(value)}" for name, value in _fields(fields.get("errors")).items()]
    return "; ".join(filter(None, [said, *wrong]))


def _cookie(answer: Answer) -> dict[str, Any]:
    found = list(cookies_of(answer.headers))
    if not found:
        return {}
    lasts = min(lifetime_of(attributes, time()) for _, attributes in found)
    return {COOKIE: "; ".join(pair for pair, _ in found), "expires_in": int(lasts)}


def _fields(content: Any) -> Mapping[str, Any]:
    return content if isinstance(content, Mapping) else {}


def _plain(answer: Answer) -> bool:
    """Return whether the provider says that it answers with bare words, which hold nothing that could be read."""
    return answer.headers.get("content-type", "").startswith("text/plain")


def _first(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)

"""What Toman's answers mean: OAuth errors at a sign-in; elsewhere HTTP statuses, since no error body is documented.

Document: "Error Handling" of the authentication.
"""

from collections.abc import Mapping
from typing import Any

from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Answer, Reading, Reason, Word

UNAUTHORIZED, FORBIDDEN = 401, 403
REFUSED = frozenset({400, UNAUTHORIZED, FORBIDDEN})
OAUTH = {
    ("login", "invalid_grant"): "username or password is wrong",
    ("refresh", "invalid_grant"): "what renews the sign-in is used up, older than a week, or another's",
    ("login", "invalid_client"): "client_id or client_secret is wrong",
    ("refresh", "invalid_client"): "client_id or client_secret is wrong",
}


def explain(operation: Operation, request: Request, answer: Answer, content: Any) -> Reading:
    """Return what the answer says; ``content`` is its JSON, or None."""
    if operation.sign_in:
        return _sign_in(operation, request, answer, content)
    if answer.status in {UNAUTHORIZED, FORBIDDEN}:
        told = f"HTTP {answer.status}"
        needed = ", ".join(operation.scopes)
        scope = f"; the command needs the scope {needed}, which the user may lack" if needed else ""
        said = (_told(content) or told).rstrip(".")
        return Reading(Word.REFUSED, content, f"{said}{scope}", reason=Reason.CREDENTIALS)
    return Reading(data=content, sentence=_told(content))


def _sign_in(operation: Operation, request: Request, answer: Answer, content: Any) -> Reading:
    fields = content if isinstance(content, Mapping) else {}
    code = _text(fields.get("error")) or None
    known = OAUTH.get((operation.command, code or ""))
    told = known or _text(fields.get("error_description")) or f"HTTP {answer.status}"
    if code == "invalid_scope":
        told = f"one of the scopes is not the user's, or is no scope: {(request.body or {}).get('scope', 'none asked')}"
    sentence = f"{told} ({code})" if code else told
    reason = Reason.CREDENTIALS if answer.status in REFUSED else None
    return Reading(data=content, sentence=sentence, code=code, reason=reason)


def _told(content: Any) -> str:
    """Return the words of an error body of unknown shape: that of the framework it seems to use, else its fields."""
    if not isinstance(content, Mapping):
        return ""
    for name in ("detail", "message", "error_description", "error"):
        if text := _text(content.get(name)):
            return text
    wrong = [f"{name}: {_first(value)}" for name, value in content.items()]
    return "; ".join(wrong)


def _first(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""

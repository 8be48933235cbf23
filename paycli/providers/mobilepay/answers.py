"""What MobilePay's answers mean: a value, ``success``, and the texts of ``errors``.

``success: false`` is a refusal whatever the HTTP status is; which status comes with it is not documented. The codes
are those of the service behind the proxy, which it passes on in its texts.
"""

import re
from collections.abc import Mapping
from typing import Any

from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Answer, Reading, Reason, Word, is_name
from paycli.providers.mobilepay.states import flat

SENTENCES = {
    "1301": "another payment is active at this point of sale, and there can be one only; "
    "`payments list --terminal-id` shows it, `payments clear` cancels it",
    "1304": "the payment is not reserved, and only a reserved one can be captured",
    "1305": "the amount is above what the payment reserved",
    "1306": "the key of an earlier request came again with another request",
    "1307": "the payment was captured before, with another amount",
    "1308": "this payment can only be captured whole",
    "1354": "the payment is not captured, and only captured money can be refunded",
    "1366": "the capture is too long ago: refunds end 90 days after it",
    "1367": "the refunds of the payment together would be above what was captured",
    "1368": "the store's balance is too low for this refund",
}
_CODE = re.compile(r"(?<!\d)(1[0-9]{3})(?!\d)")
_MISSING = re.compile(r"not found|does not exist|no such|unknown (?:payment|refund|terminal|store|pos)", re.IGNORECASE)
_CREDENTIALS = re.compile(
    r"unauthori[sz]ed|forbidden|(?:invalid|wrong|expired) (?:access ?token|bio ?code)", re.IGNORECASE
)
WRONG_CREDENTIALS, ABSENT = frozenset({401, 403}), frozenset({200, 404})
_TOKEN = re.compile(r"[!-~]{16,}")
TOKEN = "accessToken"  # noqa: S105 a field


def explain(operation: Operation, _request: Request, answer: Answer, content: Any) -> Reading:
    """Return the verdict, sentence and code that the answer holds; ``content`` is its JSON, or None."""
    if not isinstance(content, Mapping):
        return Reading(word=Word.ODD, data=content)
    if content.get("success") is False:
        return _refusal(operation, answer.status, content)
    if operation.enveloped:
        return Reading(data=_rows(content))
    data = _with_token(content) if operation.once else content
    word = Word.DONE if content.get("success") is True else Word.ODD
    return Reading(word, data, created=word is Word.DONE and _names(operation, data), sentence=_texts(content))


def _refusal(operation: Operation, status: int, content: Mapping[str, Any]) -> Reading:
    told = _texts(content)
    code = next(iter(_CODE.findall(told)), None)
    sentence = SENTENCES.get(code or "", told or "no reason given")
    if code in SENTENCES:
        sentence = f"{sentence} (code {code})"
    return Reading(Word.REFUSED, content, sentence, code, _reason(operation, status, told, code), final=True)


def _reason(operation: Operation, status: int, told: str, code: str | None) -> Reason | None:
    if code in SENTENCES:
        return Reason.REFUSED
    if status in WRONG_CREDENTIALS or _CREDENTIALS.search(told):
        return Reason.CREDENTIALS
    # What a terminal without a point of sale answers is not documented; there is nothing else to refuse about it.
    # But a status of its own tells something else than that.
    if _MISSING.search(told) or (operation.absent and status in ABSENT):
        return Reason.MISSING
    return None


def _texts(content: Mapping[str, Any]) -> str:
    errors = content.get("errors")
    texts = [str(item) for item in errors] if isinstance(errors, list) else [str(errors)] if errors else []
    return "; ".join(texts) or str(content.get("message") or "")


def _rows(content: Mapping[str, Any]) -> Any:
    """Return the list in the envelope, whatever it is called; an answer without one is none."""
    lists = [value for name, value in content.items() if isinstance(value, list) and name != "errors"]
    return lists[0] if len(lists) == 1 else content


def _names(operation: Operation, content: Mapping[str, Any]) -> bool:
    return bool(operation.creates and is_name(flat(content).get(operation.creates)))


def _with_token(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the answer with the token under its usual name; the document does not say which field holds it."""
    if isinstance(content.get(TOKEN), str) and content[TOKEN]:
        return content
    fields = flat(content)
    named = [text for name, text in fields.items() if "token" in name.lower() and isinstance(text, str) and text]
    looks = [text for text in fields.values() if isinstance(text, str) and _TOKEN.fullmatch(text)]
    found = next(iter([*named, *looks]), None)
    return {**content, TOKEN: found} if found else content

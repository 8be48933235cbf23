"""What must be true of a command whose answer was nonsense, as rules of their own: the tool's judging is not asked."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import simplejson

from paycli.operations.operation import Operation
from tests.hardening.answering import Ended

REFUSALS = {400, 401, 403, 404, 405, 406, 413, 415, 422}
CODES = {0, 2, 3, 4, 5, 6, 7, 8, 10, 11}
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
SECRETS = (
    *("sandbox-token-c41d9e07", "sandbox-pass-60b2aa", "sandbox-client-secret-8d27e1", "sandbox-pass-97cc41"),
    *("sandbox-secret-e702fa", "sandbox-pass-03d1f8", "sandbox-key-5be190"),
)
MOST_TIMES, FOREVER = 100, 640 * 1024


@dataclass(frozen=True)
class Case:
    """An operation, the answer it got, how it was to be shown, and how it ended."""

    operation: Operation
    status: int
    headers: dict[str, str]
    body: bytes
    form: str
    terminal: bool
    executed: bool
    everything: bool
    ended: Ended

    @property
    def succeeds(self) -> bool:
        """Whether the status is one of success."""
        return 200 <= self.status < 300

    @property
    def content(self) -> Any:
        """The JSON that the body is; an Ellipsis where it is none that somebody could rely on."""
        try:
            return simplejson.loads(self.body.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_never)
        except (ValueError, RecursionError):
            return ...


def problems(case: Case) -> Iterator[str]:
    """Yield what is wrong about how a command ended."""
    code, told = case.ended.code, case.ended.out + case.ended.err
    if code not in CODES:
        yield f"exit code {code}"
    if "Traceback" in told:
        yield "a traceback"
    if code and not case.ended.err.strip():
        yield "ended without a word"
    if any(secret in told for secret in SECRETS):
        yield "a secret is shown"
    if case.terminal and (found := HARMFUL.findall(told)):
        yield f"{found[:5]} reach the terminal"
    came = len(case.body) + sum(map(len, case.headers.values()))
    if len(told) > MOST_TIMES * came + FOREVER and not case.everything:
        yield f"{len(told)} characters out of {came} bytes"
    yield from _of_json(case)
    if case.operation.changes and case.ended.asked and not case.everything and not case.executed:
        yield from _of_change(case)
    elif not case.operation.changes and not case.everything:
        yield from _of_read(case)


def _of_json(case: Case) -> Iterator[str]:
    code, out, err = case.ended.code, case.ended.out, case.ended.err
    if case.form != "json":
        return
    try:
        if code and json.loads(err.splitlines()[-1])["error"]["exit_code"] != code:
            yield "the JSON error tells another exit code"
        if not code and out:
            json.loads(out)
    except (ValueError, KeyError, IndexError, TypeError):
        yield "what is to be JSON is none"


def _of_change(case: Case) -> Iterator[str]:
    """Yield what is wrong about a change that the provider did not carry out, and of which no read tells."""
    code, status = case.ended.code, case.status
    if code in {0, 8} and not _is_positive(case):
        yield "nonsense is taken for done"
    if code in {3, 4, 5} and status not in REFUSALS and not _says_no(case):
        yield "it is no refusal"
    if code in {2, 10, 11} or (code == 6 and status != 429):
        yield "a change that went out ended as if it had not"
    if status == 429 and code == 0:
        yield "too many requests is not done"
    if not case.succeeds and status not in REFUSALS | {303, 429} and not _says_no(case) and code != 7:
        yield "an odd status is unknown"


def _of_read(case: Case) -> Iterator[str]:
    code = case.ended.code
    if code == 7:
        yield "a read is never unknown"
    if code in {0, 11} and not case.succeeds:
        yield "no answer is taken for one"


def _says_no(case: Case) -> bool:
    content = case.content
    if not isinstance(content, dict):
        # Of several things that were asked for, an empty list says that there is none.
        return content == [] and case.operation.provider == "tranzzo" and bool(case.operation.creates)
    refused = content.get("status") == "failure" or content.get("recurring_status") == "failure"
    return refused if case.operation.provider == "tranzzo" else any(value is False for value in content.values())


def _is_positive(case: Case) -> bool:
    """Whether an answer is one that somebody may rely on."""
    content, creates = case.content, case.operation.creates
    fields = content if isinstance(content, dict) else {}
    inner = [fields, *(value for value in fields.values() if isinstance(value, dict))]
    named = any(_is_name(one.get(creates)) for one in inner) if creates else False
    match case.operation.provider:
        case "tranzzo":
            page = case.headers.get("location", "") if case.status == 303 else str(fields.get("redirect_url"))
            words = {fields.get("status") if isinstance(fields.get("status"), str) else ""}
            words.add(fields.get("recurring_status") if isinstance(fields.get("recurring_status"), str) else "")
            rows = content if isinstance(content, list) and content else [{}]
            several = all(isinstance(row, dict) and _is_name(row.get(creates)) for row in rows)
            if creates == "redirect_url":
                return page.startswith("http")
            known = words & {"success", "pending", "init", "canceled", "cancelled"}
            # The provider says of a report that it is being made in an error's clothes.
            waits = "report_not_ready" in str(content)
            return named or several or bool(known) or waits or case.status == 202
        case "mobilepay":
            return fields.get("success") is True and (named or not creates)
        case "tora" if creates:
            return named
    blank = not case.body.strip()
    plain = case.headers.get("content-type", "").startswith("text/plain")
    return case.succeeds and (content is not ... or blank or plain)


def _is_name(value: Any) -> bool:
    return (isinstance(value, str) and bool(value.strip())) or (isinstance(value, int) and not isinstance(value, bool))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if found.setdefault(name, value) != value:
            raise ValueError(name)
    return found


def _never(constant: str) -> None:
    raise ValueError(constant)

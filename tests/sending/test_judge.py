"""The outcome table, a test a row."""

from typing import Any

import pytest

from paycli.operations.columns import identifier
from paycli.operations.operation import ALWAYS, Effect, Operation, Request, Retry, Shape, settled_by
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
)
from paycli.operations.wire import encode
from paycli.providers.tranzzo.answers import explain
from paycli.sending.judge import judge


def operation(effect: Effect = Effect.MOVES_MONEY, retry: Retry | None = None, **facts: Any) -> Operation:
    """Return an operation for a test."""
    return Operation(
        "tranzzo", "thing", "POST", "/thing", effect, retry or settled_by("orders show"), "", dict, **facts
    )


CHANGE = operation()
CREATES = operation(Effect.WRITES, creates="redirect_url")
READ = operation(Effect.READS, ALWAYS, shape=Shape.ARRAY)
REQUEST = Request("POST", "base_url", "/thing", body={"order_id": "A-1"})


def judged(declared: Operation, result: Answer | Fault) -> Outcome:
    """Judge with Tranzzo's reading of answers."""
    return judge(declared, REQUEST, result, explain)


def answer(status: int, content: Any = None, **headers: str) -> Answer:
    """Return an answer with a JSON body."""
    return Answer(status, headers, b"" if content is None else encode(content))


def test_no_byte_sent_is_not_sent() -> None:
    """DNS, connect, TLS and proxy failures leave nothing behind."""
    fault = Fault("no route", may_have_left=False)
    assert judged(CHANGE, fault) == NotSent("no route")
    assert judged(READ, fault) == NotSent("no route")


def test_a_fault_after_the_first_byte_is_unknown_for_a_change_alone() -> None:
    """A timeout after a refund is neither success nor failure; a read may be repeated."""
    fault = Fault("timeout", may_have_left=True)
    assert judged(CHANGE, fault) == Unknown("timeout")
    assert judged(READ, fault) == NotSent("timeout")


def test_the_providers_success_is_success() -> None:
    """The positive word decides."""
    content = {"status": "success", "operation_id": "1"}
    assert judged(CHANGE, answer(200, content)) == Succeeded(content)


@pytest.mark.parametrize("status", [303, 302, 301])
def test_a_hosted_page_is_its_location(status: int) -> None:
    """303 with Location is the answer of what creates a page; other redirects are not."""
    outcome = judged(CREATES, answer(status, location="https://pay.test/x"))
    if status == 303:
        assert outcome == Succeeded({"order_id": "A-1", "redirect_url": "https://pay.test/x"})
    else:
        assert isinstance(outcome, Unknown)


def test_a_hosted_page_may_come_as_json() -> None:
    """Some installations answer JSON with redirect_url."""
    outcome = judged(CREATES, answer(200, {"redirect_url": "https://pay.test/x"}))
    assert outcome == Succeeded({"order_id": "A-1", "redirect_url": "https://pay.test/x"})


def test_a_creation_without_the_created_thing_is_unknown() -> None:
    """2xx without the declared field proves nothing."""
    assert isinstance(judged(CREATES, answer(200, {"status": "success"})), Unknown)
    assert isinstance(judged(CREATES, answer(303)), Unknown)


@pytest.mark.parametrize("word", ["pending", "init"])
def test_accepted_and_not_finished_is_pending(word: str) -> None:
    """3-D Secure, OTP and processing are under way."""
    outcome = judged(CHANGE, answer(200, {"status": word, "status_code": "2122"}))
    assert isinstance(outcome, Pending)
    assert outcome.code == "2122"


def test_status_1008_is_pending_although_the_customer_was_charged() -> None:
    """The provider's word decides, not what we think of the code."""
    assert isinstance(judged(CHANGE, answer(200, {"status": "pending", "status_code": "1008"})), Pending)


def test_status_failure_is_rejected_with_the_providers_reason() -> None:
    """The reason and the code are told, and who can do something about it."""
    content = {"status": "failure", "status_code": "4002", "status_description": "wrong sum"}
    advice = "merchant: The refund's amount or currency is wrong: look at what is left."
    assert judged(CHANGE, answer(200, content)) == Rejected(f"wrong sum (code 4002); {advice}", "4002")
    content["status_code"] = "7777"
    assert judged(CHANGE, answer(200, content)) == Rejected("wrong sum (code 7777)", "7777")


@pytest.mark.parametrize("status", [400, 405, 406, 413, 415, 422])
def test_client_errors_are_rejected(status: int) -> None:
    """The listed 4xx mean that nothing moved."""
    outcome = judged(CHANGE, answer(status, {"message": "no", "args": {"code": "X-1"}}))
    assert outcome == Rejected("no (X-1)", "X-1", Reason.REFUSED)


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("declared", [CHANGE, READ])
def test_refused_credentials_are_told_apart(status: int, declared: Operation) -> None:
    """401 and 403 are about who asks."""
    outcome = judged(declared, answer(status))
    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.CREDENTIALS


@pytest.mark.parametrize("code", ["S-403", "S-404"])
@pytest.mark.parametrize("status", [400, 404])
def test_the_credential_codes_count_whatever_the_status(status: int, code: str) -> None:
    """S-403 and S-404 mean bad credentials."""
    outcome = judged(CHANGE, answer(status, {"message": "no", "args": {"code": code}}))
    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.CREDENTIALS


def test_404_is_not_found() -> None:
    """An unknown order has its own exit code."""
    outcome = judged(CHANGE, answer(404, {"message": "no payment"}))
    assert outcome == Rejected("no payment", None, Reason.MISSING)


def test_an_empty_list_is_not_found_only_where_the_declaration_says_so() -> None:
    """An unknown order is an empty list; the credential check's empty list is its success."""
    declared = operation(Effect.READS, ALWAYS, shape=Shape.ARRAY, empty_is_missing=True)
    outcome = judged(declared, answer(200, []))
    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.MISSING
    assert judged(READ, answer(200, [])) == Succeeded([])


def test_a_list_of_violations_is_told_by_field() -> None:
    """The second documented shape of errors."""
    content = {"message": "not valid", "args": [{"field_name": "amount", "violation": "too small"}]}
    outcome = judged(CHANGE, answer(400, content))
    assert isinstance(outcome, Rejected)
    assert outcome.sentence == "not valid; amount: too small"


@pytest.mark.parametrize("declared", [CHANGE, READ, CREATES])
def test_429_is_throttled(declared: Operation) -> None:
    """Whether it goes again is another question."""
    outcome = judged(declared, answer(429))
    assert isinstance(outcome, NotSent)
    assert outcome.throttled


@pytest.mark.parametrize("status", [302, 307, 408, 409, 410, 418, 500, 502, 503, 504])
def test_anything_else_is_unknown_for_a_change_and_odd_for_a_read(status: int) -> None:
    """5xx, other 3xx and other 4xx say nothing about what happened."""
    assert isinstance(judged(CHANGE, answer(status, {"message": "hm"})), Unknown)
    assert isinstance(judged(READ, answer(status)), NotSent)


@pytest.mark.parametrize(
    "body", [b"", b"<html>ok</html>", b"[]", b'"success"', b'{"status":"done"}', b'{"a":1}', b"\xff"]
)
def test_2xx_without_a_known_word_is_unknown(body: bytes) -> None:
    """HTML for JSON, a missing status and an unknown status word prove nothing."""
    assert isinstance(judged(CHANGE, Answer(200, {}, body)), Unknown)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"nul", b"\xff\xfe", b"[1e400000000000000000000]x", b"[NaN]"])
def test_a_read_is_odd_when_it_does_not_parse_or_is_not_the_declared_shape(body: bytes) -> None:
    """Nothing changed, so it may be repeated."""
    assert isinstance(judged(READ, Answer(200, {}, body)), NotSent)


def test_a_500_that_says_failure_is_still_unknown() -> None:
    """The document says that 5xx mean: check by order id."""
    assert isinstance(judged(CHANGE, answer(500, {"status": "failure", "status_code": "4002"})), Unknown)


def reading(word: Word, **more: Any) -> Any:
    """Return an explain hook that reads always the same."""
    return lambda _op, _request, _answer, content: Reading(word, content, "said", **more)


def test_a_provider_without_status_words_is_done_by_the_declared_id() -> None:
    """2xx with the id is done; without it nobody knows."""
    declared = operation(columns=(identifier("id", primary=True),))
    assert judge(declared, REQUEST, answer(200, {"id": "7"}), reading(Word.NONE)) == Succeeded({"id": "7"})
    assert isinstance(judge(declared, REQUEST, answer(200, {}), reading(Word.NONE)), Unknown)


def test_202_without_a_word_is_pending() -> None:
    """Accepted is not finished."""
    assert isinstance(judge(CHANGE, REQUEST, answer(202, {}), reading(Word.NONE)), Pending)


def test_a_final_refusal_holds_whatever_the_status_is() -> None:
    """A provider whose refusals come with any status says so in its reading."""
    outcome = judge(CHANGE, REQUEST, answer(500, {}), reading(Word.REFUSED, final=True))
    assert outcome == Rejected("said")


@pytest.mark.parametrize(
    "body", [b'{"status": "success", "status": "failure"}', b'{"status": "failure", "status": "success"}']
)
def test_an_answer_that_says_two_things_is_unknown(body: bytes) -> None:
    """Neither of them is relied on."""
    assert isinstance(judged(CHANGE, Answer(200, {}, body)), Unknown)


@pytest.mark.parametrize("made", [[], {}, True, " ", "", None, 1.5, ["x"], {"a": 1}])
def test_what_is_no_name_names_nothing_that_was_made(made: Any) -> None:
    """Only a text or a whole number does."""
    declared = operation(Effect.WRITES, creates="operation_id")
    assert isinstance(judged(declared, answer(200, {"operation_id": made})), Unknown)
    assert isinstance(judged(declared, answer(200, {"operation_id": 7})), Succeeded)


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "/form", "[red]", "https://", "\u202e"])
def test_a_hosted_page_has_a_web_address(address: str) -> None:
    """What is none leads nobody to a payment."""
    assert isinstance(judged(CREATES, answer(303, None, location=address)), Unknown)
    assert isinstance(judged(CREATES, answer(200, {"redirect_url": address})), Unknown)


def test_a_page_of_an_intermediary_is_no_answer_to_a_change_of_any_shape() -> None:
    """Where the document does not say what comes, it is JSON at least."""
    declared = operation(Effect.WRITES, shape=Shape.ANY)
    assert isinstance(judged(declared, Answer(200, {}, b"<html>welcome</html>")), Unknown)

"""What MobilePay's answers mean."""

from decimal import Decimal
from typing import Any

import pytest

from paycli.operations.money import Money
from paycli.operations.outcome import Answer, NotSent, Outcome, Reason, Rejected, Succeeded, Unknown
from paycli.operations.wire import encode
from paycli.providers.mobilepay import MOBILEPAY
from paycli.providers.mobilepay.answers import SENTENCES
from paycli.providers.mobilepay.states import flat, money_of, pos_of, state_of
from paycli.sending.judge import judge
from tests.providers.mobilepay.doubles import PAYMENT


def judged(command: str, answer: Any, status: int = 200) -> Outcome:
    """Return what an answer to a command means."""
    from paycli.operations.operation import Request

    operation = MOBILEPAY.load(command.split(maxsplit=1)[0])[command]
    body = answer if isinstance(answer, bytes) else encode(answer)
    return judge(operation, Request("GET", "base_url", "/"), Answer(status, {}, body), MOBILEPAY.explain)


@pytest.mark.parametrize("status", [200, 202, 400, 404, 409, 500, 503])
@pytest.mark.parametrize("command", ["payments capture", "payments start", "refunds create", "payments list"])
def test_success_false_is_a_refusal_whatever_the_status(command: str, status: int) -> None:
    """Nothing moved."""
    outcome = judged(command, {"success": False, "errors": ["1304 - state"]}, status)
    assert outcome == Rejected(f"{SENTENCES['1304']} (code 1304)", "1304")


@pytest.mark.parametrize("code", ["1301", "1304", "1305", "1306", "1307", "1308", "1354", "1366", "1367", "1368"])
def test_a_known_code_becomes_a_sentence(code: str) -> None:
    """Wherever it stands in the text."""
    outcome = judged("payments capture", {"success": False, "errors": [f"Gateway said: [{code}] no"]}, 200)
    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.sentence.endswith(f"(code {code})")) == (code, True)
    assert "Gateway" not in outcome.sentence


@pytest.mark.parametrize(
    "errors,expected",
    [
        (["something else"], Rejected("something else")),
        (["one", "two"], Rejected("one; two")),
        ([], Rejected("no reason given")),
        (["1999 odd"], Rejected("1999 odd", "1999")),
        (["order 213016 refused"], Rejected("order 213016 refused")),
        (["Payment not found"], Rejected("Payment not found", reason=Reason.MISSING)),
        (["Unauthorized"], Rejected("Unauthorized", reason=Reason.CREDENTIALS)),
        (["invalid access token"], Rejected("invalid access token", reason=Reason.CREDENTIALS)),
    ],
)
def test_other_refusals_are_told_in_the_providers_words(errors: list[str], expected: Rejected) -> None:
    """With the exit code that they stand for, where they tell one."""
    assert judged("payments capture", {"success": False, "errors": errors}) == expected


def test_success_true_is_done() -> None:
    """Where something is created, its id must be there."""
    done = {"success": True, "errors": [], "message": "ok"}
    for command in ("payments capture", "payments cancel", "payments ready", "terminals delete-pos"):
        assert judged(command, done) == Succeeded(done)
    for command in ("payments start", "payments prepare", "refunds create"):
        assert isinstance(judged(command, done), Unknown)
    assert judged("payments start", {**done, "paymentId": PAYMENT}) == Succeeded({**done, "paymentId": PAYMENT})
    assert isinstance(judged("refunds create", {**done, "refundId": "x"}), Succeeded)


@pytest.mark.parametrize("answer", [b"", b"<html>", {"message": "ok"}, {"success": "true"}, [1], "ok"])
def test_a_change_without_the_word_success_is_unknown(answer: Any) -> None:
    """Also with HTTP 200."""
    assert isinstance(judged("payments capture", answer), Unknown)


def test_a_broken_server_leaves_a_change_unknown_and_a_read_unread() -> None:
    """success: true in a 500 proves nothing."""
    assert isinstance(judged("payments capture", {"success": True}, 500), Unknown)
    assert isinstance(judged("payments status", {"success": True}, 500), NotSent)


def test_lists_are_taken_out_of_their_envelope() -> None:
    """Whatever it is called; an object without a list is not one."""
    ids = [PAYMENT]
    assert judged("payments list", {"paymentsIds": ids, "success": True, "errors": []}) == Succeeded(ids)
    assert judged("refunds list", {"refundsIds": [], "success": True, "errors": []}) == Succeeded([])
    assert judged("stores list", {"storesIds": ids, "success": True}) == Succeeded(ids)
    assert isinstance(judged("payments list", {"success": True, "errors": []}), NotSent)
    assert isinstance(judged("payments list", {"a": [], "b": [], "success": True}), NotSent)
    assert isinstance(judged("payments list", b"oops"), NotSent)


def test_a_terminal_that_is_refused_has_no_point_of_sale() -> None:
    """What is answered then is not documented; wrong credentials are still told as such."""
    refused = judged("terminals show", {"success": False, "errors": ["no PoSId"]})
    assert refused == Rejected("no PoSId", reason=Reason.MISSING)
    credentials = judged("terminals show", {"success": False, "errors": ["Unauthorized"]})
    assert credentials == Rejected("Unauthorized", reason=Reason.CREDENTIALS)


@pytest.mark.parametrize(
    "answer,expected",
    [
        ({"status": "Reserved"}, "Reserved"),
        ({"paymentStatus": "Captured", "success": True}, "Captured"),
        ({"message": "IssuedToUser"}, "IssuedToUser"),
        ({"payment": {"state": "Paired", "orderId": "Reserved"}}, "Paired"),
        ({"refund": {"refundStatus": "ExpiredAndCaptured"}}, "ExpiredAndCaptured"),
        ({"status": "Unheard"}, None),
        ({}, None),
        ("Reserved", None),
    ],
)
def test_a_state_is_found_by_its_word(answer: Any, expected: str | None) -> None:
    """Likely fields first."""
    assert state_of(answer) == expected


def test_amounts_and_points_of_sale_are_read_wherever_they_lie() -> None:
    """Nonsense is nothing."""
    assert money_of({"payment": {"amount": Decimal("12.5"), "currencyCode": "DKK"}}) == Money(Decimal("12.50"), "DKK")
    assert money_of({"amount": "27.06", "currencyCode": "EUR"}) == Money(Decimal("27.06"), "EUR")
    for odd in (
        {"amount": "x", "currencyCode": "DKK"},
        {"amount": "1"},
        {"amount": "1.234", "currencyCode": "DKK"},
        {},
    ):
        assert money_of(odd) is None
    assert pos_of({"posInformation": {"posId": "p"}}) == "p"
    assert pos_of({"posInformation": None}) == ""
    assert flat({"a": 1, "in": {"a": 2, "b": 3}}) == {"a": 1, "b": 3}


@pytest.mark.parametrize("status,reason", [(200, Reason.MISSING), (404, Reason.MISSING), (401, Reason.CREDENTIALS)])
def test_a_refused_look_at_a_terminal_is_no_absence_where_the_status_says_otherwise(
    status: int, reason: Reason
) -> None:
    """A 401 on the way was taken for a terminal without a point of sale, and a lost change then for done."""
    outcome = judged("terminals show", {"success": False, "errors": ["x"]}, status)
    assert outcome == Rejected("x", None, reason)

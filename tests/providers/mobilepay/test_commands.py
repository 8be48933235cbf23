"""MobilePay's commands as people type them: masks, methods, following, clearing."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from paycli.errors import Interrupted
from paycli.operations.compose import compose
from paycli.operations.credential import Credential
from paycli.operations.operation import Request
from paycli.providers.mobilepay import MOBILEPAY
from tests.providers.mobilepay.conftest import Quick, Run
from tests.providers.mobilepay.doubles import PAYMENT, TOKEN, Till

START = ("payments", "start", "T-1", "--order-id", "A-1", "--amount", "12.5")
COMMANDS = [
    START,
    ("payments", "status", PAYMENT),
    ("payments", "capture", PAYMENT, "--amount", "100"),
    ("payments", "list"),
    ("terminals", "delete-pos", "T-1"),
    ("tokens", "reset"),
]


@pytest.mark.parametrize("method", ["post", "get"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_credentials_are_masked_wherever_they_are_shown(
    pay: Run, till: Till, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], method: str
) -> None:
    """With -vv every address and body is shown; the token and the merchant's code are in none of them."""
    monkeypatch.setenv("PAYCLI_CI_HTTP_METHOD", method)
    till.payment("Reserved")
    till.pos["T-1"] = "c2a8f7d1-52b3-4e6a-9f10-7d4b8e6a1c39"
    ended = pay(*command, "-vv", "-o", "json")
    assert "> " in ended.err
    for told in (ended.out, ended.err):
        assert TOKEN not in told
        assert "B10-OF-MINE" not in told
    assert {fields.get("bioCode") for _, _, fields in till.sent} == {"B10-OF-MINE"}


def test_a_short_token_is_masked_too(pay: Run, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its place is known, whatever it looks like."""
    monkeypatch.setenv("PAYCLI_CI_ACCESS_TOKEN", "s3cr3t")
    till.payment("Reserved")
    ended = pay("payments", "status", PAYMENT, "-vv")
    assert "s3cr3t" not in ended.out + ended.err
    assert "accessToken=***&bioCode=***" in ended.err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_a_rehearsal_names_the_variables(pay: Run, till: Till, command: tuple[str, ...]) -> None:
    """In the address, the body and the curl line; nothing is sent."""
    ended = pay(*command, "--dry-run", "-o", "json")
    assert ended.code == 0
    assert TOKEN not in ended.out + ended.err
    assert "B10-OF-MINE" not in ended.out
    assert "${PAYCLI_CI_ACCESS_TOKEN}" in ended.json["curl"]
    assert "***" not in ended.out
    assert till.sent == []


@pytest.mark.skipif(not shutil.which("sh"), reason="needs a POSIX shell")
def test_the_curl_line_fills_the_variables_in(pay: Run, tmp_path: Any) -> None:
    """A shell makes of it the very request: the token in the body, or quoted by curl in the address."""
    fake = tmp_path / "curl"
    fake.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    fake.chmod(0o755)
    environ = {"PATH": f"{tmp_path}:/usr/bin:/bin", "PAYCLI_CI_ACCESS_TOKEN": "a$b c", "PAYCLI_CI_BIO_CODE": "B"}

    def words(*command: str) -> list[str]:
        line = pay(*command, "--dry-run", "-o", "json").json["curl"]
        ended = subprocess.run(
            ["sh", "-c", line],  # noqa: S607 the shell of the path
            env=environ,
            capture_output=True,
            text=True,
            check=True,
        )
        return ended.stdout.splitlines()

    body = json.loads(words("payments", "start", "T'1", "--order-id", 'A"$1', "--amount", "12.5")[-1])
    assert (body["accessToken"], body["bioCode"]) == ("a$b c", "B")
    assert (body["terminalId"], body["orderId"]) == ("T'1", 'A"$1')
    assert words("payments", "status", PAYMENT)[-4:] == [
        "--data-urlencode",
        "accessToken=a$b c",
        "--data-urlencode",
        "bioCode=B",
    ]


def test_a_request_holds_only_the_place_of_the_token() -> None:
    """What is composed, compared and digested never holds its value; the merchant's code is no secret."""
    facts = {"bio_code": "B-7"}
    made = compose(MOBILEPAY, MOBILEPAY.load("payments")["payments status"], {"payment_id": PAYMENT}, facts)
    assert made.query == (("paymentId", PAYMENT), ("accessToken", "<access_token>"), ("bioCode", "B-7"))
    assert [value.field for _, value in made.query if isinstance(value, Credential)] == ["access_token", "bio_code"]


def test_raw_requests_carry_the_credentials_too(run: Any, till: Till) -> None:
    """In the query of a GET, in the body of a POST, also in one that was written as it is."""
    till.payment("Reserved")
    assert run("api", "ci", "GET", f"/api/pos/payment/status?paymentId={PAYMENT}").code == 0
    assert till.sent[-1][2] == {"paymentId": PAYMENT, "accessToken": TOKEN, "bioCode": "B10-OF-MINE"}
    made = MOBILEPAY.carry(Request("POST", "base_url", "/api/pos/refund/create", raw=b'{"amount":"1.00"}'), {})
    assert made.body == {"amount": "1.00", "accessToken": "<access_token>", "bioCode": "<bio_code>"}
    assert made.raw is None


def test_a_raw_capture_is_the_same_as_the_command(run: Any, till: Till, pay: Run) -> None:
    """A GET that moves money is looked at before, journalled, and not done twice."""
    till.payment("Reserved")
    path = f"/api/pos/payment/capture?paymentId={PAYMENT}&amount=100.00"
    assert run("api", "ci", "GET", path).code == 0
    assert [row["operation"] for row in run("journal", "list", "-o", "json").json] == [f"mobilepay api GET {path}"]
    assert pay("payments", "capture", PAYMENT, "--amount", "100").code == 10
    assert till.paths().count("payment/capture") == 1


def test_a_live_profile_must_accept_that_gets_are_repeated(
    pay: Run, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """http_method: get alone is not enough there; reads are not concerned."""
    for name, value in {"ENVIRONMENT": "live", "ACCESS": "write", "HTTP_METHOD": "get"}.items():
        monkeypatch.setenv(f"PAYCLI_CI_{name}", value)
    refused = pay(*START)
    assert (refused.code, till.sent) == (4, [])
    assert "accept_repeats" in refused.err
    assert pay("payments", "list").code == 0
    monkeypatch.setenv("PAYCLI_CI_ACCEPT_REPEATS", "true")
    assert pay(*START, "--yes").code == 0
    assert [method for method, path, _ in till.sent if path == "payment/start"] == ["GET"]


def test_without_a_twin_a_get_stays_one(pay: Run, till: Till) -> None:
    """And with one the POST is taken, the DELETE before the GET."""
    till.payment("Reserved")
    till.pos["T-1"] = "c2a8f7d1-52b3-4e6a-9f10-7d4b8e6a1c39"
    pay("payments", "capture", PAYMENT, "--amount", "100")
    pay("terminals", "delete-pos", "T-1")
    pay(*START)
    methods = {path: method for method, path, _ in till.sent}
    assert (methods["payment/capture"], methods["manage/delete"], methods["payment/start"]) == ("GET", "DELETE", "POST")


def test_a_missing_merchants_code_is_told_and_nothing_is_sent(
    pay: Run, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also by the one command that goes without a token."""
    monkeypatch.delenv("PAYCLI_CI_BIO_CODE")
    for command in (("payments", "list"), ("tokens", "create")):
        ended = pay(*command)
        assert ended.code == 4
        assert "bio_code" in ended.err
    assert till.sent == []


@pytest.mark.parametrize(
    "words,told",
    [
        (("payments", "show", "42"), "GUID"),
        (("refunds", "cancel", "../../x"), "GUID"),
        (("stores", "show", PAYMENT[:-1]), "GUID"),
        (("payments", "start", "T-1", "--order-id", "x" * 37, "--amount", "1"), "at most 36"),
        (("refunds", "create", PAYMENT, "--refund-order-id", "x" * 37, "--amount", "1"), "at most 36"),
        (("payments", "id-by-state", "x" * 37), "at most 36"),
        (("payments", "capture", PAYMENT, "--amount", "1", "--currency", "SEK"), "DKK and EUR"),
        (("payments", "capture", PAYMENT, "--amount", "1.001"), "2 decimals"),
        (("payments", "capture", PAYMENT), "--amount is required"),
        (("payments", "start", "T-1", "--amount", "1"), "--order-id"),
        (("payments", "list", "--state", "Reserved"), "Captured"),
        (("payments", "id-by-pos", PAYMENT, "A", "--payment-state", "Paid"), "Reserved"),
    ],
)
def test_what_cannot_be_right_is_told_before_anything_is_sent(
    pay: Run, till: Till, words: tuple[str, ...], told: str
) -> None:
    """Exit 2, with what to type."""
    ended = pay(*words)
    assert ended.code == 2
    assert told in ended.err
    assert till.sent == []


def test_one_payment_has_one_name_here(pay: Run, till: Till) -> None:
    """However its GUID is typed."""
    till.payment("Reserved")
    assert pay("payments", "capture", PAYMENT.upper(), "--amount", "100").code == 0
    assert [fields["paymentId"] for _, path, fields in till.sent if path == "payment/capture"] == [PAYMENT]


def test_lists_come_without_their_envelope_and_are_cut_with_a_word(pay: Run, till: Till) -> None:
    """An array of ids; --limit says when there is more, --require-complete makes it an error."""
    for last in range(3):
        till.payment("Reserved", identifier=f"{PAYMENT[:-1]}{last}")
    assert pay("payments", "list", "-o", "json").json == [f"{PAYMENT[:-1]}{last}" for last in range(3)]
    cut = pay("payments", "list", "--limit", "2", "-o", "id")
    assert cut.out.split() == [f"{PAYMENT[:-1]}0", f"{PAYMENT[:-1]}1"]
    assert "more than the 2 rows" in cut.err
    assert pay("payments", "list", "--limit", "2", "--require-complete").code == 11
    assert pay("payments", "list", "--all", "--require-complete").code == 0


def test_a_lost_start_says_where_to_look(pay: Run, till: Till) -> None:
    """By our own reference, which is an option of the list."""
    till.drop = {"payment/start"}
    ended = pay(*START, "-o", "json")
    assert ended.code == 7
    assert "paycli mobilepay payments list --order-id A-1 -p ci" in ended.error["next"]


@pytest.mark.parametrize(
    "ends,code,told",
    [("Reserved", 0, ""), ("CancelledByUser", 5, "ended as CancelledByUser"), ("Paired", 8, "is Paired still")],
)
def test_a_start_is_followed_until_it_is_reserved_or_over(
    pay: Run, till: Till, clock: Quick, ends: str, code: int, told: str
) -> None:
    """At most one look a second; that it was started stays true."""
    words = iter(["Initiated", "Paired"])

    def go_on() -> None:
        till.payments[PAYMENT]["status"] = next(words, ends)

    clock.each = go_on
    ended = pay(*START, "--wait", "--wait-timeout", "10", "-o", "json")
    assert ended.code == code
    assert told in ended.err
    assert ended.json["paymentId"] == PAYMENT
    assert ended.json["paymentStatus"] == ends
    assert set(clock.slept) == {1.0}
    assert [line for line in ended.err.splitlines() if line.startswith("…")][:2] == [
        "… Initiated, 0 s",
        "… Paired, 2 s",
    ]


@pytest.mark.parametrize("problem", [KeyboardInterrupt(), Interrupted("x"), ZeroDivisionError()], ids=repr)
@pytest.mark.parametrize("moment", ["between", "while reading"])
def test_an_interrupted_watch_still_tells_what_was_started(
    pay: Run, till: Till, clock: Quick, problem: BaseException, moment: str
) -> None:
    """The payment goes on; its id is printed."""

    def stop(path: str = "payment/status") -> None:
        if path == "payment/status":
            raise problem

    if moment == "between":
        clock.each = stop
    else:
        till.before = stop
    ended = pay(*START, "--wait", "-o", "json")
    assert ended.json["paymentId"] == PAYMENT
    assert ended.code == 8


def test_clear_cancels_what_blocks_and_nothing_else(pay: Run, till: Till) -> None:
    """What the customer approved stays; each cancellation is a change like any other."""
    approved = "58e1d0b4-0c7f-4a92-b6d3-1f2e9a7c4b85"
    till.payment("Initiated")
    till.payment("Reserved", identifier=approved)
    ended = pay("payments", "clear", "T-1", "-o", "json")
    assert ended.code == 0
    assert ended.json == [
        {"paymentId": PAYMENT, "was": "Initiated", "result": "cancelled"},
        {"paymentId": approved, "was": "Reserved", "result": "left alone"},
    ]
    assert till.payments[PAYMENT]["status"] == "CancelledByClient"
    assert till.paths().count("payment/cancel") == 1


def test_clear_stops_where_an_outcome_is_unknown(pay: Run, till: Till) -> None:
    """What comes after it is not tried, and the table says so."""
    other = "58e1d0b4-0c7f-4a92-b6d3-1f2e9a7c4b85"
    till.payment("Initiated")
    till.payment("Paired", identifier=other)
    till.drop = {"payment/cancel"}
    ended = pay("payments", "clear", "T-1", "-o", "json")
    assert ended.code == 7
    assert [row["result"] for row in ended.json] == ["unknown", "not tried"]
    assert till.paths().count("payment/cancel") == 1


def test_clear_of_a_free_till_says_so(pay: Run) -> None:
    """And is no failure."""
    ended = pay("payments", "clear", "T-1", "-o", "json")
    assert (ended.code, ended.json) == (0, [])
    assert "Nothing blocks T-1" in ended.err


def test_clear_of_a_live_till_asks(pay: Run, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal it needs --yes."""
    monkeypatch.setenv("PAYCLI_CI_ENVIRONMENT", "live")
    monkeypatch.setenv("PAYCLI_CI_ACCESS", "write")
    till.payment("Initiated")
    assert pay("payments", "clear", "T-1").code == 10
    assert till.payments[PAYMENT]["status"] == "Initiated"
    assert pay("payments", "clear", "T-1", "--yes").code == 0


@pytest.mark.parametrize("words", [("terminals", "delete-pos", "T-1"), ("tokens", "reset")])
def test_what_cannot_be_taken_back_is_asked_about(
    pay: Run, till: Till, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """On a live profile, as money is; confirm_above has nothing to say there."""
    for name, value in {"ENVIRONMENT": "live", "ACCESS": "write", "CONFIRM_ABOVE": "1"}.items():
        monkeypatch.setenv(f"PAYCLI_CI_{name}", value)
    till.pos["T-1"] = "c2a8f7d1-52b3-4e6a-9f10-7d4b8e6a1c39"
    ended = pay(*words)
    assert ended.code == 10
    assert "it cannot be taken back" in ended.err
    assert not {"manage/delete", "manage/token/reset"} & set(till.paths())
    assert pay(*words, "--yes").code == 0


def test_the_built_in_profile_counts_in_kroner(run: Any) -> None:
    """And carries the sandbox's public credentials."""
    from paycli.profiles.resolve import Profiles

    found = Profiles().profile("sandbox-mobilepay")
    assert (found.get("currency"), found.get("bio_code")) == ("DKK", "B10-SANDBOX")
    shown = run("mobilepay", *START, "--dry-run", "-p", "sandbox", "-o", "json").json
    assert shown["body"]["currencyCode"] == "DKK"
    assert shown["body"]["amount"] == "12.50"


def test_the_profile_is_checked_by_a_harmless_read(run: Any, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names no signing scheme, since there is none."""
    monkeypatch.setattr(Till, "_manage_stores", lambda *_: {"storesIds": []}, raising=False)
    right = run("profiles", "check", "ci", "-o", "json")
    assert (right.code, [row["what"] for row in right.json]) == (0, ["host", "credentials"])
    monkeypatch.setattr(Till, "_manage_stores", lambda *_: {"errors": ["Unauthorized"], "success": False})
    monkeypatch.setattr(Till, "_answer", lambda *_: {"errors": ["Unauthorized"], "success": False})
    wrong = run("profiles", "check", "ci", "-o", "json")
    assert wrong.code == 4
    assert "signing scheme" not in wrong.err
    assert till.paths() == ["manage/stores"] * 2


def test_nothing_between_may_answer_from_a_cache(pay: Run, till: Till) -> None:
    """Neither for a GET that changes something nor for the one that tells what became of it."""
    till.payment("Reserved")
    asked = pay("payments", "capture", PAYMENT, "--amount", "100", "--dry-run", "-o", "json").json
    assert asked["headers"]["Cache-Control"] == "no-cache, no-store"

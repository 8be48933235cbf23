"""What Tora's sandbox takes, refuses and answers again, and what it makes for a request."""

import base64
import copy
import json
import random
from datetime import timedelta
from typing import Any

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Call
from paycli.sandbox.world import NoSuchThingError
from tests.sandbox.still import Still
from tests.sandbox.tora_shop import TOPUP, WATER, balance, made, refusal, send


@pytest.fixture
def sandbox() -> Sandbox:
    """Return an empty sandbox with a known clock and chance."""
    return Sandbox(Still(), random.Random(1))


@pytest.mark.parametrize("given", ["", "Basic", "Basic !!", "Bearer x", "Basic " + base64.b64encode(b"a:b").decode()])
def test_only_the_shop_may_ask(sandbox: Sandbox, given: str) -> None:
    """HTTP Basic on every operation."""
    assert refusal(send(sandbox, "GET", "/transactions", authorization=given)) == (401, "UNAUTHORIZED")


def test_the_same_key_executes_once(sandbox: Sandbox) -> None:
    """The first answer comes again, the PIN with it; the order of the fields is no difference."""
    first = send(sandbox, "POST", "/topups", {**TOPUP, "reference": "a"}, tora_idempotency_key="k1")
    again = send(sandbox, "POST", "/topups", {"reference": "a", **TOPUP}, tora_idempotency_key="k1")
    assert (first.executed, again.executed, again.body) == (True, False, first.body)
    assert balance(sandbox) == 99_000


def test_the_same_key_for_something_else_is_a_conflict(sandbox: Sandbox) -> None:
    """Another body or another operation."""
    made(sandbox, "/topups", TOPUP, tora_idempotency_key="k1")
    other = send(sandbox, "POST", "/topups", {**TOPUP, "reference": "b"}, tora_idempotency_key="k1")
    assert refusal(other) == (409, "IDEMPOTENCY_CONFLICT")
    assert refusal(send(sandbox, "POST", "/payments", WATER, tora_idempotency_key="k1"))[0] == 409


def test_a_key_is_forgotten_after_a_day(sandbox: Sandbox) -> None:
    """From then on the request is a new one."""
    first = made(sandbox, "/topups", TOPUP, tora_idempotency_key="k1")
    sandbox.move(timedelta(hours=24))
    assert made(sandbox, "/topups", TOPUP, tora_idempotency_key="k1")["id"] != first["id"]


def test_a_refused_request_leaves_its_key_free(sandbox: Sandbox) -> None:
    """What was not executed is not remembered."""
    assert refusal(send(sandbox, "POST", "/topups", {"productCode": "NO"}, tora_idempotency_key="k1"))[0] == 422
    made(sandbox, "/topups", TOPUP, tora_idempotency_key="k1")


@pytest.mark.parametrize(
    "method,path,header",
    [
        ("GET", "/transactions", "tora_idempotency_key"),
        ("GET", "/transactions", "tora_terminal_id"),
        ("POST", "/topups/1/capture", "tora_idempotency_key"),
        ("POST", "/elaiko/tickets", "tora_terminal_id"),
        ("POST", "/reclamations", "tora_terminal_id"),
    ],
)
def test_a_header_where_the_document_has_none_is_refused(sandbox: Sandbox, method: str, path: str, header: str) -> None:
    """A key that protects nothing must not look as if it did."""
    assert refusal(send(sandbox, method, path, None, None, **{header: "1"})) == (400, "INVALID_HEADER")


def test_a_terminal_is_an_integer(sandbox: Sandbox) -> None:
    """Or the sandbox's own terminal."""
    assert refusal(send(sandbox, "POST", "/topups", TOPUP, tora_terminal_id="T-2")) == (400, "INVALID_HEADER")
    assert send(sandbox, "POST", "/topups", TOPUP, tora_terminal_id="4711").status == 200


@pytest.mark.parametrize(
    "path,body",
    [
        ("/topups", {}),
        ("/topups", {"productCode": 10}),
        ("/topups", {**TOPUP, "confirm": "true"}),
        ("/topups", {**TOPUP, "reference": None}),
        ("/topups", {**TOPUP, "referense": "x"}),
        ("/topups", {**TOPUP, "paysafecard": {"shop_id": "1"}}),
        ("/payments", {**WATER, "paymentAmount": 20.0}),
        ("/payments", {**WATER, "paymentAmount": "2000"}),
        ("/payments", {**WATER, "paymentAmount": -1}),
        ("/payments", {name: value for name, value in WATER.items() if name != "phone"}),
        ("/payments", {**WATER, "options": {"meter": "M-7"}}),
        ("/elaiko/requests", {"productCode": "LAIKO-K", "mobile": "6900000001", "ending": 10}),
        ("/elaiko/requests", {"productCode": "LAIKO-K", "mobile": "6900000001", "thousand": 81}),
        ("/elaiko/requests", {"productCode": "LAIKO-K", "mobile": "6900000001", "ending": "9"}),
        ("/elaiko/requests", {"productCode": "LAIKO-K", "mobile": "6900000001", "oddOrEven": "odd"}),
        ("/elaiko/tickets", {"requestId": "x", "otp": 1}),
        ("/reclamations", {"transactionId": 12}),
        ("/reports", {"type": "TRANSACTIONS"}),
        ("/reports", {"type": "transactions", "transType": "ELAIKO"}),
        ("/reports", {"type": "transactions", "status": "captured"}),
        ("/reports", {}),
        ("/topups/1/capture", {"amount": 1}),
        ("/topups", []),
    ],
)
def test_a_wrong_body_is_refused(sandbox: Sandbox, path: str, body: Any) -> None:
    """Types, limits, required ones, and no misspelt ones."""
    assert refusal(send(sandbox, "POST", path, body)) == (400, "INVALID_BODY")


def test_paysafecard_takes_its_shop_and_terminal(sandbox: Sandbox) -> None:
    """As the document's example has them; the code's letters may be small, as they are there."""
    made(sandbox, "/topups", {"productCode": "psc50", "paysafecard": {"shopId": "s", "terminalId": "t"}})


@pytest.mark.parametrize(
    "method,path,headers,expected",
    [
        ("GET", "/nowhere", {}, (404, "NOT_FOUND")),
        ("GET", "/topups", {}, (405, "METHOD_NOT_ALLOWED")),
        ("GET", "/transactions/1", {}, (404, "TRANSACTION_NOT_FOUND")),
        ("GET", "/reports/1", {}, (404, "REPORT_NOT_FOUND")),
        ("POST", "/topups", {"content_type": "text/plain"}, (415, "UNSUPPORTED_MEDIA_TYPE")),
    ],
)
def test_what_is_nowhere_is_said(
    sandbox: Sandbox, method: str, path: str, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    """Addresses, methods, identifiers, content types."""
    body = TOPUP if method == "POST" else None
    assert refusal(send(sandbox, method, path, body, None, **headers)) == expected


@pytest.mark.parametrize(
    "method,path,body",
    [
        ("POST", "/topups", {"productCode": "NEW-1"}),
        ("POST", "/topups/55/capture", None),
        ("POST", "/topups/55/void", None),
        ("POST", "/payments", {**WATER, "productCode": "P", "paymentCode": "77", "paymentAmount": 10**7}),
        ("POST", "/payments", {**WATER, "productCode": "P", "paymentCode": "77", "paymentAmount": 0}),
        ("POST", "/payments/55/capture", None),
        ("POST", "/payments/55/void", None),
        ("POST", "/elaiko/requests", {"productCode": "NEW-2", "mobile": "6900000001"}),
        ("POST", "/elaiko/tickets", {"requestId": "r-1", "otp": "123456"}),
        ("POST", "/reclamations", {"transactionId": "55"}),
        ("GET", "/payments/77", None),
        ("GET", "/transactions/55", None),
        ("GET", "/reports/abc", None),
    ],
)
def test_what_is_furnished_is_executed(sandbox: Sandbox, method: str, path: str, body: Any) -> None:
    """And to furnish it twice adds nothing."""
    sandbox.act("tora", "balance", "0")
    call = Call(method, f"/tora{path}", {}, {}, b"" if body is None else json.dumps(body).encode())
    sandbox.furnish(call)
    before = balance(sandbox)
    sandbox.furnish(call)
    assert balance(sandbox) == before
    reply = send(sandbox, method, path, body)
    assert (reply.status, reply.executed) == (200, method == "POST")


@pytest.mark.parametrize("path,body", [("/nowhere", b""), ("/topups", b"{"), ("/topups", b"{}"), ("/topups", b"[]")])
def test_nothing_is_furnished_for_what_nobody_could_answer(sandbox: Sandbox, path: str, body: bytes) -> None:
    """And nothing breaks."""
    sandbox.furnish(Call("POST", f"/tora{path}", {}, {}, body))
    assert balance(sandbox) == 100_000


def test_a_copy_of_the_state_lives_on_its_own(sandbox: Sandbox) -> None:
    """What happens in one does not happen in the other."""
    other = copy.deepcopy(sandbox.providers["tora"])
    made(sandbox, "/payments", WATER)
    assert json.loads(other.handle(Call("GET", "/transactions", trusted=True)).body) == []


@pytest.mark.parametrize(
    "event,target", [("pay", "1"), ("otp", "1"), ("finish", "1"), ("accept", "1"), ("reject", "x"), ("balance", "-1")]
)
def test_an_event_that_fits_nothing_is_said(sandbox: Sandbox, event: str, target: str) -> None:
    """Instead of doing nothing."""
    with pytest.raises(NoSuchThingError):
        sandbox.act("tora", event, target)

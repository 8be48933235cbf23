"""The sandbox's own rules, without a socket."""

import hashlib
import hmac
import json
from typing import Any

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.tranzzo.access import API_KEY, API_SECRET, POS_ID
from paycli.sandbox.world import NoSuchThingError
from tests.sandbox.tranzzo_shop import PAGE, new_sandbox, send


@pytest.fixture
def sandbox() -> Sandbox:
    """Return an empty sandbox with a known clock and chance."""
    return new_sandbox()


def settle(sandbox: Sandbox, verb: str, **fields: Any) -> Any:
    """Capture, void or refund order A-1; return the answer's content."""
    body = {"pos_id": POS_ID, "order_id": "A-1", "order_currency": "UAH", **fields}
    return json.loads(send(sandbox, "POST", f"/api/v1/{verb}", body).body)


def held(sandbox: Sandbox, **more: Any) -> None:
    """Make a paid order."""
    assert send(sandbox, "POST", "/api/v1/payment", {**PAGE, **more}).status == 303
    sandbox.act("tranzzo", "pay", "A-1")


def test_a_page_that_nobody_opened_is_not_listed(sandbox: Sandbox) -> None:
    """Its absence proves nothing, here as there."""
    reply = send(sandbox, "POST", "/api/v1/payment", PAGE)
    assert (reply.status, reply.headers["Location"].endswith("/form")) == (303, True)
    assert json.loads(send(sandbox, "GET", f"/api/v1/pos/{POS_ID}/orders/A-1").body) == []


def test_partial_captures_and_refunds_add_up(sandbox: Sandbox) -> None:
    """Never more than was held, never more than was taken."""
    held(sandbox)
    assert settle(sandbox, "capture", charge_amount=80)["status"] == "success"
    assert settle(sandbox, "capture", charge_amount=30)["status_code"] == "4118"
    assert settle(sandbox, "refund", refund_amount=50)["status_code"] == "1004"
    assert settle(sandbox, "refund", refund_amount=31)["status_code"] == "4002"
    assert settle(sandbox, "refund")["amount"] == 30
    assert settle(sandbox, "refund")["status_code"] == "4002"


def test_a_void_comes_before_any_capture(sandbox: Sandbox) -> None:
    """And ends the order."""
    held(sandbox)
    assert settle(sandbox, "void")["status_code"] == "1009"
    assert settle(sandbox, "capture")["status_code"] == "5112"


def test_a_void_after_a_capture_fails(sandbox: Sandbox) -> None:
    """What was taken is refunded instead."""
    held(sandbox)
    settle(sandbox, "capture", charge_amount=1)
    assert settle(sandbox, "void")["status_code"] == "5112"


def test_the_currency_is_checked(sandbox: Sandbox) -> None:
    """It is the original order's."""
    held(sandbox)
    assert settle(sandbox, "capture", order_currency="EUR")["status_code"] == "4117"
    assert settle(sandbox, "refund", order_currency="EUR")["status_code"] == "4002"


@pytest.mark.parametrize("cents,status", [(0.51, "failure"), (0.52, "pending"), (0.50, "success")])
def test_amounts_decide_what_happens(sandbox: Sandbox, cents: float, status: str) -> None:
    """As the help of serve lists."""
    held(sandbox)
    assert settle(sandbox, "capture", charge_amount=10 + cents)["status"] == status


def test_the_bank_finishes_or_fails_what_is_pending(sandbox: Sandbox) -> None:
    """And nothing else."""
    held(sandbox)
    with pytest.raises(NoSuchThingError):
        sandbox.act("tranzzo", "finish", "A-1")
    settle(sandbox, "capture", charge_amount=10.52)
    sandbox.act("tranzzo", "finish", "A-1")
    listed = json.loads(send(sandbox, "GET", f"/api/v1/pos/{POS_ID}/orders/A-1").body)
    assert [operation["status"] for operation in listed] == ["success", "success"]


def test_the_payer_may_refuse(sandbox: Sandbox) -> None:
    """The order is then a failure, and its id stays taken."""
    send(sandbox, "POST", "/api/v1/payment", PAGE)
    sandbox.act("tranzzo", "reject", "A-1")
    with pytest.raises(NoSuchThingError):
        sandbox.act("tranzzo", "pay", "A-1")
    assert send(sandbox, "POST", "/api/v1/payment", PAGE).status == 400


def test_test_mode_takes_one_or_two_units(sandbox: Sandbox) -> None:
    """Currency XTS, code 0."""
    assert send(sandbox, "POST", "/api/v1/payment", {**PAGE, "currency": "XTS"}).status == 400
    held(sandbox, currency="XTS", amount=2)
    listed = json.loads(send(sandbox, "GET", f"/api/v1/pos/{POS_ID}/orders/A-1").body)
    assert listed[0]["status_code"] == "0"


@pytest.mark.parametrize(
    "change,field",
    [
        ({"amount": "100"}, "amount"),
        ({"amount": 1.005}, "amount"),
        ({"amount": -1}, "amount"),
        ({"mode": "sideways"}, "mode"),
        ({"currency": "hryvnia"}, "currency"),
        ({"result_url": "nowhere"}, "result_url"),
        ({"payload": "x" * 4001}, "payload"),
        ({"ordr_id": "x"}, "ordr_id"),
        ({"products": [{"prize": 1}]}, "products"),
    ],
)
def test_a_wrong_field_is_a_violation(sandbox: Sandbox, change: dict[str, Any], field: str) -> None:
    """Types, limits and misspelt names are noticed."""
    reply = send(sandbox, "POST", "/api/v1/payment", {**PAGE, **change})
    assert reply.status == 400
    assert [item["field_name"] for item in json.loads(reply.body)["args"]] == [field]


@pytest.mark.parametrize("missing", ["pos_id", "mode", "method", "amount", "currency", "description", "order_id"])
def test_a_missing_field_is_a_violation(sandbox: Sandbox, missing: str) -> None:
    """What every example sends is required."""
    body = {name: value for name, value in PAGE.items() if name != missing}
    reply = send(sandbox, "POST", "/api/v1/payment", body)
    assert json.loads(reply.body)["args"][0] == {"field_name": missing, "violation": "is required"}


@pytest.mark.parametrize(
    "method,path,headers,status",
    [
        ("GET", "/nowhere", {}, 404),
        ("GET", "/api/v1/refund", {}, 405),
        ("POST", "/api/v1/refund", {"content_type": "text/plain"}, 406),
        ("GET", f"/api/v1/pos/{POS_ID}/orders/0", {"x_api_key": "wrong"}, 401),
        ("GET", f"/api/v1/pos/{POS_ID}/orders/0", {"x_api_auth": "CPAY a:b"}, 401),
        ("GET", f"/api/v1/pos/{POS_ID}/orders/0", {"x_api_auth": f"CPAY {API_KEY}:{API_SECRET}"}, 200),
        ("GET", f"/api/v1/pos/{POS_ID}/orders/0", {"x_api_auth": "Basic x"}, 401),
        ("GET", "/api/v1/pos/another/orders/0", {}, 401),
    ],
)
def test_the_documented_statuses(
    sandbox: Sandbox, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """401, 404, 405 and 406 as the document lists them."""
    assert send(sandbox, method, path, **headers).status == status


def test_a_signature_covers_the_bytes(sandbox: Sandbox) -> None:
    """One changed byte is refused."""
    good = hmac.new(API_SECRET.encode(), b"{}", hashlib.sha1).hexdigest()
    assert send(sandbox, "POST", "/api/v1/refund", {"a": 1}, x_api_auth=f"CPAY-HMAC {API_KEY}:{good}").status == 401
    assert send(sandbox, "POST", "/api/v1/refund", {}, x_api_auth=f"CPAY-HMAC-SHA1 {API_KEY}:{good}").status == 400

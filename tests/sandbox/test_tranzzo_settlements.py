"""What follows a payment, in full and in parts, without a socket."""

import json
from typing import Any

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Call
from paycli.sandbox.tranzzo.access import POS_ID
from paycli.sandbox.world import NoSuchThingError
from tests.sandbox.tranzzo_shop import CARD, MERCHANTS, ask, new_sandbox, order, pay, send, told, wrong

SECOND = {"pos_id": POS_ID, "order_id": "A-1", "order_currency": "UAH"}


@pytest.fixture
def sandbox() -> Sandbox:
    """Return an empty sandbox."""
    return new_sandbox()


def settle(sandbox: Sandbox, verb: str, **fields: Any) -> Any:
    """Do something with order A-1; return the answer's content."""
    return told(send(sandbox, "POST", f"/api/v1/{verb}", {**SECOND, **fields}))


def shares(*amounts: float) -> list[dict[str, Any]]:
    """Return a split."""
    return [{"amount": amount, "sub_merchant_id": name} for amount, name in zip(amounts, MERCHANTS, strict=False)]


def test_a_transfer_is_paid_out_in_parts(sandbox: Sandbox) -> None:
    """Never more than came in; its moment has another name."""
    pay(sandbox, CARD, method="p2p", recipient_cc_number="5454545454545454")
    first = settle(sandbox, "p2p-credit", cc_number="5454545454545454", description="x", credit_amount=60, comment="c")
    assert (first["method"], first["amount"], first["status"], first["comment"]) == ("credit", 60, "success", "c")
    assert {"processed_at", "registry_ref_no"} <= first.keys()
    assert "processing_time" not in first
    assert settle(sandbox, "p2p-credit", cc_number="5454545454545454", credit_amount=41)["status_code"] == "4139"
    assert settle(sandbox, "p2p-credit", cc_number="5454545454545454")["amount"] == 40


def test_a_transfer_is_paid_out_to_a_token(sandbox: Sandbox) -> None:
    """One that somebody got."""
    token = pay(sandbox)["cc_token"]
    assert settle(sandbox, "p2p-credit", cc_token="none", credit_amount=1)["status_code"] == "5139"
    assert settle(sandbox, "p2p-credit", cc_token=token, credit_amount=60)["status"] == "success"
    assert settle(sandbox, "refund", refund_amount=41)["status_code"] == "4002"


def test_a_payout_cannot_be_refunded(sandbox: Sandbox) -> None:
    """Nothing came in."""
    pay(sandbox, {k: v for k, v in CARD.items() if k not in {"exp_month", "exp_year", "card_cvv"}}, method="credit")
    assert settle(sandbox, "refund", refund_amount=1)["status_code"] == "4002"


def test_a_split_refund_takes_from_each_what_it_got(sandbox: Sandbox) -> None:
    """And adds up."""
    body = {**CARD, "split": shares(70, 30)}
    assert told(send(sandbox, "POST", "/api/v1/split/purchase", body))["status"] == "success"
    assert settle(sandbox, "split/refund", refund_amount=40, split=shares(10, 20))["status_code"] == "4115"
    assert settle(sandbox, "split/refund", refund_amount=40, split=shares(5, 35))["status_code"] == "4002"
    assert settle(sandbox, "split/refund", refund_amount=40, split=shares(10, 30))["status_code"] == "1004"
    assert settle(sandbox, "split/refund", refund_amount=60, split=shares(59, 1))["status_code"] == "4002"
    assert settle(sandbox, "split/refund", refund_amount=60, split=shares(60))["status"] == "success"


def test_a_split_hold_is_captured_and_refunded(sandbox: Sandbox) -> None:
    """By what was captured; and another is voided as any other."""
    hold = {**CARD, "method": "auth", "split": shares(70, 30)}
    send(sandbox, "POST", "/api/v1/split/purchase", hold)
    assert settle(sandbox, "split/capture", charge_amount=101, split=shares(71, 30))["status_code"] == "4118"
    assert settle(sandbox, "split/capture", charge_amount=50, split=shares(20, 30))["status"] == "success"
    assert settle(sandbox, "split/refund", refund_amount=21, split=shares(21))["status_code"] == "4002"
    assert settle(sandbox, "split/refund", refund_amount=20, split=shares(20))["status"] == "success"
    send(sandbox, "POST", "/api/v1/split/purchase", {**hold, "order_id": "A-2"})
    assert settle(sandbox, "void", order_id="A-2")["status_code"] == "1009"


def test_a_failed_split_refund_gives_the_shares_back(sandbox: Sandbox) -> None:
    """The bank may say no later."""
    send(sandbox, "POST", "/api/v1/split/purchase", {**CARD, "split": shares(70, 30)})
    settle(sandbox, "split/refund", refund_amount=69.52, split=shares(69.52))
    assert settle(sandbox, "split/refund", refund_amount=1, split=shares(1))["status_code"] == "4002"
    sandbox.act("tranzzo", "fail", "A-1")
    assert settle(sandbox, "split/refund", refund_amount=70, split=shares(70))["status"] == "success"


def test_an_order_without_shares_is_not_split_later(sandbox: Sandbox) -> None:
    """Its money has one owner."""
    pay(sandbox)
    assert settle(sandbox, "split/refund", refund_amount=1, split=shares(1))["status_code"] == "5112"


@pytest.mark.parametrize(
    "verb,fields,expected",
    [
        ("capture", {"comment": "x" * 2049}, ["comment"]),
        ("void", {"amount": 1}, ["amount"]),
        ("refund", {"refund_amount": "1"}, ["refund_amount"]),
        ("refund", {"order_id": "x" * 33}, ["order_id"]),
        ("p2p-credit", {}, ["cc_number"]),
        ("p2p-credit", {"cc_number": "4111111111111111"}, ["cc_number"]),
        ("split/capture", {"split": []}, ["charge_amount", "split"]),
        ("split/refund", {"refund_amount": 1, "split": [{"amount": 1, "sub_merchant_id": "me"}]}, ["split"]),
    ],
)
def test_a_wrong_field_is_a_violation(sandbox: Sandbox, verb: str, fields: dict[str, Any], expected: list[str]) -> None:
    """Also of what follows."""
    assert wrong(send(sandbox, "POST", f"/api/v1/{verb}", {**SECOND, **fields})) == expected


def test_one_operation_can_be_read_by_its_method(sandbox: Sandbox) -> None:
    """The latest, or the one that is named."""
    pay(sandbox)
    first, second = (settle(sandbox, "refund", refund_amount=amount) for amount in (1, 2))
    path = f"/api/v1/pos/{POS_ID}/orders/A-1/refund"
    assert told(ask(sandbox, "GET", path)) == second
    assert told(ask(sandbox, "GET", path, query={"transactionId": first["transaction_id"]})) == first
    assert ask(sandbox, "GET", path.replace("refund", "void")).status == 404
    assert wrong(ask(sandbox, "GET", path, query={"callbak": "true"})) == ["callbak"]


def test_a_recurring_payment_is_refunded_and_cancelled(sandbox: Sandbox) -> None:
    """Cancelled once."""
    pay(sandbox)
    named = sandbox.act("tranzzo", "subscribe", "A-1").replace(",", "").split()
    recurring, payment = named[named.index("recurring") + 1], named[-1]
    path = f"/api/v1/pos/{POS_ID}/recurring/{recurring}/payments/{payment}/refund"
    body = {"order_currency": "UAH", "refund_amount": 40, "comment": "c"}
    assert told(send(sandbox, "POST", path, body))["status_code"] == "1004"
    assert told(send(sandbox, "POST", path, {"order_currency": "UAH"}))["amount"] == 60
    assert send(sandbox, "POST", path.replace(payment, "other"), body).status == 404
    cancelled = send(sandbox, "PUT", f"/api/v1/recurring/{recurring}/cancel")
    assert (cancelled.executed, told(cancelled)["recurring_status"]) == (True, "canceled")
    assert send(sandbox, "PUT", f"/api/v1/recurring/{recurring}/cancel").status == 400
    with pytest.raises(NoSuchThingError):
        sandbox.act("tranzzo", "subscribe", "A-2")


TOKEN = {"cc_token": "furnished"}
READ = f"/api/v1/pos/{POS_ID}/orders/F-1"
FURNISHED = [
    ("POST", "/api/v1/capture", {**SECOND, "charge_amount": 7}),
    ("POST", "/api/v1/void", SECOND),
    ("POST", "/api/v1/refund", SECOND),
    ("POST", "/api/v1/p2p-credit", {**SECOND, "cc_number": "4242424242424242", "credit_amount": 5}),
    ("POST", "/api/v1/p2p-credit", {**SECOND, **TOKEN}),
    ("POST", "/api/v1/split/capture", {**SECOND, "charge_amount": 9, "split": shares(4, 5)}),
    ("POST", "/api/v1/split/refund", {**SECOND, "refund_amount": 9, "split": shares(4, 5)}),
    ("PUT", "/api/v1/recurring/R-1/cancel", None),
    ("POST", f"/api/v1/pos/{POS_ID}/recurring/R-1/payments/P-1/refund", {"order_currency": "EUR", "refund_amount": 3}),
]


@pytest.mark.parametrize("method,path,body", FURNISHED, ids=str)
def test_what_is_furnished_is_executed(sandbox: Sandbox, method: str, path: str, body: Any) -> None:
    """At once, and there is enough; furnishing twice changes nothing."""
    asked = Call(method, f"/tranzzo{path}", body=b"" if body is None else json.dumps(body).encode())
    for _ in range(2):
        sandbox.furnish(asked)
    reply = send(sandbox, method, path, body)
    assert (reply.status, reply.executed) == (200, True)


@pytest.mark.parametrize(
    "path,query",
    [
        (READ, {}),
        (f"{READ}/capture", {}),
        (f"{READ}/purchase", {"callback": "true"}),
        (f"{READ}/report/receipt", {"format": "pdf"}),
        ("/streaming-report/fetch/57e7", {}),
        (f"/api/v1/enrichments/{POS_ID}/bins/400000", {}),
        (f"/api/v1/enrichments/{POS_ID}/ips/198.51.100.1", {}),
    ],
)
def test_what_is_furnished_can_be_read(sandbox: Sandbox, path: str, query: dict[str, str]) -> None:
    """Also what webhook would be sent again."""
    before = ask(sandbox, "GET", path, query=query)
    assert before.status == 404 or before.content() == b"[]"
    sandbox.furnish(Call("GET", f"/tranzzo{path}"))
    reply = ask(sandbox, "GET", path, query=query)
    assert (reply.status, reply.executed) == (200, "callback" in query)
    assert reply.content() != b"[]"


def test_pending_can_be_asked_for(sandbox: Sandbox) -> None:
    """Of every operation that has it."""
    pay(sandbox, CARD, method="auth")
    reply = sandbox.providers["tranzzo"].handle(
        Call("POST", "/api/v1/capture", {}, {"content-type": "application/json"},
             json.dumps(SECOND).encode(), trusted=True, pending=True)
    )  # fmt: skip
    assert (told(reply)["status"], reply.executed) == ("pending", True)
    assert order(sandbox)[1]["status_code"] == "2119"

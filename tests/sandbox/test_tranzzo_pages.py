"""The payer's pages and what the shop hears, without a socket."""

import base64
import json
import re
from typing import Any
from urllib.parse import parse_qs

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Message, Reply
from paycli.sandbox.tranzzo.access import POS_ID
from paycli.sandbox.tranzzo.notices import signature
from tests.sandbox.tranzzo_shop import CARD, PAGE, PAYMENT, ask, new_sandbox, order, outgoing, pay, send, told

HOOK = "http://127.0.0.1:9/hook"
ASKED = "http://127.0.0.1:9/may-i"


@pytest.fixture
def sandbox() -> Sandbox:
    """Return an empty sandbox."""
    return new_sandbox()


def hosted(sandbox: Sandbox, **more: Any) -> str:
    """Make a payment page and return its path."""
    reply = send(sandbox, "POST", PAYMENT, {**PAGE, **more})
    return reply.headers["Location"].partition("/tranzzo")[2]


def visit(sandbox: Sandbox, path: str, action: str = "", answer: bool | None = None) -> Reply:
    """Open a page as a browser does, or press a button on it."""
    method, body = ("POST", f"action={action}".encode()) if action else ("GET", b"")
    return sandbox.handle(method, f"/tranzzo{path}", {}, {}, body, answer=answer)


def heard(message: Message) -> Any:
    """Return what a webhook says, once its signature is found right."""
    form = {name: values[0] for name, values in parse_qs(message.body.decode()).items()}
    assert form["signature"] == signature(form["data"])
    return json.loads(base64.urlsafe_b64decode(form["data"]))


def test_a_page_lies_where_the_sandbox_lies(sandbox: Sandbox) -> None:
    """The server says where that is."""
    sandbox.world.address = "http://127.0.0.1:4321"
    location = send(sandbox, "POST", PAYMENT, PAGE).headers["Location"]
    assert re.fullmatch(r"http://127\.0\.0\.1:4321/tranzzo/api/v1/checkout/[0-9a-f-]{36}/form", location)


def test_a_page_shows_the_order_and_settles_it(sandbox: Sandbox) -> None:
    """Opened, it is listed; paid, it is done, and there is a way back to the shop."""
    path = hosted(sandbox, result_url="https://shop.example/done?a=1&b=2")
    page = visit(sandbox, path).content().decode()
    assert ("100 UAH" in page, "A-1" in page, page.count("<button")) == (True, True, 2)
    assert (order(sandbox)[0]["status"], order(sandbox)[0]["status_code"]) == ("init", "2118")
    paid = visit(sandbox, path, "pay")
    assert (paid.executed, order(sandbox)[0]["status"]) == (True, "success")
    assert 'href="https://shop.example/done?a=1&amp;b=2"' in paid.content().decode()
    assert not visit(sandbox, path, "reject").executed
    assert [one["status"] for one in order(sandbox)] == ["success"]


def test_a_page_escapes_what_the_shop_wrote(sandbox: Sandbox) -> None:
    """Nothing of it becomes markup."""
    path = hosted(sandbox, description='<script>alert("x")</script>', order_id="A&<1>", result_url='http://x/"><b>')
    for action in ("", "reject"):
        page = visit(sandbox, path, action).content().decode()
        assert "<script" not in page
        assert "A&amp;&lt;1&gt;" in page
        assert '"><b>' not in page


def test_a_page_that_does_not_exist(sandbox: Sandbox) -> None:
    """Says so; a direct payment has no payment page."""
    pay(sandbox)
    payment = order(sandbox)[0]["payment_id"]
    for path in (f"/api/v1/checkout/{payment}/form", f"/api/v1/checkout/{payment}/qr", "/api/v1/checkout/x/3ds"):
        assert visit(sandbox, path).status == 404


@pytest.mark.parametrize("action,status", [("pass", "success"), ("fail", "failure")])
def test_3d_secure_has_a_page(sandbox: Sandbox, action: str, status: str) -> None:
    """Where the payer confirms or refuses."""
    path = pay(sandbox, CARD, order_3ds_bypass="always")["user_action_url"].partition("/tranzzo")[2]
    assert "3-D Secure" in visit(sandbox, path).content().decode()
    assert order(sandbox)[0]["status"] == "pending"
    assert visit(sandbox, path, action).executed
    assert order(sandbox)[0]["status"] == status
    assert not visit(sandbox, path, "pass").executed


def test_a_qr_page_shows_a_picture_of_the_form(sandbox: Sandbox) -> None:
    """And a link for who has no camera."""
    link = told(ask(sandbox, "POST", PAYMENT, PAGE, {"qr": "true"}))["qr_link"]
    page = visit(sandbox, link.partition("/tranzzo")[2]).content().decode()
    assert 'src="data:image/svg+xml' in page
    assert f'href="{link.removesuffix("qr")}form"' in page


def test_the_shop_hears_of_every_status(sandbox: Sandbox) -> None:
    """Of a page when it is paid, of a capture when it waits and when it is done."""
    visit(sandbox, hosted(sandbox, server_url=HOOK, payload="n=1"), "pay")
    body = {"pos_id": POS_ID, "order_id": "A-1", "order_currency": "UAH", "charge_amount": 10.52, "server_url": HOOK}
    send(sandbox, "POST", "/api/v1/capture", body)
    sandbox.act("tranzzo", "finish", "A-1")
    messages = outgoing(sandbox)
    assert {message.url for message in messages} == {HOOK}
    contents = [heard(message) for message in messages]
    assert [(c["method"], c["status"]) for c in contents] == [
        ("auth", "success"),
        ("capture", "pending"),
        ("capture", "success"),
    ]
    assert (contents[0]["payload"], contents[0]["cc_mask"]) == ("n=1", "424242******4242")
    assert {"processed_at", "fee"} <= contents[0].keys()
    assert "processing_time" not in contents[0]


def test_a_failure_is_heard_too(sandbox: Sandbox) -> None:
    """It is a status as any other."""
    pay(sandbox, CARD, amount=10.51, server_url=HOOK)
    assert [heard(message)["status_code"] for message in outgoing(sandbox)] == ["4009"]


def test_without_an_address_nothing_is_sent(sandbox: Sandbox) -> None:
    """Nor by asking again."""
    pay(sandbox)
    again = ask(sandbox, "GET", f"/api/v1/pos/{POS_ID}/orders/A-1/purchase", query={"callback": "true"})
    assert (again.status, again.executed, outgoing(sandbox)) == (200, False, [])


def test_a_webhook_is_sent_again(sandbox: Sandbox) -> None:
    """The same content, once for each time it is asked for."""
    pay(sandbox, CARD, server_url=HOOK)
    (first,) = outgoing(sandbox)
    again = ask(sandbox, "GET", f"/api/v1/pos/{POS_ID}/orders/A-1/purchase", query={"callback": "true"})
    assert (again.executed, outgoing(sandbox)) == (True, [first])


def test_the_documents_signature() -> None:
    """The test vector of the document, with its own secret."""
    data = "eyJuYW1lIjoiSm9lIiwiYWdlIjoyMH0="
    assert signature(data, "changeme") == "Bcj3hb-h00HrEMIoJ5nPW5ZHlVQ="


@pytest.mark.parametrize("agreed,status,code", [(True, "success", "1000"), (False, "failure", "4153")])
def test_the_shop_is_asked_before_it_is_paid(sandbox: Sandbox, *, agreed: bool, status: str, code: str) -> None:
    """Nothing happens until it has answered; then what it said."""
    sandbox.world.reaches_out = True
    path = hosted(sandbox, server_url=HOOK, validation_url=ASKED)
    question = visit(sandbox, path, "pay").question
    assert question
    assert (question.url, heard(question)["order_id"], heard(question)["amount"]) == (ASKED, "A-1", 100)
    assert order(sandbox)[0]["status"] == "init"
    visit(sandbox, path, "pay", answer=agreed)
    assert (order(sandbox)[0]["status"], order(sandbox)[0]["status_code"]) == (status, code)
    assert [heard(message)["status"] for message in outgoing(sandbox)] == [status]


def test_a_direct_payment_asks_too(sandbox: Sandbox) -> None:
    """And begins no order while it asks."""
    sandbox.world.reaches_out = True
    body = {**CARD, "validation_url": ASKED}
    assert send(sandbox, "POST", PAYMENT, body).question
    assert order(sandbox) == []
    refused = ask(sandbox, "POST", PAYMENT, body, answer=False)
    assert (refused.executed, told(refused)["status_code"]) == (False, "4153")


def test_where_nobody_can_ask_nobody_is_asked(sandbox: Sandbox) -> None:
    """In a test without a server, the payment goes on."""
    assert pay(sandbox, CARD, validation_url=ASKED)["status"] == "success"


def test_the_answer_of_an_event_is_asked_for_before(sandbox: Sandbox) -> None:
    """Only for an open page whose shop wants it."""
    sandbox.world.reaches_out = True
    hosted(sandbox, validation_url=ASKED)
    question = sandbox.question("tranzzo", "pay", "A-1")
    assert question
    assert question.url == ASKED
    assert sandbox.question("tranzzo", "reject", "A-1") is None
    sandbox.act("tranzzo", "turn-down", "A-1")
    assert order(sandbox)[0]["status_code"] == "4153"
    assert sandbox.question("tranzzo", "pay", "A-1") is None

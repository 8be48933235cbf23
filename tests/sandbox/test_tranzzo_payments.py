"""Every direct way to begin an order, without a socket."""

import base64
import copy
import itertools
import json
from typing import Any

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.tranzzo.access import POS_ID
from paycli.sandbox.tranzzo.alternatives import PAY_IN, PAY_OUT
from paycli.sandbox.world import NoSuchThingError
from tests.sandbox.tranzzo_shop import (
    CARD,
    DIRECT,
    MERCHANTS,
    PAGE,
    PAYMENT,
    ask,
    new_sandbox,
    order,
    pay,
    send,
    signed,
    told,
    wrong,
)

TOKEN = "sandbox-token-0001"
PAYPARTS = {**DIRECT, "payway": "privat_payparts", "amount": 301, "properties": {"parts_count": 2}}
QR = "00020102164242424242424242520459995303980540510.005802UA5904SHOP6004Kyiv6304ABCD"
SAMPLES = {
    "customer_ip": "203.0.113.7",
    "customer_birthday": "1990-04-01",
    "customer_email": "payer@shop.example",
    "account_number": "0123456789",
    "trusted": True,
}


@pytest.fixture
def sandbox() -> Sandbox:
    """Return an empty sandbox that knows a token."""
    made = new_sandbox()
    made.providers["tranzzo"].shop.tokens[TOKEN] = "424242******4242"  # type: ignore[attr-defined]
    return made


def wallet(payway: str) -> dict[str, Any]:
    """Return a payment by a wallet whose token can be read."""
    packed = base64.b64encode(b'{"version": "EC_v1"}').decode()
    return {**DIRECT, "payway": payway, "cc_token": f"{payway}:{packed}"}


@pytest.mark.parametrize(
    "body,status",
    [
        (CARD, "success"),
        ({**DIRECT, "cc_token": TOKEN}, "success"),
        ({**{k: v for k, v in CARD.items() if k != "card_cvv"},
          "cryptogram": {"type": "gpay", "cryptogram": "AgAA", "eci": "05"}}, "success"),
        ({**DIRECT, "payway": "privat24"}, "pending"),
        (PAYPARTS, "pending"),
        (wallet("applepay"), "success"),
        (wallet("gpay"), "success"),
        ({**CARD, "payway": "mvisa", "properties": {"mvisa_qr": QR}}, "success"),
        ({**DIRECT, "cc_token": TOKEN, "payway": "mvisa", "properties": {"mvisa_qr": QR}}, "success"),
        ({**CARD, "method": "lookup"}, "success"),
        ({**CARD, "method": "p2p", "recipient_cc_number": "5555555555554444", "external_fee": 0.05}, "success"),
        ({**DIRECT, "method": "p2p", "cc_token": TOKEN, "recipient_cc_token": TOKEN}, "success"),
        ({**DIRECT, "method": "credit", "cc_number": "5454545454545454"}, "success"),
        ({**DIRECT, "method": "credit", "cc_token": TOKEN,
          "properties": {"recipient_first_name": "Olha", "recipient_birth_date": "1999-12-31"}}, "success"),
    ],
    ids=str,
)  # fmt: skip
def test_every_way_to_pay(sandbox: Sandbox, body: dict[str, Any], status: str) -> None:
    """Each is listed under its order, and its order_id is taken."""
    content = pay(sandbox, body)
    assert (content["status"], content["method"]) == (status, body["method"])
    assert [one["transaction_id"] for one in order(sandbox)] == [content["transaction_id"]]
    assert told(send(sandbox, "POST", PAYMENT, body))["args"] == {"code": "P-409"}


def test_a_card_payment_answers_what_the_document_shows(sandbox: Sandbox) -> None:
    """With a mask and a token, and never the number."""
    content = pay(sandbox, CARD, customer_fname="Olha", payload="n=1", result_url="https://shop.example/done")
    assert {
        name: content[name]
        for name in ("mode", "cc_mask", "options_3ds", "customer_fname", "payload", "user_action_required")
    } == {
        "mode": "direct",
        "cc_mask": "424242******4242",
        "options_3ds": "never",
        "customer_fname": "Olha",
        "payload": "n=1",
        "user_action_required": False,
    }
    assert "4242424242424242" not in str(content)
    assert pay(sandbox, {**DIRECT, "cc_token": content["cc_token"]}, order_id="A-2")["status"] == "success"


@pytest.mark.parametrize(
    "bypass,number,secured",
    [
        ("always", "4242424242424242", True),
        ("supported", "4242424242424242", False),
        ("supported", "5454545454545454", True),
        ("never", "5454545454545454", False),
    ],
)
def test_who_has_to_pass_3d_secure(sandbox: Sandbox, bypass: str, number: str, *, secured: bool) -> None:
    """With supported, the card decides."""
    content = pay(sandbox, CARD, order_3ds_bypass=bypass, cc_number=number)
    expected = ("pending", "2122", True) if secured else ("success", "1000", False)
    assert (content["status"], content["status_code"], content["user_action_required"]) == expected
    assert content.get("user_action_url", "").endswith("/3ds") == secured


@pytest.mark.parametrize("event,status,code", [("3ds-pass", "success", "1000"), ("3ds-fail", "failure", "2006")])
def test_the_payer_ends_3d_secure(sandbox: Sandbox, event: str, status: str, code: str) -> None:
    """Once."""
    pay(sandbox, CARD, order_3ds_bypass="always")
    sandbox.act("tranzzo", event, "A-1")
    (done,) = order(sandbox)
    assert (done["status"], done["status_code"], done["user_action_required"]) == (status, code, False)
    assert "user_action_url" not in done
    with pytest.raises(NoSuchThingError):
        sandbox.act("tranzzo", event, "A-1")


@pytest.mark.parametrize("event,status", [("pay", "success"), ("reject", "failure")])
def test_a_payer_who_is_sent_elsewhere_pays_or_rejects(sandbox: Sandbox, event: str, status: str) -> None:
    """At the method's own page."""
    assert pay(sandbox, {**DIRECT, "payway": "privat24"})["user_action_url"]
    sandbox.act("tranzzo", event, "A-1")
    assert order(sandbox)[0]["status"] == status


@pytest.mark.parametrize(
    "change,status,code",
    [
        ({"amount": 10.51}, "failure", "4009"),
        ({"amount": 10.52}, "pending", "2119"),
        ({"amount": 10.51, "order_3ds_bypass": "always"}, "failure", "4009"),
        ({"exp_year": 26, "exp_month": 2}, "failure", "4001"),
        ({"exp_year": 26, "exp_month": 3}, "success", "1000"),
        ({"currency": "XTS", "amount": 2}, "success", "0"),
    ],
)
def test_what_decides_a_card_payment(sandbox: Sandbox, change: dict[str, Any], status: str, code: str) -> None:
    """The amount's ending, the card's last month, test mode."""
    content = pay(sandbox, CARD, **change)
    assert (content["status"], content["status_code"]) == (status, code)


def test_a_token_that_nobody_got_fails(sandbox: Sandbox) -> None:
    """As the status codes list it."""
    assert pay(sandbox, {**DIRECT, "cc_token": "made-up"})["status_code"] == "5139"


def test_a_wallet_token_that_cannot_be_read_is_refused(sandbox: Sandbox) -> None:
    """And is not kept: no order begins."""
    reply = send(sandbox, "POST", PAYMENT, {**DIRECT, "payway": "applepay", "cc_token": "applepay:%%%"})
    assert (reply.status, told(reply)["args"]["code"], order(sandbox)) == (400, "A-400", [])


def test_a_wallet_token_is_echoed_and_not_kept(sandbox: Sandbox) -> None:
    """It could be a real one."""
    body = wallet("applepay")
    assert pay(sandbox, body)["cc_token"] == body["cc_token"]
    assert order(sandbox)[0]["cc_token"] != body["cc_token"]


@pytest.mark.parametrize(
    "body,fields",
    [
        ({**CARD, "cc_number": "4111111111111111"}, ["cc_number"]),
        ({**CARD, "cc_number": 4242424242424242}, ["cc_number"]),
        ({**CARD, "exp_month": 13}, ["exp_month"]),
        ({**CARD, "exp_year": 2030}, ["exp_year"]),
        ({**CARD, "card_cvv": 123}, ["card_cvv"]),
        ({**CARD, "order_3ds_bypass": "sometimes"}, ["order_3ds_bypass"]),
        ({k: v for k, v in CARD.items() if k != "order_3ds_bypass"}, ["order_3ds_bypass"]),
        ({**CARD, "customer_ip": "here"}, ["customer_ip"]),
        ({**CARD, "merchant_mcc": "123456"}, ["merchant_mcc"]),
        ({**CARD, "order_id": "x" * 257}, ["order_id"]),
        ({**CARD, "description": "x" * 2049}, ["description"]),
        ({**CARD, "browser_fingerprint": {"browserColour": "24"}}, ["browser_fingerprint"]),
        ({**CARD, "cryptogram": {"type": "gpay"}}, ["cryptogram"]),
        ({**CARD, "customer_lang": "uk"}, ["customer_lang"]),
        ({**CARD, "payway": "carrier-pigeon"}, None),
        ({**CARD, "payway": ["cc"]}, None),
        ({**DIRECT, "cc_token": "x" * 256}, ["cc_token"]),
        ({**PAYPARTS, "amount": 300}, ["amount"]),
        ({**PAYPARTS, "currency": "EUR"}, ["currency"]),
        ({**PAYPARTS, "properties": {"parts_count": 1}}, ["properties"]),
        ({**PAYPARTS, "properties": {"parts_count": "26"}}, ["properties"]),
        ({**PAYPARTS, "properties": {"part_counts": 2}}, ["properties"]),
        ({**CARD, "payway": "mvisa", "properties": {}}, ["properties"]),
        ({**DIRECT, "method": "p2p", "cc_token": TOKEN}, ["recipient_cc_token"]),
        ({**CARD, "method": "p2p"}, ["recipient_cc_number"]),
        ({**CARD, "method": "lookup", "customer_referrer": "https://shop.example"}, ["customer_referrer"]),
        ({**DIRECT, "method": "credit", "cc_number": "4242424242424242", "customer_birthday": "1.4.1990"},
         ["customer_birthday"]),
        ({**DIRECT, "method": "credit", "cc_token": TOKEN, "properties": {"recipient_name": "x"}}, ["properties"]),
        ({**CARD, "method": "capture"}, ["method"]),
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_field_is_a_violation(sandbox: Sandbox, body: dict[str, Any], fields: list[str] | None) -> None:
    """Types, limits, misspelt names, and fields of another way to pay; nothing is begun."""
    found = wrong(send(sandbox, "POST", PAYMENT, body))
    assert "payway" in found if fields is None else found == fields
    assert order(sandbox) == []


def test_eighteen_and_twelve_ways_with_one_name_twice_each() -> None:
    """The document has 19 pay-ins and 13 pay-outs; PIX comes with and without a QR code."""
    assert (sum(map(len, PAY_IN.values())), sum(map(len, PAY_OUT.values()))) == (19, 13)


def _alternatives() -> list[Any]:
    pairs = itertools.chain(
        ((way, form, "purchase") for way, forms in PAY_IN.items() for form in forms),
        ((way, form, "credit") for way, forms in PAY_OUT.items() for form in forms),
    )
    return [pytest.param(_body(*pair), id=f"{pair[2]}-{'-'.join(pair[0])}-{n}") for n, pair in enumerate(pairs)]


def _body(way: tuple[str, str], form: tuple[str, str], method: str) -> dict[str, Any]:
    customer, properties = ({name: SAMPLES.get(name, "x") for name in _names(part)} for part in form)
    body = {**DIRECT, "payway": way[0], "currency": way[1], "method": method, **customer}
    return body | ({"properties": properties} if properties else {})


def _names(part: str) -> list[str]:
    return [name.rstrip("?") for name in part.split()]


@pytest.mark.parametrize("body", _alternatives())
def test_an_alternative_method_takes_its_own_fields(sandbox: Sandbox, body: dict[str, Any]) -> None:
    """Money in waits for the payer at another page, money out goes at once."""
    expected = ("success", False) if body["method"] == "credit" else ("pending", True)
    content = pay(sandbox, body)
    assert (content["status"], content["user_action_required"]) == expected


@pytest.mark.parametrize("body", _alternatives())
def test_an_alternative_method_refuses_what_is_not_its_own(sandbox: Sandbox, body: dict[str, Any]) -> None:
    """An unknown property, and a currency of elsewhere."""
    strange = {**body, "properties": {**body.get("properties", {}), "colour": "red"}}
    assert "properties.colour" in wrong(send(sandbox, "POST", PAYMENT, strange))
    assert wrong(send(sandbox, "POST", PAYMENT, {**body, "currency": "CHF"})) == ["currency"]


def test_what_an_alternative_method_lacks_is_named(sandbox: Sandbox) -> None:
    """Properties with their prefix, and alternatives."""
    body = {**DIRECT, "payway": "upi", "currency": "INR", "method": "credit", "customer_ip": "203.0.113.7"}
    body["properties"] = {"upi_number": "olha@bank", "recipient_address": "x", "recipient_first_name": "Olha"}
    assert wrong(send(sandbox, "POST", PAYMENT, body)) == ["customer_email", "customer_phone"]


def test_a_split_payment_shares_its_amount(sandbox: Sandbox) -> None:
    """To the last cent; else code 4115."""
    split = [{"amount": 70, "sub_merchant_id": MERCHANTS[0]}, {"amount": 30, "sub_merchant_id": MERCHANTS[1]}]
    assert told(send(sandbox, "POST", "/api/v1/split/purchase", {**CARD, "split": split}))["status"] == "success"
    short = told(send(sandbox, "POST", "/api/v1/split/purchase", {**CARD, "order_id": "A-2", "split": split[:1]}))
    assert (short["status"], short["status_code"]) == ("failure", "4115")
    assert wrong(send(sandbox, "POST", "/api/v1/split/purchase", {**CARD, "order_id": "A-3"})) == ["split"]


def test_a_hosted_split_gets_a_page(sandbox: Sandbox) -> None:
    """And has to add up at once."""
    split = [{"amount": 100, "sub_merchant_id": MERCHANTS[0]}]
    assert send(sandbox, "POST", "/api/v1/split/purchase", {**PAGE, "split": split}).status == 303
    more = {**PAGE, "order_id": "A-2", "amount": 101, "split": split}
    assert wrong(send(sandbox, "POST", "/api/v1/split/purchase", more)) == ["split"]


def test_a_lookup_may_have_a_page(sandbox: Sandbox) -> None:
    """It then verifies a card, and moves nothing that could be refunded."""
    assert send(sandbox, "POST", PAYMENT, {**PAGE, "method": "lookup"}).status == 303
    sandbox.act("tranzzo", "pay", "A-1")
    assert (order(sandbox)[0]["method"], order(sandbox)[0]["status"]) == ("lookup", "success")
    body = {"pos_id": POS_ID, "order_id": "A-1", "order_currency": "UAH", "refund_amount": 1}
    assert told(send(sandbox, "POST", "/api/v1/refund", body))["status_code"] == "4002"


def test_a_qr_payment_answers_a_link(sandbox: Sandbox) -> None:
    """To a page with a QR code; only a hosted payment has one."""
    reply = ask(sandbox, "POST", PAYMENT, PAGE, {"qr": "true"})
    assert reply.executed
    assert told(reply)["qr_link"].endswith("/qr")
    assert "mode" in wrong(ask(sandbox, "POST", PAYMENT, {**CARD, "order_id": "A-2"}, {"qr": "true"}))
    assert wrong(ask(sandbox, "POST", PAYMENT, {**PAGE, "order_id": "A-2"}, {"qr": "1"})) == ["qr"]


def test_a_copy_of_the_state_goes_its_own_way(sandbox: Sandbox) -> None:
    """As a reading that lags behind needs it; both live in one world."""
    copied = copy.deepcopy(sandbox.providers["tranzzo"])
    pay(sandbox)
    assert (order(sandbox)[0]["status"], copied.shop.orders, copied.shop.world) == ("success", {}, sandbox.world)  # type: ignore[attr-defined]


def test_a_fault_repeats_a_payment_in_vain(sandbox: Sandbox) -> None:
    """The order_id is taken the second time."""
    raw = json.dumps(CARD).encode()
    first = sandbox.handle("POST", f"/tranzzo{PAYMENT}", {}, signed(raw), raw, "repeat")
    assert (told(first)["status"], len(order(sandbox))) == ("success", 1)

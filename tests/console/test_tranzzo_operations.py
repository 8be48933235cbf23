"""Tranzzo's direct operations as processes against a served sandbox: what becomes of them, and of a lost answer."""

import json
import time
from typing import Any

import pytest

from tests.helpers import Result, Served

UAH = ("--currency", "UAH", "-p", "sandbox")
CARD: dict[str, Any] = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2031, "cvv": "123"}
SPLIT = ("--split", "00000000-0000-4000-8000-00000000000a=70", "--split", "00000000-0000-4000-8000-00000000000b=30")


def begin(sandbox: Served, command: str, order: str, *words: str, amount: str = "100", **card: Any) -> Result:
    """Begin an order with a card on standard input."""
    typed = ("tranzzo", *command.split(), order, "--amount", amount, *UAH, "--description", "test", "--card-stdin")
    return sandbox.paycli(*typed, *words, stdin=json.dumps(card or CARD))


def test_a_card_is_charged_and_its_token_pays_again(sandbox: Served) -> None:
    """The answer's token is not masked: it is what a merchant keeps; one that was typed is."""
    paid = begin(sandbox, "pay card", "D-1")
    assert (paid.code, paid.json["status"], paid.json["cc_mask"]) == (0, "success", "424242******4242")
    token = paid.json["cc_token"]
    words = ("--amount", "5", *UAH, "--description", "x", "-vv")
    again = sandbox.paycli("tranzzo", "pay", "token", "D-2", *words, "--cc-token", token)
    assert (again.code, token in again.out + again.err) == (0, False)
    piped = sandbox.paycli("tranzzo", "payout", "token", "D-3", *words, "--cc-token-stdin", stdin=f"{token}\n")
    assert (piped.code, piped.json["method"], token in piped.err) == (0, "credit", False)
    assert token not in sandbox.paycli("journal", "export").out


def test_an_order_that_is_held_is_captured_and_refunded(sandbox: Served) -> None:
    """As one that was paid on a page."""
    assert begin(sandbox, "pay card", "D-4", "--method", "auth").json["method"] == "auth"
    assert sandbox.paycli("tranzzo", "capture", "D-4", "--amount", "80", *UAH).code == 0
    assert sandbox.paycli("tranzzo", "refund", "D-4", "--amount", "81", *UAH).code == 10
    assert sandbox.paycli("tranzzo", "refund", "D-4", "--all", *UAH).json["amount"] == 80


def test_a_divided_order_is_refunded_once(sandbox: Served) -> None:
    """A split refund and a refund are one kind of movement."""
    assert begin(sandbox, "split card", "D-5", *SPLIT).code == 0
    words = ("D-5", "--amount", "100", *UAH)
    assert sandbox.paycli("tranzzo", "split", "refund", *words, *SPLIT).json["method"] == "refund"
    assert sandbox.paycli("tranzzo", "refund", *words).code == 10
    assert sandbox.paycli("tranzzo", "split", "refund", *words, *SPLIT).code == 10


def test_a_transfer_is_credited_up_to_what_is_left(sandbox: Served) -> None:
    """More is refused here."""
    both = {**CARD, "recipient_number": "5454545454545454"}
    assert begin(sandbox, "p2p card", "D-6", **both).json["method"] == "p2p"
    one = json.dumps({"number": "5454545454545454"})
    words = ("tranzzo", "p2p-credit", "card", "D-6", *UAH, "--card-stdin")
    assert sandbox.paycli(*words, "--amount", "60", stdin=one).json["method"] == "credit"
    refused = sandbox.paycli(*words, "--amount", "41", stdin=one)
    assert (refused.code, "only 40.00 UAH is left to p2p-credit" in refused.err) == (10, True)
    assert sandbox.paycli(*words, "--all", stdin=one).json["amount"] == 40


@pytest.mark.parametrize("command", ["pay card", "lookup card", "payout card"])
def test_a_lost_answer_is_settled_by_the_order(sandbox: Served, command: str) -> None:
    """It is known what became of it, and it is not sent a second time."""
    card = {"number": CARD["number"]} if command == "payout card" else CARD
    sandbox.paycli("sandbox", "fault", "add", "tranzzo", "POST /api/v1/payment", "drop-after-commit", "--times", "1")
    ended = begin(sandbox, command, "D-7", **card)
    assert (ended.code, "what became of it was found" in ended.err) == (0, True)
    assert begin(sandbox, command, "D-7", **card).code == 10
    assert len(sandbox.paycli("tranzzo", "orders", "show", "D-7", "-o", "json", "-p", "sandbox").json) == 1


def test_a_lost_answer_of_what_never_arrived_is_unknown_and_then_not_sent(sandbox: Served) -> None:
    """Once it cannot arrive any more."""
    sandbox.paycli("sandbox", "fault", "add", "tranzzo", "POST /api/v1/payment", "drop-before-commit", "--times", "1")
    variables = {"PAYCLI_SANDBOX_TRANZZO_LATE_ARRIVAL": "1"}
    words = ("tranzzo", "pay", "card", "D-8", "--amount", "5", *UAH, "--description", "x", "--card-stdin")
    assert sandbox.paycli(*words, stdin=json.dumps(CARD), **variables).code == 7
    time.sleep(1.1)
    assert sandbox.paycli("journal", "resolve", **variables).code == 0
    assert sandbox.paycli("journal", "list", "-o", "json").json[0]["state"] == "not-sent"


def test_what_waits_for_the_payer_is_pending_and_says_so(sandbox: Served) -> None:
    """With who can do what about it."""
    words = ("--amount", "5", *UAH, "--description", "x")
    ended = sandbox.paycli("tranzzo", "pay", "privat24", "D-9", *words)
    assert (ended.code, ended.json["status"]) == (8, "pending")
    assert "payer: " in ended.err
    assert ".." not in ended.err


def test_a_qr_payment_is_the_link_that_it_brings(sandbox: Served) -> None:
    """For the raw request of the same route, too."""
    words = ("--amount", "5", *UAH, "--description", "x")
    assert sandbox.paycli("tranzzo", "pay", "qr", "D-10", *words).json["qr_link"].startswith("http")
    fields = ("-f", "pos_id=5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01", "-f", "mode=hosted", "-f", "method=purchase")
    more = ("-f", "amount:=5", "-f", "currency=UAH", "-f", "description=x", "-f", "order_3ds_bypass=always")
    raw = ("api", "sandbox-tranzzo", "POST", "/api/v1/payment?qr=true", *fields, *more, "-f", "order_id=D-11")
    assert sandbox.paycli(*raw).code == 0


def test_a_webhook_is_sent_once_more(sandbox: Served) -> None:
    """Of one operation; the same one within a day only with --again, another one freely."""
    begin(sandbox, "pay card", "D-12")
    sandbox.paycli("tranzzo", "refund", "D-12", "--amount", "5", *UAH)
    resend = ("tranzzo", "webhooks", "resend", "D-12")
    assert sandbox.paycli(*resend, "refund", "-p", "sandbox").json["method"] == "refund"
    assert sandbox.paycli(*resend, "purchase", "-p", "sandbox").json["method"] == "purchase"
    assert sandbox.paycli(*resend, "refund", "-p", "sandbox").code == 10
    assert sandbox.paycli(*resend, "refund", "-p", "sandbox", "--again").code == 0
    assert sandbox.paycli(*resend, "void", "-p", "sandbox").code == 3


def test_reads_of_one_thing(sandbox: Served) -> None:
    """An operation, the first digits of a card, an address."""
    begin(sandbox, "pay card", "D-13")
    assert sandbox.paycli("tranzzo", "orders", "operation", "D-13", "purchase", "-p", "sandbox").code == 0
    assert sandbox.paycli("tranzzo", "bins", "show", "424242", "-p", "sandbox").json["card"]["bin"] == 424242
    assert sandbox.paycli("tranzzo", "ips", "show", "203.0.113.7", "-p", "sandbox").code == 0


def test_ending_a_subscription_is_asked_about_on_a_live_profile(sandbox: Served) -> None:
    """It cannot be taken back; without a terminal it needs --yes."""
    live = {
        "PAYCLI_SHOP_PROVIDER": "tranzzo",
        "PAYCLI_SHOP_ACCESS": "write",
        "PAYCLI_SHOP_BASE_URL": f"{sandbox.address}/tranzzo",
        "PAYCLI_SHOP_POS_ID": "5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01",
        "PAYCLI_SHOP_API_KEY": "sandbox-key-7f31c2",
        "PAYCLI_SHOP_API_SECRET": "sandbox-secret-b81f04e6",
        "PAYCLI_SHOP_ENDPOINTS_KEY": "sandbox-endpoints-39ad55",
    }
    words = ("tranzzo", "recurring", "cancel", "R-1", "-p", "shop")
    asked = sandbox.paycli(*words, **live)
    assert (asked.code, "it cannot be taken back" in asked.err, "add --yes" in asked.err) == (10, True, True)
    assert sandbox.paycli(*words, "--yes", **live).code == 3

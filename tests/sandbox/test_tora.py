"""How a shop sells at Tora's sandbox: topups, bills and tickets."""

import base64
import random
from typing import Any

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.tora.access import TERMINAL_ID
from paycli.sandbox.tora.images import ean_modules, with_check_digit
from tests.sandbox.still import Still
from tests.sandbox.tora_shop import TOPUP, WATER, balance, made, refusal, seen, send


@pytest.fixture
def sandbox() -> Sandbox:
    """Return an empty sandbox with a known clock and chance."""
    return Sandbox(Still(), random.Random(1))


def test_a_sale_costs_its_price_and_carries_what_is_printed(sandbox: Sandbox) -> None:
    """Cents, a PIN and a serial number."""
    sold = made(sandbox, "/topups", {**TOPUP, "reference": "till-4"}, tora_terminal_id=TERMINAL_ID)
    assert balance(sandbox) == 99_000
    assert (sold["amount"], len(sold["pinCode"]), sold["expirationDate"]) == (1000, 16, "2027-03-02T09:15:00Z")
    shown = seen(sandbox, f"/transactions/{sold['id']}")
    held = (shown["type"], shown["status"], shown["terminalId"], shown["reference"], shown["amount"])
    assert held == ("TOPUP", "captured", 1, "till-4", 1000)


def test_the_list_of_products_has_pictures(sandbox: Sandbox) -> None:
    """A logo for each provider and a barcode for each product, as bitmaps whose header tells their size."""
    for provider in seen(sandbox, "/topups/products"):
        media = provider["media"] + [medium for product in provider["products"] for medium in product["media"]]
        assert [medium["type"] for medium in media] == ["LOGO"] + ["BARCODE"] * len(provider["products"])
        for medium in media:
            raw = base64.b64decode(medium["content"])
            width, height = (int.from_bytes(raw[place : place + 4], "little") for place in (18, 22))
            assert (raw[:2], int.from_bytes(raw[2:6], "little")) == (b"BM", len(raw))
            assert len(raw) == 62 + -(-width // 32) * 4 * height


def test_a_barcode_is_an_ean_13() -> None:
    """Check digit and modules of a number whose picture is known."""
    assert with_check_digit("400638133393") == "4006381333931"
    assert ean_modules("4006381333931") == (
        "10100011010100111010111101111010001001011001101010100001010000101000010111010010000101100110101"
    )


@pytest.mark.parametrize("path,body", [("/topups", TOPUP), ("/payments", WATER)])
def test_what_is_made_in_two_steps_waits(sandbox: Sandbox, path: str, body: dict[str, Any]) -> None:
    """Capture takes it for good, once; it cannot be voided any more."""
    one = made(sandbox, path, {**body, "confirm": False})["id"]
    assert seen(sandbox, f"/transactions/{one}")["status"] == "pending"
    assert made(sandbox, f"{path}/{one}/capture", tora_terminal_id="1")["status"] == "captured"
    assert refusal(send(sandbox, "POST", f"{path}/{one}/capture")) == (422, "INVALID_STATE")
    assert refusal(send(sandbox, "POST", f"{path}/{one}/void")) == (422, "INVALID_STATE")


@pytest.mark.parametrize("path,body", [("/topups", TOPUP), ("/payments", WATER)])
def test_a_void_gives_the_money_back(sandbox: Sandbox, path: str, body: dict[str, Any]) -> None:
    """And is the end of it."""
    one = made(sandbox, path, {**body, "confirm": False})["id"]
    voided = made(sandbox, f"{path}/{one}/void")
    assert (voided["status"], voided["canceledAt"]) == ("canceled", "2026-03-02T09:15:00Z")
    assert balance(sandbox) == 100_000
    assert refusal(send(sandbox, "POST", f"{path}/{one}/capture")) == (422, "INVALID_STATE")


def test_a_second_step_fits_the_type(sandbox: Sandbox) -> None:
    """A topup is no bill payment; a sale of one step has no second."""
    two = made(sandbox, "/topups", {**TOPUP, "confirm": False})["id"]
    assert refusal(send(sandbox, "POST", f"/payments/{two}/void")) == (404, "TRANSACTION_NOT_FOUND")
    one = made(sandbox, "/topups", {**TOPUP, "confirm": True})["id"]
    assert refusal(send(sandbox, "POST", f"/topups/{one}/void")) == (422, "INVALID_STATE")


def test_a_balance_runs_out(sandbox: Sandbox) -> None:
    """The sale that it does not suffice for is refused and costs nothing."""
    sandbox.act("tora", "balance", "10.50")
    made(sandbox, "/topups", TOPUP)
    assert refusal(send(sandbox, "POST", "/topups", TOPUP)) == (422, "INSUFFICIENT_BALANCE")
    assert balance(sandbox) == 50


def test_bill_details_say_how_it_may_be_paid(sandbox: Sandbox) -> None:
    """The commission is a string here, and an integer in the payment."""
    (shown,) = seen(sandbox, "/payments/1000000001")
    flags = tuple(shown[name] for name in ("zeroAmountAllowed", "partialAmountAllowed", "higherAmountAllowed"))
    assert (shown["commission"], flags) == ("100", (False, True, True))
    assert [(o["key"], o["type"], o["required"]) for o in shown["options"]] == [
        ("due_date", "DATE", True),
        ("meter", "TEXT", True),
    ]
    assert refusal(send(sandbox, "GET", "/payments/0")) == (404, "UNKNOWN_PAYMENT_CODE")


def test_a_bill_payment_adds_the_commission(sandbox: Sandbox) -> None:
    """The total is what the shop is charged."""
    paid = made(sandbox, "/payments", {**WATER, "reference": "r-1"})
    assert (paid["totalAmount"], paid["paymentAmount"], paid["commission"]) == (2100, 2000, 100)
    assert balance(sandbox) == 97_900
    details = seen(sandbox, f"/transactions/{paid['id']}")["details"]
    assert (details["paymentCode"], details["phone"]) == ("1000000001", "2100000000")


@pytest.mark.parametrize(
    "code,product,amounts",
    [
        ("1000000001", "NERO", {0: 422, 4999: 200, 5000: 200, 5001: 200}),
        ("1000000002", "REVMA", {0: 422, 12339: 422, 12340: 200, 12341: 422}),
        ("1000000003", "FONI", {0: 200, 2989: 422, 2990: 200, 2991: 200}),
    ],
)
def test_amounts_are_allowed_as_the_details_say(code: str, product: str, amounts: dict[int, int]) -> None:
    """Zero, partial and higher ones, each where it is allowed."""
    options = WATER["options"] if product == "NERO" else []
    body = {**WATER, "paymentCode": code, "productCode": product, "options": options}
    fresh = {amount: Sandbox(Still(), random.Random(1)) for amount in amounts}
    found = {a: send(sandbox, "POST", "/payments", {**body, "paymentAmount": a}).status for a, sandbox in fresh.items()}
    assert found == amounts


def test_parts_add_up_to_the_bill(sandbox: Sandbox) -> None:
    """A bill that is paid takes nothing more."""
    made(sandbox, "/payments", WATER)
    made(sandbox, "/payments", {**WATER, "paymentAmount": 3000})
    assert refusal(send(sandbox, "POST", "/payments", WATER)) == (422, "INVALID_AMOUNT")


@pytest.mark.parametrize(
    "options",
    [
        [],
        [{"key": "due_date", "value": "2026-04-01"}],
        [{"key": "due_date", "value": "01/04/2026"}, {"key": "meter", "value": "M-7"}],
        [{"key": "due_date", "value": "2026-02-30"}, {"key": "meter", "value": "M-7"}],
        [{"key": "due_date", "value": "2026-04-01"}, {"key": "meter", "value": " "}],
        [*WATER["options"], {"key": "meter", "value": "M-8"}],  # type: ignore[misc]
        [*WATER["options"], {"key": "colour", "value": "blue"}],  # type: ignore[misc]
    ],
)
def test_a_bills_own_options_are_checked(sandbox: Sandbox, options: list[dict[str, str]]) -> None:
    """Required ones, dates, and no others."""
    reply = send(sandbox, "POST", "/payments", {**WATER, "options": options})
    assert refusal(reply) == (422, "INVALID_OPTIONS")


def test_a_ticket_needs_the_password_from_the_telephone(sandbox: Sandbox) -> None:
    """It is told to whoever runs the sandbox; a wrong one is refused, a used one too."""
    number = made(sandbox, "/elaiko/requests", {"productCode": "LAIKO-K", "mobile": "6900000001"})["requestId"]
    otp = sandbox.world.told[-1].split(": ")[2].split()[0]
    assert otp in sandbox.act("tora", "otp", number)
    wrong = f"{(int(otp) + 1) % 10**6:06}"
    assert refusal(send(sandbox, "POST", "/elaiko/tickets", {"requestId": number, "otp": wrong}))[1] == "INVALID_OTP"
    ticket = made(sandbox, "/elaiko/tickets", {"requestId": number, "otp": otp})
    assert (ticket["amount"], ticket["barcodeCost"], {len(b) for b in ticket["barcodes"]}) == (1000, 200, {35})
    assert refusal(send(sandbox, "POST", "/elaiko/tickets", {"requestId": number, "otp": otp})) == (
        422,
        "INVALID_STATE",
    )
    assert seen(sandbox, f"/transactions/{ticket['id']}")["type"] == "ELAIKO"


@pytest.mark.parametrize(
    "choice", [{"ending": 7, "thousand": 80}, {"ending": 0}, {"thousand": 0}, {"oddOrEven": "ODD"}]
)
def test_a_ticket_is_what_the_customer_picked(sandbox: Sandbox, choice: dict[str, Any]) -> None:
    """Ending, thousand, odd or even."""
    wish = {"productCode": "LAIKO-K", "mobile": "6900000001", **choice}
    number = made(sandbox, "/elaiko/requests", wish)["requestId"]
    otp = sandbox.act("tora", "otp", number).split()[-1]
    ticket = int(made(sandbox, "/elaiko/tickets", {"requestId": number, "otp": otp})["ticketNumber"])
    assert ticket % 10 == choice.get("ending", ticket % 10)
    assert ticket // 1000 == choice.get("thousand", ticket // 1000)
    assert "oddOrEven" not in choice or ticket % 2 == 1


@pytest.mark.parametrize("with_it", [{"ending": 1}, {"thousand": 1}, {"ending": 9, "thousand": 80}])
def test_odd_or_even_excludes_the_other_picks(sandbox: Sandbox, with_it: dict[str, Any]) -> None:
    """The document's text, against its own example; null picks nothing."""
    wish = {"productCode": "LAIKO-K", "mobile": "6900000001", **with_it}
    assert send(sandbox, "POST", "/elaiko/requests", {**wish, "oddOrEven": "ODD"}).status == 400
    assert send(sandbox, "POST", "/elaiko/requests", {**wish, "oddOrEven": None}).status == 200


def test_a_reclamation_waits_for_tora(sandbox: Sandbox) -> None:
    """Accepted, it cancels the transaction and gives the money back; one at a time."""
    one = made(sandbox, "/topups", TOPUP)["id"]
    claim = made(sandbox, "/reclamations", {"transactionId": one, "reason": "no receipt"})
    assert (claim["status"], claim["totalAmount"]) == ("pending", 1000)
    assert refusal(send(sandbox, "POST", "/reclamations", {"transactionId": one})) == (422, "INVALID_STATE")
    sandbox.act("tora", "accept", str(claim["id"]))
    assert (seen(sandbox, f"/transactions/{one}")["status"], balance(sandbox)) == ("canceled", 100_000)


def test_a_rejected_reclamation_changes_nothing(sandbox: Sandbox) -> None:
    """Another one may follow."""
    one = made(sandbox, "/topups", TOPUP)["id"]
    sandbox.act("tora", "reject", str(made(sandbox, "/reclamations", {"transactionId": one})["id"]))
    assert seen(sandbox, f"/transactions/{one}")["status"] == "captured"
    made(sandbox, "/reclamations", {"transactionId": one})

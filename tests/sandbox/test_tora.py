"""Tora's rules in the sandbox, without a socket."""

import base64
import copy
import json
import random
from datetime import timedelta
from typing import Any

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Call
from paycli.sandbox.tora.access import TERMINAL_ID
from paycli.sandbox.tora.images import ean_modules, with_check_digit
from paycli.sandbox.world import NoSuchThingError
from tests.sandbox.still import Still
from tests.sandbox.tora_shop import TOPUP, WATER, balance, made, refusal, seen, send


@pytest.fixture
def sandbox() -> Sandbox:
    """Return an empty sandbox with a known clock and chance."""
    return Sandbox(Still(), random.Random(1))


@pytest.mark.parametrize("given", ["", "Basic", "Basic !!", "Bearer x", "Basic " + base64.b64encode(b"a:b").decode()])
def test_only_the_shop_may_ask(sandbox: Sandbox, given: str) -> None:
    """HTTP Basic on every operation."""
    assert refusal(send(sandbox, "GET", "/transactions", authorization=given)) == (401, "UNAUTHORIZED")


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


def test_the_list_is_paged(sandbox: Sandbox) -> None:
    """Ten a page unless more is asked for, the newest first, nothing twice."""
    ids = [made(sandbox, "/topups", TOPUP)["id"] for _ in range(23)][::-1]
    pages = [[row["id"] for row in seen(sandbox, "/transactions", {"page": page})] for page in ("1", "2", "3", "4")]
    assert pages == [ids[:10], ids[10:20], ids[20:], []]
    assert [row["id"] for row in seen(sandbox, "/transactions", {"limit": "100"})] == ids


def test_the_list_is_filtered(sandbox: Sandbox) -> None:
    """By every field that the document names."""
    first = made(sandbox, "/topups", {**TOPUP, "confirm": False, "reference": "r-1"}, tora_terminal_id="7")["id"]
    sandbox.move(timedelta(hours=1))
    second = made(sandbox, "/payments", WATER)["id"]
    sandbox.move(timedelta(hours=1))
    made(sandbox, f"/topups/{first}/void")
    noon, ten = "2026-03-02T12:00:00+01:00", "2026-03-02T10:00:00Z"
    expected: dict[str, tuple[str, list[str]]] = {
        "type": ("BP", [second]),
        "mid": ("500123", [second, first]),
        "terminalId": ("7", [first]),
        "status": ("canceled", [first]),
        "reference": ("r-1", [first]),
        "from": (ten, [second]),
        "to": (ten, [first]),
        "cancelFrom": (noon, [first]),
        "cancelTo": (noon, []),
    }
    for name, (value, ids) in expected.items():
        assert (name, [row["id"] for row in seen(sandbox, "/transactions", {name: value})]) == (name, ids)
    assert seen(sandbox, "/transactions", {"mid": "another"}) == []


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "9"},
        {"limit": "101"},
        {"page": "0"},
        {"page": "x"},
        {"type": "bp"},
        {"status": "pending"},
        {"from": "2026-03-02"},
        {"to": "2026-03-02T10:00:00"},
        {"terminalId": "T"},
        {"form": "x"},
    ],
)
def test_a_wrong_filter_is_refused(sandbox: Sandbox, query: dict[str, str]) -> None:
    """Limits, words, moments with their zone, and no other names."""
    assert refusal(send(sandbox, "GET", "/transactions", query=query)) == (400, "INVALID_QUERY")


def test_a_report_is_there_after_some_asking(sandbox: Sandbox) -> None:
    """Small letters in the request, capitals in the answer; the format is in the file's name."""
    reply = send(sandbox, "POST", "/reports", {"type": "transactions", "format": "excel", "status": ""})
    report = json.loads(reply.body)
    assert (reply.executed, report["type"], report["status"]) == (False, "TRANSACTIONS", "pending")
    assert report["filename"] == f"500123-TRANSACTIONS_{report['id']}.xlsx"
    states = [seen(sandbox, f"/reports/{report['id']}")["status"] for _ in range(4)]
    assert states == ["pending", "pending", "completed", "completed"]


def test_a_report_can_be_finished_by_hand(sandbox: Sandbox) -> None:
    """For people who do not want to wait."""
    report = json.loads(send(sandbox, "POST", "/reports", {"type": "actions"}).body)
    sandbox.act("tora", "finish", report["id"])
    assert seen(sandbox, f"/reports/{report['id']}")["status"] == "completed"


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

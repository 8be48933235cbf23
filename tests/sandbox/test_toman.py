"""Toman's scopes, lists and terminals in the sandbox."""

import base64
import copy
import json
import random
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from paycli.sandbox.http import Call
from paycli.sandbox.toman.books import Books
from paycli.sandbox.toman.calendar import persian_day
from paycli.sandbox.toman.tokens import SCOPES
from paycli.sandbox.world import NoSuchThingError
from tests.sandbox.desks import FORM, UNKNOWN, Office
from tests.sandbox.moving import START


@pytest.fixture
def office() -> Office:
    """Return a desk at a fresh sandbox."""
    return Office()


@pytest.mark.parametrize(
    "method,path,scope",
    [
        ("POST", "/terminals/", "repigma.terminal.create"),
        ("GET", f"/terminals/{UNKNOWN}", "repigma.terminal.read"),
        ("GET", "/reports/", "repigma.report.list"),
        ("GET", f"/reports/{UNKNOWN}/download", "repigma.report.download"),
        ("GET", "/psps", "repigma.psp.read"),
        ("GET", "/psps/0", "repigma.psp.read"),
        ("GET", "/psp-accounts", "repigma.psp_account.read"),
        ("GET", f"/psp-accounts/{UNKNOWN}", "repigma.psp_account.read"),
        ("GET", "/payments/pos", "repigma.payment.list"),
    ],
)
def test_every_route_asks_for_its_scope(office: Office, method: str, path: str, scope: str) -> None:
    """And for a token at all."""
    others = office.sign_in(" ".join(sorted(SCOPES - {scope})))["access_token"]
    assert office.send(others, path, method, {}).status == 403
    assert office.send(office.sign_in(scope)["access_token"], path, method, {}).status in {200, 400, 404}
    assert office.send("wrong", path, method, {}).status == 401
    reply = office.sandbox.handle(method, f"/toman{path}", {}, {}, b"")
    assert (reply.status, "WWW-Authenticate" in reply.headers) == (401, True)


@pytest.mark.parametrize("path", ["/terminals", "/reports", "/psps/", "/psp-accounts/", "/payments/ipg/", "/x"])
def test_trailing_slashes_matter(office: Office, path: str) -> None:
    """As the document writes them."""
    assert office.get(path) == {"detail": "Not found."}


def test_other_methods_are_refused(office: Office) -> None:
    """The samples say GET where the tables say POST."""
    assert office.post(f"/terminals/{UNKNOWN}", {}).status == 405
    assert office.post(f"/reports/{UNKNOWN}/download", {}).status == 405


@pytest.mark.parametrize("path,count", [("/psps", 12), ("/psp-accounts", 23), ("/reports/", 24)])
def test_lists_are_paged_by_number(office: Office, path: str, count: int) -> None:
    """To the last page and back, with links."""
    pages = [office.get(path)]
    while following := pages[-1]["next"]:
        assert following.startswith(f"http://127.0.0.1:8700/toman{path}?page=")
        pages.append(office.get(path, **dict(parse_qsl(urlsplit(following).query))))
    rows = [row for page in pages for row in page["results"]]
    assert [page["count"] for page in pages] == [count] * len(pages)
    assert len({json.dumps(row) for row in rows}) == len(rows) == count
    assert pages[0]["previous"] is None
    assert pages[1]["previous"].endswith("?page=1")


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", ""])
def test_a_page_that_is_none_is_not_found(office: Office, page: str) -> None:
    """As the framework says it."""
    assert office.get("/psps", page=page) == {"detail": "Invalid page."}


@pytest.mark.parametrize("path", ["/psps", "/payments/ipg", "/psps/0"])
def test_parameters_that_the_document_lacks_are_refused(office: Office, path: str) -> None:
    """So that a filter that does nothing is noticed."""
    assert office.get(path, status="1") == {"status": ["This parameter is not known."]}


@pytest.mark.parametrize("name,number,count", [("ipg", "0", 130), ("pos", "1", 64)])
def test_payments_are_paged_by_a_cursor(office: Office, name: str, number: str, count: int) -> None:
    """Forwards and backwards; the kind is a word or its number."""
    pages = [office.get(f"/payments/{name}")]
    assert office.get(f"/payments/{number}")["results"] == pages[0]["results"]
    while following := pages[-1]["next"]:
        pages.append(office.get(f"/payments/{name}", **dict(parse_qsl(urlsplit(following).query))))
    ids = [row["id"] for page in pages for row in page["results"]]
    assert (len(ids), len(set(ids)), ids) == (count, count, sorted(ids, reverse=True))
    back = office.get(f"/payments/{name}", **dict(parse_qsl(urlsplit(pages[1]["previous"]).query)))
    assert back["results"] == pages[0]["results"]


def test_the_link_to_more_payments_is_not_to_be_followed_as_given(office: Office) -> None:
    """It is http:// and leads elsewhere than to the API; only its query is worth something."""
    following = urlsplit(office.get("/payments/ipg")["next"])
    assert (following.scheme, following.netloc, following.path) == ("http", "127.0.0.1", "/toman/payments/ipg")


def test_a_new_payment_shifts_no_page(office: Office) -> None:
    """What the cursor is for."""
    first = office.get("/payments/pos")
    terminal = next(one for one in office.books.terminals.values() if one.terminal_type == 1)
    before = office.get("/payments/pos", **dict(parse_qsl(urlsplit(first["next"]).query)))
    office.sandbox.move(timedelta(minutes=1))
    assert "succeeded" in office.sandbox.act("toman", "pay", terminal.number)
    assert "failed" in office.sandbox.act("toman", "decline", terminal.uuid)
    after = office.get("/payments/pos", **dict(parse_qsl(urlsplit(first["next"]).query)))
    assert after["results"] == before["results"]
    newest = office.get("/payments/pos")["results"][:2]
    assert sorted(row["status"] for row in newest) == [0, 1]


@pytest.mark.parametrize("cursor", ["", "%%%", "bm90aGluZw==", "cD0x", "P/8="])
def test_a_cursor_that_is_none_is_not_found(office: Office, cursor: str) -> None:
    """It is opaque, not free."""
    assert office.get("/payments/ipg", cursor=cursor) == {"detail": "Invalid cursor"}


def test_a_page_behind_the_last_payment_is_empty(office: Office) -> None:
    """It has no neighbours."""
    cursor = base64.b64encode(b"p=00000000000000000000000000").decode()
    assert office.get("/payments/ipg", cursor=cursor) == {"count": 130, "next": None, "previous": None, "results": []}


def test_errors_have_the_apis_form(office: Office) -> None:
    """One sentence."""
    assert json.loads(office.sandbox.error("/toman/psps", 503).body) == {"detail": "The request failed."}


def test_a_payment_has_the_documents_fields(office: Office) -> None:
    """Whole rials, a masked card, seconds."""
    payment = office.get("/payments/ipg")["results"][0]
    assert set(payment) == {
        "id",
        "amount",
        "psp",
        "masked_paid_card_number",
        "terminal_number",
        "transaction_datetime",
        "status",
    }
    assert isinstance(payment["amount"], int)
    assert (len(payment["id"]), len(payment["masked_paid_card_number"])) == (26, 16)
    assert payment["transaction_datetime"].endswith("Z")


def test_single_things_are_read_by_their_id(office: Office) -> None:
    """0 is an id too."""
    assert office.get("/psps/0")["id"] == 0
    account = office.get("/psp-accounts")["results"][0]
    assert office.get(f"/psp-accounts/{account['uuid']}") == account
    for path in ("/psps/99", f"/psp-accounts/{UNKNOWN}", f"/terminals/{UNKNOWN}", "/payments/atm"):
        assert office.get(path) == {"detail": "Not found."}


def test_a_terminal_is_created_and_read(office: Office) -> None:
    """With its account's PSP; its number belongs to it alone."""
    body = office.terminal()
    reply = office.post("/terminals/", body)
    made = json.loads(reply.body)
    assert (reply.status, reply.executed) == (201, True)
    assert {name: made[name] for name in body} == body
    assert made["psp"] == office.books.accounts[body["psp_account_uuid"]]["psp"]
    assert made["created_at"] == "2026-03-02T09:15:00.000Z"
    assert office.get(f"/terminals/{made['uuid']}") == made
    again = office.post("/terminals/", body)
    assert (again.status, again.executed, list(json.loads(again.body))) == (400, False, ["terminal_number"])


def test_some_of_a_terminal_may_be_left_out(office: Office) -> None:
    """It is then enabled, from now on, without a description."""
    names = ("terminal_type", "psp_account_uuid", "terminal_number", "acceptor_code")
    body = {name: office.terminal()[name] for name in names}
    made = json.loads(office.post("/terminals/", body).body)
    assert (made["enabled"], made["description"], made["start_fetch_time"]) == (True, None, made["created_at"])


@pytest.mark.parametrize(
    "change",
    [
        {"terminal_type": "1"},
        {"terminal_type": 2},
        {"terminal_type": True},
        {"psp_account_uuid": "a1"},
        {"psp_account_uuid": UNKNOWN},
        {"terminal_number": 7700123},
        {"terminal_number": "x"},
        {"acceptor_code": "311"},
        {"acceptor_code": 3.5},
        {"enabled": "true"},
        {"description": 5},
        {"start_fetch_time": "yesterday"},
        {"start_fetch_time": "2026-03-01T00:00:00"},
        {"start_fetch_time": 5},
        {"colour": "red"},
    ],
)
def test_a_wrong_field_of_a_terminal_is_named(office: Office, change: dict[str, Any]) -> None:
    """Types, unknown names and unknown accounts."""
    reply = office.post("/terminals/", office.terminal(**change))
    assert (reply.status, list(json.loads(reply.body))) == (400, list(change))


@pytest.mark.parametrize("missing", ["terminal_type", "psp_account_uuid", "terminal_number", "acceptor_code"])
def test_a_missing_field_of_a_terminal_is_named(office: Office, missing: str) -> None:
    """What it cannot be without."""
    body = {name: value for name, value in office.terminal().items() if name != missing}
    assert json.loads(office.post("/terminals/", body).body) == {missing: ["This field is required."]}


def test_a_terminal_is_sent_as_json(office: Office) -> None:
    """An object of it."""
    assert office.post("/terminals/", []).status == 400
    token = office.sign_in()["access_token"]
    headers = {"authorization": f"Bearer {token}", **FORM}
    assert office.sandbox.handle("POST", "/toman/terminals/", {}, headers, b"terminal_type=1").status == 415


@pytest.mark.parametrize(
    "call",
    [
        Call("GET", f"/terminals/{UNKNOWN}"),
        Call("GET", f"/reports/{UNKNOWN}/download"),
        Call("GET", "/psps/77"),
        Call("GET", f"/psp-accounts/{UNKNOWN}"),
        Call("GET", "/psps"),
    ],
)
def test_what_is_furnished_can_be_read(office: Office, call: Call) -> None:
    """Whatever the path names; a second time nothing is added."""
    for _ in range(2):
        office.sandbox.furnish(Call(call.method, f"/toman{call.path}"))
    assert office.send(office.sign_in()["access_token"], call.path).status == 200


def test_a_new_terminals_account_is_furnished(office: Office) -> None:
    """So that it can be created; the sandbox's own doing needs no token for it."""
    raw = json.dumps(office.terminal(psp_account_uuid=UNKNOWN)).encode()
    headers = {"content-type": "application/json"}
    office.sandbox.furnish(Call("POST", "/toman/terminals/", {}, headers, raw))
    provider = office.sandbox.providers["toman"]
    assert provider.handle(Call("POST", "/terminals/", {}, headers, raw, trusted=True)).executed


def test_unknown_events_and_targets_are_told(office: Office) -> None:
    """Nothing happens then; a report that failed does not succeed."""
    failed = next(report.uuid for report in office.books.reports.values() if report.status == 3)
    for event, target in (("dance", "x"), ("pay", "404"), ("finish", "404"), ("finish", failed), ("expire", failed)):
        with pytest.raises(NoSuchThingError):
            office.sandbox.act("toman", event, target)


def test_a_copy_goes_its_own_way(office: Office) -> None:
    """So that an old state can answer."""
    old = copy.deepcopy(office.sandbox.providers["toman"])
    made = json.loads(office.post("/terminals/", office.terminal()).body)
    call = Call("GET", f"/terminals/{made['uuid']}", trusted=True)
    assert [side.handle(call).status for side in (old, office.sandbox.providers["toman"])] == [404, 200]


def test_chance_alone_decides_the_data() -> None:
    """The same seed makes the same things, and another one others."""
    first, again, other = (Books(random.Random(seed), START) for seed in (1, 1, 2))
    assert first.payments == again.payments != other.payments
    assert first.reports == again.reports != other.reports


@pytest.mark.parametrize(
    "day,persian",
    [
        (date(2024, 9, 13), "1403-06-23"),
        (date(2024, 12, 17), "1403-09-27"),
        (date(2025, 3, 20), "1403-12-30"),
        (date(2025, 3, 21), "1404-01-01"),
        (date(2026, 3, 2), "1404-12-11"),
        (date(2028, 3, 20), "1407-01-01"),
        (date(2029, 3, 20), "1408-01-01"),
        (date(2030, 3, 21), "1409-01-01"),
    ],
)
def test_days_are_counted_by_the_persian_calendar(day: date, persian: str) -> None:
    """As in the names of report files."""
    assert persian_day(day) == persian

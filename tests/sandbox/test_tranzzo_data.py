"""Reports, QR codes, receipts and what is known of cards and addresses, without a socket."""

import io
import itertools
import json
import struct
import zipfile
import zlib
from typing import Any

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.tranzzo import mvisa
from paycli.sandbox.tranzzo.access import API_KEY, API_SECRET, POS_ID
from paycli.sandbox.world import NoSuchThingError
from tests.sandbox.tranzzo_shop import CARD, PAGE, PAYMENT, ask, new_sandbox, pay, send, told, wrong

PERIOD = {
    "project_id": POS_ID,
    "start_date": "2026-03-01T00:00:00.000+00:00",
    "end_date": "2026-03-31T00:00:00.000+00:00",
}
QR = {"pos_id": POS_ID, "amount": 12.5, "currency": "UAH", "merchant_name": "CHAIRS"}


@pytest.fixture
def sandbox() -> Sandbox:
    """Return an empty sandbox."""
    return new_sandbox()


def start(sandbox: Sandbox, **more: Any) -> Any:
    """Start a report; return its answer."""
    return told(send(sandbox, "POST", "/streaming-report/start", {**PERIOD, **more}))


def rows(sandbox: Sandbox, report_id: str) -> list[Any]:
    """Wait for a report and return its rows."""
    path = f"/streaming-report/fetch/{report_id}"
    for _ in range(2):
        early = send(sandbox, "GET", path)
        assert (early.status, told(early)["code"]) == (202, "report_not_ready")
    return [json.loads(line) for line in send(sandbox, "GET", path).content().splitlines()]


def test_a_report_has_the_rows_that_were_counted(sandbox: Sandbox) -> None:
    """With a string amount and a number for the moment."""
    pay(sandbox, CARD, amount=12.5, payload="n=1")
    pay(sandbox, CARD, order_id="A-2", amount=10.51)
    started = start(sandbox)
    assert started["count"] == 2
    first, second = rows(sandbox, started["report_id"])
    assert len(first) == 25
    expected = {
        "orderId": "A-1",
        "amount": "12.5",
        "dateTime": 1772442900000,
        "cardMask": "424242******4242",
        "payload": "n=1",
        "paymentSystem": "VISA",
    }
    assert {name: first[name] for name in expected} == expected
    assert second["status"] == "failure"


def test_a_report_is_filtered_and_cut_to_columns(sandbox: Sandbox) -> None:
    """As it was asked for."""
    pay(sandbox)
    pay(sandbox, CARD, order_id="A-2", amount=10.51)
    started = start(sandbox, statuses=["failure"], transaction_details=["orderId", "receiverFee"])
    assert rows(sandbox, started["report_id"]) == [{"orderId": "A-2", "receiverFee": ""}]
    assert start(sandbox, methods=["refund"])["count"] == 0


@pytest.mark.parametrize(
    "change,field",
    [
        ({"end_date": "2026-04-01T00:00:00.001+00:00"}, "end_date"),
        ({"end_date": "2026-02-28T00:00:00.000+00:00"}, "end_date"),
        ({"start_date": "2026-03-01"}, "start_date"),
        ({"start_date": 1772442900}, "start_date"),
        ({"statuses": "success"}, "statuses"),
        ({"statuses": ["done"]}, "statuses"),
        ({"methods": ["pay"]}, "methods"),
        ({"transaction_details": ["colour"]}, "transaction_details"),
        ({"pos_id": POS_ID}, "pos_id"),
    ],
)
def test_what_a_report_cannot_be_made_of(sandbox: Sandbox, change: dict[str, Any], field: str) -> None:
    """More than 31 days, and words that are none."""
    assert wrong(send(sandbox, "POST", "/streaming-report/start", {**PERIOD, **change})) == [field]


def test_a_report_of_another_project_is_refused(sandbox: Sandbox) -> None:
    """As every other request; the endpoints key is not needed here."""
    body = {**PERIOD, "project_id": "11111111-1111-4111-8111-111111111111"}
    assert send(sandbox, "POST", "/streaming-report/start", body).status == 401
    headers = {"x-api-auth": f"CPAY {API_KEY}:{API_SECRET}"}
    assert sandbox.handle("GET", "/tranzzo/streaming-report/fetch/x", {}, headers, b"").status == 404


def test_a_long_report_is_made_while_it_is_read(sandbox: Sandbox) -> None:
    """The first rows of ten million are there at once, and the same each time."""
    sandbox.act("tranzzo", "report-rows", "10000000")
    started = start(sandbox)
    assert started["count"] == 10_000_000
    path = f"/streaming-report/fetch/{started['report_id']}"
    replies = [send(sandbox, "GET", path) for _ in range(4)][2:]
    first, again = ([*itertools.islice(reply.chunks(), 2)] for reply in replies if reply.chunks)
    assert first == again
    assert json.loads(first[0].splitlines()[0])["orderId"] == "R-0000000"
    assert start(sandbox)["count"] == 0


@pytest.mark.parametrize("count", ["-1", "many", "99999999", "1e3"])
def test_a_report_has_a_number_of_rows(sandbox: Sandbox, count: str) -> None:
    """Anything else is a sentence."""
    with pytest.raises(NoSuchThingError):
        sandbox.act("tranzzo", "report-rows", count)


def test_the_checksum_of_a_qr_code() -> None:
    """The check value of this CRC that everybody publishes."""
    assert mvisa.checksum(b"123456789") == 0x29B1


def test_a_raw_qr_code_can_be_paid(sandbox: Sandbox) -> None:
    """What is configured fills what is left out; the amount has two decimals."""
    reply = ask(sandbox, "POST", "/api/v1/mvisa", QR, {"type": "raw"})
    raw = told(reply)["raw"]
    assert raw.startswith("000201021642424242424242425204599953039805405" + "12.50" + "5802UA5906CHAIRS6004Kyiv6304")
    assert int(raw[-4:], 16) == mvisa.checksum(raw[:-4].encode())
    assert pay(sandbox, CARD, payway="mvisa", properties={"mvisa_qr": raw})["status"] == "success"


def test_a_picture_of_a_qr_code(sandbox: Sandbox) -> None:
    """A square PNG whose lines are complete."""
    reply = ask(sandbox, "POST", "/api/v1/mvisa", QR, {"type": "png"})
    assert reply.headers["Content-Type"] == "image/png"
    assert reply.body[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", reply.body[16:24])
    length = reply.body.index(b"IDAT")
    packed = reply.body[length + 4 : length + 4 + struct.unpack(">I", reply.body[length - 4 : length])[0]]
    assert (width, height, len(zlib.decompress(packed))) == (294, 294, 294 * 295)


@pytest.mark.parametrize(
    "query,change,fields",
    [
        ({}, {}, ["type"]),
        ({"type": "gif"}, {}, ["type"]),
        ({"type": "raw"}, {"currency": "XXX"}, ["currency"]),
        ({"type": "raw"}, {"merchant_name": "x" * 26}, ["merchant_name"]),
        ({"type": "raw"}, {"country_code": "UKR", "order_id": "1"}, ["country_code", "order_id"]),
    ],
)
def test_what_no_qr_code_can_be_made_of(
    sandbox: Sandbox, query: dict[str, str], change: dict[str, Any], fields: list[str]
) -> None:
    """The type stands in the query, the rest in the body."""
    assert wrong(ask(sandbox, "POST", "/api/v1/mvisa", {**QR, **change}, query)) == fields


@pytest.mark.parametrize("number,status", [("424242", 200), ("54545454", 200), ("999999", 404), ("42424", 400)])
def test_what_is_known_of_a_bin(sandbox: Sandbox, number: str, status: int) -> None:
    """The test cards', and no others."""
    reply = send(sandbox, "GET", f"/api/v1/enrichments/{POS_ID}/bins/{number}")
    assert reply.status == status
    assert status != 200 or told(reply)["card"]["bin"] == int(number)


@pytest.mark.parametrize(
    "address,status", [("203.0.113.9", 200), ("2001:db8::1", 200), ("10.0.0.1", 404), ("1.2.3", 400), ("here", 400)]
)
def test_where_an_address_lies(sandbox: Sandbox, address: str, status: int) -> None:
    """400 for what is none, 404 for what is not known."""
    reply = send(sandbox, "GET", f"/api/v1/enrichments/{POS_ID}/ips/{address}")
    assert reply.status == status
    assert status != 200 or told(reply)["city"] == "Kyiv"


def test_a_receipt_of_a_paid_order(sandbox: Sandbox) -> None:
    """As a page and as a PDF whose table of places is right."""
    pay(sandbox, CARD, order_id="A<1>(")
    path = f"/api/v1/pos/{POS_ID}/orders/A%3C1%3E(/report/receipt"
    page = ask(sandbox, "GET", path, query={"format": "html"}).body.decode()
    assert "A&lt;1&gt;(" in page
    pdf = ask(sandbox, "GET", path, query={"format": "pdf"}).body
    assert (pdf[:5], pdf[-6:]) == (b"%PDF-", b"%%EOF\n")
    assert rb"Order: A<1>\(" in pdf
    table = int(pdf.split()[-2])
    places = [int(line[:10]) for line in pdf[table:].splitlines()[3:9]]
    assert [pdf[place:].startswith(b"%d 0 obj" % number) for number, place in enumerate(places, 1)] == [True] * 6


def test_an_order_that_nobody_paid_has_no_receipt(sandbox: Sandbox) -> None:
    """And a form is needed."""
    send(sandbox, "POST", PAYMENT, PAGE)
    path = f"/api/v1/pos/{POS_ID}/orders/A-1/report/receipt"
    assert ask(sandbox, "GET", path, query={"format": "pdf"}).status == 404
    assert wrong(ask(sandbox, "GET", path)) == ["format"]


def test_the_receipts_of_a_day(sandbox: Sandbox) -> None:
    """One file for each order that was paid then."""
    pay(sandbox)
    pay(sandbox, CARD, order_id="A-2")
    pay(sandbox, CARD, order_id="A-3", amount=1.51)
    path = f"/api/v1/pos/{POS_ID}/date/{{}}/report/receipt"

    def names(day: str) -> list[str]:
        packed = ask(sandbox, "GET", path.format(day), query={"format": "html"}).body
        return zipfile.ZipFile(io.BytesIO(packed)).namelist()

    assert (len(names("2026-03-02")), names("2026-03-03")) == (2, [])
    assert wrong(ask(sandbox, "GET", path.format("yesterday"), query={"format": "html"})) == ["date"]

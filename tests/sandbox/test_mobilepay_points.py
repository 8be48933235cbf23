"""MobilePay's points of sale and tokens in the sandbox, and what it refuses."""

import json
from typing import Any

import pytest

from paycli.sandbox.mobilepay.merchant import ACCESS_TOKEN, BIO_CODE
from tests.sandbox.desks import GUID, JSON, SIGNED, Desk


@pytest.fixture
def desk() -> Desk:
    """Return a till at an empty sandbox."""
    return Desk()


def test_a_point_of_sale_is_made_and_deleted_per_terminal(desk: Desk) -> None:
    """One at a time; GET deletes as DELETE does."""
    assert desk.ask("/manage/terminal/information", terminalId="T-7")["success"] is False
    made = desk.ask("/manage/create", "POST", terminalId="T-7")["posId"]
    assert desk.ask("/manage/create", terminalId="T-7")["success"] is False
    assert desk.ask("/manage/terminal/information", terminalId="T-7")["posInformation"]["posId"] == made
    assert desk.ask("/terminal/qrcode", terminalId="T-7")["qrCodeLink"].startswith("https://")
    assert desk.ask("/manage/delete", "DELETE", terminalId="T-7")["success"]
    assert desk.ask("/manage/delete", terminalId="T-7")["success"] is False


def test_stores_are_listed_and_shown(desk: Desk) -> None:
    """With the upstream API's fields."""
    ids = desk.ask("/manage/stores")["storesIds"]
    shown = [desk.ask("/manage/store", storeId=one)["storeInformation"] for one in ids]
    assert [store["storeCity"] for store in shown] == ["Odense", "Aarhus"]
    assert desk.errors("/manage/store", storeId=GUID) == ["1002"]


def test_a_reset_kills_the_old_token(desk: Desk) -> None:
    """It needs the old one, and no other credentials but the bioCode."""
    wrong = {"bioCode": BIO_CODE, "previousAccessToken": "wrong"}
    assert json.loads(desk.send("GET", "/manage/token/reset", wrong).body)["success"] is False
    fields = {"bioCode": BIO_CODE, "previousAccessToken": ACCESS_TOKEN}
    fresh = json.loads(desk.send("GET", "/manage/token/reset", fields).body)["accessToken"]
    assert desk.send("GET", "/manage/stores", SIGNED).status == 401
    assert desk.send("GET", "/manage/stores", {**SIGNED, "accessToken": fresh}).status == 200
    assert json.loads(desk.send("GET", "/manage/token/reset", fields).body)["success"] is False


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_is_created_only_where_there_is_none(desk: Desk, method: str) -> None:
    """Integra's support can empty it."""
    fields = {"bioCode": BIO_CODE}
    assert json.loads(desk.send(method, "/manage/token", fields).body)["success"] is False
    desk.act("forget-token", BIO_CODE)
    assert desk.send("GET", "/manage/stores", SIGNED).status == 401
    assert desk.send("GET", "/manage/stores", {**SIGNED, "accessToken": ""}).status == 401
    assert json.loads(desk.send(method, "/manage/token", fields).body)["accessToken"].startswith("sandbox-token-")


@pytest.mark.parametrize("missing", ["accessToken", "bioCode"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_credentials_are_asked_for_everywhere(desk: Desk, missing: str, method: str) -> None:
    """In the query of a GET, in the body of a POST; a wrong one is as bad as none."""
    for fields in ({**SIGNED, missing: "wrong"}, {name: SIGNED[name] for name in SIGNED if name != missing}):
        reply = desk.send(method, "/manage/create", {"terminalId": "T-7", **fields})
        assert (reply.status, json.loads(reply.body)["success"]) == (401, False)


@pytest.mark.parametrize(
    "change,code",
    [
        ({"amount": "1.005"}, "1102"),
        ({"amount": "-1"}, "1102"),
        ({"amount": "0.00"}, "1102"),
        ({"amount": "1e2"}, "1102"),
        ({"orderId": "x" * 37}, "1113"),
        ({"orderId": "Ж"}, "1113"),
        ({"currencyCode": "SEK"}, "1099"),
        ({"ordrId": "x"}, "1099"),
        ({"ordrId": ""}, "1099"),
        ({"amount": ""}, "1099"),
        ({"amount": 12.5}, "1099"),
    ],
)
def test_a_wrong_field_is_refused(desk: Desk, change: dict[str, Any], code: str) -> None:
    """Types, limits and misspelt names are noticed."""
    fields = {"orderId": "A-1", "amount": "1", "terminalId": "T-1001", **SIGNED, **change}
    reply = desk.send("POST", "/payment/start", fields)
    assert [error.partition(":")[0] for error in json.loads(reply.body)["errors"]] == [code]
    assert not reply.executed


@pytest.mark.parametrize(
    "method,path,fields,headers,status",
    [
        ("GET", "/api/pos/nowhere", {}, {}, 404),
        ("POST", "/api/pos/payment/capture", {}, {}, 405),
        ("DELETE", "/api/pos/manage/create", {}, {}, 405),
        ("GET", "/api/pos/manage/stores", SIGNED, {"accept": "application/xml"}, 406),
        ("GET", "/api/pos/manage/stores", SIGNED, {"accept": "text/html, */*;q=0.1"}, 200),
    ],
)
def test_the_web_server_refuses_what_the_proxy_never_sees(
    desk: Desk, method: str, path: str, fields: dict[str, str], headers: dict[str, str], status: int
) -> None:
    """Unknown addresses, methods, and forms of answers."""
    assert desk.sandbox.handle(method, f"/mobilepay{path}", fields, headers, b"").status == status


def test_a_body_is_json_and_stands_alone(desk: Desk) -> None:
    """No form, no array, nothing beside it in the query, none with a GET."""
    path, body = "/mobilepay/api/pos/manage/token", b'{"bioCode": "B10-SANDBOX"}'
    for method, query, headers, raw in (
        ("POST", {}, {"content-type": "text/plain"}, body),
        ("POST", {}, JSON, b"[]"),
        ("POST", {"bioCode": BIO_CODE}, JSON, body),
        ("GET", {}, JSON, body),
    ):
        answer = json.loads(desk.sandbox.handle(method, path, query, headers, raw).body)
        assert answer["errors"][0].startswith("1099: ")


def test_errors_have_the_proxys_shape_or_the_web_servers(desk: Desk) -> None:
    """A broken server does not say success=false, which would be a refusal."""
    error = desk.sandbox.providers["mobilepay"].error
    assert json.loads(error(401).body)["success"] is False
    assert [json.loads(error(status).body) for status in (500, 409)] == [{"Message": "An error has occurred."}] * 2

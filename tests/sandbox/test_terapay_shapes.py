"""What TeraPay's sandbox takes and refuses, field by field, and what it makes for a request."""

import copy
import json
from typing import Any

import pytest

from paycli.sandbox.http import Call
from paycli.sandbox.world import NoSuchThingError
from tests.sandbox.account import UNKNOWN, Account

BATCH = {"batchName": "B", "items": [{"destination": "d", "amount": 1}]}
CARD = {"cardNumber": "4242424242424242", "expiryMonth": 12, "expiryYear": 2030, "cvv": "123"}
CHECKOUT = {"amount": 10, "currency": "SLE", "returnUrl": "https://shop.example/back"}
SMS = {"phoneNumber": "+23276000001", "message": "Hello"}
PAY = {"amount": 1, "description": "x", "externalReference": "y"}
BANK = {"accountNumber": "001", "amount": 1}
CLIENT_BANK = {"destinationClientId": UNKNOWN, "accountNumber": "001", "entries": [{"amount": 1}]}
CLIENT_MOBILE = {"destinationClientId": UNKNOWN, "phoneNumber": "23276000001", "entries": [{"amount": 1}]}
CUSTOMER = {"email": "ada@wallet.example", "password": "12345678"}
PERMISSION = {"name": "P", "httpMethod": "GET", "routePattern": "/api/banks"}
USER = {"userName": "ada", "email": "ada@shop.example", "roles": ["New"], "generateApiKey": True}
DEVELOPER = {
    "developerName": "Ada",
    "developerEmail": "ada@dev.example",
    "developerPhoneNumber": "76000001",
    "roleId": UNKNOWN,
}
RETRY = {"batchId": UNKNOWN, "itemIds": [UNKNOWN]}
TRANSFER = {"recipientCustomerId": UNKNOWN, "amount": 1, "description": "x"}


@pytest.fixture
def account() -> Account:
    """Return an account whose program may do everything."""
    return Account()


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a body without one of its fields."""
    return {field: value for field, value in body.items() if field != name}


REQUIRED = [
    *[("/portal/login", {"username": "a@b.example", "password": "x"}, name) for name in ("username", "password")],
    *[
        ("/portal/reset-password", {"email": "a@b.example", "token": "t", "newPassword": "p"}, name)
        for name in ("email", "token", "newPassword")
    ],
    *[("/developers", DEVELOPER, name) for name in DEVELOPER],
    *[("/batches", BATCH, name) for name in BATCH],
    *[(f"/batches/{UNKNOWN}/retry", RETRY, name) for name in RETRY],
    *[("/cards", CARD, name) for name in ("cardNumber", "cvv")],
    *[("/checkout/sessions", CHECKOUT, name) for name in CHECKOUT],
    ("/clients", {"clientType": "Company", "name": "N"}, "name"),
    *[("/customers/register", CUSTOMER, name) for name in CUSTOMER],
    *[("/customers/login", CUSTOMER, name) for name in CUSTOMER],
    *[("/wallet/top-up", {"amount": 1, "description": "x"}, name) for name in ("amount", "description")],
    *[("/wallet/transfer", TRANSFER, name) for name in TRANSFER],
    *[("/wallet/pay", PAY, name) for name in PAY],
    *[("/transfers/bank", BANK, name) for name in BANK],
    ("/transfers/resend-otp", {"transactionId": UNKNOWN}, "transactionId"),
    ("/transfers/mobile", {"payments": [{"phoneNumber": "23276000001", "amount": 1}]}, "payments"),
    *[("/transfers/client/bank", CLIENT_BANK, name) for name in CLIENT_BANK],
    *[("/transfers/client/mobile", CLIENT_MOBILE, name) for name in CLIENT_MOBILE],
    ("/permissions", PERMISSION, "name"),
    *[("/roles", {"name": "R", "permissionIds": []}, name) for name in ("name", "permissionIds")],
    *[("/sms/send", SMS, name) for name in SMS],
    *[("/sms/bulk", {"phoneNumbers": ["23276000001"], "message": "x"}, name) for name in ("phoneNumbers", "message")],
    *[("/sms/send-as", {**SMS, "senderId": "Shop"}, name) for name in ("phoneNumber", "message", "senderId")],
]


@pytest.mark.parametrize("path,body,name", REQUIRED)
def test_a_missing_field_is_refused(account: Account, path: str, body: dict[str, Any], name: str) -> None:
    """And named."""
    reply = account.send("POST", path, without(body, name))
    assert (reply.status, f"{name} is required" in json.loads(reply.body)["message"]) == (400, True)


@pytest.mark.parametrize("path,body", {path: body for path, body, _ in REQUIRED}.items())
def test_a_misspelt_field_is_refused(account: Account, path: str, body: dict[str, Any]) -> None:
    """As on every request."""
    reply = account.send("POST", path, {**body, "ammount": 1})
    assert (reply.status, "ammount is not a field" in json.loads(reply.body)["message"]) == (400, True)


@pytest.mark.parametrize(
    "path,body,change",
    [
        ("/portal/login", {"username": "a@b.example", "password": "x"}, {"username": "clerk"}),
        ("/portal/login", {"username": "a@b.example", "password": "x"}, {"rememberMe": "true"}),
        ("/portal/users", USER, {"roles": "New"}),
        ("/portal/users", USER, {"generateApiKey": 1}),
        ("/developers", DEVELOPER, {"roleId": "7"}),
        ("/developers", DEVELOPER, {"developerName": ""}),
        ("/batches", {"batchName": "B"}, {"items": []}),
        ("/batches", {"batchName": "B"}, {"items": [{"destination": "d", "amount": 0}]}),
        ("/batches", {"batchName": "B"}, {"items": [{"destination": "d", "amount": "1.00"}]}),
        ("/batches", {"batchName": "B"}, {"items": [{"destination": "", "amount": 1}]}),
        ("/batches", {"batchName": "B"}, {"items": [{"destination": "d", "amount": 1, "narration": "x"}]}),
        (f"/batches/{UNKNOWN}/retry", RETRY, {"itemIds": ["7"]}),
        ("/cards", CARD, {"cardNumber": "4242424242424241"}),
        ("/cards", CARD, {"cardNumber": "4242 4242 4242 4242"}),
        ("/cards", CARD, {"expiryMonth": 13}),
        ("/cards", CARD, {"expiryYear": 2020}),
        ("/cards", CARD, {"expiryYear": 30}),
        ("/cards", CARD, {"cvv": "12"}),
        ("/cards", CARD, {"cvv": 123}),
        ("/checkout/sessions", CHECKOUT, {"amount": "10"}),
        ("/checkout/sessions", CHECKOUT, {"amount": -1}),
        ("/checkout/sessions", CHECKOUT, {"currency": "LEONE"}),
        ("/checkout/sessions", CHECKOUT, {"returnUrl": "back"}),
        ("/clients", {"clientType": "Company", "name": "N"}, {"clientType": "company"}),
        ("/clients", {"clientType": "Company", "name": "N"}, {"city": 7}),
        ("/customers/register", CUSTOMER, {"email": "ada"}),
        ("/customers/register", CUSTOMER, {"email": "a" * 190 + "@wallet.example"}),
        ("/customers/register", CUSTOMER, {"password": "1234567"}),
        ("/customers/register", CUSTOMER, {"fullName": "x" * 201}),
        ("/wallet/top-up", {"amount": 1, "description": "x"}, {"amount": 0.009}),
        ("/wallet/top-up", {"amount": 1, "description": "x"}, {"amount": 1.005}),
        ("/wallet/top-up", {"amount": 1, "description": "x"}, {"amount": 10**40}),
        ("/wallet/top-up", {"amount": 1, "description": "x"}, {"amount": True}),
        ("/wallet/top-up", {"amount": 1, "description": "x"}, {"amount": float("nan")}),
        ("/wallet/top-up", {"amount": 1, "description": "x"}, {"description": "x" * 201}),
        ("/wallet/top-up", {"amount": 1, "description": "x"}, {"description": ""}),
        ("/wallet/transfer", TRANSFER, {"recipientCustomerId": "bob"}),
        ("/wallet/pay", PAY, {"externalReference": "x" * 101}),
        ("/transfers/bank", BANK, {"accountNumber": "0" * 35}),
        ("/transfers/bank", BANK, {"narration": 7}),
        ("/transfers/mobile", {}, {"payments": [{"phoneNumber": "Ada", "amount": 1}]}),
        ("/transfers/mobile", {}, {"payments": [{"phoneNumber": "23276000001"}]}),
        ("/transfers/client/bank", CLIENT_BANK, {"accountNumber": "01"}),
        ("/transfers/client/bank", CLIENT_BANK, {"entries": []}),
        ("/transfers/client/mobile", CLIENT_MOBILE, {"phoneNumber": ""}),
        ("/permissions", PERMISSION, {"httpMethod": "FETCH"}),
        ("/permissions", PERMISSION, {"routePattern": "api/banks"}),
        ("/permissions", PERMISSION, {"name": None}),
        ("/roles", {"name": "R", "permissionIds": []}, {"permissionIds": ["7"]}),
        ("/roles", {"name": "R", "permissionIds": []}, {"permissionIds": None}),
        ("/api-keys", {}, {"description": 7}),
        ("/sms/send", SMS, {"message": "x" * 321}),
        ("/sms/send", SMS, {"phoneNumber": "Ada"}),
        ("/sms/bulk", {"message": "x"}, {"phoneNumbers": []}),
        ("/sms/send-as", SMS, {"senderId": "x" * 12}),
        ("/sms/send-as", SMS, {"senderId": ""}),
    ],
)
def test_a_wrong_value_is_refused(account: Account, path: str, body: dict[str, Any], change: dict[str, Any]) -> None:
    """Types, lengths, bounds, words, and formats."""
    assert account.refused(path, {**body, **change}) == (400, "INVALID_BODY")


@pytest.mark.parametrize("overrides", [{"7": True}, {UNKNOWN: "yes"}, {UNKNOWN: None}, [UNKNOWN], "all"])
def test_exceptions_map_a_permission_to_yes_or_no(account: Account, overrides: Any) -> None:
    """Nothing else."""
    path = f"/users/{UNKNOWN}/permissions"
    assert account.refused(path, {"overrides": overrides}, method="PUT") == (400, "INVALID_BODY")
    assert account.refused(path, {}, method="PUT") == (400, "INVALID_BODY")
    assert account.refused(path, {"overrides": {}}, method="PUT") == (404, "USER_NOT_FOUND")


@pytest.mark.parametrize(
    "query", [{"startDate": "yesterday"}, {"endDate": "2026-02-30"}, {"format": "pdf"}, {"page": "1"}]
)
def test_a_wrong_filter_of_a_statement_is_refused(account: Account, query: dict[str, str]) -> None:
    """Days or moments, two formats, no pages."""
    reply = account.send("GET", "/wallet/statement", query=query)
    assert (reply.status, json.loads(reply.body)["code"]) == (400, "INVALID_QUERY")


def test_a_card_is_never_kept_or_repeated(account: Account) -> None:
    """Its first six and last four digits are answered; an expired one is refused."""
    reply = account.send("POST", "/cards", CARD)
    assert (json.loads(reply.body)["cardNumber"], reply.executed) == ("424242******4242", True)
    assert str(CARD["cardNumber"]) not in reply.body.decode() + repr(vars(account.sandbox.providers["terapay"]))
    assert account.refused("/cards", {**CARD, "expiryYear": 2026, "expiryMonth": 2}) == (422, "CARD_EXPIRED")
    account.made("/cards", {**CARD, "expiryYear": 2026, "expiryMonth": 3})


def test_a_checkout_has_a_page(account: Account) -> None:
    """And repeats what was asked for, exactly."""
    made = account.made("/checkout/sessions", {**CHECKOUT, "amount": 10.5})
    assert (made["checkoutUrl"].endswith(made["sessionId"]), made["amount"], made["status"]) == (True, 10.5, "Open")


def test_text_messages_are_told_to_whoever_runs_the_sandbox(account: Account) -> None:
    """One for every telephone, with the sender's name."""
    account.made("/sms/send-as", {**SMS, "senderId": "Quarry"})
    assert account.told() == "terapay: SMS to +23276000001 from Quarry: Hello"
    sent = account.made("/sms/bulk", {"phoneNumbers": ["23276000001", "23276000002"], "message": "Hi"})
    assert [one["phoneNumber"] for one in sent] == ["23276000001", "23276000002"]
    account.made("/sms/send", SMS)


@pytest.mark.parametrize(
    "method,path,body",
    [
        ("POST", "/portal/reset-password", {"email": "a@b.example", "token": "t", "newPassword": "p"}),
        ("POST", "/portal/users", USER),
        ("POST", "/developers", DEVELOPER),
        ("PUT", f"/users/{UNKNOWN}/permissions", {"overrides": {UNKNOWN: True}}),
        ("POST", "/roles", {"name": "R", "permissionIds": [UNKNOWN]}),
        ("PUT", f"/roles/{UNKNOWN}/permissions", {"permissionIds": [UNKNOWN]}),
        ("POST", "/permissions/bulk", [PERMISSION]),
        ("POST", f"/batches/{UNKNOWN}/process", None),
        ("POST", f"/batches/{UNKNOWN.upper()}/retry", RETRY),
        ("GET", f"/batches/{UNKNOWN}", None),
        ("POST", f"/clients/{UNKNOWN}/approve", None),
        ("GET", f"/clients/{UNKNOWN}", None),
        ("GET", f"/clients/{UNKNOWN}/transactions", None),
        ("POST", "/wallet/transfer", {**TRANSFER, "amount": 10**9}),
        ("POST", "/wallet/pay", PAY),
        ("POST", "/transfers/bank", {**BANK, "amount": 10**9}),
        ("POST", "/transfers/resend-otp", {"transactionId": UNKNOWN}),
        ("POST", "/transfers/mobile", {"payments": [{"phoneNumber": "23276000001", "amount": 10**9}]}),
        ("POST", "/transfers/client/bank", CLIENT_BANK),
        ("POST", "/transfers/client/mobile", CLIENT_MOBILE),
    ],
)
def test_what_is_furnished_is_executed(account: Account, method: str, path: str, body: Any) -> None:
    """And to furnish it twice adds nothing."""
    account.sandbox.act("terapay", "balance", "0")
    call = Call(method, f"/terapay/api{path}", {}, {}, b"" if body is None else json.dumps(body).encode())
    account.sandbox.furnish(call)
    before = account.balance()
    account.sandbox.furnish(call)
    assert account.balance() == before
    reply = account.send(method, path, body)
    assert (reply.status in {200, 201, 202}, reply.executed) == (True, method != "GET"), reply.body


@pytest.mark.parametrize("path,who", [("portal", {"username": "x@y.example"}), ("customers", {"email": "x@y.example"})])
def test_who_signs_in_is_furnished(account: Account, path: str, who: dict[str, str]) -> None:
    """With the password of the request; a sign-in changes nothing."""
    body = {**who, "password": "12345678"}
    account.sandbox.furnish(Call("POST", f"/terapay/api/{path}/login", {}, {}, json.dumps(body).encode()))
    reply = account.send("POST", f"/{path}/login", body)
    assert (reply.status, reply.executed) == (200, False)


@pytest.mark.parametrize(
    "path,headers",
    [("/nowhere", {}), ("/batches/7/process", {}), ("/clients/7/approve", {}), ("/wallet/pay", {"authorization": "x"})],
)
def test_nothing_is_furnished_for_what_nobody_could_answer(
    account: Account, path: str, headers: dict[str, str]
) -> None:
    """And nothing breaks."""
    account.sandbox.furnish(Call("POST", f"/terapay/api{path}", {}, headers, json.dumps(PAY).encode()))
    assert account.balance() == "100000.00"


def test_a_copy_of_the_state_lives_on_its_own(account: Account) -> None:
    """What happens in one does not happen in the other."""
    other: Any = copy.deepcopy(account.sandbox.providers["terapay"])
    account.made("/transfers/bank", BANK)
    assert (str(other.state.balance), other.state.transfers) == ("100000.00", {})


@pytest.mark.parametrize(
    "event,target",
    [
        ("pay", "1"),
        ("approve", UNKNOWN),
        ("decline", UNKNOWN),
        ("finish", UNKNOWN),
        ("fail", UNKNOWN),
        ("forgot", "nobody@shop.example"),
        ("balance", "much"),
    ],
)
def test_an_event_that_fits_nothing_is_said(account: Account, event: str, target: str) -> None:
    """Instead of doing nothing."""
    with pytest.raises(NoSuchThingError):
        account.sandbox.act("terapay", event, target)

"""Who may do what at TeraPay's sandbox."""

import json
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest

from paycli.sandbox.terapay.access import API_KEY, COOKIE, PORTAL_PASSWORD, PORTAL_USERNAME
from paycli.sandbox.terapay.people import Permission
from paycli.sandbox.terapay.state import ADMINISTRATOR, EVERYTHING
from tests.sandbox.account import KEY, UNKNOWN, Account

LOGIN = {"username": PORTAL_USERNAME, "password": PORTAL_PASSWORD}
BATCH = {"batchName": "Wages", "items": [{"destination": "23276000001", "amount": 10}]}


@pytest.fixture
def account() -> Account:
    """Return an account whose program may do everything."""
    return Account()


def with_key(account: Account, answer: Any) -> Account:
    """Return the account as the program sees it that got a key in an answer."""
    return account.as_caller(x_api_key=answer["apiKey"], x_api_secret=answer["apiSecret"])


def submitting(account: Account) -> str:
    """Create the permission to submit batches and return its identifier."""
    wish = {"name": "Batches.Submit", "httpMethod": "POST", "routePattern": "/api/batches"}
    return str(account.made("/permissions", wish)["permissionId"])


def cookie(account: Account, **more: Any) -> str:
    """Sign the clerk in and return the cookie as a browser would send it."""
    reply = account.send("POST", "/portal/login", {**LOGIN, **more})
    assert (reply.status, reply.executed) == (200, False)
    return reply.headers["Set-Cookie"].partition(";")[0]


@pytest.mark.parametrize(
    "who",
    [
        {},
        {"x_api_key": API_KEY},
        {"x_api_key": API_KEY, "x_api_secret": "wrong"},
        {"x_api_key": "wrong", "x_api_secret": KEY["x-api-secret"]},
        {"x_api_secret": KEY["x-api-secret"]},
        {"cookie": f"{COOKIE}=nobody"},
        {"authorization": "Bearer nobody"},
    ],
)
def test_a_key_goes_with_its_secret(account: Account, who: dict[str, str]) -> None:
    """Nothing else lets a program in."""
    assert account.as_caller(**who).refused("/batches", BATCH) == (401, "UNAUTHORIZED")


def test_what_is_sent_has_to_be_right_even_where_nothing_is_asked(account: Account) -> None:
    """A wrong key is noticed at the sign-in."""
    assert account.as_caller(x_api_key="x", x_api_secret="y").refused("/portal/login", LOGIN)[0] == 401
    assert account.as_caller().send("POST", "/portal/login", LOGIN).status == 200


def test_a_portal_session_stands_in_for_a_key(account: Account) -> None:
    """For two weeks; the browser keeps the cookie only when it is told to remember."""
    person = account.as_caller(cookie=cookie(account))
    person.made("/batches", BATCH)
    account.sandbox.move(timedelta(days=14))
    assert person.refused("/batches", BATCH) == (401, "UNAUTHORIZED")
    plain, kept = (account.send("POST", "/portal/login", {**LOGIN, "rememberMe": flag}) for flag in (False, True))
    assert SimpleCookie(plain.headers["Set-Cookie"])[COOKIE]["max-age"] == ""
    assert SimpleCookie(kept.headers["Set-Cookie"])[COOKIE]["max-age"] == "1209600"


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"username": "other@sandbox.example"}])
def test_a_wrong_password_signs_nobody_in(account: Account, change: dict[str, str]) -> None:
    """Nor does a wrong name."""
    assert account.refused("/portal/login", {**LOGIN, **change}) == (401, "INVALID_CREDENTIALS")


def test_a_forgotten_password_is_replaced_once(account: Account) -> None:
    """With the token that was sent, which is then used up."""
    account.sandbox.act("terapay", "forgot", PORTAL_USERNAME)
    token = account.told().split(": ")[2].split()[0]
    wish = {"email": PORTAL_USERNAME, "token": token, "newPassword": "another one"}
    assert account.refused("/portal/reset-password", {**wish, "token": "guess"}) == (422, "INVALID_TOKEN")
    account.made("/portal/reset-password", wish)
    assert account.refused("/portal/reset-password", wish) == (422, "INVALID_TOKEN")
    assert account.refused("/portal/login", LOGIN)[0] == 401
    assert account.send("POST", "/portal/login", {**LOGIN, "password": "another one"}).status == 200


def test_a_user_may_do_what_its_roles_permit(account: Account) -> None:
    """And is refused the rest."""
    account.made("/roles", {"name": "Submitter", "permissionIds": [submitting(account)]})
    user = account.made(
        "/portal/users",
        {"userName": "ada", "email": "ada@shop.example", "roles": ["submitter"], "generateApiKey": True},
    )
    program = with_key(account, user)
    program.made("/batches", BATCH)
    assert program.refused(f"/batches/{UNKNOWN}/process") == (403, "FORBIDDEN")
    assert program.refused("/roles", {"name": "x", "permissionIds": []}) == (403, "FORBIDDEN")


def test_an_exception_grants_or_revokes_one_permission(account: Account) -> None:
    """What is revoked wins, also over a role that permits everything."""
    submit = submitting(account)
    user = account.made(
        "/portal/users",
        {"userName": "ada", "email": "ada@shop.example", "roles": ["Administrator"], "generateApiKey": True},
    )
    program, path = with_key(account, user), f"/users/{user['apiUserId']}/permissions"
    program.made("/batches", BATCH)
    account.made(path, {"overrides": {submit: False}}, method="PUT")
    assert program.refused("/batches", BATCH) == (403, "FORBIDDEN")
    account.made(path, {"overrides": {submit.upper(): True}}, method="PUT")
    program.made("/batches", BATCH)
    account.made(path, {"overrides": None}, method="PUT")
    program.made("/batches", BATCH)


def test_a_grant_needs_no_role(account: Account) -> None:
    """A user without any role gets one permission."""
    submit = submitting(account)
    user = account.made("/portal/users", {"userName": "a", "email": "a@shop.example", "generateApiKey": True})
    assert with_key(account, user).refused("/batches", BATCH) == (403, "FORBIDDEN")
    account.made(f"/users/{user['apiUserId']}/permissions", {"overrides": {submit: True}}, method="PUT")
    with_key(account, user).made("/batches", BATCH)


def test_the_permissions_of_a_role_can_change(account: Account) -> None:
    """Those that are not named are gone; unknown ones are refused."""
    role = account.made("/roles", {"name": "R", "permissionIds": [EVERYTHING]})["roleId"]
    path = f"/roles/{role}/permissions"
    assert account.made(path, {"permissionIds": None}, method="PUT")["permissionIds"] == []
    assert account.refused(path, {"permissionIds": [UNKNOWN]}, method="PUT") == (422, "UNKNOWN_PERMISSION")
    assert account.refused(f"/roles/{UNKNOWN}/permissions", {"permissionIds": []}, method="PUT")[0] == 404
    assert account.refused("/roles/7/permissions", {"permissionIds": []}, method="PUT") == (400, "INVALID_PATH")


@pytest.mark.parametrize(
    "pattern,path,covered",
    [
        ("/api/banks", "/api/banks", True),
        ("/api/Banks", "/api/banks", True),
        ("/api/banks", "/api/banks/1", False),
        ("/api/batches/{batchId}", "/api/batches/7", True),
        ("/api/batches/{batchId}", "/api/batches/7/process", False),
        ("/api/batches/*", "/api/batches/7/process", True),
        ("/api.banks", "/apixbanks", False),
    ],
)
def test_a_permission_covers_a_route(pattern: str, path: str, covered: bool) -> None:
    """Braces stand for one segment, a star for anything."""
    assert Permission("1", "P", "GET", pattern).covers("GET", path) == covered
    assert not Permission("1", "P", "GET", pattern).covers("POST", path)


def test_permissions_are_imported_all_or_none(account: Account) -> None:
    """One name that exists spoils the list."""
    banks, roles = ({"name": name, "httpMethod": "GET", "routePattern": f"/api/{name}"} for name in ("banks", "roles"))
    assert [one["name"] for one in account.made("/permissions/bulk", [banks])] == ["banks"]
    assert account.refused("/permissions/bulk", [roles, banks]) == (422, "DUPLICATE_PERMISSION")
    account.made("/permissions", roles)


def test_a_developer_gets_a_role(account: Account) -> None:
    """One that exists; an e-mail address belongs to one user."""
    wish = {
        "developerName": "Ada",
        "developerEmail": "ada@dev.example",
        "developerPhoneNumber": "+23276000001",
        "roleId": ADMINISTRATOR,
    }
    assert account.refused("/developers", {**wish, "roleId": UNKNOWN}) == (422, "UNKNOWN_ROLE")
    made = account.made("/developers", wish)
    account.made(f"/users/{made['apiUserId']}/permissions", {"overrides": {EVERYTHING: True}}, method="PUT")
    assert account.refused("/developers", wish) == (422, "DUPLICATE_EMAIL")


def test_a_key_is_the_callers_and_its_secret_is_shown_once(account: Account) -> None:
    """Nothing that is kept holds it."""
    issued = account.made("/api-keys", {"description": "till 4"})
    with_key(account, issued).made("/batches", BATCH)
    provider: Any = account.sandbox.providers["terapay"]
    assert issued["apiKey"] in provider.state.keys
    assert issued["apiSecret"] not in repr(provider.state)
    account.made("/api-keys", {})


def test_a_user_without_a_key_gets_none(account: Account) -> None:
    """Unless it is asked for; the role has to exist."""
    made = account.made("/portal/users", {"userName": "a", "email": "a@shop.example", "roles": None})
    assert "apiKey" not in made
    wish = {"userName": "b", "email": "b@shop.example", "roles": ["Nobody"]}
    assert account.refused("/portal/users", wish) == (422, "UNKNOWN_ROLE")
    assert account.refused("/portal/users", {**wish, "email": "A@shop.example", "roles": []})[1] == "DUPLICATE_EMAIL"


def test_the_documented_example_path_answers(account: Account) -> None:
    """The one path that the document names."""
    assert [sorted(bank) for bank in account.seen("/banks")] == [["bankCode", "bankName"]] * 3


def test_what_is_nowhere_is_said(account: Account) -> None:
    """Addresses and methods."""
    assert account.refused("/nowhere") == (404, "NOT_FOUND")
    assert account.refused("/batches", method="GET") == (405, "METHOD_NOT_ALLOWED")
    reply = account.sandbox.error("/terapay/api/batches", 503)
    assert (reply.status, sorted(json.loads(reply.body))) == (503, ["code", "message"])

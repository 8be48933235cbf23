"""Toman's token server in the sandbox."""

import base64
import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from paycli.sandbox.toman.tokens import CLIENT_ID, CLIENT_SECRET, USERNAME
from tests.sandbox.desks import CLIENT, FORM, PERSON, Office


@pytest.fixture
def office() -> Office:
    """Return a desk at a fresh sandbox."""
    return Office()


def test_a_sign_in_answers_as_documented(office: Office) -> None:
    """With the scopes that were asked for, and no change that an operator would call done."""
    reply = office.form({**PERSON, **CLIENT, "scope": "repigma.psp.read repigma.report.list"})
    tokens = json.loads(reply.body)
    assert list(tokens) == ["access_token", "expires_in", "token_type", "scope", "refresh_token"]
    assert (tokens["expires_in"], tokens["token_type"]) == (86400, "Bearer")
    assert tokens["scope"] == "repigma.psp.read repigma.report.list"
    assert (reply.status, reply.executed) == (200, False)


def test_the_client_may_name_itself_by_basic(office: Office) -> None:
    """Instead of in the body, not in both."""
    basic = f"Basic {base64.b64encode(f'{CLIENT_ID}:{CLIENT_SECRET}'.encode()).decode()}"
    assert office.form(PERSON, authorization=basic).status == 200
    assert json.loads(office.form({**PERSON, **CLIENT}, authorization=basic).body)["error"] == "invalid_request"
    wrong = f"Basic {base64.b64encode(b'me:mine').decode()}"
    for header in (wrong, "Basic ***", "Bearer x"):
        assert office.form(PERSON, authorization=header).status == 401


@pytest.mark.parametrize(
    "change,status,error",
    [
        ({"password": "wrong"}, 400, "invalid_grant"),
        ({"username": "wrong"}, 400, "invalid_grant"),
        ({"client_id": "wrong"}, 401, "invalid_client"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"scope": "repigma.psp.write"}, 400, "invalid_scope"),
        ({"grant_type": "implicit"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"password": ""}, 400, "invalid_request"),
        ({"otp": "1"}, 400, "invalid_request"),
    ],
)
def test_a_refused_sign_in_answers_as_documented(
    office: Office, change: dict[str, str], status: int, error: str
) -> None:
    """Errors of OAuth 2.0."""
    reply = office.form({**PERSON, **CLIENT, **change})
    assert (reply.status, json.loads(reply.body)["error"]) == (status, error)


def test_the_token_server_reads_forms_only(office: Office) -> None:
    """And takes POST only; a field stands there once."""
    body = json.dumps({**PERSON, **CLIENT}).encode()
    headers = {"content-type": "application/json"}
    assert office.sandbox.handle("POST", "/toman/oauth2/token/", {}, headers, body).status == 400
    assert office.sandbox.handle("GET", "/toman/oauth2/token/", {}, {}, b"").status == 405
    assert office.sandbox.handle("POST", "/toman/oauth2/token", {}, FORM, b"").status == 404
    twice = urlencode([*{**PERSON, **CLIENT}.items(), ("username", "x")]).encode()
    assert office.sandbox.handle("POST", "/toman/oauth2/token/", {}, FORM, twice).status == 400


def test_a_refresh_token_works_once(office: Office) -> None:
    """The answer holds the next one."""
    old = office.sign_in("repigma.psp.read")["refresh_token"]
    fields = {"grant_type": "refresh_token", "refresh_token": old, **CLIENT}
    fresh = json.loads(office.form(fields).body)
    assert fresh["scope"] == "repigma.psp.read"
    assert json.loads(office.form(fields).body)["error"] == "invalid_grant"
    narrow = {**fields, "refresh_token": fresh["refresh_token"]}
    assert json.loads(office.form({**narrow, "scope": "repigma.report.list"}).body)["error"] == "invalid_scope"
    assert office.form(narrow).status == 200


def test_tokens_grow_old(office: Office) -> None:
    """An access token after a day, a refresh token after a week."""
    tokens = office.sign_in()
    fields = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"], **CLIENT}
    office.sandbox.move(timedelta(days=1) - timedelta(seconds=1))
    assert office.send(tokens["access_token"], "/psps").status == 200
    office.sandbox.move(timedelta(seconds=1))
    assert office.send(tokens["access_token"], "/psps").status == 401
    office.sandbox.move(timedelta(days=6))
    assert json.loads(office.form(fields).body)["error"] == "invalid_grant"


def test_a_session_can_be_ended(office: Office) -> None:
    """As by someone else who used the refresh token."""
    tokens = office.sign_in()
    office.sandbox.act("toman", "sign-out", USERNAME)
    assert office.send(tokens["access_token"], "/psps").status == 401

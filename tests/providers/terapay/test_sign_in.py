"""The portal's cookie and the wallet's token: kept where a keyring can be used, sent where meant, never shown."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paycli.operations.operation import Request
from paycli.providers.terapay.signing import cookies_of, lifetime_of, read_token
from tests.providers.terapay.conftest import LittleTeraPay
from tests.serving import Answered

U = "4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20"
COOKIE, TOKEN = "Portal=made-up-cookie-81", "made-up-wallet-token-82"
LOGIN = ("terapay", "portal", "login", "--remember-me")
CUSTOMER = ("terapay", "customers", "login", "--email", "ama@customer.example", "--password-stdin")
SHOW, STATEMENT = ("terapay", "batches", "show", U), ("terapay", "wallet", "statement")


@pytest.fixture
def signed_in(terapay: LittleTeraPay, typed_in: Callable[[str], None]) -> LittleTeraPay:
    """Return a TeraPay that signs portal users and customers in."""
    terapay.put("POST /api/portal/login", {"message": "Hello"}, Set_Cookie=f"{COOKIE}; Path=/; Max-Age=600")
    terapay.put("POST /api/customers/login", {"token": TOKEN, "expiresIn": 600})
    terapay.put("GET /api/wallet/statement", [])
    typed_in("made-up-8\n")
    return terapay


def test_a_cookie_is_kept_and_sent_but_not_with_the_wallet(run: Any, signed_in: LittleTeraPay, kept: Path) -> None:
    """Beside the API key, in the keyring's entry for tokens."""
    assert run(*LOGIN).code == 0
    assert COOKIE in json.loads(kept.read_text())["ci/token"]
    assert run(*SHOW).code == 0
    assert run(*STATEMENT).code == 0
    login, show, statement = signed_in.came()
    assert (login.headers.get("cookie"), login.headers.get("x-api-key")) == (None, None)
    assert (show.headers["cookie"], show.headers["x-api-key"]) == (COOKIE, "made-up-key-71")
    assert (statement.headers.get("cookie"), statement.headers.get("authorization")) == (None, None)


def test_a_wallet_token_goes_with_the_wallet_only(run: Any, signed_in: LittleTeraPay, kept: Path) -> None:
    """As a bearer token, which the document leaves open."""
    assert run(*CUSTOMER).code == 0
    assert TOKEN in json.loads(kept.read_text())["ci/token"]
    run(*STATEMENT)
    run(*SHOW)
    login, statement, show = signed_in.came()
    assert (login.headers.get("authorization"), login.headers["x-api-key"]) == (None, "made-up-key-71")
    assert statement.headers["authorization"] == f"Bearer {TOKEN}"
    assert "authorization" not in show.headers


@pytest.mark.parametrize("command,secret", [(LOGIN, COOKIE.partition("=")[2]), (CUSTOMER, TOKEN)])
def test_nothing_that_a_sign_in_brings_or_takes_is_shown(
    run: Any, signed_in: LittleTeraPay, kept: Path, command: tuple[str, ...], secret: str
) -> None:
    """Not with -vv either; and it is no change: nothing is written down."""
    ended = run(*command, "-vv", "-o", "json")
    assert ended.code == 0
    assert len(signed_in.came()) == 1
    assert "set-cookie: ***" in ended.err or '"token": "***"' in ended.err
    for hidden in (secret, "made-up-8", "made-up-portal-password"):
        assert hidden not in ended.out + ended.err
    assert not (kept.parent / "state" / "journal.db").exists()


def test_without_a_keyring_a_sign_in_ends_with_its_process(run: Any, signed_in: LittleTeraPay) -> None:
    """Which is said, and is no error; the next command goes without."""
    ended = run(*LOGIN)
    assert (ended.code, "What was got ends with this command" in ended.err) == (0, True)
    assert run(*SHOW).code == 0
    assert "cookie" not in signed_in.came()[-1].headers


def test_what_the_profile_itself_holds_wins(
    run: Any, signed_in: LittleTeraPay, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And signing in says so."""
    monkeypatch.setenv("PAYCLI_CI_PORTAL_COOKIE", "Portal=my-own-cookie-1")
    ended = run(*LOGIN)
    assert (ended.code, "the profile itself holds a portal_cookie" in ended.err) == (0, True)
    run(*SHOW)
    assert COOKIE in kept.read_text()
    assert signed_in.came()[-1].headers["cookie"] == "Portal=my-own-cookie-1"


def test_a_refusal_does_not_throw_a_token_away(run: Any, signed_in: LittleTeraPay, kept: Path) -> None:
    """It may be the API key that is wrong; a read goes once."""
    run(*CUSTOMER)
    signed_in.answers["GET /api/wallet/statement"] = [Answered(401, b'{"message": "Who are you?"}')]
    ended = run(*STATEMENT, "-o", "json")
    assert (ended.code, "Who are you?" in ended.err) == (4, True)
    assert len(signed_in.came("GET")) == 1
    assert TOKEN in json.loads(kept.read_text())["ci/token"]


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_refused_sign_in_is_exit_4(run: Any, terapay: LittleTeraPay, status: int) -> None:
    """Whatever the status is."""
    terapay.put("POST /api/portal/login", {"message": "Wrong password"}, status)
    ended = run(*LOGIN, "-o", "json")
    assert (ended.code, "Wrong password" in ended.err) == (4, True)


def test_a_lost_or_empty_sign_in_changed_nothing(run: Any, terapay: LittleTeraPay) -> None:
    """Exit 6: a good status without a cookie is no sign-in."""
    terapay.put("POST /api/portal/login", {"message": "Hello"})
    ended = run(*LOGIN, "-o", "json")
    assert (ended.code, "no cookie came with it" in ended.err) == (6, True)


def test_a_portal_password_is_demanded_by_its_sign_in_only(
    run: Any, terapay: LittleTeraPay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the API key by everything else."""
    monkeypatch.delenv("PAYCLI_CI_PORTAL_PASSWORD")
    ended = run(*LOGIN, "-o", "json")
    assert (ended.code, "no portal_password" in ended.err) == (4, True)
    assert run(*SHOW).code == 0
    monkeypatch.delenv("PAYCLI_CI_API_SECRET")
    assert run(*SHOW).code == 4
    assert len(terapay.came()) == 1


def test_the_headers_of_the_key_are_settings(run: Any, terapay: LittleTeraPay, monkeypatch: pytest.MonkeyPatch) -> None:
    """Since the document names none; what is no name of a header is refused."""
    monkeypatch.setenv("PAYCLI_CI_API_KEY_HEADER", "Client-Id")
    monkeypatch.setenv("PAYCLI_CI_API_SECRET_HEADER", "Client-Secret")
    assert run(*SHOW).code == 0
    [came] = terapay.came()
    assert (came.headers["client-id"], came.headers["client-secret"]) == ("made-up-key-71", "made-up-secret-72")
    assert "x-api-key" not in came.headers
    monkeypatch.setenv("PAYCLI_CI_API_KEY_HEADER", "Client Id:")
    assert run(*SHOW).code == 4


def test_a_profile_without_a_host_is_told(run: Any, terapay: LittleTeraPay, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document names none."""
    assert terapay.came() == []
    monkeypatch.delenv("PAYCLI_CI_BASE_URL")
    ended = run(*SHOW, "-o", "json")
    assert (ended.code, "base_url" in ended.err) == (4, True)
    assert run(*SHOW, "--dry-run").json["url"] == f"<base_url>/api/batches/{U}"


def test_a_rehearsal_of_a_sign_in_holds_no_secret(run: Any, terapay: LittleTeraPay) -> None:
    """But the names of the variables."""
    ended = run(*LOGIN, "--dry-run", "-o", "json")
    assert ended.json["body"]["password"] == "${PAYCLI_CI_PORTAL_PASSWORD}"
    assert ended.json["body"]["username"] == "clerk@portal.example"
    assert terapay.came() == []


def test_a_portal_user_has_to_be_named(run: Any, terapay: LittleTeraPay, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the profile or by an option."""
    monkeypatch.delenv("PAYCLI_CI_PORTAL_USERNAME")
    ended = run(*LOGIN, "-o", "json")
    assert (ended.code, "no portal_username" in ended.err, terapay.came()) == (4, True, [])


def test_cookies_are_read_as_servers_write_them() -> None:
    """Several in one header, with commas in their dates; removed ones are none."""
    header = "a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT; Path=/, b=2; Max-Age=60,c=; Path=/"
    found = list(cookies_of({"set-cookie": header}))
    assert [pair for pair, _ in found] == ["a=1", "b=2"]
    assert lifetime_of(found[1][1], 0.0) == 60.0
    assert lifetime_of(found[0][1], 0.0) > 10**9
    assert lifetime_of({}, 0.0) == 86_400.0


@pytest.mark.parametrize(
    "content,until",
    [
        ({"token": "t", "expiresIn": 60}, 1060.0),
        ({"data": {"accessToken": "t", "expiresAt": "1970-01-01T01:00:00Z"}}, 3600.0),
        ({"access_token": "t"}, 87_400.0),
    ],
)
def test_a_token_is_found_under_the_usual_names(content: Any, until: float) -> None:
    """Since the document shows no answer."""
    read = read_token(Request("POST", "base_url", ""), content, 1000.0)
    assert (read.text, read.expires) == ("t", until)

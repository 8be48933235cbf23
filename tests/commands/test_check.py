"""``profiles check``: what it proves of each provider, and what it says where something is wrong or not known."""

from pathlib import Path
from typing import Any

import pytest

from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.operation import Effect
from tests.wired import Inside, wired

PROVED = {
    "tranzzo": ["host", "credentials", "signing"],
    "mobilepay": ["host", "credentials"],
    "tora": ["host", "credentials"],
    "toman": ["host", "credentials", "signing", "api"],
    "terapay": ["host", "api key", "portal sign-in"],
}


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Inside:
    """Return the sandbox's core, to which every command of this test goes."""
    made = Inside()
    wired(monkeypatch, made.connect)
    return made


@pytest.mark.parametrize("name", PROVIDERS)
@pytest.mark.usefixtures("inside")
def test_what_is_right_is_said_of_every_provider(run: Any, name: str) -> None:
    """The host first, then everything that credentials open."""
    ended = run("profiles", "check", f"sandbox-{name}", "-o", "json")
    assert (ended.code, [row["what"] for row in ended.json]) == (0, PROVED[name])
    assert {row["result"] for row in ended.json} == {"right"}


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_probe_changes_nothing(name: str) -> None:
    """It reads, or signs in, which is no change."""
    declared = provider(name)
    operations = [declared.load()[probe.command] for probe in declared.probes]
    assert operations
    assert not [
        operation.name for operation in operations if operation.changes or operation.effect is Effect.MOVES_MONEY
    ]


@pytest.mark.parametrize(
    "name,variable,what,remedy",
    [
        ("mobilepay", "ACCESS_TOKEN", "credentials", "check bio_code, access_token"),
        ("mobilepay", "BIO_CODE", "credentials", "check bio_code, access_token"),
        ("tora", "PASSWORD", "credentials", "check username, password"),
        ("toman", "PASSWORD", "credentials", "username or password is wrong"),
        ("toman", "CLIENT_SECRET", "credentials", "client_id or client_secret is wrong"),
        ("terapay", "API_SECRET", "api key", "check api_key, api_secret"),
        ("terapay", "PORTAL_PASSWORD", "portal sign-in", "check portal_username, portal_password"),
    ],
)
@pytest.mark.usefixtures("inside")
def test_wrong_credentials_are_told_with_what_to_check(
    run: Any, monkeypatch: pytest.MonkeyPatch, name: str, variable: str, what: str, remedy: str
) -> None:
    """Exit 4, the host being right; never the value."""
    monkeypatch.setenv(f"PAYCLI_SANDBOX_{name.upper()}_{variable}", "wrong-canary-1")
    ended = run("profiles", "check", f"sandbox-{name}", "-o", "json")
    assert (ended.code, ended.json[0]["result"], ended.json[-1]["what"]) == (4, "right", what)
    assert ended.json[-1]["result"] == "wrong"
    assert remedy in ended.err
    assert variable == "BIO_CODE" or "canary" not in ended.out + ended.err


@pytest.mark.parametrize("name", ["mobilepay", "tora", "toman", "terapay"])
@pytest.mark.usefixtures("inside")
def test_a_host_that_is_somebody_elses_is_told(run: Any, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It answers, but not as the provider does."""
    monkeypatch.setenv(f"PAYCLI_SANDBOX_{name.upper()}_BASE_URL", "http://127.0.0.1:8700/elsewhere")
    ended = run("profiles", "check", f"sandbox-{name}", "-o", "json")
    assert (ended.code, ended.json[-1]["result"]) == (4, "wrong")
    assert "paycli profiles" in ended.error["next"]


def test_an_answer_that_is_the_same_without_credentials_proves_nothing(
    run: Any, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 404 alone might come from any host."""
    monkeypatch.setenv("PAYCLI_SANDBOX_TERAPAY_BASE_URL", "http://127.0.0.1:8700/elsewhere")
    ended = run("profiles", "check", "sandbox-terapay", "-o", "json")
    assert "the same with and without credentials" in ended.error["message"]
    assert [row.partition(" ")[0] for row in inside.came] == ["HEAD", "GET", "GET"]


@pytest.mark.parametrize("name,probes", [("tora", 1), ("terapay", 2)])
def test_a_live_profile_without_routes_is_told_that_nothing_was_proved(
    run: Any, inside: Inside, monkeypatch: pytest.MonkeyPatch, name: str, probes: int
) -> None:
    """With what to write into it; the host alone was asked."""
    monkeypatch.setenv(f"PAYCLI_SANDBOX_{name.upper()}_ENVIRONMENT", "live")
    ended = run("profiles", "check", f"sandbox-{name}", "-o", "json")
    assert (ended.code, [row["result"] for row in ended.json]) == (10, ["right"] + ["not checked"] * probes)
    assert "it is not known whether the credentials" in ended.error["message"]
    assert ended.error["next"].count(": POST /") + ended.error["next"].count("GET /") == probes
    assert inside.came == [f"HEAD /{name}"]


@pytest.mark.usefixtures("inside")
def test_a_live_profile_that_names_the_route_is_probed(run: Any, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a test profile is: first without its password, then with it."""
    (config / "profiles.yaml").write_text(
        "profiles:\n  shop:\n    provider: tora\n    base_url: http://127.0.0.1:8700/tora\n    username: sandbox-shop\n"
        "    routes: {topups products: GET /topups/products}\n"
    )
    missing = run("profiles", "check", "shop", "-o", "json")
    assert (missing.code, [row["result"] for row in missing.json]) == (4, ["right", "wrong"])
    assert "has no password" in missing.err
    monkeypatch.setenv("PAYCLI_SHOP_PASSWORD", "sandbox-pass-97cc41")
    assert [row["result"] for row in run("profiles", "check", "shop", "-o", "json").json] == ["right", "right"]


def test_a_profile_without_a_host_is_told(run: Any, inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked."""
    monkeypatch.setenv("PAYCLI_CI_PROVIDER", "tora")
    ended = run("profiles", "check", "ci", "-o", "json")
    assert (ended.code, ended.json[0]["result"], inside.came) == (4, "wrong", [])


@pytest.mark.parametrize("words", [("show",), ("check",), ("use",), ("remove", "--yes")])
def test_the_short_name_of_the_sandbox_is_explained(run: Any, words: tuple[str, ...]) -> None:
    """With the whole names that there are."""
    ended = run("profiles", words[0], "sandbox", *words[1:])
    assert ended.code == 4
    assert all(f"sandbox-{name}" in ended.err for name in PROVIDERS)

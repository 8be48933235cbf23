"""Which profile a command runs under, and where each value comes from."""

from pathlib import Path

import pytest

from paycli.errors import ConfigurationProblem
from paycli.operations.catalog import provider
from paycli.profiles.file import parse_profiles
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import EnvironmentSecrets, SandboxSecrets, Sources, secrets_of

HERE = Path("/home/x/profiles.yaml")
TWO = """
defaults: {tranzzo: shop-test}
profiles:
  shop-test: {provider: tranzzo, environment: test, currency: UAH}
  shop.live: {provider: tranzzo}
"""


def profiles(text: str = "", **environ: str) -> Profiles:
    """Return the profiles of a file's text and an environment."""
    return Profiles(parse_profiles(text.encode(), HERE), environ)


def problem(text: str, name: str | None = None, **environ: str) -> str:
    """Return the message of what is wrong, with what to type next."""
    with pytest.raises(ConfigurationProblem) as caught:
        profiles(text, **environ).choose("tranzzo", name)
    return f"{caught.value.message} {caught.value.next_step}"


def test_the_named_profile_wins_then_the_variable_then_the_default() -> None:
    """In that order."""
    assert profiles(TWO, PAYCLI_PROFILE="shop-test").choose("tranzzo", "shop.live").name == "shop.live"
    assert profiles(TWO, PAYCLI_PROFILE="shop.live").choose("tranzzo").name == "shop.live"
    assert profiles(TWO).choose("tranzzo").name == "shop-test"


def test_the_only_profile_of_a_provider_needs_no_name() -> None:
    """And two without a default are an error that names them."""
    assert profiles("profiles: {one: {provider: tranzzo}}").choose("tranzzo").name == "one"
    told = problem(TWO.replace("defaults: {tranzzo: shop-test}", ""))
    assert "shop-test" in told
    assert "shop.live" in told


def test_the_built_in_sandbox_is_never_chosen_unless_named() -> None:
    """Nothing falls back to it."""
    assert "No profile is for tranzzo" in problem("")
    found = profiles().choose("tranzzo", "sandbox")
    assert (found.name, found.live, found.may_write) == ("sandbox-tranzzo", False, True)
    assert found.get("base_url") == "http://127.0.0.1:8700/tranzzo"
    assert profiles().names() == []


def test_the_sandbox_may_lie_elsewhere_on_this_machine() -> None:
    """PAYCLI_SANDBOX_URL moves it, but not off the machine without TLS."""
    moved = profiles(PAYCLI_SANDBOX_URL="http://127.0.0.1:9/").choose("tranzzo", "sandbox")
    assert moved.get("base_url") == "http://127.0.0.1:9/tranzzo"
    assert "PAYCLI_SANDBOX_URL" in problem("", "sandbox", PAYCLI_SANDBOX_URL="http://evil.test")


def test_a_profile_needs_no_file() -> None:
    """PAYCLI_CI_PROVIDER and the rest make a profile named ci."""
    found = profiles(PAYCLI_CI_PROVIDER="tranzzo", PAYCLI_CI_POS_ID="p").choose("tranzzo")
    assert (found.name, found.get("pos_id")) == ("ci", "p")


def test_a_live_profile_only_reads_unless_it_says_otherwise() -> None:
    """An environment that is left out is live."""
    left_out = profiles("profiles: {a: {provider: tranzzo}}").choose("tranzzo")
    assert (left_out.live, left_out.may_write) == (True, False)
    assert profiles("profiles: {a: {provider: tranzzo, access: write}}").choose("tranzzo").may_write
    assert profiles("profiles: {a: {provider: tranzzo, environment: test}}").choose("tranzzo").may_write


def test_the_environment_wins_and_says_what_it_shadows() -> None:
    """An empty variable counts as not set."""
    found = profiles(TWO, PAYCLI_SHOP_TEST_CURRENCY="eur").choose("tranzzo").values["currency"]
    assert (found.text, found.source) == ("EUR", "variable PAYCLI_SHOP_TEST_CURRENCY")
    assert found.shadows == ("profiles.yaml, line 4",)
    assert profiles(TWO, PAYCLI_SHOP_TEST_CURRENCY="").choose("tranzzo").get("currency") == "UAH"


def test_a_time_limit_has_a_variable_too() -> None:
    """CI has no file to write it into."""
    found = profiles(TWO, PAYCLI_SHOP_TEST_TIMEOUT_READ="7").choose("tranzzo")
    assert (found.timeouts.read, found.values["timeout.read"].source) == (7, "variable PAYCLI_SHOP_TEST_TIMEOUT_READ")
    assert "PAYCLI_SHOP_TEST_TIMEOUT_READ" in problem(TWO, PAYCLI_SHOP_TEST_TIMEOUT_READ="soon")


def test_a_variable_may_name_a_file(tmp_path: Path) -> None:
    """One trailing line end is not part of the value."""
    path = tmp_path / "pos"
    path.write_text("p-1\n")
    assert profiles(TWO, PAYCLI_SHOP_TEST_POS_ID_FILE=str(path)).choose("tranzzo").get("pos_id") == "p-1"
    assert "PAYCLI_SHOP_TEST_POS_ID_FILE" in problem(TWO, PAYCLI_SHOP_TEST_POS_ID_FILE=str(tmp_path / "none"))


def test_the_report_host_follows_the_own_host() -> None:
    """No credential goes to a host that the profile does not name."""
    usual = profiles("profiles: {a: {provider: tranzzo}}").choose("tranzzo")
    assert (usual.host("base_url"), usual.host("report_url")) == ("https://cpay.tranzzo.com", "https://api.tranzzo.com")
    own = profiles("profiles: {a: {provider: tranzzo, base_url: 'https://x.test/'}}").choose("tranzzo")
    assert (own.host("base_url"), own.host("report_url")) == ("https://x.test", "https://x.test")


@pytest.mark.parametrize(
    "url",
    [
        "http://x.test",
        "ftp://x.test",
        "https://u:p@x.test",
        "https://x.test?a=1",
        "https://",
        "//x.test",
        "http://127.0.0.1.x.test",
    ],
)
def test_a_host_is_https_or_loopback(url: str) -> None:
    """Anything else is a configuration error that does not quote it."""
    told = problem(f"profiles: {{a: {{provider: tranzzo, base_url: '{url}'}}}}")
    assert "base_url" in told
    assert "x.test" not in told


@pytest.mark.parametrize("url", ["http://localhost:1", "http://127.0.0.1", "http://127.1.2.3:80/x", "http://[::1]:1"])
def test_loopback_needs_no_tls(url: str) -> None:
    """It does not leave the machine."""
    text = f"profiles: {{a: {{provider: tranzzo, base_url: '{url}'}}}}"
    assert profiles(text).choose("tranzzo").host("base_url") == url


@pytest.mark.parametrize(
    "text,told",
    [
        ("profiles: {a: {provider: tranzo}}", "does not know"),
        ("profiles: {a: {}}", "does not say which provider"),
        ("profiles: {a: {provider: tranzzo, curency: UAH}}", "Did you mean currency?"),
        ("profiles: {a: {provider: tranzzo, currency: HRYVNIA}}", "currency"),
        ("profiles: {a: {provider: tranzzo, environment: prod}}", "test, live"),
        ("profiles: {a: {provider: tranzzo, timeout: {read: soon}}}", "timeout.read"),
        ("profiles: {a: {provider: tranzzo, timezone: Mars/One}}", "timezone"),
        ("profiles: {a: {provider: tranzzo, api_secret: s3cret}}", "paycli secrets set a api_secret"),
        ("profiles: {A b: {provider: tranzzo}}", "cannot be a profile's name"),
        ("profiles: {sandbox: {provider: tranzzo}}", "built-in"),
        ("profiles: {a-b: {provider: tranzzo}, a.b: {provider: tranzzo}}", "PAYCLI_A_B_"),
        ("defaults: {tranzzo: gone}\nprofiles: {a: {provider: tranzzo}}", "line 1"),
    ],
)
def test_a_wrong_profile_is_told_with_its_remedy(text: str, told: str) -> None:
    """Line and field are named; a secret never is."""
    message = problem(text)
    assert told in message
    assert "s3cret" not in message


def test_an_unknown_profile_is_told_with_the_nearest_name() -> None:
    """Typing errors happen."""
    assert "did you mean shop-test?" in problem(TWO, "shop-tst")
    assert "sandbox-tranzzo" in problem(TWO, "sandbox-tranzo")


def test_secrets_come_from_variables_and_the_sandboxes_are_built_in() -> None:
    """A missing one is named with the variable that sets it."""
    declared = provider("tranzzo")
    environ = {"PAYCLI_SHOP_TEST_API_KEY": "k", "PAYCLI_SHOP_TEST_API_SECRET": "s"}
    chosen = profiles(TWO).choose("tranzzo")
    with pytest.raises(ConfigurationProblem) as caught:
        secrets_of(chosen, declared, Sources([EnvironmentSecrets(environ)]))
    assert "endpoints_key" in caught.value.message
    assert "PAYCLI_SHOP_TEST_ENDPOINTS_KEY" in str(caught.value.next_step)
    built_in = profiles().choose("tranzzo", "sandbox")
    found = secrets_of(built_in, declared, Sources([EnvironmentSecrets({}), SandboxSecrets(declared)]))
    assert set(found) == declared.secrets
    assert all(secret.text not in repr(secret) for secret in found.values())

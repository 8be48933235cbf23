"""Profiles as files and as probes: what is written, what is warned about, and what a check finds."""

import stat
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from tests.helpers import Served

PROFILE = {"PAYCLI_SHOP_API_KEY": "sandbox-key-7f31c2", "PAYCLI_SHOP_ENDPOINTS_KEY": "sandbox-endpoints-39ad55"}
SECRET = {"PAYCLI_SHOP_API_SECRET": "sandbox-secret-b81f04e6"}


@pytest.fixture
def shop(sandbox: Served, tmp_path: Path) -> Served:
    """Return a sandbox whose home has a profile for it in a file."""
    own = Served(tmp_path, sandbox.address, sandbox.process, dict(PROFILE))
    made = own.paycli(
        *("profiles", "add", "shop", "--provider", "tranzzo", "--environment", "test"),
        *("--pos-id", "5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01"),
        *("--base-url", f"{sandbox.address}/tranzzo"),
    )
    assert made.code == 0, made.err
    return own


def test_a_check_finds_nothing_wrong(shop: Served) -> None:
    """Host, credentials and signing."""
    ended = shop.paycli("profiles", "check", "shop", **SECRET)
    assert (ended.code, [(row["what"], row["result"]) for row in ended.json]) == (
        0,
        [("host", "right"), ("credentials", "right"), ("signing", "right")],
    )


def test_a_check_tells_wrong_credentials(shop: Served) -> None:
    """Refused with every signing scheme."""
    ended = shop.paycli("profiles", "check", "shop", PAYCLI_SHOP_API_SECRET="wrong-secret-1")
    assert ended.code == 4
    assert [(row["what"], row["result"]) for row in ended.json] == [("host", "right"), ("credentials", "wrong")]
    assert "wrong-secret-1" not in ended.out + ended.err


def test_a_check_tells_a_wrong_signing_scheme_and_which_is_right(shop: Served) -> None:
    """With the commands that set it."""
    ended = shop.paycli("profiles", "check", "shop", **SECRET, PAYCLI_SHOP_SIGNING_LABEL="CPAY-MD5")
    assert ended.code == 4
    assert ended.json[-1]["result"] == "wrong"
    assert "paycli profiles set shop signing hmac-sha1" in ended.err


def test_a_check_tells_a_wrong_host(shop: Served) -> None:
    """Nobody there, or someone else."""
    ended = shop.paycli("profiles", "check", "shop", **SECRET, PAYCLI_SHOP_BASE_URL="http://127.0.0.1:9")
    assert ended.code == 6
    other = shop.paycli("profiles", "check", "shop", **SECRET, PAYCLI_SHOP_BASE_URL=f"{shop.address}/elsewhere")
    assert (other.code, other.json[0]["result"]) == (4, "wrong")


def test_the_file_belongs_to_its_owner_alone(shop: Served) -> None:
    """Also after an edit; a wider mode is warned about."""
    path = shop.home / "config" / "profiles.yaml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    assert "chmod 600" in shop.paycli("profiles", "list").err
    assert shop.paycli("profiles", "set", "shop", "currency", "UAH").code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_a_link(shop: Served) -> None:
    """Some keep their files in a repository."""
    path = shop.home / "config" / "profiles.yaml"
    real = shop.home / "elsewhere.yaml"
    path.rename(real)
    path.symlink_to(real)
    assert shop.paycli("profiles", "set", "shop", "currency", "UAH").code == 0
    assert path.is_symlink()
    assert "currency: UAH" in real.read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("set", "shop", "api_key", "canary-1234"),
        ("set", "shop", "curency", "UAH"),
        ("set", "shop", "environment", "prod"),
        ("add", "shop"),
        ("add", "Shop"),
        ("add", "other", "--provider", "tranzzo", "--environment", "prod"),
    ],
)
def test_a_wrong_edit_changes_nothing(shop: Served, words: tuple[str, ...]) -> None:
    """Exit 2, with what to type instead."""
    path = shop.home / "config" / "profiles.yaml"
    before = path.read_bytes()
    ended = shop.paycli("profiles", *words)
    assert ended.code == 2
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))


def test_a_default_is_used_and_removed_with_its_profile(shop: Served) -> None:
    """Nothing is left of it."""
    assert shop.paycli("profiles", "use", "shop").code == 0
    assert shop.paycli("profiles", "list").json[0]["default"] is True
    assert shop.paycli("profiles", "remove", "shop").code == 10
    assert shop.paycli("profiles", "remove", "shop", "--yes").code == 0
    assert shop.paycli("profiles", "list").json == []


def test_a_file_that_cannot_be_written_is_a_sentence(shop: Served) -> None:
    """And stays as it was."""
    path = shop.home / "config" / "profiles.yaml"
    before = path.read_bytes()
    path.parent.joinpath("x").write_text("")
    ended = shop.paycli("profiles", "set", "shop", "currency", "UAH", PAYCLI_CONFIG_DIR="/proc/none")
    assert ended.code == 4
    assert path.read_bytes() == before


@respx.mock
@pytest.mark.parametrize("format_", ["json", "ndjson", "csv", "yaml", "table"])
def test_a_secret_that_an_answer_echoes_is_masked(run: Any, monkeypatch: pytest.MonkeyPatch, format_: str) -> None:
    """Raw, percent-encoded, base64 and JSON-escaped, on both streams."""
    import base64
    import json
    from urllib.parse import quote

    secret = 'se"cret/with\\odd chars+1'
    for name, value in {**PROFILE, "PAYCLI_SHOP_API_SECRET": secret}.items():
        monkeypatch.setenv(name.replace("SHOP", "CI"), value)
    monkeypatch.setenv("PAYCLI_CI_PROVIDER", "tranzzo")
    monkeypatch.setenv("PAYCLI_CI_POS_ID", "p")
    forms = {
        "raw": secret,
        "url": quote(secret, safe=""),
        "base64": base64.b64encode(b"user:" + secret.encode()).decode(),
        "json": json.dumps({"inner": secret}),
        "key": PROFILE["PAYCLI_SHOP_API_KEY"],
    }
    respx.get(url__startswith="https://cpay.tranzzo.com/").mock(return_value=httpx.Response(200, json=[forms]))
    ended = run("tranzzo", "orders", "show", "A-1", "-o", format_, "--columns", ",".join(forms), "-vv")
    assert ended.code == 0
    printed = ended.out + ended.err
    assert "***" in printed
    hidden = [secret, forms["url"], json.dumps(secret)[1:-1], forms["key"], forms["base64"][8:-4]]
    assert [form for form in hidden if form in printed] == []


@pytest.mark.parametrize(
    "field,value",
    [
        ("base_url", "https://[zz]"),
        ("base_url", "https://a..b"),
        ("base_url", "https://x:abc"),
        ("base_url", "https://x:99999999"),
        ("base_url", "http://127.999.1.1:80"),
        ("proxy", "foo"),
        ("proxy", "socks5://127.0.0.1:1"),
        ("proxy", "http://user:canary-1@127.0.0.1:1"),
        ("ca_bundle", "/nonexistent"),
        ("timeout.read", "0"),
        ("timeout.read", "99999999999999999999"),
        ("late_arrival", "99999999999999999d"),
        ("limits.*.per_opertion", "5"),
        ("limits.refund", "5"),
        ("limits.refnd.per_day", "5"),
        ("limits.orders.per_day", "5"),
    ],
)
def test_a_value_that_cannot_work_is_refused_where_it_is_written(shop: Served, field: str, value: str) -> None:
    """Not when money moves; and never with its text."""
    ended = shop.paycli("profiles", "set", "shop", field, value)
    assert ended.code in {2, 4}
    assert "canary" not in ended.err
    variable = f"PAYCLI_SHOP_{field.upper()}"
    if "." not in field:
        assert shop.paycli("tranzzo", "health", **{variable: value}).code == 4


def test_a_file_of_no_certificates_is_a_configuration_error(shop: Served) -> None:
    """Told before anything is sent."""
    wrong = {"PAYCLI_SHOP_CA_BUNDLE": "/bin/true", "PAYCLI_SHOP_BASE_URL": "https://127.0.0.1:9"}
    assert shop.paycli("tranzzo", "health", **wrong).code == 4


def test_one_bad_profile_does_not_hide_the_others_nor_its_own_repair(shop: Served) -> None:
    """The list shows what is wrong, and set mends it."""
    path = shop.home / "config" / "profiles.yaml"
    path.write_text(path.read_text() + "  bad:\n    provider: tranzzo\n    confirm_above: abc\n")
    listed = shop.paycli("profiles", "list")
    assert listed.code == 4
    assert [row["name"] for row in listed.json] == ["shop", "bad"]
    assert "confirm_above" in listed.json[1]["problem"]
    assert shop.paycli("tranzzo", "health", "-p", "shop").code == 0
    assert shop.paycli("profiles", "set", "bad", "confirm_above", "5").code == 0
    assert shop.paycli("profiles", "list").code == 0


def test_blank_names_are_no_names(shop: Served) -> None:
    """An unset variable in a script does not choose a profile, nor drop a protection."""
    for option in ("--profile", "--request-id", "--reason"):
        words = ("tranzzo", "refund", "A-1", "--amount", "1", "--currency", "UAH", option, " ")
        assert shop.paycli(*words).code == 2


def test_v_says_what_the_environment_shadows_and_which_proxy_is_used(shop: Served) -> None:
    """Without its password."""
    shop.paycli("profiles", "set", "shop", "currency", "UAH")
    ended = shop.paycli("tranzzo", "health", "-v", PAYCLI_SHOP_CURRENCY="EUR")
    assert "currency of shop: variable PAYCLI_SHOP_CURRENCY shadows profiles.yaml" in ended.err
    through = {"PAYCLI_SHOP_BASE_URL": "https://x.invalid", "HTTPS_PROXY": "http://u:canary-2@127.0.0.1:9"}
    proxied = shop.paycli("tranzzo", "health", "-v", **through)
    assert "through the proxy 127.0.0.1:9" in proxied.err
    assert "canary" not in proxied.err

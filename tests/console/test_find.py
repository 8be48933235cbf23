"""``paycli find`` as a process: five profiles over a served sandbox, one of them hanging; and a terminal."""

import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from tests.console.test_terminal import UUID, bare, screen, spawn
from tests.helpers import Served
from tests.serving import Answered, Came, serve

SECRETS = {
    "PAYCLI_SHOP_API_KEY": "sandbox-key-7f31c2",
    "PAYCLI_SHOP_API_SECRET": "sandbox-secret-b81f04e6",
    "PAYCLI_SHOP_ENDPOINTS_KEY": "sandbox-endpoints-39ad55",
    "PAYCLI_TILL_ACCESS_TOKEN": "sandbox-token-c41d9e07",
    "PAYCLI_KIOSK_PASSWORD": "sandbox-pass-97cc41",
    "PAYCLI_PSP_PASSWORD": "sandbox-pass-60b2aa",
    "PAYCLI_PSP_CLIENT_SECRET": "sandbox-client-secret-8d27e1",
    "PAYCLI_WAGES_API_KEY": "sandbox-key-5be190",
    "PAYCLI_WAGES_API_SECRET": "sandbox-secret-e702fa",
}
PROFILES = """
profiles:
  shop: {{provider: tranzzo, environment: test, base_url: "{0}/tranzzo", pos_id: 5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01}}
  till: {{provider: mobilepay, environment: test, base_url: "{1}/mobilepay", bio_code: B10-SANDBOX}}
  kiosk: {{provider: tora, environment: test, base_url: "{0}/tora", username: sandbox-shop}}
  psp:
    {{provider: toman, environment: test, base_url: "{0}/toman", username: {2}, client_id: sandbox-client-1f09}}
  wages: {{provider: terapay, environment: test, base_url: "{0}/terapay"}}
"""
LIMIT = "4"


def written(sandbox: Served, till: str) -> str:
    """Return the file of five profiles, one for each provider; the till may know another host than the sandbox."""
    return PROFILES.format(sandbox.address, till, "sandbox-clerk")


@pytest.fixture
def profiles(sandbox: Served) -> Iterator[Path]:
    """Return the file of five profiles that all know the sandbox."""
    path = sandbox.home / "config" / "profiles.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(written(sandbox, sandbox.address))
    yield path
    path.unlink()


def wallet(sandbox: Served) -> str:
    """Register a wallet's customer at TeraPay and return the token of a sign-in."""
    fields = json.dumps({"email": "ama@customer.example", "password": "made-up-password-1"}).encode()
    keys = {"X-API-Key": "sandbox-key-5be190", "X-API-Secret": SECRETS["PAYCLI_WAGES_API_SECRET"]}
    for action in ("register", "login"):
        address = f"{sandbox.address}/terapay/api/customers/{action}"
        asked = urllib.request.Request(address, fields, {**keys, "Content-Type": "application/json"})  # noqa: S310 loopback
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 loopback
            content = json.load(answer)
    return str(content["token"])


def test_one_of_five_profiles_hangs_and_the_other_four_answer(sandbox: Served, profiles: Path) -> None:
    """Each within its own time: their hits are shown, the one that hangs is named, the exit code is 11."""
    assert profiles.exists()
    secrets = {**SECRETS, "PAYCLI_WAGES_WALLET_TOKEN": wallet(sandbox)}
    paid = sandbox.paycli("toman", "payments", "list", "pos", "--limit", "1", "-p", "sandbox").json[0]
    text = paid["terminal_number"]
    sandbox.held(text)
    for words in (
        ("tora", "topups", "create", "MEL10", "--reference", text),
        ("terapay", "wallet", "top-up", "--amount", "9", "-p", "wages"),
        ("terapay", "wallet", "pay", "--amount", "5", "--external-reference", text, "-p", "wages"),
    ):
        named = words if "-p" in words else (*words, "-p", "sandbox")
        assert sandbox.paycli(*named, **secrets).code == 0
    sandbox.paycli("sandbox", "fault", "add", "mobilepay", "GET /*", "timeout", "--times", "9")
    ended = sandbox.paycli("find", text, "--timeout", LIMIT, "-o", "json", **secrets)
    assert ended.code == 11, ended.err
    assert {row["profile"] for row in ended.json} == {"shop", "kiosk", "psp", "wages"}
    assert paid["id"] in {row["id"] for row in ended.json}
    assert [(row["order"], row["status"]) for row in ended.json if row["profile"] == "shop"] == [(text, "held")]
    assert ended.error["message"] == (
        f"1 of 5 profiles could not answer:\n  till: no complete answer within {LIMIT} s."
    )


def until(release: threading.Event) -> Callable[[Came], Answered]:
    """Return a till that hangs until it is released, and then knows nothing."""

    def answer(_came: Came) -> Answered:
        assert release.wait(60)
        return Answered(404, b'{"success": false, "errors": ["1001: not found"]}')

    return answer


def test_hits_appear_on_a_terminal_while_another_profile_is_awaited(sandbox: Served, profiles: Path) -> None:
    """A table of 80 columns that keeps every identifier whole; the end is told below."""
    release = threading.Event()
    sandbox.held("A-7")
    with serve(until(release)) as host:
        profiles.write_text(written(sandbox, host.address))
        child = spawn({**sandbox.environment, **SECRETS}, "find", "A-7", "--timeout", "60", "--provider", "tranzzo",
                      "--provider", "mobilepay")  # fmt: skip
        child.expect("command paycli tranzzo orders show A-7 -p shop\r\n")
        before = bare(child.before)
        child.expect("waiting for till")
        assert child.isalive()
        release.set()
        child.expect(pexpect.EOF)
        child.close()
    assert child.exitstatus == 0
    heading, row, *below = before.splitlines()
    assert heading.split() == ["profile", "kind", "status", "amount", "time"]
    assert row.split()[:5] == ["shop", "auth", "held", "100.00", "UAH"]
    assert [line.split()[0] for line in below if line.strip()] == ["order", "id", "provider"]
    assert len(UUID.findall(before)) == 1
    assert all(len(line) <= 80 for line in before.splitlines())


def test_a_hit_fits_a_narrow_terminal(sandbox: Served) -> None:
    """As a list of fields; only what must not be cut off is wider."""
    sandbox.held("A-8")
    code, text = screen(sandbox.environment, "find", "A-8", "-p", "sandbox-tranzzo", width=40)
    assert code == 0
    assert len(UUID.findall(bare(text))) == 1
    lines = [line for line in bare(text).splitlines() if not line.startswith(("id", "command"))]
    assert max(map(len, lines)) <= 40
    assert "provider status  success" in lines


def test_a_search_is_left_with_a_key(sandbox: Served, profiles: Path) -> None:
    """At once, whoever still hangs; nothing was in flight that matters."""
    release = threading.Event()
    with serve(until(release)) as host:
        profiles.write_text(written(sandbox, host.address))
        child = spawn({**sandbox.environment, **SECRETS}, "find", "A-9", "--timeout", "60", "--provider", "mobilepay")
        child.expect("waiting for till")
        child.send("\x03")
        child.expect(pexpect.EOF)
        release.set()
        child.close()
    assert (child.exitstatus, "Traceback" in child.before) == (130, False)

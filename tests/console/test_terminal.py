"""paycli on a real pseudo-terminal: tables, prompts, and keys that stop."""

import re
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.helpers import Served, isolated
from tests.profiles.test_edit import values

LIMIT = 30
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def spawn(environment: dict[str, str], *argv: str, width: int = 80) -> Any:
    """Start paycli on a terminal of a width."""
    return pexpect.spawn(
        sys.executable,
        ["-m", "paycli", *argv],
        env={"TERM": "xterm-256color", **environment},
        dimensions=(50, width),
        encoding="utf-8",
        timeout=LIMIT,
    )


def screen(environment: dict[str, str], *argv: str, width: int = 80) -> tuple[int, str]:
    """Run paycli on a terminal to its end; return exit code and what was printed."""
    child = spawn(environment, *argv, width=width)
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, child.before.replace("\r\n", "\n")


def bare(text: str) -> str:
    """Return the text without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_keeps_every_identifier_whole(sandbox: Served, width: int) -> None:
    """And fits, but for an identifier that alone is wider."""
    sandbox.held("T-1")
    sandbox.paycli("tranzzo", "capture", "T-1", "--amount", "80", "--currency", "UAH", "-p", "sandbox")
    code, text = screen(sandbox.environment, "tranzzo", "orders", "show", "T-1", "-p", "sandbox", width=width)
    assert code == 0
    lines = bare(text).splitlines()
    assert len(UUID.findall(bare(text))) == 2
    assert all(len(line) <= width for line in lines if not UUID.search(line) and "·" not in line)
    assert "success" in bare(text)


def test_statuses_are_coloured_unless_that_is_not_wanted(sandbox: Served) -> None:
    """NO_COLOR and TERM=dumb are respected."""
    sandbox.held("T-2")
    words = ("tranzzo", "orders", "show", "T-2", "-p", "sandbox")
    assert "\x1b[32msuccess" in screen(sandbox.environment, *words)[1]
    assert "\x1b" not in screen({**sandbox.environment, "NO_COLOR": "1"}, *words)[1]
    assert "\x1b" not in screen({**sandbox.environment, "TERM": "dumb"}, *words)[1]


def test_a_profile_is_made_in_a_dialogue(tmp_path: Path) -> None:
    """What is wrong is asked again; the secrets come last."""
    home = isolated(tmp_path)
    child = spawn(home, "profiles", "add", "shop-test")
    child.expect("provider")
    child.sendline("tranzo")
    child.expect("is no provider")
    child.sendline("tranzzo")
    child.expect(r"environment \(test\|live\) \[test\]: ")
    child.sendline("prod")
    child.expect("write one of test, live")
    child.expect("environment")
    child.sendline("")
    child.expect(r"access \(read\|write\) \[write\]: ")
    child.sendline("")
    child.expect("currency")
    child.sendline("UAH")
    child.expect("pos_id: ")
    child.sendline("")
    child.expect("pos_id cannot be empty")
    child.sendline("p-1")
    child.expect("Store its secrets in the keyring now")
    child.sendline("n")
    child.expect("paycli secrets set shop-test")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    text = (tmp_path / "config" / "profiles.yaml").read_text()
    assert values(text)["shop-test"] == {
        "provider": "tranzzo",
        "environment": "test",
        "access": "write",
        "currency": "UAH",
        "pos_id": "p-1",
    }


def test_a_missing_secret_is_asked_for_and_not_shown(sandbox: Served, tmp_path: Path) -> None:
    """For this run only; it is never echoed."""
    environment = {
        **sandbox.environment,
        **isolated(tmp_path),
        "PAYCLI_CI_PROVIDER": "tranzzo",
        "PAYCLI_CI_ENVIRONMENT": "test",
        "PAYCLI_CI_BASE_URL": f"{sandbox.address}/tranzzo",
        "PAYCLI_CI_POS_ID": "5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01",
        "PAYCLI_CI_API_KEY": "sandbox-key-7f31c2",
        "PAYCLI_CI_ENDPOINTS_KEY": "sandbox-endpoints-39ad55",
    }
    child = spawn(environment, "tranzzo", "check", "-o", "json")
    child.expect("api_secret of profile ci: ")
    child.sendline("sandbox-secret-b81f04e6")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "sandbox-secret" not in child.before


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_a_question_can_be_left_with_a_key(tmp_path: Path, key: str) -> None:
    """Ctrl-C and Ctrl-D end it with 130; nothing was in flight."""
    child = spawn({**isolated(tmp_path), "PAYCLI_CI_PROVIDER": "tranzzo", "PAYCLI_CI_POS_ID": "p"}, "tranzzo", "check")
    child.expect("api_key of profile ci: ")
    child.send(key)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "Traceback" not in child.before


@pytest.mark.parametrize("answer", ["", "n", "N", "no", "x"])
def test_removing_a_profile_means_no_unless_yes_is_typed(tmp_path: Path, answer: str) -> None:
    """Enter is no; saying no is exit 10."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "profiles.yaml").write_text("profiles: {a: {provider: tranzzo}}\n")
    child = spawn(isolated(tmp_path), "profiles", "remove", "a")
    child.expect(r"\[y/N\] ")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 10
    assert values((config / "profiles.yaml").read_text()) == {"a": {"provider": "tranzzo"}}


def test_control_characters_of_a_provider_do_not_reach_the_terminal(sandbox: Served) -> None:
    """Neither in a table nor in JSON."""
    nasty = "a\u202eb\u200bc"
    sandbox.held("T-3")
    sandbox.paycli("tranzzo", "capture", "T-3", "--all", "--currency", "UAH", "--comment", nasty, "-p", "sandbox")
    for format_ in ("table", "json", "csv", "yaml"):
        words = ("tranzzo", "orders", "show", "T-3", "-p", "sandbox", "-o", format_, "--columns", "comment")
        _, text = screen(sandbox.environment, *words)
        assert "\u202e" not in text, format_
        assert "\\u202e" in text, format_

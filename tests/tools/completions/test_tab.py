"""What Tab offers in real shells, and that no Python is started for it."""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from paycli.cli import TOOLS
from paycli.operations.catalog import PROVIDERS
from paycli.profiles.places import profiles_file
from tests.helpers import isolated
from tests.tools.completions.terminal import Terminal, shell

PROFILES = """\ufeff# of this team
"defaults":\r
  tranzzo: shop-test\r

profiles:\r
  # the shop
  shop-test:   # of the shop
    environment: test

    provider: "tranzzo"   # not toman
    limits:
      refund: {per_day: 5}
  'shop.live': {environment: live, provider: tranzzo}
  till:\r
    provider: mobilepay\r
  unsaid:
    currency: UAH
  Shop-Wrong:
    provider: tranzzo
  kiosk: {environment: live,
    provider: tora}"""


@dataclass(frozen=True)
class Tab:
    """A line, what Tab makes of it, and for an ambiguous one what it shows and what not."""

    line: str
    completed: str | None = None
    shown: frozenset[str] = frozenset()
    not_shown: frozenset[str] = frozenset()


def shows(line: str, words: str, but: str = "") -> Tab:
    """Return a line behind which Tab shows words, and others not."""
    return Tab(line, line, frozenset(words.split()), frozenset(but.split()))


PLACES = (
    ("XDG_CONFIG_HOME", ""),
    ("XDG_CONFIG_HOME", "own config"),
    ("XDG_CONFIG_HOME", "./relative"),
    ("PAYCLI_CONFIG_DIR", "named"),
)
SHELLS = ("bash", "zsh", "fish")
LINE = re.compile(r"^  (.*)$", re.MULTILINE)
REFUND = "paycli tranzzo refund A-1"
TABS = (
    shows("paycli ", " ".join([*PROVIDERS, *TOOLS])),
    Tab("paycli tranz", "paycli tranzzo"),
    Tab("paycli tranzzo ord", "paycli tranzzo orders"),
    Tab("paycli tranzzo orders sh", "paycli tranzzo orders show"),
    Tab("paycli --help completions ins", "paycli --help completions install"),
    Tab("paycli nope re"),
    shows(f"{REFUND} --a", "--again --all --amount"),
    Tab(f"{REFUND} -vv --dry-run --reas", f"{REFUND} -vv --dry-run --reason"),
    Tab(f"{REFUND} --comment ref"),
    Tab(f"{REFUND} --comment --a --rea", f"{REFUND} --comment --a --reason"),
    Tab("paycli tranzzo refund -- A-1 --reas"),
    shows(f"{REFUND} -o ", "table json ndjson csv yaml id"),
    Tab(f"{REFUND} --output=nd", f"{REFUND} --output=ndjson"),
    Tab("paycli tranzzo pay hosted A-1 --method pu", "paycli tranzzo pay hosted A-1 --method purchase"),
    Tab("paycli tora reports start --format ex", "paycli tora reports start --format excel"),
    Tab("paycli sandbox fault add tora X drop-a", "paycli sandbox fault add tora X drop-after-commit"),
    Tab("paycli help exit", "paycli help exit-codes"),
    shows(f"{REFUND} -p ", "shop-test shop.live unsaid sandbox", "till kiosk Shop-Wrong sandbox-tora"),
    Tab(f"{REFUND} -p til"),
    Tab(f"{REFUND} --profile san", f"{REFUND} --profile sandbox"),
    Tab("paycli tora bills show 1 -p ki", "paycli tora bills show 1 -p kiosk"),
    Tab("paycli api sandbox-terap", "paycli api sandbox-terapay"),
    shows("paycli bulk run quarter.csv -p ", "shop-test till sandbox sandbox-tora"),
    shows("paycli profiles use ", "shop-test shop.live till unsaid kiosk", "sandbox sandbox-tora tranzzo"),
    Tab("paycli secrets set till acc", "paycli secrets set till access_token"),
    Tab("paycli tranzzo receipts show A-1 --out quarter.", "paycli tranzzo receipts show A-1 --out quarter.csv"),
    Tab("paycli tranzzo receipts show A-1 --out=quarter.", "paycli tranzzo receipts show A-1 --out=quarter.csv"),
    Tab("paycli terapay batches submit quarter.", "paycli terapay batches submit quarter.csv"),
    Tab("paycli sandbox serve --data quar", "paycli sandbox serve --data quarters/"),
)


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """Make programs that write down that they were started; return what they write into."""
    record = tmp_path / "started"
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("paycli", "python", "python3", f"python3.{sys.version_info.minor}", "env"):
        path = programs / name
        path.write_text(f'#!/bin/sh\necho "$0 $*" >> {record}\n')
        path.chmod(0o755)
    return record


def environment_of(home: Path) -> dict[str, str]:
    """Return the variables of a shell that finds the recording programs before all others."""
    # fish makes completions out of manuals at its first start, with Python.
    (home / ".local/share/fish/generated_completions").mkdir(parents=True)
    return {**isolated(home), "PATH": os.pathsep.join([str(home / "programs"), "/usr/bin", "/bin"])}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a working folder with a file and a folder in it."""
    path = tmp_path / "work"
    (path / "quarters").mkdir(parents=True)
    (path / "quarter.csv").touch()
    return path


@pytest.mark.parametrize("name", SHELLS)
def test_tab_offers_what_fits_and_starts_no_python(
    name: str, run: Any, recorded: Path, folder: Path, config: Path, tmp_path: Path
) -> None:
    """With the script where `completions install` puts it, and the lines typed that it says."""
    (config / "profiles.yaml").write_text(PROFILES, newline="")
    told = run("completions", "install", name)
    assert told.code == 0
    with shell(name, environment_of(tmp_path), folder, LINE.findall(told.err)) as terminal:
        found = [_pressed(terminal, tab) for tab in TABS]
        assert not recorded.exists(), recorded.read_text()
        terminal.run("paycli --version")
    assert found == list(TABS)
    assert "paycli --version" in recorded.read_text()


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("name", SHELLS)
def test_profiles_are_read_where_paycli_reads_them(
    name: str, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the variables say that is; a relative XDG_CONFIG_HOME counts for neither."""
    told = run("completions", "install", name)
    monkeypatch.setenv("PAYCLI_CONFIG_DIR", "")
    environment = {**environment_of(tmp_path), "PAYCLI_CONFIG_DIR": ""}
    with shell(name, environment, tmp_path, LINE.findall(told.err)) as terminal:
        for number, (variable, value) in enumerate(PLACES):
            path = value and (value if value.startswith(".") else str(tmp_path / value))
            monkeypatch.setenv(variable, path)
            profiles_file().parent.mkdir(parents=True, exist_ok=True)
            profiles_file().write_text(f"profiles:\n  at-{number}:\n    provider: tora\n")
            terminal.assign(variable, path)
            assert terminal.tab("paycli profiles use at-")[0] == f"paycli profiles use at-{number} "


def _pressed(terminal: Terminal, tab: Tab) -> Tab:
    """Return what Tab did, with the words that were looked for only."""
    completed, words = terminal.tab(tab.line)
    # A shell may add a blank, and zsh the sign that a value follows.
    left = completed.rstrip(" =") if tab.completed != completed else completed
    unchanged = tab.completed is None and left == tab.line
    return Tab(tab.line, None if unchanged else left, tab.shown & words, tab.not_shown - words)

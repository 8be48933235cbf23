"""Start-up imports only what the answer needs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import Answered, serve

LIBRARIES = {
    *("httpx", "keyring", "rich", "yaml", "simplejson", "jmespath", "segno", "click", "platformdirs", "asyncio"),
    *("importlib.metadata", "importlib_metadata"),
}
HEAVY = LIBRARIES | {"dataclasses", "getpass", "sqlite3", "tempfile", "zoneinfo"}
LOOK_UP = ("tranzzo", "orders", "show", "A-1")
# What an answer from the network needs: httpx with what it brings, and exact numbers.
NETWORK = {"httpx", "simplejson", "dataclasses", "tempfile"}
OF_OTHER_COMMANDS = {
    *("commands.confirm", "commands.fetched", "commands.follow", "commands.once", "commands.pictures"),
    *("commands.saving", "sending.download", "sending.follow", "sending.verdict", "sending.waiting", "sandbox"),
}
# A table tells what this machine's journal knows, too.
JOURNAL = {"commands.timeline", "journal.entry", "journal.store", "sending.changes"}
ORDER = json.dumps(
    [{"order_id": "A-1", "payment_id": "p-1", "method": "auth", "amount": 1, "currency": "UAH", "status": "success"}]
)


def imported(*argv: str, **variables: str) -> set[str]:
    """Return the modules that a run of paycli imports."""
    code = (
        "import sys; before = set(sys.modules); from paycli.__main__ import main; code = main(sys.argv[1:]);"
        "print('MODULES', *set(sys.modules) - before); sys.exit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *argv],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(ended.stdout.rpartition("MODULES")[2].split())


@pytest.mark.parametrize(
    "argv",
    [
        ("--version",),
        ("--help",),
        ("tranzzo", "--help"),
        ("tranzzo", "refund", "--help"),
        ("tranzzo", "orders"),
        ("toman", "--help"),
        ("terapay", "--help"),
        ("terapay", "batches", "submit", "--help"),
        ("toman", "payments", "list", "--help"),
        ("mobilepay", "--help"),
        ("tora", "--help"),
        ("tora", "elaiko", "--help"),
        ("tora", "topups", "create", "--help"),
    ],
)
def test_help_imports_nothing_heavy(argv: tuple[str, ...]) -> None:
    """Neither HTTP nor tables nor YAML nor the keyring."""
    assert not imported(*argv) & HEAVY


@pytest.mark.parametrize("argv", [("completions", "bash"), ("find", "--help")])
def test_what_reads_many_declarations_imports_no_library(argv: tuple[str, ...]) -> None:
    """Only modules of the language's own."""
    assert not imported(*argv) & LIBRARIES


def test_the_version_is_printed_without_typer() -> None:
    """It is the fastest thing that paycli does."""
    modules = imported("--version")
    assert not modules & {"typer", "typing", "re"}
    assert {name for name in modules if name.startswith("paycli")} == {"paycli", "paycli.__main__"}


def test_one_command_imports_its_own_module_only() -> None:
    """Other resources of the provider stay unread."""
    modules = imported(*LOOK_UP, "--dry-run", "-o", "json", "-p", "sandbox")
    assert "paycli.providers.tranzzo.orders" in modules
    assert "paycli.providers.tranzzo.payments" not in modules
    assert modules & HEAVY == {"simplejson"}


@pytest.mark.parametrize(
    "form,libraries,modules",
    [("json", NETWORK, OF_OTHER_COMMANDS | JOURNAL), ("table", NETWORK | {"sqlite3"}, OF_OTHER_COMMANDS)],
)
def test_a_look_up_imports_nothing_of_other_commands(
    tmp_path: Path, form: str, libraries: set[str], modules: set[str]
) -> None:
    """No keyring where variables hold the secrets, no rich where no colour is seen, no journal for a read as JSON."""
    with serve(lambda _came: Answered(body=ORDER.encode())) as host:
        found = imported(*LOOK_UP, "-o", form, **host.variables(tmp_path))
    assert found & HEAVY == libraries
    assert not found & {f"paycli.{name}" for name in modules}


@pytest.mark.parametrize(
    "redirect,code",
    [
        ("> /dev/full", 2),
        (">&-", 2),
        ("| true; exit ${PIPESTATUS[0]}", 0),
        ("> /dev/null 2> /dev/full", 0),
        ("> /dev/null 2>&-", 0),
    ],
)
def test_leaving_early_hides_no_failure_to_write(redirect: str, code: int) -> None:
    """Except that nobody reads any more, or that nothing was said on standard error."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    for variables in ({}, {"PYTHONUNBUFFERED": "1"}):
        ended = subprocess.run(
            ["/bin/bash", "-c", f"{sys.executable} -m paycli --version {redirect}"],
            env={**os.environ, **variables},
            capture_output=True,
            check=False,
        )
        assert (ended.returncode, ended.stdout) == (code, b"")
        assert b"Traceback" not in ended.stderr

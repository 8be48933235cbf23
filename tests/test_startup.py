"""Start-up imports only what the answer needs."""

import subprocess
import sys

import pytest

HEAVY = {"httpx", "keyring", "rich", "yaml", "simplejson", "jmespath", "click", "importlib.metadata", "asyncio"}


def imported(*argv: str) -> set[str]:
    """Return the modules that a run of paycli imports."""
    code = (
        "import sys; from paycli.__main__ import main; code = main(sys.argv[1:]);"
        "print('MODULES', *sys.modules); sys.exit(code)"
    )
    ended = subprocess.run([sys.executable, "-c", code, *argv], capture_output=True, text=True, check=True, timeout=60)
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
        ("find", "--help"),
        ("completions", "bash"),
    ],
)
def test_help_imports_nothing_heavy(argv: tuple[str, ...]) -> None:
    """Neither HTTP nor tables nor YAML nor the keyring."""
    assert not imported(*argv) & HEAVY


def test_the_version_is_printed_without_typer() -> None:
    """It is the fastest thing that paycli does."""
    modules = imported("--version")
    assert "typer" not in modules
    assert {name for name in modules if name.startswith("paycli")} == {"paycli", "paycli.__main__"}


def test_one_command_imports_its_own_module_only() -> None:
    """Other resources of the provider stay unread."""
    modules = imported("tranzzo", "orders", "show", "A-1", "--dry-run", "-o", "json", "-p", "sandbox")
    assert "paycli.providers.tranzzo.orders" in modules
    assert "paycli.providers.tranzzo.payments" not in modules
    assert not modules & {"httpx", "rich", "keyring"}

"""A period that ends before it begins is a usage error of every command that takes one."""

from typing import Any

import pytest

from paycli.commands.build import example_line
from paycli.operations.catalog import PROVIDERS, all_operations, provider
from paycli.operations.params import Option
from paycli.operations.signature import parameters

ENDS = {
    f"{operation.name} {flag}"
    for operation in all_operations()
    for parameter in parameters(operation.fields)
    if isinstance(parameter.marker, Option) and (flag := parameter.marker.flag or "").endswith("to")
}
PROCEDURES = [f"{name} {command}" for name in PROVIDERS for command in provider(name).procedures]


@pytest.mark.parametrize("end", sorted(ENDS))
def test_a_turned_period_is_refused(run: Any, end: str) -> None:
    """With both ends, and before anything is sent."""
    command, flag = end.split(" --")
    words = [*_words(command), f"--{flag.removesuffix('to')}from", "today", f"--{flag}", "yesterday"]
    ended = run(*words, "-p", "sandbox", "--dry-run")
    assert (ended.code, ended.out) == (2, "")
    assert f"'--{flag}'" in ended.err
    assert f"(--{flag.removesuffix('to')}from, " in ended.err


def _words(command: str) -> list[str]:
    """Return a command with its arguments."""
    operation = next(one for one in all_operations() if one.name == command)
    typed = example_line(operation).partition(" --")[0].partition(" -p ")[0]
    return typed.split()[1:]


def test_every_provider_with_periods_takes_part() -> None:
    """So that none is forgotten."""
    assert {end.split()[0] for end in ENDS} == {"tranzzo", "tora", "toman", "terapay"}
    assert {"tranzzo reports run", "tora reports run"} <= set(PROCEDURES)


@pytest.mark.parametrize("command", PROCEDURES)
def test_a_turned_period_of_several_requests_is_refused(run: Any, command: str) -> None:
    """As that of one."""
    ended = run(*command.split(), "--from", "today", "--to", "yesterday", "-p", "sandbox", "--dry-run")
    assert (ended.code, "before it begins" in ended.err) == (2, True)


def test_a_period_until_now_does_not_begin_in_the_future(run: Any) -> None:
    """Where leaving the end out means the present."""
    words = ("tranzzo", "transactions", "list", "-p", "sandbox", "--dry-run")
    ended = run(*words, "--from", "9998-01-01")
    assert (ended.code, "in the future" in ended.err) == (2, True)
    assert run(*words, "--from", "9998-01-01", "--to", "9998-01-02").code == 0
    assert run(*words, "--from", "yesterday", "--to", "yesterday").code == 0

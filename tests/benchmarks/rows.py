"""A row of the table: what paycli does, and the program that people would use instead."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.measuring import Command
from tests.helpers import isolated

ROOT = Path(__file__).parent.parent.parent


class NotMeasurable(Exception):
    """The row cannot be measured here; the message says why."""


@dataclass(frozen=True)
class Contest:
    """What is run for a row; without a peer ``missing`` says why there is none."""

    ours: Command
    peer: Command | None = None
    missing: str = ""
    others: Mapping[str, Command] = field(default_factory=dict)
    note: Callable[[], str] = str


@dataclass(frozen=True)
class Row:
    """One thing that paycli does, the peer it is held against, and the greatest ratio that is wanted."""

    name: str
    peer: str
    target: float | None
    contest: Callable[[Path], AbstractContextManager[Contest]]
    runs: int = 15


def paycli(home: Path, *argv: str, variables: Mapping[str, str] | None = None, lines: int | None = None) -> Command:
    """Return paycli of this checkout as people start it: the installed script where there is one."""
    script = Path(sys.executable).with_name("paycli")
    start = [str(script)] if script.exists() else [sys.executable, "-m", "paycli"]
    return Command((*start, *argv), {**isolated(home), "PYTHONPATH": str(ROOT), **(variables or {})}, lines)


def peer(needs: str, command: Command) -> tuple[Command | None, str]:
    """Return the command, or None and a sentence, when a program that it needs is not installed."""
    missing = [program for program in needs.split() if not shutil.which(program)]
    return (None, f"{', '.join(missing)} not installed") if missing else (command, "")


def shell(script: str, home: Path, lines: int | None = None) -> Command:
    """Return a line of shell as a command."""
    return Command(("/bin/sh", "-c", script), {"HOME": str(home)}, lines)


def require(*programs: str) -> None:
    """Raise NotMeasurable when a program is not installed."""
    if missing := [program for program in programs if not shutil.which(program)]:
        raise NotMeasurable(f"needs {', '.join(missing)}")


def path_with(home: Path) -> str:
    """Return a PATH on which ``home`` comes first."""
    return f"{home}{os.pathsep}{os.environ['PATH']}"

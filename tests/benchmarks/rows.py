"""A row of the table: what paycli does, and the program that people would use instead."""

import functools
import os
import shutil
import subprocess
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
    checkout = {} if _installed() == ROOT else {"PYTHONPATH": str(ROOT)}
    return Command((*start, *argv), {**isolated(home), **checkout, **(variables or {})}, lines)


@functools.cache
def _installed() -> Path | None:
    """Return the checkout that an interpreter finds elsewhere, if any."""
    asked = [sys.executable, "-c", "import paycli; print(paycli.__path__[0])"]
    ended = subprocess.run(asked, cwd="/", capture_output=True, text=True, check=False)
    return Path(ended.stdout.strip()).parent if ended.returncode == 0 else None


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

"""Ways to run paycli: in this process, or as a process against a served sandbox."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from paycli.__main__ import main
from paycli.sandbox.control import control
from tests.forking import forks

LIMIT = 60


@dataclass(frozen=True)
class Result:
    """What a run of paycli left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The JSON on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The JSON error in the last line of standard error."""
        told: dict[str, Any] = json.loads(self.err.splitlines()[-1])["error"]
        return told


def isolated(home: Path) -> dict[str, str]:
    """Return the variables of an empty home."""
    return {
        "HOME": str(home),
        "PAYCLI_CONFIG_DIR": str(home / "config"),
        "PAYCLI_STATE_DIR": str(home / "state"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "TZ": "UTC",
    }


def run_in_process(argv: Sequence[str], capsys: pytest.CaptureFixture[str]) -> Result:
    """Run paycli here and return what it printed."""
    capsys.readouterr()
    code = main(list(argv))
    out, err = capsys.readouterr()
    return Result(code, out, err)


def run_as_process(argv: Sequence[str], environment: Mapping[str, str], stdin: str | bytes = b"") -> Result:
    """Run paycli as a process of its own, forked where nothing is asked of how an interpreter starts."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    if not any(name.startswith(("LC_", "LANG", "PYTHONUTF8", "PYTHONIO")) for name in environment):
        forked = forks().start(argv, environment, given).end()
        return Result(forked.code, forked.out, forked.err)
    started = subprocess.run(
        [sys.executable, "-m", "paycli", *argv],
        env=dict(environment),
        input=given,
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )
    return Result(started.returncode, started.stdout.decode(), started.stderr.decode())


@dataclass
class Served:
    """A sandbox in a process of its own, and paycli as a process that knows it."""

    home: Path
    address: str
    process: subprocess.Popen[str]
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that every process of this sandbox gets."""
        path = os.environ.get("PATH", "")
        return {"PATH": path, **isolated(self.home), "PAYCLI_SANDBOX_URL": self.address, **self.variables}

    def paycli(self, *argv: str, stdin: str = "", **variables: str) -> Result:
        """Run paycli as a process."""
        return run_as_process(argv, {**self.environment, **variables}, stdin)

    def reset(self) -> None:
        """Leave nothing in the sandbox, and nothing in the journal."""
        port = self.address.rpartition(":")[2]
        control(self.address, (self.home / "state" / f"sandbox-{port}.token").read_text(), "reset", {})
        for path in (self.home / "state").glob("journal.db*"):
            path.unlink()

    def held(self, order: str, amount: str = "100") -> None:
        """Make an order that holds an amount of UAH."""
        words = ["--method", "auth", "--amount", amount, "--currency", "UAH", "--description", "test", "-p", "sandbox"]
        assert self.paycli("tranzzo", "pay", "hosted", order, *words).code == 0
        assert self.paycli("sandbox", "act", "tranzzo", "pay", order).code == 0


@contextmanager
def serve_sandbox(home: Path, *argv: str) -> Iterator[Served]:
    """Serve a sandbox on a free port until the block ends."""
    environment = {"PATH": os.environ.get("PATH", ""), **isolated(home)}
    command = [sys.executable, "-m", "paycli", "sandbox", "serve", "--port", "0", *argv]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout
        line = process.stdout.readline()
        assert "listens on http://" in line, line
        try:
            yield Served(home, line.split()[4].rstrip(";"), process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(LIMIT)

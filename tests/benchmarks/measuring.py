"""Commands timed as whole processes, in turn, so that a ratio holds while the machine's speed drifts."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

STOPWATCH = Path(__file__).with_name("stopwatch.py")
BARE = (sys.executable, "-I", "-S", "-c", "pass")
LIMIT = 600


class DidNotWorkError(Exception):
    """A command ended otherwise than it should; its figures would mean nothing."""


@dataclass(frozen=True)
class Command:
    """What is run, and how many lines it has to print; ``prepare`` runs before each time and is not counted."""

    argv: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)
    lines: int | None = None
    stdin: Path | None = None
    prepare: Callable[[], object] = bool

    def time(self, out: str = os.devnull) -> "Run":
        """Run it once. Raises DidNotWorkError."""
        self.prepare()
        with (self.stdin or Path(os.devnull)).open("rb") as stdin:
            ended = subprocess.run(
                [sys.executable, "-I", "-S", str(STOPWATCH), out, *self.argv],
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **self.variables},
                stdin=stdin,
                capture_output=True,
                text=True,
                timeout=LIMIT,
                check=True,
            )
        seconds, cpu, kib, code = json.loads(ended.stdout)
        if code:
            raise DidNotWorkError(f"{' '.join(self.argv)} ended with {code}: {ended.stderr.strip()}")
        return Run(seconds, cpu, kib)

    def warm_up(self, out: Path) -> None:
        """Run it once uncounted and look at what it prints. Raises DidNotWorkError."""
        out.unlink(missing_ok=True)
        self.time(str(out))
        with out.open("rb") as file:
            printed = sum(1 for _ in file)
        if self.lines not in {None, printed}:
            raise DidNotWorkError(f"{' '.join(self.argv)} printed {printed} lines instead of {self.lines}")


@dataclass(frozen=True)
class Run:
    """One run: seconds by the clock and of the processor, and the peak memory of its largest process in KiB."""

    seconds: float
    cpu: float
    kib: int


@dataclass(frozen=True)
class Figure:
    """What several runs of one command came to."""

    seconds: float
    cpu: float
    fastest: float
    slowest: float
    kib: int


def figure(runs: list[Run]) -> Figure:
    """Return the medians of several runs, and how far they lie apart."""
    seconds = [run.seconds for run in runs]
    cpu, kib = median(run.cpu for run in runs), int(median(run.kib for run in runs))
    return Figure(median(seconds), cpu, min(seconds), max(seconds), kib)


def race(commands: Mapping[str, Command], runs: int, scratch: Path) -> dict[str, Figure]:
    """Return the figures of commands that were run in turn, after one run of each that is not counted."""
    for command in commands.values():
        command.warm_up(scratch / "printed")
    timed: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            timed[name].append(command.time())
    return {name: figure(found) for name, found in timed.items()}

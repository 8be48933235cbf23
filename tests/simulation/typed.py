"""What people type: every declared change of every provider, made of the samples of its own declaration."""

import io
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from paycli.commands.build import OperationCommand, build_values
from paycli.commands.hidden import Given, Reader, Rehearsed, Typed
from paycli.commands.session import Session
from paycli.operations.catalog import all_operations, provider
from paycli.operations.compose import compose
from paycli.operations.operation import Operation
from paycli.operations.params import Argument, Compound, Hidden, Option
from paycli.operations.provider import Provider
from paycli.operations.signature import parameters
from paycli.output.screen import Screen, Shape
from paycli.profiles.file import parse_profiles
from paycli.profiles.places import profiles_file
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import SandboxSecrets, Sources
from paycli.sending.pipeline import Pipeline, Reporter
from tests.simulation.machine import Machine
from tests.simulation.scheduler import Process, VirtualClock

LATE_ARRIVAL = 900.0


@cache
def changes() -> tuple[Operation, ...]:
    """Return every declared change."""
    return tuple(operation for operation in all_operations() if operation.changes)


@cache
def command_of(name: str) -> OperationCommand:
    """Return the Typer command of a change, built once."""
    operation = next(operation for operation in changes() if operation.name == name)
    return OperationCommand(provider(operation.provider), operation)


@cache
def profiles() -> Profiles:
    """Return the built-in profiles, with the time after which nothing arrives any more."""
    from paycli.operations.catalog import PROVIDERS

    late = {f"PAYCLI_SANDBOX_{name.upper()}_LATE_ARRIVAL": f"{LATE_ARRIVAL:.0f}s" for name in PROVIDERS}
    return Profiles(parse_profiles(b"", profiles_file()), {"PAYCLI_SANDBOX_URL": "http://127.0.0.1:8700", **late})


@dataclass(frozen=True)
class Wish:
    """What somebody wants done, once: a command with its values."""

    operation: Operation
    words: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join([self.operation.name, *self.words])

    @property
    def identified(self) -> bool:
        """Whether two of it can be told from one typed twice: a sale without a reference of ours cannot."""
        return bool(self.operation.same and _target(self.operation.name, self.words))


@cache
def _target(name: str, words: tuple[str, ...]) -> str:
    command = command_of(name)
    operation = command.operation
    declared = provider(operation.provider)
    if declared.safety is None:
        return ""
    typed = command.make_context("paycli", list(words)).params
    values = build_values(command.declared, typed, {}, Rehearsed())
    return declared.safety.identify(operation, compose(declared, operation, values, {})).target


def wish(operation: Operation, variant: int, amount: int) -> Wish:
    """Return the command of a declaration's samples; variants act on different things, and move different amounts."""
    words: list[str] = []
    for parameter in parameters(operation.fields):
        marker = parameter.marker
        if isinstance(marker, Argument):
            sample = marker.sample if marker.sample_file is None else _written(marker.sample, marker.sample_file)
            words += [_varied(sample, variant)] if operation.same else [sample]
        elif isinstance(marker, Compound | Hidden):
            optional = isinstance(marker, Hidden) and not parameter.required
            words += (marker.example if optional else marker.sample).split()  # type: ignore[union-attr]
        elif isinstance(marker, Option) and parameter.required:
            flag = marker.flag or f"--{parameter.name.replace('_', '-')}"
            sample = marker.sample.strip("'")
            words += [flag, sample if marker.sample_file is None else _written(sample, marker.sample_file)]
    return Wish(operation, tuple(_doubled(words) if amount and "--amount" in words else words))


def _doubled(words: list[str]) -> list[str]:
    """Return the words with twice the amount, wherever it stands: a share of it, too."""
    amount = words[words.index("--amount") + 1]
    twice = str(2 * Decimal(amount))
    holding = [amount, *(word for word in words if word.endswith(f"={amount}"))]
    return [word.removesuffix(amount) + twice if word in holding else word for word in words]


@cache
def _written(name: str, content: str) -> str:
    path = Path(tempfile.mkdtemp(prefix="paycli-samples-")) / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def _varied(sample: str, variant: int) -> str:
    return sample[:-1] + str(variant) if sample[-1:].isdigit() else sample


class _Samples(Given):
    """Takes hidden values from the samples of their declaration, as if they stood on standard input."""

    def _given(self, marker: Hidden, typed: Typed) -> dict[str, str] | None:
        if not typed.get(f"{marker.name}_stdin"):
            return super()._given(marker, typed)
        return {part.name: part.sample for part in marker.parts}


class SimulatedSession(Session):
    """A run of paycli whose outside world is simulated."""

    def __init__(self, process: Process, machine: Machine) -> None:
        super().__init__([])
        self.process = process
        self.machine = machine
        self.out, self.err = io.StringIO(), io.StringIO()

    def screen(self, *_asked: object, **_more: object) -> Screen:
        """Return a screen that keeps what is shown."""
        return Screen(Shape("json"), self.out, self.err, self.masker)

    def hidden_values(self, *, rehearsed: bool = False) -> Reader:
        """Return the samples."""
        assert not rehearsed
        return _Samples(self.masker.learn)

    def pipeline(self, provider: Provider, reporter: Reporter) -> Pipeline:
        """Return the pipeline over the simulated world."""
        return Pipeline(
            provider,
            reporter,
            profiles=profiles,
            connect=lambda _profile, _total: self.machine.network.of(self.process),
            sources=lambda declared, _notice: Sources((SandboxSecrets(declared),)),
            clock=VirtualClock(self.process),
            journal=lambda: self.machine.journal(self.process),
            mask=self.masker.mask,
        )

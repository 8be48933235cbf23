"""Commands that are several requests: a generator that asks, waits and shows, driven by the pipeline or by a test.

``outcome = yield Call(...)`` sends a declared command; ``yield Pause(...)`` waits; ``shown = yield Show(rows)`` hands
rows on and tells how many there were; ``yield Mark(state)`` says that everything shown so far is whole, and from which
state the rest can be got later.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any

from paycli.errors import NothingSent
from paycli.operations.columns import Column
from paycli.operations.outcome import Succeeded, is_name
from paycli.values import dataclass

State = Mapping[str, Any]
"""What a run needs to go on: plain JSON values."""


@dataclass(frozen=True)
class Call:
    """A declared command with its values; the outcomes named in ``also`` come back, others but success end the run."""

    command: str
    values: Mapping[str, Any]
    also: tuple[type, ...] = ()


@dataclass(frozen=True)
class Pause:
    """Wait, and say for what."""

    seconds: float
    sentence: str


@dataclass(frozen=True)
class Show:
    """Rows to hand on; ``of`` is how many there should be, where that is known."""

    rows: Iterator[Any]
    of: int | None = None


@dataclass(frozen=True)
class Mark:
    """A point from which a run that broke off goes on."""

    state: State


Step = Call | Pause | Show | Mark
Steps = Generator[Step, Any, None]


def name_in(outcome: Succeeded, field: str) -> str:
    """Return what a read's answer calls the thing that later ones ask for. Raises NothingSent where it names none."""
    found = outcome.data.get(field) if isinstance(outcome.data, Mapping) else None
    if not is_name(found):
        raise NothingSent(f"The answer names no {field}.", next_step="run it again; a read changes nothing")
    return str(found)


@dataclass(frozen=True)
class Procedure:
    """The declaration of a command that is several reads.

    ``begin`` takes what the user types and returns the first state, ``follow`` goes on from a state. ``asked`` in a
    state is what makes two runs the same.
    """

    provider: str
    command: str
    begin: Callable[..., State]
    follow: Callable[[State], Steps]
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """The provider and the command, as typed."""
        return f"{self.provider} {self.command}"

    @property
    def summary(self) -> str:
        """The first line of the docstring of ``begin``."""
        return (self.begin.__doc__ or "").strip().partition("\n")[0]

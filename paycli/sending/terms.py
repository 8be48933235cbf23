"""What a change is given on its way: the user's terms, how to reach the provider, and whom to ask."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Outcome
from paycli.operations.safety import Identity, Weighed
from paycli.profiles.profile import Profile
from paycli.values import dataclass


@dataclass(frozen=True)
class Panel:
    """What a person is shown before money moves: what, to what, how much, and what is left after."""

    operation: Operation
    profile: Profile
    identity: Identity
    weighed: Weighed
    host: str
    limit_of_yes: Decimal | None


class Confirm(Protocol):
    """Asks a person; raises RefusedHere when they say no or cannot be asked."""

    def __call__(self, panel: Panel) -> None:
        """Return when the change may go out."""


@dataclass(frozen=True)
class Way:
    """How to reach the provider under one profile, as the pipeline provides it; ``mask`` is for what is kept."""

    send: Callable[[Operation, Request], Outcome]
    read: Callable[[str, str], Outcome]
    sleep: Callable[[float], None]
    monotonic: Callable[[], float]
    warn: Callable[[str], None]
    confirm: Confirm
    told: Callable[[str], None]
    look: Callable[[str, Mapping[str, Any]], Outcome]
    mask: Callable[[str], str] = str


@dataclass(frozen=True)
class Row:
    """A row of a bulk run: what it is known by whatever file it stands in, and all that its file holds."""

    name: str
    held: frozenset[str]


@dataclass(frozen=True)
class Terms:
    """The shared options of a change; ``wait`` is how many seconds what is pending is followed.

    ``row`` is the row of a bulk run that the change is.
    """

    reason: str | None = None
    again: bool = False
    request_id: str | None = None
    preflight: bool = True
    wait: float = 0
    row: Row | None = None

"""Look for a text under one profile, within the time that it has: reads only, one after the other."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from paycli.errors import ConfigurationProblem, NothingSent, PaycliError, ProviderRefused
from paycli.operations.looks import Hit, Look, Sought
from paycli.operations.operation import Operation
from paycli.operations.outcome import Answer, Fault, Flow, Reason, Rejected, Succeeded
from paycli.operations.provider import Provider
from paycli.profiles.profile import Profile
from paycli.sending.pipeline import Asked, Connect, Exchange, Pipeline
from paycli.sending.rows import Listing
from paycli.sending.verdict import error_of

FALLING_ROWS = 10
"""So many rows from the newest on, without an exception, show that a list begins with the newest."""


class TimeOver(NothingSent):
    """The time that a profile had is over."""


class Limit:
    """The time that one profile has, which is also the clock of its pipeline."""

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self.now = now
        self.ends = now() + seconds

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return self.now()

    def left(self) -> float:
        """Return the seconds that are left; raises TimeOver where none are."""
        if (left := self.ends - self.now()) <= 0:
            raise self.over()
        return left

    def sleep(self, seconds: float) -> None:
        """Wait, or raise TimeOver where what is left is too short for it."""
        if seconds >= self.left():
            raise self.over()
        time.sleep(seconds)

    def over(self) -> TimeOver:
        """Return the error that says so."""
        return TimeOver(f"no complete answer within {self.seconds:g} s.")

    def bound(self, connect: Connect) -> Connect:
        """Return a way to the hosts on which every exchange ends with the limit."""

        def bounded(profile: Profile, _total: float | None) -> Exchange:
            def exchange(
                method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
            ) -> Answer | Flow | Fault:
                return connect(profile, self.left())(method, url, sent, body, stream=stream, fresh=fresh)

            return exchange

        return bounded


def looks_for(declared: Provider, sought: Sought) -> list[Look]:
    """Return the looks that a text could be meant for."""
    return [look for look in declared.looks_of() if look.values(sought) is not None]


def search(
    pipeline: Pipeline, profile: Profile, sought: Sought, note: Callable[[str], None] = lambda _: None
) -> Iterator[Hit]:
    """Yield what is found under a profile, each thing once, as soon as it is there.

    That one look finds nothing is no failure. One that fails is told by its error when the others are done; a lack of
    credentials or time ends it all. ``note`` is told what could not be looked through. Raises PaycliError.
    """
    found: set[tuple[str, ...]] = set()
    failed: PaycliError | None = None
    for look in looks_for(pipeline.provider, sought):
        if look.otherwise and found:
            continue
        if look.owned and not pipeline.owner(profile, look.command):
            note(f"nobody is signed in to whom `{look.command}` belongs, so it was not looked through")
            continue
        try:
            for hit in _hits(pipeline, profile, look, sought):
                key = (hit.command, hit.argument, *hit.options)
                if key not in found:
                    found.add(key)
                    yield hit
        except (ConfigurationProblem, TimeOver):
            raise
        except PaycliError as problem:
            if look.refusable and isinstance(problem, ProviderRefused):
                note(problem.message.rstrip("."))
            else:
                failed = failed or problem
    if failed:
        raise failed


def _hits(pipeline: Pipeline, profile: Profile, look: Look, sought: Sought) -> Iterator[Hit]:
    values = look.values(sought) or {}
    data = _read(pipeline, profile, look.command, values)
    if not isinstance(data, Listing):
        yield from _hit(look, data, values, profile)
        return
    shown: set[str] = set()
    with data:
        for row in _until_the_period_ends(data, look, sought):
            if not look.matches(row, sought):
                continue
            whole = look.whole(row) if look.whole else None
            if whole is None:
                yield from _hit(look, row, values, profile)
            elif str(whole) not in shown:
                shown.add(str(whole))
                yield from _hit(look, _read(pipeline, profile, *whole), whole[1], profile)
            if look.unique:
                return


def _hit(look: Look, data: Any, values: Mapping[str, Any], profile: Profile) -> Iterator[Hit]:
    hit = None if data is None else look.hit(data, values, profile.plain)
    if hit:
        yield hit


def _until_the_period_ends(rows: Iterator[Any], look: Look, sought: Sought) -> Iterator[Any]:
    """Yield the rows; of a list that is seen to begin with the newest, none beyond the first before the period."""
    falling, count, last = look.when is not None, 0, None
    for row in rows:
        yield row
        at = look.when(row) if look.when else None
        falling = falling and at is not None and (last is None or at <= last)
        count, last = count + 1, at
        if falling and count >= FALLING_ROWS and at is not None and at < sought.since:
            return


def _read(pipeline: Pipeline, profile: Profile, command: str, values: Mapping[str, Any]) -> Any:
    """Return what a read brings, or None where the provider knows no such thing. Raises PaycliError."""
    operation = operation_of(pipeline.provider, command)
    outcome = pipeline.send_under(profile, Asked(operation, lambda _facts: dict(values))).outcome
    if isinstance(outcome, Succeeded):
        return outcome.data
    if isinstance(outcome, Rejected) and outcome.reason is Reason.MISSING:
        return None
    problem = error_of(outcome, operation, pipeline.provider, profile, values)
    assert problem is not None  # noqa: S101 only success has no error
    raise problem


def operation_of(declared: Provider, command: str) -> Operation:
    """Return the declaration of a command."""
    return declared.load(command.split(maxsplit=1)[0])[command]

"""Sending again: what may go out more than once by itself, how long it waits, and when it gives up.

Only reads, ``always`` operations and keyed ones, with the same key, are repeated after a fault; another change goes
again after HTTP 429 alone, and only where its rule or the provider's document says that nothing was processed.
"""

import random
import threading
import time
from collections.abc import Callable
from typing import Protocol

from paycli.operations.operation import ALWAYS, KEY, Effect, Operation
from paycli.operations.outcome import Answer, Fault, Flow, NotSent, Outcome, Pending, Succeeded, Unknown
from paycli.operations.provider import Provider
from paycli.values import dataclass, field

MOST_ATTEMPTS = 3
FIRST_PAUSE = 0.2
MOST_THROTTLED = 5
LONGEST_THROTTLED = 60.0
CAPACITY, REPETITION, AFTER_NO_ANSWER = 500, 5, 10


class Clock(Protocol):
    """Time as the pipeline sees it, so that tests can bend it."""

    def monotonic(self) -> float:
        """Return seconds that never go back."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class RealClock:
    """The machine's own time."""

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass
class Quota:
    """How much may be sent again over all rows of a run: what a provider in trouble needs least is more requests.

    As in the standard retry mode of the AWS SDKs: 500 units; a repetition takes 5, after no answer at all 10; what
    comes through gives back what its last repetition took, or one unit where there was none.
    """

    left: int = CAPACITY
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def take(self, units: int) -> bool:
        """Take units for a repetition; false where there are not enough."""
        with self._lock:
            enough = units <= self.left
            self.left -= units if enough else 0
            return enough

    def give(self, units: int) -> None:
        """Give units back after something came through."""
        with self._lock:
            self.left = min(self.left + units, CAPACITY)


def repeatable(operation: Operation) -> bool:
    """Return whether the operation may be sent again by itself after a fault; a keyed one carries the same key."""
    return operation.effect is Effect.READS or operation.retry in {ALWAYS, KEY}


def may_wait(operation: Operation, provider: Provider) -> bool:
    """Return whether the operation goes again after the provider said that there were too many requests."""
    return repeatable(operation) or operation.retry == KEY or provider.throttled_unprocessed


def attempt(
    send: Callable[[], Answer | Flow | Fault],
    judge: Callable[[Answer | Flow | Fault], Outcome],
    *,
    again: bool,
    wait: bool,
    clock: Clock,
    told: Callable[[str], None],
    quota: Quota | None = None,
) -> Outcome:
    """Send, judge, and send again within the rules and the quota; return the last outcome."""
    patience = _Patience(again=again, wait=wait, quota=quota or Quota())
    lost: Unknown | None = None
    while True:
        result = send()
        outcome = judge(result)
        if isinstance(outcome, Unknown):
            lost = lost or outcome
        elif lost and not isinstance(outcome, Succeeded | Pending):
            # Only a positive answer closes an attempt of which nobody knows what became.
            outcome = lost
        pause = patience.pause(result, outcome)
        if pause is None:
            return outcome
        told(f"{outcome.sentence}; trying again in {pause:.1f} s")  # type: ignore[union-attr]  # only such are repeated
        clock.sleep(pause)


@dataclass
class _Patience:
    """How often one operation was sent again, and how long it waited."""

    again: bool
    wait: bool
    quota: Quota
    faults: int = 0
    throttles: int = 0
    waited: float = 0.0
    taken: int = 0

    def pause(self, result: Answer | Flow | Fault, outcome: Outcome) -> float | None:
        """Return how long to wait before it is sent again, or None where this outcome is the last."""
        if isinstance(result, Fault) and result.interrupted:
            return None
        if isinstance(outcome, NotSent) and outcome.throttled:
            pause = self._throttled(result)
        elif self.again and isinstance(outcome, NotSent | Unknown):
            pause = self._failed()
        else:
            self.quota.give(self.taken or 1)
            return None
        self.taken = AFTER_NO_ANSWER if isinstance(result, Fault) else REPETITION
        return pause if pause is not None and self.quota.take(self.taken) else None

    def _throttled(self, result: Answer | Flow | Fault) -> float | None:
        self.throttles += 1
        pause = throttle_pause(result, self.throttles)
        if not self.wait or self.throttles > MOST_THROTTLED or self.waited + pause > LONGEST_THROTTLED:
            return None
        self.waited += pause
        return pause

    def _failed(self) -> float | None:
        self.faults += 1
        return None if self.faults >= MOST_ATTEMPTS else _jitter(FIRST_PAUSE * 2 ** (self.faults - 1))


def throttle_pause(result: Answer | Flow | Fault, count: int) -> float:
    """Return how many seconds to wait after the so manieth HTTP 429: what the provider asks, else ever longer."""
    asked = result.headers.get("retry-after", "") if isinstance(result, Answer) else ""
    if asked.isascii() and asked.isdigit():
        return float(asked)
    return _jitter(float(2 ** (count - 1)))


def _jitter(seconds: float) -> float:
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311 spreads load, protects nothing

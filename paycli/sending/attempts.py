"""Sending again: what may go out more than once by itself, how long it waits, and when it gives up.

Only reads, ``always`` operations and keyed ones, with the same key, are repeated after a fault; another change goes
again after HTTP 429 alone, and only where its rule or the provider's document says that nothing was processed.
"""

import random
import time
from collections.abc import Callable
from typing import Protocol

from paycli.operations.operation import ALWAYS, KEY, Effect, Operation
from paycli.operations.outcome import Answer, Fault, Flow, NotSent, Outcome, Pending, Succeeded, Unknown
from paycli.operations.provider import Provider

MOST_ATTEMPTS = 3
FIRST_PAUSE = 0.2
MOST_THROTTLED = 5
LONGEST_THROTTLED = 60.0


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
) -> Outcome:
    """Send, judge, and send again within the rules; return the last outcome."""
    faults = throttles = 0
    waited = 0.0
    lost: Unknown | None = None
    while True:
        result = send()
        outcome = judge(result)
        if isinstance(outcome, Unknown):
            lost = lost or outcome
        elif lost and not isinstance(outcome, Succeeded | Pending):
            # Only a positive answer closes an attempt of which nobody knows what became.
            outcome = lost
        if isinstance(result, Fault) and result.interrupted:
            return outcome
        if isinstance(outcome, NotSent) and outcome.throttled:
            throttles += 1
            pause = _throttle_pause(result, throttles)
            if not wait or throttles > MOST_THROTTLED or waited + pause > LONGEST_THROTTLED:
                return outcome
            waited += pause
        elif again and isinstance(outcome, NotSent | Unknown):
            faults += 1
            if faults >= MOST_ATTEMPTS:
                return outcome
            pause = _jitter(FIRST_PAUSE * 2 ** (faults - 1))
        else:
            return outcome
        told(f"{outcome.sentence}; trying again in {pause:.1f} s")
        clock.sleep(pause)


def _throttle_pause(result: Answer | Flow | Fault, count: int) -> float:
    asked = result.headers.get("retry-after", "") if isinstance(result, Answer) else ""
    if asked.isascii() and asked.isdigit():
        return float(asked)
    return _jitter(float(2 ** (count - 1)))


def _jitter(seconds: float) -> float:
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311 spreads load, protects nothing

"""A clock that nobody waits for."""

import time

import pytest

from paycli.sending.attempts import RealClock

A_MOMENT = 0.005
"""Seconds that are really waited, so that whoever is waited for may go on."""


class Jumping:
    """The machine's time and all that was asked to be slept: it jumps where others wait."""

    jumped = 0.0

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic() + self.jumped

    def sleep(self, seconds: float) -> None:
        """Be later by so many seconds."""
        time.sleep(min(seconds, A_MOMENT))
        self.jumped += seconds


def let_nobody_wait(patch: pytest.MonkeyPatch) -> None:
    """Let every pause of the pipeline in this process be over at once, as its own clock sees it."""
    for name in ("jumped", "monotonic", "sleep"):
        patch.setattr(RealClock, name, getattr(Jumping, name), raising=False)

"""A clock that nobody waits for."""

import time

A_MOMENT = 0.005
"""Seconds that are really waited, so that whoever is waited for may go on."""


class Jumping:
    """The machine's time and all that was asked to be slept; it jumps where others sleep."""

    def __init__(self) -> None:
        self.jumped = 0.0

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic() + self.jumped

    def sleep(self, seconds: float) -> None:
        """Be later by so many seconds."""
        time.sleep(min(seconds, A_MOMENT))
        self.jumped += seconds

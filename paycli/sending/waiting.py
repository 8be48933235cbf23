"""Waiting for what a list shows: ask again until nothing in it is under way, or the patience is over."""

import itertools
from collections.abc import Callable
from typing import Any

from paycli.sending.attempts import Clock
from paycli.sending.rows import Listing
from paycli.values import dataclass

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 15.0


@dataclass
class Gathered:
    """The rows of one look at a list, how many of them are under way, and what of the list was not taken."""

    rows: list[Any]
    unfinished: int
    count: int | None
    left: bool

    @property
    def seen(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def looked(self) -> int:
        """How many rows were read."""
        return len(self.rows)

    def more(self) -> bool:
        """Return whether rows follow that were not read."""
        return self.left


def gather(listing: Listing, limit: int | None, unfinished: Callable[[Any], bool]) -> Gathered:
    """Return as many rows of a list as are shown."""
    with listing:
        rows = list(itertools.islice(listing, limit))
        return Gathered(rows, sum(map(unfinished, rows)), listing.count, listing.more())


def wait_for(look: Callable[[], Gathered], patience: float, clock: Clock, told: Callable[[str], None]) -> Gathered:
    """Return the first look at which nothing is under way, or the last one within the patience."""
    until = clock.monotonic() + patience
    pause = FIRST_PAUSE
    while True:
        found = look()
        if not found.unfinished or clock.monotonic() + pause > until:
            return found
        told(f"{found.unfinished} under way; looking again in {pause:.0f} s")
        clock.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)

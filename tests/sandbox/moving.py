"""A clock that starts at a known moment and moves only when it is told to."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


class Moving:
    """The time of a test's world."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        """Return the present moment."""
        return self.moment

    def move(self, by: timedelta) -> None:
        """Go forward."""
        self.moment += by

    def reset(self) -> None:
        """Go back to the start."""
        self.moment = START

"""One thing that was looked at, and what to do about it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from paycli.errors import PaycliError
from paycli.values import dataclass

OK, NOTE, FINDING = "ok", "note", "finding"


@dataclass(frozen=True)
class Note:
    """What was looked at of which subject, how it stands, and the remedy where there is one.

    A ``finding`` keeps something from working, or from being safe; a ``note`` is worth knowing and may be meant.
    """

    check: str
    subject: str
    state: str
    message: str
    remedy: str | None = None

    def as_row(self) -> dict[str, Any]:
        """Return it as a row of output."""
        return asdict(self)


Notes = Iterator[Note]


def told(check: str, subject: str, problem: PaycliError) -> Note:
    """Return the finding that a problem is."""
    return Note(check, subject, FINDING, problem.message, problem.next_step)

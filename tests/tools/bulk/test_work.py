"""A run's threads: whatever one of them meets, the run ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest

from paycli.errors import ExitCode, UsageProblem
from paycli.journal.entry import UNKNOWN
from paycli.tools.bulk.plan import Planned
from paycli.tools.bulk.rows import Changes, Finished
from paycli.tools.bulk.work import Work


def planned(place: int) -> Planned:
    """Return a row of which only place and target matter."""
    named = SimpleNamespace(place=place, line=place + 2, target=f"A-{place}", name=f"row-{place}", money=None, cells={})
    return cast("Planned", named)


@pytest.mark.parametrize("late", [False, True], ids=["hired", "working"])
def test_what_a_worker_raises_ends_the_run(late: bool) -> None:
    """Nobody waits for rows that nobody does any more."""

    def worker(row: Planned) -> Finished:
        if row.place == 1:
            raise RuntimeError("made up")
        return Finished(row.place, 0, [])

    @contextmanager
    def hire() -> Iterator[Any]:
        if not late:
            raise RuntimeError("made up")
        yield worker

    work = Work([planned(place) for place in range(5)], hire, 2)
    with pytest.raises(RuntimeError, match="made up"):
        list(work.finished(lambda _one: None))
    assert work.why == "paycli failed"


def test_a_row_whose_journal_cannot_be_read_is_unknown() -> None:
    """It may have gone out in an earlier run, so it is neither sent nor called not sent."""

    class Unreadable:
        def of_row(self, _name: str) -> list[Any]:
            raise UsageProblem("The journal cannot be read.")

    nothing = cast("Any", None)
    done = Changes(nothing, nothing, cast("Any", Unreadable()), nothing, "")(planned(0))
    assert (done.code, done.shown[0]["state"]) == (ExitCode.OUTCOME_UNKNOWN, UNKNOWN)
    assert "The journal cannot be read." in done.shown[0]["message"]

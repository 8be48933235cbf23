"""The steps of a report from beginning to end, driven by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from paycli.errors import NothingSent
from paycli.operations.outcome import Pending, Rejected, Succeeded
from paycli.operations.steps import Call, Mark, Pause, Show
from paycli.providers.tranzzo.report_run import MILLISECOND, Typed, begin, follow, periods

START = datetime(2026, 3, 1, tzinfo=UTC)


def state(days: int = 1) -> Any:
    """Return the first state of a run over so many days."""
    return begin(Typed("a", START), Typed("b", START + timedelta(days=days)))


def test_a_report_is_asked_for_waited_for_and_shown() -> None:
    """The pauses grow; a mark follows whatever must not be done twice."""
    steps = follow(state())
    asked = next(steps)
    assert isinstance(asked, Call)
    assert (asked.command, asked.values["since"]) == ("reports start", START)
    mark = steps.send(Succeeded({"report_id": "r-1", "count": 2}))
    assert isinstance(mark, Mark)
    assert (mark.state["report_id"], mark.state["next"]) == ("r-1", 0)
    fetch = next(steps)
    assert isinstance(fetch, Call)
    assert (fetch.command, fetch.values) == ("reports fetch", {"report": "r-1"})
    waits = []
    for _ in range(3):
        pause = steps.send(Pending(None, "not ready"))
        assert isinstance(pause, Pause)
        waits.append(pause.seconds)
        assert next(steps) == fetch
    assert waits == [0.5, 1.0, 2.0]
    rows = iter([1, 2])
    assert steps.send(Succeeded(rows)) == Show(rows, 2)
    last = steps.send(2)
    assert isinstance(last, Mark)
    assert (last.state["report_id"], last.state["next"]) == (None, 1)
    with pytest.raises(StopIteration):
        next(steps)


def test_a_run_goes_on_with_the_report_that_it_has() -> None:
    """And asks anew where that one is refused."""
    kept = {**state(), "report_id": "r-1", "count": 1}
    steps = follow(kept)
    fetch = next(steps)
    assert isinstance(fetch, Call)
    assert fetch.also == (Pending, Rejected)
    again = steps.send(Rejected("gone"))
    assert isinstance(again, Call)
    assert again.command == "reports start"


def test_fewer_rows_than_promised_end_it() -> None:
    """More are no harm."""
    steps = follow({**state(), "report_id": "r-1", "count": 3})
    next(steps)
    steps.send(Succeeded(iter(())))
    with pytest.raises(NothingSent):
        steps.send(2)


def test_the_pieces_of_a_period_neither_overlap_nor_leave_a_gap() -> None:
    """To the millisecond."""
    pieces = list(periods(START, START + timedelta(days=100)))
    assert [first for first, _ in pieces[1:]] == [last + MILLISECOND for _, last in pieces[:-1]]
    assert (pieces[0][0], pieces[-1][1], len(pieces)) == (START, START + timedelta(days=100), 4)
    assert all(last - first < timedelta(days=31) for first, last in pieces)
    assert len(list(periods(START, START + timedelta(days=31)))) == 1

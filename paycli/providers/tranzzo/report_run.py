"""A report from beginning to end: asked for, waited for, fetched; longer periods in pieces of 31 days.

The pieces do not overlap: one ends a millisecond before the next begins, which is the finest that the service knows.
"""

from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from paycli.errors import NothingSent
from paycli.operations.moments import moment_now
from paycli.operations.outcome import Pending, Rejected, Succeeded
from paycli.operations.params import Option
from paycli.operations.steps import Call, Mark, Pause, Procedure, Show, State, Step, Steps, name_in
from paycli.providers.tranzzo.report_fields import LONGEST, Details, Methods, Statuses, end_of_period, timestamp
from paycli.providers.tranzzo.reports import COLUMNS
from paycli.values import dataclass

MILLISECOND = timedelta(milliseconds=1)
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0


@dataclass(frozen=True)
class Typed:
    """A moment, and how it was typed: a run that goes on later is the same by its words."""

    text: str
    at: datetime


From = Annotated[
    Typed,
    Option(
        "Beginning of the period.",
        flag="--from",
        parse=lambda text: Typed(text, moment_now(text)),
        metavar="TIME",
        sample="-7d",
    ),
]
To = Annotated[
    Typed | None,
    Option(
        "End of the period.",
        flag="--to",
        parse=lambda text: Typed(text, end_of_period(text)),
        metavar="TIME",
        default_text="now",
    ),
]


def begin(
    since: From,
    until: To = None,
    statuses: Statuses = (),
    methods: Methods = (),
    transaction_details: Details = (),
) -> State:
    """Make a report of a period of any length, wait for it, and fetch it.

    With --out it goes into a file, which appears when it is complete; a run that was interrupted goes on where it
    stopped when the same command is typed again.
    """
    end = until.at if until else datetime.now(UTC)
    chosen = {
        "statuses": list(statuses),
        "methods": list(methods),
        "transaction_details": list(transaction_details),
    }
    return {
        "asked": {"from": since.text, "to": until.text if until else None, **chosen},
        "periods": [[timestamp(first), timestamp(last)] for first, last in periods(since.at, end)],
        "next": 0,
        "report_id": None,
        "count": None,
    }


def periods(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the period in pieces of at most 31 days."""
    while until - since > LONGEST:
        yield since, since + LONGEST - MILLISECOND
        since += LONGEST
    yield since, until


def follow(state: State) -> Steps:
    """Ask, wait and show, period by period."""
    state = dict(state)
    while state["next"] < len(state["periods"]):
        rows = None
        if state["report_id"] is not None:
            rows = yield from _fetched(state["report_id"], also=(Rejected,))
        if rows is None:
            # One that was asked for earlier may be forgotten there.
            state = yield from _started(state)
            rows = yield from _fetched(state["report_id"])
        shown = yield Show(rows, state["count"])
        if state["count"] is not None and shown < state["count"]:
            raise NothingSent(
                f"The report has {state['count']} rows, and only {shown} came.",
                next_step="run it again; a read changes nothing",
            )
        state = {**state, "next": state["next"] + 1, "report_id": None, "count": None}
        yield Mark(state)


def _started(state: State) -> Generator[Step, Any, State]:
    first, last = state["periods"][state["next"]]
    chosen = {name: tuple(state["asked"][name]) for name in ("statuses", "methods", "transaction_details")}
    moments = {"since": datetime.fromisoformat(first), "until": datetime.fromisoformat(last)}
    outcome = yield Call("reports start", {**moments, **chosen})
    report_id, count = name_in(outcome, "report_id"), outcome.data.get("count")
    found = {"report_id": report_id, "count": count if type(count) is int else None}
    state = {**state, **found}
    yield Mark(state)
    return state


def _fetched(report_id: str, also: tuple[type, ...] = ()) -> Generator[Step, Any, Any]:
    """Return the rows once the report is ready; None where it is refused and that was allowed for."""
    pause = FIRST_PAUSE
    while True:
        outcome = yield Call("reports fetch", {"report": report_id}, also=(Pending, *also))
        if isinstance(outcome, Succeeded):
            return outcome.data
        if isinstance(outcome, Rejected):
            return None
        yield Pause(pause, "the report is not ready")
        pause = min(2 * pause, LONGEST_PAUSE)


PROCEDURE = Procedure("tranzzo", "reports run", begin, follow, COLUMNS)

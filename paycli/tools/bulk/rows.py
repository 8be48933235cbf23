"""What became of each row, as one line of output whatever happened to it."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from paycli.commands.once import keep_apart
from paycli.errors import ExitCode, PaycliError
from paycli.journal.entry import NOT_SENT, REJECTED, SUCCEEDED, UNDER_WAY, UNKNOWN, Entry
from paycli.journal.store import Journal
from paycli.operations.columns import Column, Kind, note
from paycli.operations.operation import Operation
from paycli.operations.outcome import Succeeded
from paycli.output.cells import pick
from paycli.output.screen import Screen
from paycli.profiles.profile import Profile
from paycli.sending.closing import exit_code, outcome_of
from paycli.sending.pipeline import Done, Pipeline
from paycli.sending.resolve import resolve
from paycli.sending.rows import Listing
from paycli.sending.verdict import error_of
from paycli.tools.bulk.plan import Planned
from paycli.values import dataclass, replace

COLUMNS = (
    Column("line"),
    Column("target"),
    Column("amount", Kind.MONEY, currency="currency"),
    Column("state", Kind.STATUS),
    Column("exit_code"),
    Column("provider_id", Kind.ID),
    Column("journal_id", Kind.ID, primary=True),
    note("message"),
)
FIELDS = ("line", "target", "amount", "currency", "state", "exit_code", "provider_id", "journal_id", "message")


@dataclass(frozen=True)
class Finished:
    """What became of a row: its exit code, and the lines of output that tell it."""

    place: int
    code: int
    shown: list[dict[str, Any]]


def told(
    row: Planned, entry: Entry | None, state: str, code: int, message: str = "", provider_id: str | None = None
) -> Finished:
    """Return a change as its one line of output."""
    money = row.money
    values = (
        row.line,
        row.target or None,
        entry.amount if entry and entry.amount else money.digits if money else None,
        entry.currency if entry and entry.currency else money.currency if money else None,
        state,
        code,
        provider_id or (entry.provider_id if entry else None),
        entry.id if entry else None,
        message or None,
    )
    return Finished(row.place, code, [dict(zip(FIELDS, values, strict=True))])


def told_entry(row: Planned, entry: Entry, message: str = "") -> Finished:
    """Return a row as the journal knows it."""
    return told(row, entry, entry.state, int(exit_code(outcome_of(entry))), message or entry.sentence or "")


def _before(entry: Entry) -> str:
    moment = datetime.fromisoformat(entry.ended_at or entry.at)
    return f"done before, on {moment:%Y-%m-%d at %H:%M:%S} UTC"


def last_of(journal: Journal, row: Planned) -> Entry | None:
    """Return the last entry of a row, in whatever run it was made."""
    entries = journal.of_row(row.name)
    return entries[-1] if entries else None


@dataclass(frozen=True)
class Changes:
    """Does the rows of a change, each like a single command."""

    pipeline: Pipeline
    profile: Profile
    journal: Journal
    aside: Screen
    begun: str

    def __call__(self, row: Planned) -> Finished:
        """Return what became of the row; what was done before is not done again, what is unknown is settled first."""
        try:
            known = last_of(self.journal, row)
        except PaycliError as problem:
            told_so = f"{problem.message} So it is not known whether it was sent before"
            return told(row, None, UNKNOWN, int(ExitCode.OUTCOME_UNKNOWN), told_so)
        try:
            if known and (answered := self._known(row, known)):
                return answered
            return self._done(row, self.pipeline.send_under(self.profile, row.asked))
        except PaycliError as problem:
            return self._failed(row, problem, int(problem.exit_code))
        except Exception as problem:  # noqa: BLE001 one row must not stop the others
            defect = PaycliError(f"A defect of paycli: {type(problem).__name__}.")
            return self._failed(row, defect, int(ExitCode.DEFECT))

    def _known(self, row: Planned, entry: Entry) -> Finished | None:
        """Return what became of a row that went out before, or None where it may go out now."""
        if entry.state == SUCCEEDED:
            return told_entry(row, entry, _before(entry))
        keyed = entry.key and not entry.settle_by
        if entry.state in {REJECTED, NOT_SENT, *UNDER_WAY} or keyed:
            return None
        try:
            looked = resolve(entry, self.journal, lambda _provider: self.pipeline)
        except PaycliError as problem:
            return told_entry(row, entry, problem.message)
        if looked.entry.open:
            return told_entry(row, looked.entry, looked.why)
        return told_entry(row, looked.entry, "found now") if looked.entry.state == SUCCEEDED else None

    def _done(self, row: Planned, done: Done) -> Finished:
        entry, operation = done.entry, row.asked.operation
        journal_id = entry.id if entry else None
        problem = error_of(done.outcome, operation, self.pipeline.provider, done.profile, done.values, journal_id)
        state = entry.state if entry else SUCCEEDED
        if problem:
            return told(row, entry, state, int(problem.exit_code), problem.message)
        data = done.outcome.data if isinstance(done.outcome, Succeeded) else None
        if entry and data == entry.as_row():
            # What the journal knows; an answer that came now, also to a key of an earlier run, may hold more.
            return told_entry(row, entry, _before(entry))
        settled = f"the answer was lost, and found ({entry.settled})" if entry and entry.settled else ""
        return told(row, entry, state, 0, settled or self._delivered(operation, data, journal_id or ""))

    def _delivered(self, operation: Operation, data: Any, journal_id: str) -> str:
        """Return what of an answer its row has to tell, lest it be lost: what was created, where a secret is kept."""
        if operation.once and operation.once.values(data):
            return keep_apart(self.aside, operation.once, data, journal_id)
        created = pick(data, operation.creates) if operation.creates else None
        return str(created) if created else ""

    def _failed(self, row: Planned, problem: PaycliError, code: int) -> Finished:
        try:
            entry = last_of(self.journal, row)
        except PaycliError:
            entry = None
        if entry and entry.at >= self.begun and entry.state == UNKNOWN:
            return told_entry(row, entry)
        message = " ".join(filter(None, [problem.message, problem.next_step and f"Next: {problem.next_step}"]))
        return told(row, None, NOT_SENT, code, message)


@dataclass(frozen=True)
class Reads:
    """Looks the rows of a list up, each like a single command."""

    pipeline: Pipeline
    profile: Profile
    limit: int

    def __call__(self, row: Planned) -> Finished:
        """Return what the provider tells of the row, beside the row's own columns."""
        try:
            answers, message = self._asked(row)
        except PaycliError as problem:
            return _not_found(row, problem)
        except Exception as problem:  # noqa: BLE001 one row must not stop the others
            return _not_found(row, PaycliError(f"A defect of paycli: {type(problem).__name__}."))
        return Finished(row.place, 0, [beside(row, answer, 0, message) for answer in answers])

    def _asked(self, row: Planned) -> tuple[list[Mapping[str, Any]], str]:
        done = self.pipeline.send_under(self.profile, row.asked)
        problem = error_of(done.outcome, row.asked.operation, self.pipeline.provider, done.profile, done.values)
        if problem:
            raise problem
        return self._answers(getattr(done.outcome, "data", None))

    def _answers(self, data: Any) -> tuple[list[Mapping[str, Any]], str]:
        message = ""
        if isinstance(data, Listing):
            with data:
                found = list(itertools.islice(data, self.limit))
                message = f"there are more than {self.limit}" if data.more() else ""
        else:
            found = data if isinstance(data, list) else [data]
        return [item if isinstance(item, Mapping) else {"value": item} for item in found] or [{}], message


def _not_found(row: Planned, problem: PaycliError) -> Finished:
    code = int(problem.exit_code)
    return Finished(row.place, code, [beside(row, {}, code, problem.message)])


def beside(row: Planned, answer: Mapping[str, Any], code: int, message: str) -> dict[str, Any]:
    """Return an answer beside the columns of its row.

    What it names as the row does, with another value, is called ``answer_...``.
    """
    own = {"line": row.line, **row.cells, "exit_code": code, "message": message or None}
    found = dict(own)
    for name, value in answer.items():
        if name not in own:
            found[name] = value
        elif str(own[name]) != str(value):
            found[f"answer_{name}"] = value
    return found


def columns_of_read(operation: Operation, cells: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of looked-up rows: the line, the file's own, the answer's, and what went wrong."""
    taken = {"line", *cells, "exit_code", "message"}
    answered = [column for column in operation.columns if column.field not in taken]
    named = (Column(name, primary=index == 0) for index, name in enumerate(cells))
    ours = [
        Column("line"),
        *named,
        *(replace(column, primary=False) for column in answered),
        Column("exit_code"),
        note("message"),
    ]
    return tuple(ours)


def flattened(finished: Iterator[Finished]) -> Iterator[dict[str, Any]]:
    """Yield the lines of output."""
    for one in finished:
        yield from one.shown

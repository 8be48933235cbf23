"""What the rows of a bulk run did, added up at the provider and held against our own notes."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from paycli.errors import PaycliError, SomeRowsFailed, UsageProblem
from paycli.journal.entry import SUCCEEDED, Entry
from paycli.journal.store import Journal
from paycli.operations.columns import Column, Kind, note
from paycli.operations.money import Money
from paycli.operations.outcome import Succeeded
from paycli.operations.provider import Provider
from paycli.operations.safety import Identity, Row, Safety
from paycli.output.screen import Screen
from paycli.profiles.profile import Profile
from paycli.sending.closing import identity_of, rows_of
from paycli.sending.pipeline import Pipeline
from paycli.sending.settle import row_outcome
from paycli.tools.bulk.plan import Planned, added
from paycli.tools.bulk.rows import last_of
from paycli.values import dataclass, replace

COLUMNS = (
    Column("line"),
    Column("target"),
    Column("amount", Kind.MONEY, currency="currency"),
    Column("state", Kind.STATUS),
    Column("provider_amount", Kind.MONEY, currency="provider_currency"),
    Column("provider_state", Kind.STATUS),
    Column("provider_id", Kind.ID),
    Column("journal_id", Kind.ID, primary=True),
    note("difference"),
)
DONE, ABSENT, NOT_READ = "done", "absent", "not read"
MOST_NAMED = 10


@dataclass(frozen=True)
class Found:
    """One row: what the journal says of it, what the provider does, and where the two differ.

    ``besides`` is what equal operations moved that no entry of the journal is.
    """

    planned: Planned
    entry: Entry | None
    state: str
    worth: Money | None
    key: str | None
    difference: str
    besides: tuple[Money, ...] = ()

    @property
    def noted(self) -> Money | None:
        """What our own notes say that it moved."""
        if self.entry is None or self.entry.state != SUCCEEDED:
            return None
        return identity_of(self.entry).money

    def as_row(self) -> dict[str, Any]:
        """Return it as a line of output."""
        money = self.noted or self.planned.money
        return {
            "line": self.planned.line,
            "target": self.planned.target,
            "amount": money.digits if money else None,
            "currency": money.currency if money else None,
            "state": self.entry.state if self.entry else "new",
            "provider_amount": self.worth.digits if self.worth else None,
            "provider_currency": self.worth.currency if self.worth else None,
            "provider_state": self.state,
            "provider_id": self.key,
            "journal_id": self.entry.id if self.entry else None,
            "difference": self.difference or None,
        }


def find_rows(
    rows: Sequence[Planned], profile: Profile, pipeline: Pipeline, journal: Journal, concurrency: int
) -> list[Found]:
    """Return each row as the provider has it. Raises UsageProblem where no read tells."""
    operation = rows[0].asked.operation
    command = operation.retry.settled_by
    if command is None or pipeline.provider.safety is None:
        raise UsageProblem(f"No read of {pipeline.provider.title} tells what became of {operation.name}.")
    read = pipeline.look_up(profile)

    def look(row: Planned) -> Found:
        found, problem = rows_of(read(command, row.target))
        return _held(row, found, problem, pipeline.provider, journal)

    # The first look alone: it may have to ask for secrets, or sign in.
    first = look(rows[0])
    with ThreadPoolExecutor(concurrency) as pool:
        return [first, *pool.map(look, rows[1:])]


def report_rows(found: Sequence[Found], provider: Provider, screen: Screen) -> None:
    """Say the sums on both sides. Raises SomeRowsFailed where they differ."""
    noted = [one.noted for one in found if one.noted]
    moved = [one.worth for one in found if one.worth and one.state == DONE]
    ours = sum(one.entry is not None and one.entry.state == SUCCEEDED for one in found)
    theirs = sum(one.state == DONE for one in found)
    screen.say(f"  journal  {ours} of {len(found)} rows done, {_told(noted)}")
    screen.say(f"  {provider.title:8} {theirs} of {len(found)} rows done, {_told(moved)}")
    besides = [money for one in found for money in one.besides]
    if besides:
        screen.say(f"  besides  {len(besides)} equal ones that this journal does not know, {_told(besides)}")
    unread = [one for one in found if one.state == NOT_READ]
    differing = [one for one in found if one.difference and one.state != NOT_READ]
    told = [
        *([f"the journal and {provider.title} differ in {_lines(differing)}"] if differing else []),
        *([f"{provider.title} could not be asked about {_lines(unread)}"] if unread else []),
    ]
    if told:
        sentence = "; ".join(told)
        raise SomeRowsFailed(
            f"{sentence[0].upper()}{sentence[1:]}.",
            next_step="see their column difference; what is unknown is settled by: paycli journal resolve",
        )
    screen.say("Both agree.")


def _lines(rows: Sequence[Found]) -> str:
    named = ", ".join(str(one.planned.line) for one in rows[:MOST_NAMED])
    others = " and others" if len(rows) > MOST_NAMED else ""
    return f"{len(rows)} rows (line {named}{others})"


def _held(row: Planned, rows: list[Row], problem: PaycliError | None, provider: Provider, journal: Journal) -> Found:
    safety = provider.safety
    assert safety is not None  # noqa: S101 asked before
    entry = last_of(journal, row)
    if problem:
        return Found(row, entry, NOT_READ, None, None, problem.message)
    ours = _ours(entry, rows, safety)
    more = _strange(row, entry, rows, provider, journal)
    besides = tuple(filter(None, (_worth(entry, item, safety) for item in more)))
    told = [f"there is another one that this journal does not know: {safety.key(item)}" for item in more]
    if ours is None:
        missing = ["the journal says succeeded"] if entry and entry.state == SUCCEEDED else []
        return Found(row, entry, ABSENT, None, None, "; ".join([*missing, *told]), besides)
    outcome = row_outcome(provider, row.asked.operation, ours)
    state = DONE if isinstance(outcome, Succeeded) else type(outcome).__name__.lower()
    found = Found(row, entry, state, _worth(entry, ours, safety), safety.key(ours), "", besides)
    return replace(found, difference="; ".join([*_differences(found), *told]))


def _differences(found: Found) -> list[str]:
    noted = found.entry is not None and found.entry.state == SUCCEEDED
    if noted != (found.state == DONE):
        return [f"the journal says {found.entry.state if found.entry else 'nothing'}"]
    if noted and found.worth != found.noted:
        return [f"the journal says {found.noted}"]
    return []


def _ours(entry: Entry | None, rows: list[Row], safety: Safety) -> Row | None:
    if entry is None:
        return None
    marked = (row for row in rows if entry.id in safety.note(row))
    named = (row for row in rows if entry.provider_id and safety.key(row) == entry.provider_id)
    return next(marked, None) or next(named, None)


def _strange(row: Planned, entry: Entry | None, rows: list[Row], provider: Provider, journal: Journal) -> list[Row]:
    """Return what is new on the target, equal to the row, done, and in no entry of the journal."""
    safety = provider.safety
    if safety is None or entry is None or entry.before is None:
        return []
    entries = journal.on_target(entry.account, entry.target)
    known = {*entry.before, *(other.provider_id for other in entries)}
    identity: Identity = identity_of(entry)
    return [
        item
        for item in rows
        if safety.key(item) not in known
        and safety.alike(identity, item)
        and not any(other.id in safety.note(item) for other in entries)
        and isinstance(row_outcome(provider, row.asked.operation, item), Succeeded)
    ]


def _worth(entry: Entry | None, row: Row, safety: Safety) -> Money | None:
    """Return what the provider's row moved; where its fields do not say, what it was recognised by."""
    if safety.worth:
        return safety.worth(row)
    identity = identity_of(entry) if entry else None
    return identity.money if identity and safety.alike(identity, row) else None


def _told(moneys: Iterable[Money]) -> str:
    return ", ".join(map(str, added(moneys))) or "no amount"

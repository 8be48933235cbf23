"""Which of the things that are new is ours: the evidence that closes an unknown outcome, as pure functions.

Times of the provider and of this machine are never compared.
"""

from collections.abc import Sequence

from paycli.journal.entry import INFERRED, MARKED
from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Answer, Outcome, Pending, Rejected, Succeeded, Unknown, Word
from paycli.operations.provider import Provider
from paycli.operations.safety import Identity, Row
from paycli.values import dataclass

OK = 200
MARK = "pc-"


@dataclass(frozen=True)
class Settled:
    """A row that is ours, how that is known, and the outcome that its own status tells."""

    row: Row
    how: str
    outcome: Outcome


@dataclass(frozen=True)
class Evidence:
    """What is known around one read: the keys read before (None: not read), what others claim, whether marks show.

    ``earlier`` are the keys that were there before something that went out before ours: a reading that shows one of
    them again shows an old state.
    """

    before: Sequence[str] | None
    claimed: frozenset[str]
    marks_come_back: bool
    earlier: frozenset[str] = frozenset()


def find_ours(
    provider: Provider, operation: Operation, identity: Identity, mark: str, rows: list[Row], evidence: Evidence
) -> Settled | None:
    """Return our operation among the rows, or None where nothing proves to be it.

    The one with our mark is ours. Failing marks, the only new one of the same kind, amount and currency that no other
    entry claims is inferred to be; an inferred failure proves nothing.
    """
    safety = provider.safety
    if safety is None:
        return None
    marked = next((row for row in rows if mark in safety.note(row)), None)
    if marked is not None:
        return Settled(marked, MARKED, row_outcome(provider, operation, marked))
    if evidence.marks_come_back or evidence.before is None:
        return None
    fresh = [
        row
        for row in rows
        if safety.key(row) not in evidence.before
        and safety.key(row) not in evidence.claimed | evidence.earlier
        and safety.alike(identity, row)
        and MARK not in safety.note(row)
    ]
    if len(fresh) != 1:
        return None
    outcome = row_outcome(provider, operation, fresh[0])
    return Settled(fresh[0], INFERRED, outcome) if isinstance(outcome, Succeeded | Pending) else None


def known_row(provider: Provider, operation: Operation, key: str | None, rows: list[Row]) -> Settled | None:
    """Return the row that the provider's own answer named, whose status is certain."""
    row = next((row for row in rows if provider.safety and key and provider.safety.key(row) == key), None)
    return Settled(row, MARKED, row_outcome(provider, operation, row)) if row is not None else None


def nothing_new(provider: Provider, identity: Identity, rows: list[Row], evidence: Evidence) -> bool:
    """Return whether the rows, in which ours was not found, show nothing that could be ours.

    Where marks come back, what lacks ours is not ours; elsewhere every new row of its kind and amount could be.
    """
    safety = provider.safety
    if safety is None:
        return False
    if evidence.marks_come_back:
        return True
    if evidence.before is None:
        return False
    known = {*evidence.before, *evidence.claimed}
    return not any(safety.alike(identity, row) and safety.key(row) not in known for row in rows)


def row_outcome(provider: Provider, operation: Operation, row: Row) -> Outcome:
    """Return the outcome that a row's own status tells of the operation that it is."""
    if operation.creates:
        # What a creating command made is there, whatever became of it since.
        return Succeeded(row)
    reading = provider.explain(operation, Request("GET", "base_url", ""), Answer(OK), row)
    match reading.word:
        case Word.DONE:
            return Succeeded(row)
        case Word.PENDING:
            return Pending(row, reading.sentence, reading.code)
        case Word.REFUSED:
            return Rejected(reading.sentence, reading.code)
    return Unknown("its own status is not a known one", reading.code)

"""Looking what became of a change that went out, until it is known or the time is over."""

from paycli.journal.entry import Entry
from paycli.journal.store import Journal
from paycli.operations.outcome import Outcome, Pending, Rejected, Succeeded, Unknown
from paycli.operations.safety import Identity, Row
from paycli.sending.closing import evidence_of, identity_of, note_marks, rows_of
from paycli.sending.settle import Settled, find_ours, known_row
from paycli.sending.subject import Subject
from paycli.sending.terms import Way

FIRST_LOOK, LONGEST_LOOK = 0.25, 3.0


class Looking:
    """The looks after one change."""

    def __init__(self, subject: Subject, journal: Journal, way: Way) -> None:
        self.subject = subject
        self.journal = journal
        self.way = way

    def settle(self, entry: Entry, identity: Identity) -> Settled | None:
        """Return what became of a change whose answer was lost, looking for ``timeout.settle``."""
        command = self.subject.operation.retry.settled_by
        if not command or not identity.target:
            return None
        self.way.warn(f"{entry.sentence}; looking what became of it")
        until = self.way.monotonic() + self.subject.profile.timeouts.settle
        pause = max(FIRST_LOOK, self.subject.provider.least_pause)
        if self.subject.provider.least_pause:
            self.way.sleep(pause)
        while True:
            found, problem = rows_of(self.way.read(command, identity.target))
            if problem is None and (settled := self._ours(entry, identity, found)):
                return settled
            if self.way.monotonic() + pause > until:
                return None
            self.way.sleep(pause)
            pause = min(2 * pause, LONGEST_LOOK)

    def follow(self, outcome: Outcome, entry: Entry, patience: float) -> Settled | None:
        """Return what became of a pending change once it is final, or None when the time is over before."""
        command = self.subject.operation.retry.settled_by
        if not (patience and isinstance(outcome, Pending) and command and entry.target):
            return None
        self.way.told(f"{outcome.sentence}; waiting until it is finished, at most {patience:.0f} s")
        until = self.way.monotonic() + patience
        pause = FIRST_LOOK
        while self.way.monotonic() + pause <= until:
            self.way.sleep(pause)
            pause = min(2 * pause, LONGEST_LOOK)
            found, problem = rows_of(self.way.read(command, entry.target))
            if problem is None and (ours := self._final(entry, found)):
                return ours
        return None

    def _final(self, entry: Entry, found: list[Row]) -> Settled | None:
        ours = known_row(self.subject.provider, self.subject.operation, entry.provider_id, found)
        ours = ours or self._ours(entry, identity_of(entry), found)
        return ours if ours and isinstance(ours.outcome, Succeeded | Rejected) else None

    def _ours(self, entry: Entry, identity: Identity, found: list[Row]) -> Settled | None:
        note_marks(self.subject.provider, self.journal, self.subject.account, found)
        evidence = evidence_of(self.journal, entry)
        settled = find_ours(self.subject.provider, self.subject.operation, identity, entry.id, found, evidence)
        return settled if settled and not isinstance(settled.outcome, Unknown) else None

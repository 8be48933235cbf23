"""How a change goes out: look before, guard, confirm, write the intent down, send, settle, write the outcome down."""

import getpass
import secrets as chance
import socket
import uuid
from datetime import timedelta
from decimal import Decimal

from paycli.errors import PaycliError, RefusedHere
from paycli.given import shown
from paycli.journal.entry import (
    INTENDED,
    PENDING,
    SENDING,
    UNDER_WAY,
    UNKNOWN,
    Entry,
)
from paycli.journal.store import Journal
from paycli.operations.operation import KEY, Operation, Request
from paycli.operations.outcome import NotSent, Outcome, Pending, Succeeded, Unknown
from paycli.operations.provider import Provider
from paycli.operations.safety import Identity, Row, Weighed
from paycli.profiles.profile import Profile
from paycli.profiles.settings import duration
from paycli.sending import guard
from paycli.sending.closing import (
    ended,
    named_by,
    note_marks,
    outcome_of,
    rows_of,
    settle_entry,
)
from paycli.sending.guard import DoneBefore, Wish
from paycli.sending.looking import Looking
from paycli.sending.settle import MARK, Settled
from paycli.sending.subject import subject_of
from paycli.sending.terms import Panel, Terms, Way
from paycli.sending.weighing import weigh, wish_of
from paycli.values import replace

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class Change:
    """One change under one profile."""

    def __init__(
        self,
        provider: Provider,
        operation: Operation,
        request: Request,
        profile: Profile,
        journal: Journal,
        way: Way,
        owner: str = "",
    ) -> None:
        self.subject = subject_of(provider, operation, request, profile, owner)
        self.journal = journal
        self.way = way
        self.looking = Looking(self.subject, journal, way)
        self.sent: tuple[Outcome, Entry] | None = None

    def carry_out(self, terms: Terms) -> tuple[Outcome, Entry]:
        """Return what became of it, and its entry. Raises PaycliError where it may not go out.

        A signal or a failure is raised only while nothing left; afterwards it ends the looking, and what is known then
        is returned.
        """
        try:
            self.sent = self._carry_out(terms)
            return self._followed(*self.sent, terms.wait)
        except BaseException:
            if self.sent is None:
                raise
            return self._written_down(*self.sent)

    def _carry_out(self, terms: Terms) -> tuple[Outcome, Entry]:
        try:
            rows = self._look(terms)
        except PaycliError:
            self.journal.recover()
            # A named intention that went out is answered, even where nothing can be read now.
            if named := self._named(terms):
                return outcome_of(named), named
            raise
        self.journal.recover()
        if rows is not None:
            self._settle_open(rows)
        # First, since what was done by the lost attempt may keep the state from being right for another. A named
        # intention goes again too: with its key that is nothing new, and brings what only the answer holds.
        if resumed := self._resumable(terms):
            return self._send(resumed, self.subject.identity, resumed=True)
        if named := self._named(terms):
            return outcome_of(named), named
        self._refuse_forgotten(terms)
        weighed = weigh(self.subject, self.way, rows, terms)
        identity = replace(self.subject.identity, money=weighed.money) if weighed.money else self.subject.identity
        wish = wish_of(self.subject, identity, rows, terms)
        try:
            guard.check(wish, self.journal, self.journal.now())
            if terms.preflight:
                self.way.confirm(self._panel(identity, weighed))
            entry = self.journal.claim(lambda journal: self._claim(journal, wish, identity, rows, terms))
        except DoneBefore as known:
            return outcome_of(known.entry), known.entry
        return self._send(entry, identity)

    def _named(self, terms: Terms) -> Entry | None:
        try:
            guard.check_named(self.journal, self.subject.account, terms.request_id, self.subject.digest)
            guard.check_row(self.journal, terms.row)
        except DoneBefore as known:
            return known.entry
        return None

    def _resumable(self, terms: Terms) -> Entry | None:
        """Return the open entry of this very request whose key the provider still knows: it goes again with its key."""
        if self.subject.operation.retry != KEY or terms.again:
            return None
        since = self.journal.now() - timedelta(seconds=duration(self.subject.profile.get("key_lifetime")))
        for entry in self.journal.of_account(self.subject.account, since.isoformat()):
            same = entry.digest == self.subject.digest and entry.request_id == terms.request_id
            if entry.state == UNKNOWN and entry.key and same:
                return self._taken_over(entry)
        return None

    def _taken_over(self, entry: Entry) -> Entry:
        """Return the entry as this process sends it again; of several that want to, the first does."""
        taken = replace(entry, owner=self.journal.owner(), state=SENDING)
        if self.journal.swap(entry, taken):
            return taken
        raise RefusedHere(
            f"Another paycli is finding out just now what became of the same command, sent at {entry.at}.",
            next_step="wait for it",
            money="Nothing was sent.",
            journal_id=entry.id,
        )

    def _refuse_forgotten(self, terms: Terms) -> None:
        """Refuse what went out with a key that the provider may have forgotten: a new one could do it twice."""
        if self.subject.operation.retry != KEY or terms.again or not self.journal.exists():
            return
        title = self.subject.provider.title
        for entry in self.journal.still_open():
            same = entry.digest == self.subject.digest and entry.request_id == terms.request_id
            if entry.state == UNKNOWN and entry.key and entry.account == self.subject.account and same:
                raise RefusedHere(
                    f"The outcome of the same command, sent at {entry.at}, is unknown, and {title} may "
                    f"not know its key any more (key_lifetime: {self.subject.profile.get('key_lifetime')}).",
                    next_step=f"ask {title}, then: paycli journal resolve {entry.id} --as "
                    "succeeded|not-sent --reason TEXT; or add --again if it is meant a second time",
                    money="Nothing was sent.",
                    journal_id=entry.id,
                )

    def _key(self, journal: Journal, terms: Terms) -> str | None:
        if self.subject.operation.retry != KEY or self.subject.provider.keyed is None:
            return None
        if not terms.request_id:
            return str(uuid.uuid4())
        attempt = len(journal.with_request_id(self.subject.account, terms.request_id))
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.subject.account} {terms.request_id} {attempt}"))

    def _look(self, terms: Terms) -> list[Row] | None:
        command = self.subject.look
        if command is None:
            return None
        rows, problem = rows_of(self.way.read(command, self.subject.identity.target))
        if problem is None:
            return rows
        if not terms.preflight:
            self.way.warn(f"{problem.message} What becomes of it can be settled by its mark only")
            return None
        raise problem

    def _claim(self, journal: Journal, wish: Wish, identity: Identity, rows: list[Row] | None, terms: Terms) -> Entry:
        guard.check(wish, journal, journal.now())
        safety = self.subject.provider.safety
        money = identity.money
        return Entry(
            id=MARK + "".join(chance.choice(ALPHABET) for _ in range(10)),
            at=journal.now().isoformat(),
            profile=self.subject.profile.name,
            provider=self.subject.provider.name,
            environment=self.subject.profile.get("environment"),
            account=self.subject.account,
            operation=self.subject.operation.name,
            kind=identity.kind,
            target=identity.target,
            amount=money.digits if money else None,
            currency=money.currency if money else None,
            same=wish.same,
            reason=terms.reason,
            request_id=terms.request_id,
            digest=self.subject.digest,
            before=[safety.key(row) for row in rows] if rows is not None and safety else None,
            user=_user(),
            host=socket.gethostname(),
            owner=journal.owner(),
            late=duration(self.subject.profile.get("late_arrival")),
            settle_by=self.subject.operation.retry.settled_by,
            creates=bool(self.subject.operation.creates),
            listed=self.subject.operation.listed,
            moves_money=wish.moves_money,
            key=self._key(journal, terms),
            row=terms.row.name if terms.row else None,
            state=INTENDED,
        )

    def _panel(self, identity: Identity, weighed: Weighed) -> Panel:
        above = self.subject.profile.get("confirm_above")
        host = self.subject.profile.host(self.subject.request.origin)
        return Panel(
            self.subject.operation, self.subject.profile, identity, weighed, host, Decimal(above) if above else None
        )

    def _send(self, entry: Entry, identity: Identity, *, resumed: bool = False) -> tuple[Outcome, Entry]:
        safety = self.subject.provider.safety
        # Where no read settles it paycli looks for no mark; with a key a person still can, in the provider's list.
        marks = safety is not None and (self.subject.operation.retry.settled_by is not None or bool(entry.key))
        request = safety.mark(self.subject.request, entry.id) if safety and marks else self.subject.request
        marked = request is not self.subject.request
        if entry.key and self.subject.provider.keyed:
            request = self.subject.provider.keyed(request, entry.key)
        now = self.journal.now().isoformat()
        entry = replace(entry, state=SENDING, sent_at=now, marked=marked)
        try:
            self.journal.update(entry)
            outcome = self.way.send(self.subject.operation, request)
        except RefusedHere:
            # The journal cannot be written. What it says is closed as not sent once this process has ended.
            raise
        except BaseException:
            # Whatever happens after a byte left is an outcome; what is raised here happened before any did.
            stopped = "it was stopped before it was sent"
            self._end(entry, Unknown(stopped) if resumed else NotSent(stopped))
            raise
        if resumed and not isinstance(outcome, Succeeded | Pending):
            # An attempt before this one is still unknown; a refusal or a fault now says nothing about it.
            outcome = Unknown(getattr(outcome, "sentence", ""))
        self.sent = (outcome, entry)
        # What was sent may still arrive from the moment on at which it ended, not at which it began.
        entry = replace(entry, sent_at=self.journal.now().isoformat())
        if not isinstance(outcome, Unknown):
            return outcome, self._end(entry, outcome)
        entry = self._end(entry, outcome)
        self.sent = (outcome, entry)
        settled = self.looking.settle(entry, identity)
        if settled is None:
            return self._written_down(outcome, entry)
        return settled.outcome, self._end(entry, settled.outcome, settled)

    def _written_down(self, outcome: Outcome, entry: Entry) -> tuple[Outcome, Entry]:
        """Return what is known, as the journal says it: another process may have found out more meanwhile.

        Where a signal or the disk kept the outcome from being written, it is written now.
        """
        try:
            known = self.journal.get(entry.id)
        except PaycliError:
            return outcome, entry
        if known is None or known.state in UNDER_WAY:
            return outcome, self._end(entry, outcome)
        return (outcome_of(known) if known.settled else outcome), known

    def _followed(self, outcome: Outcome, entry: Entry, patience: float) -> tuple[Outcome, Entry]:
        final = self.looking.follow(outcome, entry, patience)
        return (final.outcome, self._end(entry, final.outcome)) if final else (outcome, entry)

    def _settle_open(self, rows: list[Row]) -> None:
        """Settle by the look before what is open on the target; never to not-sent."""
        note_marks(self.subject.provider, self.journal, self.subject.account, rows)
        if self.journal.exists():
            for entry in self.journal.on_target(self.subject.account, self.subject.identity.target):
                if entry.state in {UNKNOWN, PENDING}:
                    settle_entry(self.subject.provider, self.journal, entry, rows, self.way.mask)

    def _end(self, entry: Entry, outcome: Outcome, settled: Settled | None = None) -> Entry:
        closed = ended(entry, outcome, self.subject.provider, self.journal.now(), settled, self.way.mask)
        closed = replace(closed, provider_id=named_by(self.subject.operation, outcome) or closed.provider_id)
        try:
            return self.journal.update(closed)
        except Exception as problem:  # noqa: BLE001 whatever fails here, it is sent
            # It is sent: a disk that is full now changes nothing about what became of it.
            self.way.warn(
                f"{getattr(problem, 'message', problem)} The outcome is not written down; it will be looked up again"
            )
            return closed


def _user() -> str:
    try:
        return shown(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return "unknown"

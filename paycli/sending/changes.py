"""How a change goes out: look before, guard, confirm, write the intent down, send, settle, write the outcome down."""

import getpass
import hashlib
import secrets as chance
import socket
import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from paycli.errors import NotFound, PaycliError, RefusedHere
from paycli.journal.entry import (
    INTENDED,
    PENDING,
    SENDING,
    UNDER_WAY,
    UNKNOWN,
    Entry,
)
from paycli.journal.store import Journal
from paycli.operations.operation import KEY, Effect, Operation, Request
from paycli.operations.outcome import NotSent, Outcome, Pending, Rejected, Succeeded, Unknown
from paycli.operations.provider import Provider
from paycli.operations.safety import Identity, Row, Weighed
from paycli.operations.wire import NotJson, decode, encode
from paycli.profiles.profile import Profile
from paycli.profiles.settings import duration
from paycli.sending import guard
from paycli.sending.closing import (
    account_of,
    ended,
    evidence_of,
    identity_of,
    named_by,
    note_marks,
    outcome_of,
    rows_of,
    settle_entry,
)
from paycli.sending.guard import DoneBefore, Wish
from paycli.sending.settle import MARK, Settled, find_ours, known_row, row_outcome
from paycli.sending.terms import Panel, Terms, Way

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
FIRST_LOOK, LONGEST_LOOK = 0.25, 3.0


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
        self.provider = provider
        self.operation = operation
        self.request = request
        self.profile = profile
        self.journal = journal
        self.way = way
        self.identity = identify(provider, operation, request)
        self.account = account_of(profile, merchant_of(provider, profile, self.identity), owner)
        self.digest = digest_of(request, provider.unrecorded)
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
            return self._send(resumed, self.identity)
        if named := self._named(terms):
            return outcome_of(named), named
        self._refuse_forgotten(terms)
        weighed = self._weigh(rows, terms)
        identity = replace(self.identity, money=weighed.money) if weighed.money else self.identity
        wish = self._wish(identity, rows, terms)
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
            guard.check_named(self.journal, self.account, terms.request_id, self.digest)
            guard.check_row(self.journal, terms.row)
        except DoneBefore as known:
            return known.entry
        return None

    def _resumable(self, terms: Terms) -> Entry | None:
        """Return the open entry of this very request whose key the provider still knows: it goes again with its key."""
        if self.operation.retry != KEY or terms.again:
            return None
        since = self.journal.now() - timedelta(seconds=duration(self.profile.get("key_lifetime")))
        for entry in self.journal.of_account(self.account, since.isoformat()):
            same = entry.digest == self.digest and entry.request_id == terms.request_id
            if entry.state == UNKNOWN and entry.key and same:
                return self.journal.update(replace(entry, owner=self.journal.owner()))
        return None

    def _refuse_forgotten(self, terms: Terms) -> None:
        """Refuse what went out with a key that the provider may have forgotten: a new one could do it twice."""
        if self.operation.retry != KEY or terms.again or not self.journal.exists():
            return
        for entry in self.journal.still_open():
            same = entry.digest == self.digest and entry.request_id == terms.request_id
            if entry.state == UNKNOWN and entry.key and entry.account == self.account and same:
                raise RefusedHere(
                    f"The outcome of the same command, sent at {entry.at}, is unknown, and {self.provider.title} may "
                    f"not know its key any more (key_lifetime: {self.profile.get('key_lifetime')}).",
                    next_step=f"ask {self.provider.title}, then: paycli journal resolve {entry.id} --as "
                    "succeeded|not-sent --reason TEXT; or add --again if it is meant a second time",
                    money="Nothing was sent.",
                    journal_id=entry.id,
                )

    def _key(self, journal: Journal, terms: Terms) -> str | None:
        if self.operation.retry != KEY or self.provider.keyed is None:
            return None
        if not terms.request_id:
            return str(uuid.uuid4())
        attempt = len(journal.with_request_id(self.account, terms.request_id))
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.account} {terms.request_id} {attempt}"))

    def _look(self, terms: Terms) -> list[Row] | None:
        command = self.operation.retry.settled_by
        if not command or not self.identity.target:
            return None
        rows, problem = rows_of(self.way.read(command, self.identity.target))
        if problem is None:
            return rows
        if not terms.preflight:
            self.way.warn(f"the state before could not be read ({problem.message}); it can be settled by its mark only")
            return None
        raise problem

    def _weigh(self, rows: list[Row] | None, terms: Terms) -> Weighed:
        if self.operation.weigh:
            return self._weighed_by_fields(terms)
        if self.provider.safety is None or rows is None:
            return Weighed(money=self.identity.money)
        known_before = not (self.operation.creates or self.operation.begins)
        if not rows and known_before and terms.preflight:
            raise NotFound(
                f"{self.provider.title} knows no {self.identity.target}.",
                next_step="check the identifier and the profile",
                money="Nothing was sent.",
            )
        weighed = self.provider.safety.weigh(self.identity, [*rows, *self._beside(terms)])
        if weighed.problem and terms.preflight:
            raise RefusedHere(
                f"{self.operation.command} {self.identity.target}: {weighed.problem}.",
                next_step="look at it first; --no-preflight sends it all the same",
                money="Nothing was sent.",
            )
        return weighed if not weighed.problem else Weighed(money=self.identity.money)

    def _weighed_by_fields(self, terms: Terms) -> Weighed:
        weigh = self.operation.weigh
        if weigh is None or not terms.preflight:
            return Weighed(money=self.identity.money)
        weighed: Weighed = weigh(self.request, self._beside(terms))
        return weighed

    def _beside(self, terms: Terms) -> list[Row]:
        """Return what a further read tells, with which the change is weighed; it settles nothing."""
        wanted = self.operation.beside(self.request) if self.operation.beside and terms.preflight else None
        if wanted is None:
            return []
        rows, problem = rows_of(self.way.look(*wanted))
        if problem:
            raise problem
        return rows

    def _wish(self, identity: Identity, rows: list[Row] | None, terms: Terms) -> Wish:
        safety = self.provider.safety
        equal = [safety.key(row) for row in rows or () if safety and self._counts(identity, row)]
        prefix = "limits."
        return Wish(
            account=self.account,
            kind=identity.kind,
            target=identity.target,
            same=self._same(identity),
            money=identity.money,
            limits={
                name.removeprefix(prefix): Decimal(text)
                for name, text in self.profile.plain.items()
                if name.startswith(prefix)
            },
            currency=self.profile.get("currency"),
            again=terms.again,
            request_id=terms.request_id,
            identified=bool(self.operation.same and identity.target),
            digest=self.digest,
            elsewhere=tuple(equal),
            moves_money=self.operation.effect is Effect.MOVES_MONEY or self.operation.raw,
            row=terms.row,
        )

    def _counts(self, identity: Identity, row: Row) -> bool:
        safety = self.provider.safety
        if safety is None or not (safety.equal or safety.alike)(identity, row):
            return False
        return isinstance(row_outcome(self.provider, self.operation, row), Succeeded | Pending)

    def _same(self, identity: Identity) -> str:
        what = "|".join(filter(None, [identity.target, identity.detail]))
        return f"{what}|{identity.money or 'all'}" if "amount" in self.operation.same else what

    def _claim(self, journal: Journal, wish: Wish, identity: Identity, rows: list[Row] | None, terms: Terms) -> Entry:
        guard.check(wish, journal, journal.now())
        safety = self.provider.safety
        money = identity.money
        return Entry(
            id=MARK + "".join(chance.choice(ALPHABET) for _ in range(10)),
            at=journal.now().isoformat(),
            profile=self.profile.name,
            provider=self.provider.name,
            environment=self.profile.get("environment"),
            account=self.account,
            operation=self.operation.name,
            kind=identity.kind,
            target=identity.target,
            amount=money.digits if money else None,
            currency=money.currency if money else None,
            same=wish.same,
            reason=terms.reason,
            request_id=terms.request_id,
            digest=self.digest,
            before=[safety.key(row) for row in rows] if rows is not None and safety else None,
            user=_user(),
            host=socket.gethostname(),
            owner=journal.owner(),
            late=duration(self.profile.get("late_arrival")),
            settle_by=self.operation.retry.settled_by,
            creates=bool(self.operation.creates),
            listed=self.operation.listed,
            moves_money=wish.moves_money,
            key=self._key(journal, terms),
            row=terms.row.name if terms.row else None,
            state=INTENDED,
        )

    def _panel(self, identity: Identity, weighed: Weighed) -> Panel:
        above = self.profile.get("confirm_above")
        host = self.profile.host(self.request.origin)
        return Panel(self.operation, self.profile, identity, weighed, host, Decimal(above) if above else None)

    def _send(self, entry: Entry, identity: Identity) -> tuple[Outcome, Entry]:
        safety = self.provider.safety
        resumed = entry.state == UNKNOWN
        # Where no read settles it paycli looks for no mark; with a key a person still can, in the provider's list.
        marks = safety is not None and (self.operation.retry.settled_by is not None or bool(entry.key))
        request = safety.mark(self.request, entry.id) if safety and marks else self.request
        marked = request is not self.request
        if entry.key and self.provider.keyed:
            request = self.provider.keyed(request, entry.key)
        now = self.journal.now().isoformat()
        entry = replace(entry, state=SENDING, sent_at=now, marked=marked)
        try:
            self.journal.update(entry)
            outcome = self.way.send(self.operation, request)
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
        settled = self._settle(entry, identity)
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

    def _settle(self, entry: Entry, identity: Identity) -> Settled | None:
        command = self.operation.retry.settled_by
        if not command or not identity.target:
            return None
        self.way.warn(f"{entry.sentence}; looking what became of it")
        until = self.way.monotonic() + self.profile.timeouts.settle
        pause = max(FIRST_LOOK, self.provider.least_pause)
        if self.provider.least_pause:
            self.way.sleep(pause)
        while True:
            found, problem = rows_of(self.way.read(command, identity.target))
            if problem is None and (settled := self._ours(entry, identity, found)):
                return settled
            if self.way.monotonic() + pause > until:
                return None
            self.way.sleep(pause)
            pause = min(2 * pause, LONGEST_LOOK)

    def _followed(self, outcome: Outcome, entry: Entry, patience: float) -> tuple[Outcome, Entry]:
        """Return what became of a pending change, once it is final or the time is over."""
        command = self.operation.retry.settled_by
        if not (patience and isinstance(outcome, Pending) and command and entry.target):
            return outcome, entry
        self.way.told(f"{outcome.sentence}; waiting until it is finished, at most {patience:.0f} s")
        until = self.way.monotonic() + patience
        pause = FIRST_LOOK
        while self.way.monotonic() + pause <= until:
            self.way.sleep(pause)
            pause = min(2 * pause, LONGEST_LOOK)
            found, problem = rows_of(self.way.read(command, entry.target))
            ours = None if problem else self._final(entry, found)
            if ours:
                return ours.outcome, self._end(entry, ours.outcome)
        return outcome, entry

    def _final(self, entry: Entry, found: list[Row]) -> Settled | None:
        ours = known_row(self.provider, self.operation, entry.provider_id, found)
        ours = ours or self._ours(entry, identity_of(entry), found)
        return ours if ours and isinstance(ours.outcome, Succeeded | Rejected) else None

    def _ours(self, entry: Entry, identity: Identity, found: list[Row]) -> Settled | None:
        note_marks(self.provider, self.journal, self.account, found)
        evidence = evidence_of(self.journal, entry)
        settled = find_ours(self.provider, self.operation, identity, entry.id, found, evidence)
        return settled if settled and not isinstance(settled.outcome, Unknown) else None

    def _settle_open(self, rows: list[Row]) -> None:
        """Settle by the look before what is open on the target; never to not-sent."""
        note_marks(self.provider, self.journal, self.account, rows)
        if self.journal.exists():
            for entry in self.journal.on_target(self.account, self.identity.target):
                if entry.state in {UNKNOWN, PENDING}:
                    settle_entry(self.provider, self.journal, entry, rows, self.way.mask)

    def _end(self, entry: Entry, outcome: Outcome, settled: Settled | None = None) -> Entry:
        closed = ended(entry, outcome, self.provider, self.journal.now(), settled, self.way.mask)
        closed = replace(closed, provider_id=named_by(self.operation, outcome) or closed.provider_id)
        try:
            return self.journal.update(closed)
        except Exception as problem:  # noqa: BLE001 whatever fails here, it is sent
            # It is sent: a disk that is full now changes nothing about what became of it.
            self.way.warn(
                f"{getattr(problem, 'message', problem)} The outcome is not written down; it will be looked up again"
            )
            return closed


def identify(provider: Provider, operation: Operation, request: Request) -> Identity:
    """Return what a request acts on, of which kind it is, and how much it moves."""
    if provider.safety is None:
        return Identity(operation.kind, "", "")
    return provider.safety.identify(operation, request)


def merchant_of(provider: Provider, profile: Profile, identity: Identity) -> str:
    """Return which merchant a change is for, as its request says, else the profile."""
    return identity.merchant or " ".join(filter(None, map(profile.get, provider.account)))


def digest_of(request: Request, unrecorded: Collection[str]) -> str:
    """Return a hash of the request without the fields that must not be hashed: a hash over a CVV can be undone.

    A body that the user wrote is read, so that they are left out of it too.
    """
    fields: Any = request.body or {}
    if request.raw is not None:
        try:
            fields = decode(request.raw)
        except NotJson:
            fields = {"raw": hashlib.sha256(request.raw).hexdigest()}
    query = urlencode([(name, value) for name, value in request.query if name not in unrecorded])
    hashed = f"{request.method} {request.path} {query} ".encode() + encode(_without(fields, unrecorded))
    return hashlib.sha256(hashed).hexdigest()


def _without(value: Any, names: Collection[str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _without(item, names) for name, item in value.items() if name not in names}
    return [_without(item, names) for item in value] if isinstance(value, list | tuple) else value


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"

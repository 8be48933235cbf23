"""What stops a change that was done before, or that nobody knows the end of: decisions over the journal, exit 10.

They are taken inside the transaction that claims the change, so that of several processes one goes out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from paycli.errors import PaycliError, RefusedHere
from paycli.journal.entry import NOT_SENT, PENDING, REJECTED, SUCCEEDED, UNDER_WAY, UNKNOWN, Entry
from paycli.journal.store import Journal
from paycli.operations.money import Money
from paycli.sending.terms import Row
from paycli.values import dataclass

REMEMBERED = timedelta(hours=24)
ALWAYS_ALLOWED = frozenset({"cancel", "void"})
NOTHING = "Nothing was sent."


class DoneBefore(Exception):
    """The named intention was sent already; the entry says what became of it."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.id)
        self.entry = entry


@dataclass(frozen=True)
class Wish:
    """A change that wants to go out, as the guard sees it.

    ``elsewhere`` are the keys of equal operations in the state read before, of which the journal may know nothing.
    """

    account: str
    kind: str
    target: str
    same: str
    money: Money | None
    limits: Mapping[str, Decimal]
    currency: str
    again: bool
    request_id: str | None
    identified: bool
    digest: str
    elsewhere: tuple[str, ...] = ()
    moves_money: bool = True
    row: Row | None = None


def check(wish: Wish, journal: Journal, now: datetime) -> None:
    """Raise RefusedHere, or DoneBefore, when the change must not go out."""
    check_named(journal, wish.account, wish.request_id, wish.digest)
    check_row(journal, wish.row)
    entries = journal.on_target(wish.account, wish.target) if wish.target else []
    for problem in (
        *_open(wish, entries),
        *_edited(wish, entries, now),
        *_done(wish, entries, now),
        *_elsewhere(wish, entries),
    ):
        raise problem
    for problem in _over_limit(wish, journal, now):
        raise problem


def check_named(journal: Journal, account: str, request_id: str | None, digest: str) -> None:
    """Raise DoneBefore for a named intention that went out, RefusedHere for a name that means another change.

    The request decides, not the amount that ``--all`` stood for then: what is left has changed since.
    """
    named = journal.with_request_id(account, request_id) if request_id else []
    for entry in named:
        if entry.digest != digest:
            raise RefusedHere(
                f"The request id {request_id} names another change: {_told(entry)}.",
                next_step="use a new --request-id",
                money=NOTHING,
                journal_id=entry.id,
            )
    known = [entry for entry in named if entry.state not in {REJECTED, NOT_SENT}]
    if known:
        raise DoneBefore(known[-1])


def check_row(journal: Journal, row: Row | None) -> None:
    """Raise DoneBefore for a row of a bulk run that went out, in this run or in another."""
    known = [entry for entry in journal.of_row(row.name) if entry.state not in {REJECTED, NOT_SENT}] if row else []
    if known:
        raise DoneBefore(known[-1])


def _open(wish: Wish, entries: Sequence[Entry]) -> Iterator[PaycliError]:
    if wish.kind.rpartition("-")[2] in ALWAYS_ALLOWED:
        return
    for entry in entries:
        if entry.state in UNDER_WAY:
            yield RefusedHere(
                f"Another paycli is sending {_told(entry)} just now.",
                next_step="wait for it",
                money=NOTHING,
                journal_id=entry.id,
            )
        elif entry.state in {UNKNOWN, PENDING}:
            word = "is unknown" if entry.state == UNKNOWN else "is not finished"
            yield RefusedHere(
                f"The outcome of {_told(entry)} {word}; until it is known no other change of {wish.target} goes out.",
                next_step=f"paycli journal resolve {entry.id}",
                money=NOTHING,
                journal_id=entry.id,
            )


def _edited(wish: Wish, entries: Sequence[Entry], now: datetime) -> Iterator[PaycliError]:
    """Refuse a row whose target has a finished row that the file no longer holds: an amount was edited, perhaps."""
    if wish.row is None or wish.request_id:
        return
    since = now - REMEMBERED
    for entry in entries:
        gone = entry.row and entry.row not in wish.row.held and entry.state == SUCCEEDED and entry.kind == wish.kind
        if gone and datetime.fromisoformat(entry.ended_at or entry.at) > since:
            yield RefusedHere(
                f"A row that this file does not hold any more did {_told(entry)}, at {entry.at}.",
                next_step="give the row a request_id if it is meant as well",
                money=NOTHING,
                journal_id=entry.id,
            )


def _done(wish: Wish, entries: Sequence[Entry], now: datetime) -> Iterator[PaycliError]:
    if wish.again or wish.request_id or not wish.identified:
        return
    since = now - REMEMBERED
    for entry in entries:
        same = entry.state == SUCCEEDED and (entry.kind, entry.same) == (wish.kind, wish.same)
        if same and datetime.fromisoformat(entry.ended_at or entry.at) > since:
            yield RefusedHere(
                f"The same was done already: {_told(entry)}, at {entry.at}.",
                next_step="add --again if it is meant a second time",
                money=NOTHING,
                journal_id=entry.id,
            )


def _elsewhere(wish: Wish, entries: Sequence[Entry]) -> Iterator[PaycliError]:
    if wish.again or wish.request_id or not wish.identified:
        return
    ours = {entry.provider_id for entry in entries}
    for key in wish.elsewhere:
        if key not in ours:
            yield RefusedHere(
                f"An equal {wish.kind} of {wish.target} is there already, and not from this machine: {key}.",
                next_step="ask your colleagues; add --again if it is meant a second time",
                money=NOTHING,
            )


def _over_limit(wish: Wish, journal: Journal, now: datetime) -> Iterator[PaycliError]:
    rules = [
        (key, name)
        for key in (wish.kind, "*")
        for name in ("per_operation", "per_day")
        if f"{key}.{name}" in wish.limits
    ]
    if not rules or not wish.moves_money:
        return
    if wish.money is None:
        yield RefusedHere("There are limits, and how much this moves cannot be told.", money=NOTHING)
        return
    if not wish.money.amount:
        return
    if wish.money.currency != wish.currency:
        yield RefusedHere(
            f"The limits are in {wish.currency or 'the currency of the profile'}; this is in {wish.money.currency}.",
            money=NOTHING,
        )
        return
    today = now.replace(hour=0, minute=0, second=0, microsecond=0).isoformat()
    for key, name in rules:
        limit = wish.limits[f"{key}.{name}"]
        total = wish.money.amount
        if name == "per_day":
            total += _moved(journal.of_account(wish.account, today), key, wish.currency)
        if total > limit:
            period = "one operation" if name == "per_operation" else "today"
            yield RefusedHere(
                f"{wish.money} would make {total} {wish.currency} in {period}; the limit of {key} is {limit}.",
                next_step="a person with access to profiles.yaml can change limits",
                money=NOTHING,
            )


def _moved(entries: Sequence[Entry], key: str, currency: str) -> Decimal:
    counted = (
        Decimal(entry.amount)
        for entry in entries
        if entry.amount
        and entry.moves_money
        and entry.currency == currency
        and key in {entry.kind, "*"}
        and entry.state not in {REJECTED, NOT_SENT}
    )
    return sum(counted, Decimal(0))


def _told(entry: Entry) -> str:
    money = f" of {entry.amount} {entry.currency}" if entry.amount else ""
    return f"{entry.kind}{money} of {entry.target} ({entry.id})"

"""What the journal of this machine knows of one thing, as a person reads it: what is open first, then every entry.

The journal is looked at without writing; what cannot be read of it is a line and no error.
"""

from collections.abc import Iterator
from typing import Any

from paycli.errors import PaycliError
from paycli.journal.entry import BY_HAND, INTENDED, PENDING, SUCCEEDED, UNDER_WAY, Entry
from paycli.journal.history import History, Names, history
from paycli.operations.columns import identifier, money, notes, status, text, time
from paycli.operations.timeline import Happened, Timeline
from paycli.output.cells import amount
from paycli.output.parts import Lines, Part, Table
from paycli.output.screen import Screen
from paycli.output.times import local
from paycli.profiles.places import state_directory
from paycli.sending.around import Around

ENTRIES = (
    time("at"),
    text("operation"),
    money("amount", "currency"),
    status("state"),
    text("settled"),
    text("who"),
    identifier("id", primary=True),
    notes("notes"),
)
JOURNAL = "What the journal of this machine knows:"
NOTHING_KNOWN = "The journal of this machine knows nothing of it."
GAP = "  "


def known_of(around: Around, names: Names) -> History:
    """Return what the journal knows by these names under the account that was read."""
    try:
        return history(state_directory(), around.account(), names)
    except PaycliError as problem:
        return History(problem=problem.message)


def is_open(known: History) -> bool:
    """Return whether it is not known of anything what became of it, or it is not finished."""
    return any(entry.open for entry in known.entries)


def open_lines(known: History) -> list[str]:
    """Return what is open, and what is typed to find out."""
    return [line for entry in known.entries if entry.open for line in _told_open(entry, alive=entry.id in known.alive)]


def say_known(screen: Screen, around: Around) -> None:
    """Say what the journal knows of a thing of which the provider knows nothing."""
    known = known_of(around, Names((around.target,)))
    for line in open_lines(known):
        screen.say(line)
    for entry in known.entries:
        if not entry.open:
            told = f"{_named(entry)}{_money(entry)}, {local(entry.at)}: {entry.state}"
            screen.say(f"The journal of this machine knows {told} ({entry.id}).")


def journal_parts(known: History, found: Timeline) -> Iterator[Part]:
    """Return the entries, or why there are none."""
    if known.problem:
        yield Lines((f"The journal of this machine cannot be read: {known.problem}; see: paycli journal verify",))
        return
    if known.entries:
        yield Table([_entry(one, found) for one in known.entries], ENTRIES, JOURNAL)
    elif not known.damaged:
        yield Lines((NOTHING_KNOWN,))
    if known.damaged:
        told = "one entry" if known.damaged == 1 else f"{known.damaged} entries"
        yield Lines((f"The journal is damaged, in {told} on this; see: paycli journal verify",))


def is_same(entry: Entry, one: Happened) -> bool:
    """Return whether an entry of the journal is this very thing: by what it made, or by our mark."""
    return bool(one.id and entry.provider_id == one.id) or entry.id in one.comment.split()


def _told_open(entry: Entry, *, alive: bool) -> Iterator[str]:
    what = f"{_named(entry)}{_money(entry)}, begun {local(entry.at)}"
    if entry.state in UNDER_WAY and alive:
        yield f"OPEN: {what}: another paycli is sending it just now"
        return
    words = {PENDING: "accepted, not finished", INTENDED: "its process ended, nothing was sent"}
    yield f"OPEN: {what}: {words.get(entry.state, 'outcome unknown, do not repeat it')}"
    yield f"{GAP}paycli journal resolve {entry.id}"


def _entry(entry: Entry, found: Timeline) -> dict[str, Any]:
    others = [f"of {entry.target}"] if entry.target and entry.target not in found.targets[:1] else []
    # Why it failed or is not finished stands above, where the provider tells of the same.
    above = any(is_same(entry, one) for one in found.happened) and not entry.settled
    worth = entry.state != SUCCEEDED or entry.settled == BY_HAND
    told = [entry.sentence] if entry.sentence and worth and not above else []
    reason = [f"reason: {entry.reason}"] if entry.reason else []
    named = [f"request id: {entry.request_id}"] if entry.request_id else []
    return {
        **entry.as_row(),
        "operation": _named(entry),
        "who": f"{entry.user}@{entry.host}",
        "notes": [*others, *told, *reason, *named],
    }


def _named(entry: Entry) -> str:
    return entry.operation.partition(" ")[2] or entry.operation


def _money(entry: Entry) -> str:
    return f" of {amount(entry.amount, entry.currency or '')}" if entry.amount else ""

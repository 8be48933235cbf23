"""Show what happened with one thing: what is open here first, then what the provider tells, then the journal.

Only the table for people has this; every other form is the provider's own answer. The journal is looked at without
writing, and what cannot be read of it, or of a further read, is a line and no error.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from paycli.errors import PaycliError
from paycli.journal.entry import INTENDED, PENDING, SUCCEEDED, UNDER_WAY, Entry
from paycli.journal.history import History, Names, history
from paycli.operations.columns import Column, Kind, identifier, money, notes, status, text, time
from paycli.operations.operation import Operation
from paycli.operations.outcome import Succeeded
from paycli.operations.timeline import NOT_TOLD, Happened, Sum, Timeline
from paycli.output.cells import amount
from paycli.output.parts import Fields, Lines, Part, Table
from paycli.output.screen import Screen
from paycli.output.times import local, moment_of
from paycli.profiles.places import state_directory
from paycli.sending.around import Around

COLUMNS = (
    Column("at", Kind.TIME),
    text("what"),
    status("status"),
    money("amount", "currency"),
    text("code"),
    identifier("id", primary=True),
    notes("notes"),
)
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


def parts_of(screen: Screen, data: Any, operation: Operation, around: Around, zone: str) -> list[Part]:
    """Return what there is to show, or nothing where the answer tells no such thing."""
    tell, clean, problem = operation.timeline, screen.masker.without, ""
    found = tell(clean(data), None) if tell else None
    if tell and found and found.beside:
        rows, problem = _beside(around, *found.beside)
        found = found if rows is None else tell(clean(data), clean(rows)) or found
    if found is None:
        return []
    known = _known(around, Names(found.targets, found.references, found.made))
    return list(_parts(found, known, problem, zone))


def say_known(screen: Screen, around: Around) -> None:
    """Say what the journal knows of a thing of which the provider knows nothing."""
    known = _known(around, Names((around.target,)))
    for line in _open(known):
        screen.say(line)
    for entry in known.entries:
        if not entry.open:
            told = f"{_named(entry)}{_money(entry)}, {local(entry.at)}: {entry.state}"
            screen.say(f"The journal of this machine knows {told} ({entry.id}).")


def _beside(around: Around, command: str, values: Mapping[str, Any]) -> tuple[list[Any] | None, str]:
    """Return the rows of a further read, or why there are none."""
    try:
        outcome = around.look(command, values)
    except PaycliError as problem:
        return None, f"{command}: {problem.message}"
    if isinstance(outcome, Succeeded):
        return outcome.data if isinstance(outcome.data, list) else [outcome.data], ""
    return None, f"{command}: {outcome.sentence}"


def _known(around: Around, names: Names) -> History:
    try:
        return history(state_directory(), around.account(), names)
    except PaycliError as problem:
        return History(problem=problem.message)


def _parts(found: Timeline, known: History, problem: str, zone: str) -> Iterator[Part]:
    if told := _open(known):
        yield Lines(tuple(told))
    if found.facts:
        # A point in a column's field would lead inside.
        facts = {name.replace(".", " "): value for name, value in found.facts}
        yield Fields(facts, tuple(map(Column, facts)))
    if found.happened:
        yield Table([_row(one, known) for one in in_order(found.happened, zone)], COLUMNS)
    lines = (
        *_sums(found.sums),
        *found.lines,
        *([f"A part could not be read: {problem.rstrip('.')}."] if problem else ()),
    )
    if lines:
        yield Lines(lines)
    yield from _journal(known, found)


def in_order(happened: Sequence[Happened], zone: str) -> list[Happened]:
    """Return what happened from first to last; what has no time stays behind what it was told after."""
    last: datetime | None = None
    keyed: list[tuple[float, int, Happened]] = []
    for number, one in enumerate(happened):
        last = moment_of(one.at, zone) or last
        keyed.append((last.timestamp() if last else -math.inf, number, one))
    return [one for *_, one in sorted(keyed, key=lambda key: key[:2])]


def _row(one: Happened, known: History) -> dict[str, Any]:
    ours = [entry.id for entry in known.entries if _same(entry, one)]
    rest = " ".join(word for word in one.comment.split() if word not in ours)
    comment = [f"comment: {rest}"] if rest else []
    return {**asdict(one), "notes": [*one.notes, *comment, *(f"done from here: {name}" for name in ours)]}


def _same(entry: Entry, one: Happened) -> bool:
    """Return whether an entry of the journal is this very thing: by what it made, or by our mark."""
    return bool(one.id and entry.provider_id == one.id) or entry.id in one.comment.split()


def _sums(sums: Sequence[Sum]) -> tuple[str, ...]:
    """Return one line for each sum, the amounts below each other."""
    shown = [NOT_TOLD if one.amount is None else amount(one.amount, one.currency) for one in sums]
    longest, widest = max((len(one.word) for one in sums), default=0), max(map(len, shown), default=0)
    return tuple(
        f"{one.word:<{longest}}{GAP}{told:>{widest}}{GAP}{one.note}".rstrip()
        for one, told in zip(sums, shown, strict=True)
    )


def _open(known: History) -> list[str]:
    return [line for entry in known.entries if entry.open for line in _told_open(entry, entry.id in known.alive)]


def _told_open(entry: Entry, alive: bool) -> Iterator[str]:
    what = f"{_named(entry)}{_money(entry)}, begun {local(entry.at)}"
    if entry.state in UNDER_WAY and alive:
        yield f"OPEN: {what}: another paycli is sending it just now"
        return
    words = {PENDING: "accepted, not finished", INTENDED: "its process ended, nothing was sent"}
    yield f"OPEN: {what}: {words.get(entry.state, 'its outcome is unknown, do not repeat it')}"
    yield f"{GAP}paycli journal resolve {entry.id}"


def _journal(known: History, found: Timeline) -> Iterator[Part]:
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


def _entry(entry: Entry, found: Timeline) -> dict[str, Any]:
    others = [f"on {entry.target}"] if entry.target and entry.target not in found.targets[:1] else []
    # Why it failed or is not finished stands above, where the provider tells of the same.
    above = any(_same(entry, one) for one in found.happened) and not entry.settled
    told = [entry.sentence] if entry.sentence and entry.state != SUCCEEDED and not above else []
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

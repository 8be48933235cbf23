"""Show what happened with one thing: what is open here first, then what the provider tells, then the journal.

Only the table for people has this; every other form is the provider's own answer. The journal is looked at without
writing, and what cannot be read of it, or of a further read, is a line and no error.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from paycli.commands.known import GAP, is_open, is_same, journal_parts, known_of, open_lines
from paycli.errors import PaycliError
from paycli.journal.history import History, Names
from paycli.operations.columns import Column, identifier, money, notes, status, text, time
from paycli.operations.operation import Operation
from paycli.operations.outcome import Succeeded
from paycli.operations.timeline import NOT_TOLD, Happened, Sum, Timeline
from paycli.output.cells import amount
from paycli.output.parts import Fields, Lines, Part, Table
from paycli.output.screen import Screen
from paycli.output.table import aligned
from paycli.output.times import moment_of
from paycli.output.visible import one_line
from paycli.sending.around import Around
from paycli.values import replace

COLUMNS = (
    time("at"),
    text("what"),
    status("status"),
    money("amount", "currency"),
    text("code"),
    identifier("id", primary=True),
    notes("notes"),
)
CAVEAT = "What is open above may not be counted in these sums."


def parts_of(screen: Screen, data: Any, operation: Operation, around: Around, zone: str) -> list[Part]:
    """Return what there is to show, or nothing where the answer tells no such thing."""
    tell, clean, problem = operation.timeline, screen.masker.without, ""
    found = tell(clean(data), None) if tell else None
    if tell and found and found.beside:
        rows, problem = _beside(around, *found.beside)
        found = found if rows is None else tell(clean(data), clean(rows)) or found
    if found is None:
        return []
    known = known_of(around, Names(found.targets, found.references, found.made))
    # While something is open, nothing else is to go out.
    typed = () if is_open(known) else tuple(f"{command} -p {around.profile}" for command in found.typed)
    return list(_parts(replace(found, typed=typed), known, problem, zone))


def _beside(around: Around, command: str, values: Mapping[str, Any]) -> tuple[list[Any] | None, str]:
    """Return the rows of a further read, or why there are none."""
    try:
        outcome = around.look(command, values)
    except PaycliError as problem:
        return None, f"{command}: {problem.message}"
    if isinstance(outcome, Succeeded):
        return outcome.data if isinstance(outcome.data, list) else [outcome.data], ""
    return None, f"{command}: {outcome.sentence}"


def _parts(found: Timeline, known: History, problem: str, zone: str) -> Iterator[Part]:
    if told := open_lines(known):
        yield Lines(tuple(told))
    if found.facts:
        # A point in a column's field would lead inside.
        facts = {name.replace(".", " "): value for name, value in found.facts}
        yield Fields(facts, tuple(map(Column, facts)))
    if found.happened:
        yield Table([_row(one, known) for one in in_order(found.happened, zone)], COLUMNS)
    if found.sums:
        yield Lines(_sums(found.sums))
    if lines := tuple(_lines(found, known, problem)):
        yield Lines(lines)
    yield from journal_parts(known, found)


def _lines(found: Timeline, known: History, problem: str) -> Iterator[str]:
    if any(one.amount is not None for one in found.sums) and is_open(known):
        yield CAVEAT
    if problem:
        yield f"A part could not be read: {problem.rstrip('.')}."
    yield from found.lines
    yield from [found.lead] if found.typed else []
    yield from (f"{GAP}paycli {command}" for command in found.typed)


def in_order(happened: Sequence[Happened], zone: str) -> list[Happened]:
    """Return what happened from first to last; what has no time stays behind what it was told after."""
    last: datetime | None = None
    keyed: list[tuple[float, int, Happened]] = []
    for number, one in enumerate(happened):
        last = moment_of(one.at, zone) or last
        keyed.append((last.timestamp() if last else -math.inf, number, one))
    return [one for *_, one in sorted(keyed, key=lambda key: key[:2])]


def _row(one: Happened, known: History) -> dict[str, Any]:
    ours = [entry.id for entry in known.entries if is_same(entry, one)]
    rest = " ".join(word for word in one.comment.split() if word not in ours)
    comment = [f"comment: {rest}"] if rest else []
    return {**vars(one), "notes": [*one.notes, *comment, *(f"done from here: {name}" for name in ours)]}


def _sums(sums: Sequence[Sum]) -> tuple[str, ...]:
    """Return one line for each sum, the amounts below each other."""
    words = aligned([one_line(one.word) for one in sums])
    told = aligned([NOT_TOLD if one.amount is None else amount(one.amount, one.currency) for one in sums], right=True)
    notes_ = [one.note for one in sums]
    return tuple(GAP.join(cells).rstrip() for cells in zip(words, told, notes_, strict=True))

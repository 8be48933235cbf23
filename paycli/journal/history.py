"""What the journal knows of one thing, looked at without writing anything and without ever failing."""

import json
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from paycli.journal.disk import Disk
from paycli.journal.entry import UNDER_WAY, Entry, checksum, parse
from paycli.values import dataclass

WAIT = 2.0


@dataclass(frozen=True)
class Names:
    """By what a thing is known: what changes of it act on, our own references, and what a change says it made."""

    targets: Collection[str]
    references: Collection[str] = ()
    made: str = ""


@dataclass(frozen=True)
class History:
    """The entries, oldest first; how many of them are damaged; why there is nothing to read, where that is so.

    ``alive`` are the entries whose process is still at work.
    """

    entries: tuple[Entry, ...] = ()
    damaged: int = 0
    problem: str | None = None
    alive: frozenset[str] = frozenset()


def history(directory: Path, account: str, names: Names) -> History:
    """Return what was done with a thing from this machine."""
    disk = Disk(directory)
    try:
        rows = _rows(disk.path, account, names) if disk.exists() else []
        whole = [entry for row in rows if (entry := _entry(*row))]
        alive = {entry.id for entry in whole if entry.state in UNDER_WAY and disk.lives(entry.owner)}
    except (sqlite3.Error, OSError, ValueError) as problem:
        return History(problem=str(problem))
    entries = tuple(entry for entry in whole if _meant(entry, names))
    return History(entries, len(rows) - len(whole), alive=frozenset(alive))


def _rows(path: Path, account: str, names: Names) -> list[tuple[int, str, str]]:
    known = [name for name in (*names.targets, *names.references) if name]
    marks = ",".join("?" * len(known))
    query = (
        f"SELECT seq, entry, checksum FROM entries WHERE account = ? AND (target IN ({marks}) OR id IN ({marks})"  # noqa: S608 question marks
        " OR instr(entry, ?)) ORDER BY seq"
    )
    # Entries are compact JSON; what was made is no column of its own.
    made = f'"provider_id":{json.dumps(names.made, ensure_ascii=False)}' if names.made else "\n"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=WAIT)) as database:
        return list(database.execute(query, (account, *known, *known, made)))


def _entry(seq: int, text: str, given: str) -> Entry | None:
    try:
        return parse(text) if checksum(seq, text) == given else None
    except (ValueError, TypeError, AttributeError):
        return None


def _meant(entry: Entry, names: Names) -> bool:
    """Return whether an entry is about this very thing: under a reference of ours something else may be, too."""
    ids = {*names.targets, names.made} - {""}
    return entry.target in ids or entry.provider_id is None or entry.provider_id in ids

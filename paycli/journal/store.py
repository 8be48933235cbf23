"""The journal's file: SQLite with full synchronisation, one immediate transaction per claim.

Every row holds one entry as text with a checksum over its place and content, so that a changed, moved or missing one is
noticed. Nothing here knows what an operation is.
"""

import contextlib
import sqlite3
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from paycli.errors import RefusedHere, UsageProblem
from paycli.journal.disk import WAIT, Claimant, Database, Disk
from paycli.journal.entry import INTENDED, NOT_SENT, OPEN, SENDING, UNDER_WAY, UNKNOWN, Entry, checksum, parse
from paycli.values import dataclass

SYNCHRONISATION = "FULL"
PAUSE = 0.005
SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, target TEXT NOT NULL,
  state TEXT NOT NULL, at TEXT NOT NULL, request_id TEXT, entry TEXT NOT NULL, checksum TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS by_target ON entries (account, target);
CREATE INDEX IF NOT EXISTS by_state ON entries (state);
CREATE TABLE IF NOT EXISTS pruned (seq INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS marks (account TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS bulk (row TEXT NOT NULL, id TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS by_row ON bulk (row);
"""
WHOLE = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
PART = ("SAVEPOINT part", "RELEASE part", "ROLLBACK TO part")

Now = Callable[[], datetime]
Action = Callable[[], Any]


@dataclass(frozen=True)
class Damage:
    """An entry that is not as it was written, or is gone."""

    seq: int
    id: str
    problem: str


class Journal:
    """The entries of this machine. A journal that cannot be written stops a change: RefusedHere."""

    def __init__(self, directory: Path, now: Now = lambda: datetime.now(UTC), disk: Disk | None = None) -> None:
        self.disk = disk or Disk(directory)
        self.path = self.disk.path
        self.now = now
        self._owner: Claimant | None = None
        self._database: Database | None = None
        self._within = False

    def exists(self) -> bool:
        """Return whether anything was ever written."""
        return self.disk.exists()

    def owner(self) -> str:
        """Return the name under which this process's entries stand."""
        if self._owner is None:
            with _refused(self.path):
                self._owner = self.disk.claimant()
        return self._owner.name

    def claim(self, decide: Callable[["Journal"], Entry]) -> Entry:
        """Insert what ``decide`` returns, in one transaction with everything that it looks at."""
        self.owner()
        with self._transaction() as database:
            self._bury(database)
            entry = decide(self)
            found = database.execute(
                "INSERT INTO entries (id, account, target, state, at, request_id, entry, checksum)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (entry.id, entry.account, entry.target, entry.state, entry.at, entry.request_id, "", ""),
            )
            _put(database, int(found.lastrowid or 0), entry)
            if entry.row:
                database.execute("INSERT INTO bulk VALUES (?, ?)", (entry.row, entry.id))
        return entry

    def together(self, actions: Sequence[Action]) -> list[Any]:
        """Run several changes in one transaction, so that one synchronisation serves all of them.

        Each action's result stands in its place, or the exception that it raised: that one alone is undone then. Raises
        RefusedHere when nothing of it could be written.
        """
        with self._transaction():
            return [_tried(action) for action in actions]

    def update(self, entry: Entry) -> Entry:
        """Write an entry's new state; it is on disk when this returns."""
        with self._transaction() as database:
            row = database.execute("SELECT seq FROM entries WHERE id = ?", (entry.id,)).fetchone()
            _put(database, int(row[0]), entry)
        return entry

    def swap(self, before: Entry, after: Entry) -> bool:
        """Write an entry's new state unless another process changed it since it was read; return whether it was."""
        with self._transaction() as database:
            row = database.execute("SELECT seq, entry FROM entries WHERE id = ?", (before.id,)).fetchone()
            same = bool(row) and parse(row[1]) == before
            if same:
                _put(database, int(row[0]), after)
        return same

    def recover(self) -> None:
        """Close what dead processes left: an intention was not sent, what was being sent is unknown."""
        if self.exists():
            with self._transaction() as database:
                self._bury(database)

    def ready(self) -> None:
        """Raise RefusedHere where it could not be written now."""
        if self.exists():
            with self._transaction():
                pass

    def entries(
        self, where: str = "1", values: tuple[object, ...] = (), *, newest_first: bool = False
    ) -> Iterator[Entry]:
        """Yield entries in the order of their claims; damaged ones are left to ``verify``."""
        if not self.exists():
            return
        order = "DESC" if newest_first else "ASC"
        query = f"SELECT entry FROM entries WHERE {where} ORDER BY seq {order}"  # noqa: S608 constants of this package
        for (text,) in self._read(query, values):
            try:
                yield parse(text)
            except (ValueError, TypeError):
                continue

    def on_target(self, account: str, target: str) -> list[Entry]:
        """Return everything that was ever done to a target."""
        return list(self.entries("account = ? AND target = ?", (account, target)))

    def of_account(self, account: str, since: str) -> list[Entry]:
        """Return an account's entries since a moment."""
        return list(self.entries("account = ? AND at >= ?", (account, since)))

    def with_request_id(self, account: str, request_id: str) -> list[Entry]:
        """Return the entries of a named intention."""
        return list(self.entries("account = ? AND request_id = ?", (account, request_id)))

    def of_row(self, row: str) -> list[Entry]:
        """Return the entries of a row of bulk runs, whatever file it stood in."""
        return list(self.entries("id IN (SELECT id FROM bulk WHERE row = ?)", (row,)))

    def still_open(self) -> list[Entry]:
        """Return every entry of which it is not known what became."""
        return list(self.entries(f"state IN ({','.join('?' * len(OPEN))})", OPEN))

    def get(self, identifier: str) -> Entry | None:
        """Return the entry of that id."""
        return next(self.entries("id = ?", (identifier,)), None)

    def marks_come_back(self, account: str) -> bool:
        """Return whether a mark of ours was ever seen in this account's answers."""
        return bool(self.exists() and self._read("SELECT 1 FROM marks WHERE account = ?", (account,)))

    def saw_mark(self, account: str) -> None:
        """Remember that marks come back for this account."""
        with self._transaction() as database:
            database.execute("INSERT OR IGNORE INTO marks VALUES (?)", (account,))

    def prune(self, before: str) -> int:
        """Remove closed entries from before a moment; return how many."""
        if not self.exists():
            return 0
        with self._transaction() as database:
            placeholders = ",".join("?" * len(OPEN))
            chosen = database.execute(
                f"SELECT seq FROM entries WHERE at < ? AND state NOT IN ({placeholders})",  # noqa: S608 question marks
                (before, *OPEN),
            ).fetchall()
            database.executemany("INSERT INTO pruned VALUES (?)", chosen)
            database.executemany("DELETE FROM entries WHERE seq = ?", chosen)
            database.execute("DELETE FROM bulk WHERE id NOT IN (SELECT id FROM entries)")
        return len(chosen)

    def verify(self) -> list[Damage]:
        """Return every entry that is damaged or missing."""
        if not self.exists():
            return []
        found: list[Damage] = []
        rows = self._read("SELECT seq, id, account, target, state, at, request_id, entry, checksum FROM entries")
        seen = {row[0] for row in self._read("SELECT seq FROM pruned")}
        for seq, identifier, account, target, state, at, request_id, text, given in rows:
            seen.add(seq)
            if checksum(seq, text) != given:
                found.append(Damage(seq, identifier, "is not as it was written"))
                continue
            entry = parse(text)
            held = (entry.id, entry.account, entry.target, entry.state, entry.at, entry.request_id)
            if held != (identifier, account, target, state, at, request_id):
                found.append(Damage(seq, identifier, "is not where it was written"))
        last = self._read("SELECT seq FROM sqlite_sequence WHERE name = 'entries'")
        found += [Damage(seq, "", "is missing") for seq in range(1, (last[0][0] if last else 0) + 1) if seq not in seen]
        return sorted(found, key=lambda damage: damage.seq)

    def close(self) -> None:
        """Give up the file and this process's lock."""
        if self._database:
            self._database.close()
            self._database = None
        if self._owner:
            self._owner.close()
            self._owner = None

    def _bury(self, database: Database) -> None:
        rows = database.execute("SELECT seq, entry FROM entries WHERE state IN (?, ?)", (INTENDED, SENDING)).fetchall()
        for seq, text in rows:
            try:
                entry = parse(text)
            except (ValueError, TypeError):
                continue
            mine = self._owner is not None and entry.owner == self._owner.name
            if entry.state in UNDER_WAY and not mine and not self.disk.lives(entry.owner):
                state = NOT_SENT if entry.state == INTENDED else UNKNOWN
                told = (
                    "its process ended before it was sent"
                    if state == NOT_SENT
                    else "its process ended while it was sent"
                )
                _put(database, seq, entry.ended(state, self.now(), sentence=told))

    def _read(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            found: list[tuple[Any, ...]] = self._connection().execute(query, values).fetchall()
        except sqlite3.Error as problem:
            raise UsageProblem(
                f"The journal {self.path} cannot be read: {problem}.", next_step="look at it: paycli journal verify"
            ) from None
        return found

    def _connection(self) -> Database:
        if self._database is None:
            database = self.disk.open()
            try:
                _prepare(database)
            except BaseException:
                database.close()
                raise
            # Since Python 3.13 a connection that goes without being closed is warned of.
            weakref.finalize(self, database.close)
            self._database = database
        return self._database

    @contextmanager
    def _transaction(self) -> Iterator[Database]:
        with _refused(self.path):
            database = self._connection()
            outer = self._within
            begin, end, undo = PART if outer else WHOLE
            database.execute(begin)
            self._within = True
            try:
                yield database
                database.execute(end)
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    database.execute(undo)
                raise
            finally:
                self._within = outer


def _tried(action: Action) -> Any:
    try:
        return action()
    except Exception as problem:  # noqa: BLE001 handed to whoever wanted it done
        return problem


def _prepare(database: Database) -> None:
    """Set the file up; of several that do this at the same time, the later ones wait for the first."""
    until = time.monotonic() + WAIT
    while True:
        try:
            # A network file system has no shared memory: SQLite then keeps its other, slower mode by itself.
            database.execute("PRAGMA journal_mode=WAL")
            database.execute(f"PRAGMA synchronous={SYNCHRONISATION}")
            database.executescript(SCHEMA)
        except sqlite3.OperationalError as problem:
            # SQLite does not wait by itself where the mode changes.
            if "locked" not in str(problem) or time.monotonic() > until:
                raise
            time.sleep(PAUSE)
        else:
            return


def _put(database: Database, seq: int, entry: Entry) -> None:
    text = entry.text()
    database.execute(
        "UPDATE entries SET state = ?, entry = ?, checksum = ? WHERE seq = ?",
        (entry.state, text, checksum(seq, text), seq),
    )


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as problem:
        raise RefusedHere(
            f"The journal {path} cannot be written: {getattr(problem, 'strerror', None) or problem}.",
            next_step="make its directory writable, or name another with PAYCLI_STATE_DIR",
            money="Without it nothing is sent.",
        ) from None

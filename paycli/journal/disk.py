"""The disk below the journal: the one file, and the locks that tell a living process from a dead one."""

import os
import sqlite3
from pathlib import Path
from typing import Any, Protocol

from paycli.journal.owner import Owner, lives

WAIT = 10.0


class Claimant(Protocol):
    """The present process, as its entries name it."""

    name: str

    def close(self) -> None:
        """Give the lock up."""


class Database(Protocol):
    """As much of a connection to SQLite as the journal uses."""

    def execute(self, query: str, values: Any = ..., /) -> Any:
        """Run one statement."""

    def executemany(self, query: str, values: Any, /) -> Any:
        """Run one statement for each of several rows."""

    def executescript(self, script: str, /) -> Any:
        """Run several statements."""

    def close(self) -> None:
        """Give the file up."""


class Disk:
    """A directory of this machine."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "journal.db"
        self.owners = directory / "owners"

    def exists(self) -> bool:
        """Return whether anything was ever written."""
        return self.path.exists()

    def open(self) -> Database:
        """Open the file, readable for its owner alone. Raises sqlite3.Error or OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # SQLite gives the files beside it the same mode.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        # Threads that share a journal take turns.
        return sqlite3.connect(self.path, timeout=WAIT, isolation_level=None, check_same_thread=False)

    def claimant(self) -> Claimant:
        """Take this process's lock. Raises OSError."""
        return Owner(self.owners)

    def lives(self, name: str) -> bool:
        """Return whether the process of that name still runs."""
        return lives(self.owners, name)

"""The journal on a disk that cannot be written now: looked at as it was left, never written."""

import sqlite3

from paycli.journal.disk import Database
from paycli.journal.store import Journal


class StillJournal(Journal):
    """A journal that is only read. What would write it raises RefusedHere; it decides about no change."""

    def exists(self) -> bool:
        """Return whether anything was ever written; a file of no bytes is what a full disk left."""
        return self.path.exists() and self.path.stat().st_size > 0

    def recover(self) -> None:
        """Change nothing: what dead processes left stays as it is."""

    def _connection(self) -> Database:
        if self._database is None:
            self._database = sqlite3.connect(f"{self.path.absolute().as_uri()}?{self._how()}", uri=True)
        return self._database

    def _how(self) -> str:
        """Return how SQLite opens it: its own aids to reading are files that cannot be made here.

        Without them it may be read only where nothing is left beside it that belongs to it.
        """
        beside = self.path.with_name(f"{self.path.name}-wal")
        pending = beside.exists() and beside.stat().st_size > 0
        return "mode=ro" if pending else "mode=ro&immutable=1"

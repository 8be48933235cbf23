"""A disk that can refuse, break in the middle, and lose at a power cut what was not synchronised."""

import random
import sqlite3
from pathlib import Path
from typing import Any

from paycli.journal.disk import Claimant, Database, Disk
from tests.simulation.scheduler import Killed, Process

SYNCHRONISED = ("FULL", "EXTRA")


class SimulatedDisk:
    """The disk of one machine: what programs see of it, and what would survive a power cut."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.failing = 0.0
        self.failures = 0
        self.seen = _fresh()
        self.surviving = b""
        self.used = False
        self.living: set[str] = set()

    def of(self, process: Process) -> Disk:
        """Return the disk as one process sees it."""
        return _DiskOfProcess(self, process)

    def lose_power(self) -> None:
        """Forget what was not synchronised, and every process."""
        self.living.clear()
        self.seen.close()
        self.seen = _fresh()
        if self.surviving:
            self.seen.deserialize(self.surviving)
        else:
            self.used = False

    def fails(self) -> bool:
        """Return whether this access fails."""
        failed = self.failing > 0 and self.chance.random() < self.failing
        self.failures += failed
        return failed


class _DiskOfProcess(Disk):
    def __init__(self, disk: SimulatedDisk, process: Process) -> None:
        super().__init__(Path("/simulated"))
        self.disk = disk
        self.process = process

    def exists(self) -> bool:
        return self.disk.used

    def open(self) -> Database:
        _alive(self.process)
        if self.disk.fails():
            raise sqlite3.OperationalError("unable to open database file")
        self.disk.used = True
        return _Connection(self.disk, self.process)

    def claimant(self) -> Claimant:
        _alive(self.process)
        if self.disk.fails():
            raise OSError(28, "No space left on device")
        return _Lock(self.disk, self.process)

    def lives(self, name: str) -> bool:
        return name in self.disk.living


class _Lock:
    def __init__(self, disk: SimulatedDisk, process: Process) -> None:
        self.disk = disk
        self.name = f"{disk.chance.getrandbits(64):x}"
        disk.living.add(self.name)
        process.on_death.append(self.close)
        process.owner = self.name

    def close(self) -> None:
        self.disk.living.discard(self.name)


class _Connection:
    def __init__(self, disk: SimulatedDisk, process: Process) -> None:
        self.disk = disk
        self.process = process
        self.synchronised = False

    def execute(self, query: str, values: Any = (), /) -> Any:
        _alive(self.process)
        word = query.split(maxsplit=1)[0]
        if word == "PRAGMA" and "synchronous" in query:
            self.synchronised = query.endswith(SYNCHRONISED)
        if word == "BEGIN":
            self.process.step()
        if word == "COMMIT":
            return self._commit()
        if word != "ROLLBACK" and self.disk.fails():
            raise sqlite3.OperationalError("disk I/O error")
        return self.disk.seen.execute(query, values)

    def _commit(self) -> Any:
        if self.disk.fails():
            raise sqlite3.OperationalError("database or disk is full")
        try:
            self.process.scheduler.maybe_kill(self.process)
        except Killed:
            if self.disk.seen.in_transaction:
                self.disk.seen.execute("ROLLBACK")
            raise
        done = self.disk.seen.execute("COMMIT")
        if self.synchronised or self.disk.chance.random() < 0.3:
            self.disk.surviving = self.disk.seen.serialize()
        self.process.step()
        return done

    def executemany(self, query: str, values: Any, /) -> Any:
        _alive(self.process)
        return self.disk.seen.executemany(query, values)

    def executescript(self, script: str, /) -> Any:
        _alive(self.process)
        return self.disk.seen.executescript(script)

    def close(self) -> None:
        """Nothing is held."""


def _fresh() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def _alive(process: Process) -> None:
    if process.doomed:
        raise Killed

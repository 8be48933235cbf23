"""One journal for several threads: what they write at the same time goes to disk together.

Whoever comes first writes for all who wait, in one transaction: each of them goes on only when its own entry is on
disk, and one synchronisation serves them all. Reading has a connection of its own, so that it waits for no disk.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from paycli.journal.entry import Entry
from paycli.journal.store import Action, Damage, Journal
from paycli.values import dataclass


@dataclass
class _Place:
    """One place in the queue of those who write."""

    action: Action
    served: bool = False
    result: Any = None


class SharedJournal(Journal):
    """A journal that several threads use at the same time, over one that writes and one that reads."""

    def __init__(self, writer: Journal, reader: Journal) -> None:
        super().__init__(writer.path.parent, writer.now, writer.disk)
        self.writer = writer
        self.reader = reader
        self._queue: deque[_Place] = deque()
        self._writing = threading.Lock()
        self._reading = threading.Lock()
        self.commits = 0

    def owner(self) -> str:
        """Return the name under which this process's entries stand."""
        with self._writing:
            return self.writer.owner()

    def claim(self, decide: Callable[[Journal], Entry]) -> Entry:
        """Insert what ``decide`` returns, in one transaction with everything that it looks at."""
        entry: Entry = self._write(lambda: self.writer.claim(decide))
        return entry

    def update(self, entry: Entry) -> Entry:
        """Write an entry's new state; it is on disk when this returns."""
        written: Entry = self._write(lambda: self.writer.update(entry))
        return written

    def swap(self, before: Entry, after: Entry) -> bool:
        """Write an entry's new state unless another process changed it since it was read; return whether it was."""
        swapped: bool = self._write(lambda: self.writer.swap(before, after))
        return swapped

    def recover(self) -> None:
        """Close what dead processes left."""
        if self.exists():
            self._write(self.writer.recover)

    def saw_mark(self, account: str) -> None:
        """Remember that marks come back for this account."""
        self._write(lambda: self.writer.saw_mark(account))

    def entries(
        self, where: str = "1", values: tuple[object, ...] = (), *, newest_first: bool = False
    ) -> Iterator[Entry]:
        """Return an iterator over entries that are read already."""
        with self._reading:
            return iter(list(self.reader.entries(where, values, newest_first=newest_first)))

    def marks_come_back(self, account: str) -> bool:
        """Return whether a mark of ours was ever seen in this account's answers."""
        with self._reading:
            return self.reader.marks_come_back(account)

    def prune(self, before: str) -> int:
        """Remove closed entries from before a moment; return how many."""
        removed: int = self._write(lambda: self.writer.prune(before))
        return removed

    def verify(self) -> list[Damage]:
        """Return every entry that is damaged or missing."""
        with self._reading:
            return self.reader.verify()

    def close(self) -> None:
        """Leave it open: others use it too."""

    def shut(self) -> None:
        """Give up the file and this process's lock, when nobody uses it any more."""
        self.reader.close()
        self.writer.close()

    def _write(self, action: Action) -> Any:
        place = _Place(action)
        self._queue.append(place)
        with self._writing:
            if not place.served:
                self._serve()
        if isinstance(place.result, BaseException):
            raise place.result
        return place.result

    def _serve(self) -> None:
        """Write for everybody who waits."""
        waiting = [self._queue.popleft() for _ in range(len(self._queue))]
        self.commits += 1
        try:
            results = self.writer.together([place.action for place in waiting])
        except BaseException as problem:  # noqa: BLE001 whatever stops the writing stops all of them
            results = [problem] * len(waiting)
        for place, result in zip(waiting, results, strict=True):
            place.result = result
            place.served = True

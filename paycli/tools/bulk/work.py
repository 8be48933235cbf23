"""Several rows at a time, one per target; results in the order of the file; an end in order whatever happens."""

import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from paycli.errors import ExitCode
from paycli.journal.entry import NOT_SENT
from paycli.tools.bulk.plan import Planned
from paycli.tools.bulk.rows import Finished, told

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Worker(Protocol):
    """Does one row after the other."""

    def __call__(self, row: Planned) -> Finished:
        """Return what became of a row; raises nothing."""


class Work:
    """The rows of one run, and the threads that do them."""

    def __init__(self, rows: Sequence[Planned], hire: Callable[[], Any], concurrency: int) -> None:
        self.rows = rows
        self.hire = hire
        self.concurrency = min(concurrency, len(rows))
        self.why: str | None = None
        self.interrupted = False
        self._groups = deque(_by_target(rows))
        self._results: queue.SimpleQueue[Finished | BaseException] = queue.SimpleQueue()

    def stop(self, why: str) -> None:
        """Begin no further row; what is in flight goes to its end."""
        self.why = self.why or why

    def interrupt(self) -> None:
        """Stop because the user said so."""
        self.interrupted = True
        self.stop("the run was stopped")

    def finished(self, count: Callable[[Finished], None]) -> Generator[Finished, None, None]:
        """Do the rows and yield what became of each, in the order of the file; ``count`` hears of each at once.

        Whoever stops listening stops the run; so does what a worker raises, which is raised here.
        """
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self.concurrency)]
        for thread in threads:
            thread.start()
        early: dict[int, Finished] = {}
        place = 0
        try:
            for _ in self.rows:
                one = self._results.get()
                if isinstance(one, BaseException):
                    self.stop("paycli failed")
                    raise one
                count(one)
                early[one.place] = one
                while place in early:
                    yield early.pop(place)
                    place += 1
        except GeneratorExit:
            self.stop("nobody reads its output")
            raise
        finally:
            for thread in threads:
                thread.join()

    def _work(self) -> None:
        try:
            self._do_rows()
        except BaseException as problem:  # noqa: BLE001 whoever waits for the rows must hear of it
            self._results.put(problem)

    def _do_rows(self) -> None:
        with self.hire() as worker:
            while True:
                try:
                    group = self._groups.popleft()
                except IndexError:
                    return
                for row in group:
                    self._results.put(self._one(worker, row))

    def _one(self, worker: Worker, row: Planned) -> Finished:
        if self.why:
            return told(row, None, NOT_SENT, int(ExitCode.NOTHING_SENT), f"not begun: {self.why}")
        done = worker(row)
        if done.code == ExitCode.CONFIGURATION:
            self.stop("the credentials were refused, or the set-up is not right")
        return done


def _by_target(rows: Sequence[Planned]) -> Iterator[list[Planned]]:
    """Yield the rows that act on one thing together, so that they go one after the other."""
    groups: dict[Any, list[Planned]] = {}
    for row in rows:
        groups.setdefault(row.target or row.place, []).append(row)
    yield from groups.values()


@contextmanager
def stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Turn Ctrl-C and its kin into a stop in order until the block ends."""
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for name in SIGNALS:
            if number := getattr(signal, name, None):
                before[number] = signal.signal(number, lambda *_: stop())
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

"""The rows of a file on their way: workers with connections of their own, one gate, one screen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from paycli.commands.reporter import ScreenReporter
from paycli.commands.run import show_rows_of
from paycli.journal.shared import SharedJournal
from paycli.operations.columns import Column
from paycli.operations.operation import Operation
from paycli.output.screen import Screen
from paycli.profiles.profile import Profile
from paycli.sending.attempts import Quota
from paycli.sending.gate import Gate
from paycli.sending.line import Line
from paycli.sending.pipeline import Pipeline
from paycli.tools.bulk.counting import Count
from paycli.tools.bulk.plan import Planned
from paycli.tools.bulk.rows import COLUMNS, Changes, Reads, columns_of_read, flattened
from paycli.tools.bulk.work import Work, stopped_by_signals
from paycli.values import dataclass, replace


@dataclass(frozen=True)
class Pace:
    """How many rows are under way at the same time, the seconds between two requests, and those for one exchange."""

    concurrency: int
    interval: float
    timeout: float | None


@dataclass(frozen=True)
class Run:
    """A file, read and checked, with the way to the provider."""

    operation: Operation
    pipeline: Pipeline
    profile: Profile
    rows: list[Planned]
    screen: Screen


class RowReporter(ScreenReporter):
    """Tells of rows what -v asks for, and nothing else: what happens to each stands in its row."""

    def change(self, profile: Profile, host: str) -> None:
        """Say nothing: the plan said it once."""

    def preview(self, line: str) -> None:
        """Say nothing."""

    def confirm(self, panel: object) -> None:
        """Agree: the plan as a whole was confirmed."""

    def chosen(self, profile: Profile, proxy: str | None) -> None:
        """Say nothing."""

    def warn(self, sentence: str) -> None:
        """Say it with -v."""
        if self.screen.verbosity:
            super().warn(sentence)

    def progress(self, sentence: str) -> None:
        """Say it with -v."""
        if self.screen.verbosity:
            super().progress(sentence)


def _hiring(made: Run, gate: Gate, timeout: float | None, worker: Callable[[Pipeline], object]) -> Callable[[], object]:
    """Return how a thread gets its worker: with a connection of its own that is kept, behind the common gate."""

    @contextmanager
    def hire() -> Iterator[object]:
        kept = made.pipeline.connect_kept(made.profile, timeout)
        exchange = gate.over(kept)
        try:
            yield worker(replace(made.pipeline, connect=lambda _profile, _total: exchange))
        finally:
            kept.close()

    return hire


def _work(made: Run, pace: Pace, worker: Callable[[Pipeline], object]) -> Work:
    # Secrets are fetched once, before there are threads: a prompt or a keyring is for one at a time.
    Line(made.pipeline, made.profile, pace.timeout).desks.proofs(made.operation)
    made = replace(made, pipeline=replace(made.pipeline, quota=Quota()))
    gate = Gate(made.pipeline.clock, pace.interval)
    return Work(made.rows, _hiring(made, gate, pace.timeout, worker), pace.concurrency)


def change(made: Run, journal: SharedJournal, pace: Pace) -> None:
    """Do the rows of a change and show what became of each; raises the error that tells which did not succeed."""
    begun = journal.now().isoformat()

    def worker(pipeline: Pipeline) -> Changes:
        with_journal = replace(pipeline, journal=lambda: journal)
        return Changes(with_journal, made.profile, journal, made.screen, begun)

    work = _work(made, pace, worker)
    _show(made, work, COLUMNS)


def look_up(made: Run, pace: Pace, limit: int) -> None:
    """Look the rows up and show what the provider tells of each."""
    work = _work(made, pace, lambda pipeline: Reads(pipeline, made.profile, limit))
    _show(made, work, columns_of_read(made.operation, made.rows[0].cells))


def _show(made: Run, work: Work, columns: tuple[Column, ...]) -> None:
    """Show the rows while they are done; raises the error that tells which did not succeed."""
    count = Count(made.screen, len(made.rows))

    def stop() -> None:
        if not work.interrupted:
            made.screen.say("Stopping: rows that are under way go to their end, no other is begun.")
        work.interrupt()

    with stopped_by_signals(stop):
        results = work.finished(count)
        show_rows_of(made.screen, flattened(count.over(results)), columns)
        # Where nobody reads the output any more, changes that were confirmed go on; a look-up has no other purpose.
        if made.operation.changes:
            for _ in results:
                pass
        else:
            results.close()
    if problem := count.end(made.profile.get("late_arrival"), stopped=work.interrupted):
        raise problem
    made.screen.say(f"{len(made.rows)} rows are done.")

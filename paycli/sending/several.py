"""Drive a command that is several requests: send, wait within the patience, hand rows on while they arrive."""

from collections.abc import Callable, Generator, Iterator
from typing import Any

from paycli.errors import NotFinished
from paycli.operations.bunches import Bunch, bunches_of
from paycli.operations.operation import Operation
from paycli.operations.outcome import Outcome, Succeeded
from paycli.operations.provider import Provider
from paycli.operations.steps import Call, Mark, Pause, Show, Steps
from paycli.profiles.profile import Profile
from paycli.sending.attempts import Clock
from paycli.sending.pipeline import Asked, Pipeline
from paycli.sending.verdict import error_of

Watch = Callable[[Iterator[Bunch], int | None], Iterator[Bunch]]


def operation_of(provider: Provider, call: Call) -> Operation:
    """Return the operation that a call names."""
    return provider.load(call.command.split(maxsplit=1)[0])[call.command]


class Course:
    """One run of several requests under one profile."""

    def __init__(self, pipeline: Pipeline, profile: Profile, timeout: float | None, patience: float) -> None:
        self.pipeline = pipeline
        self.profile = profile
        self.timeout = timeout
        self.patience = patience
        self.clock: Clock = pipeline.clock
        self.until: float | None = None

    def drive(self, steps: Steps, watch: Watch) -> Iterator[Bunch | Mark]:
        """Yield the bunches of rows that are shown, and the marks between them.

        Raises PaycliError where it cannot go on.
        """
        answer: Any = None
        while True:
            try:
                step = steps.send(answer)
            except StopIteration:
                return
            answer = None
            match step:
                case Call():
                    answer = self._call(step)
                case Pause(seconds, sentence):
                    self._pause(seconds, sentence)
                case Mark():
                    yield step
                case Show(rows, of):
                    self.until = None
                    answer = yield from _counted(rows, watch(bunches_of(rows), of))

    def _call(self, call: Call) -> Outcome:
        operation = operation_of(self.pipeline.provider, call)
        done = self.pipeline.send_under(
            self.profile, Asked(operation, lambda _facts: dict(call.values), timeout=self.timeout)
        )
        if isinstance(done.outcome, (Succeeded, *call.also)):
            return done.outcome
        problem = error_of(done.outcome, operation, self.pipeline.provider, done.profile, done.values)
        assert problem is not None  # noqa: S101 only success has no error
        raise problem

    def _pause(self, seconds: float, sentence: str) -> None:
        """Wait; the patience counts from the first pause, until something is shown."""
        now = self.clock.monotonic()
        self.until = self.until or now + self.patience
        if now >= self.until:
            raise NotFinished(
                f"It is not finished after {self.patience:.0f} s: {sentence}.",
                next_step="run it again later, or wait longer: --wait-timeout 1h",
            )
        self.pipeline.reporter.progress(f"{sentence}; asking again in {seconds:.1f} s")
        self.clock.sleep(min(seconds, max(self.until - now, 0)))


def _counted(rows: Iterator[Any], watched: Iterator[Bunch]) -> Generator[Bunch, None, int]:
    """Yield the rows, stop what still arrives at the end, and return how many there were."""
    count = 0
    try:
        for bunch in watched:
            yield bunch
            count += len(bunch)
    finally:
        getattr(rows, "close", lambda: None)()
    return count

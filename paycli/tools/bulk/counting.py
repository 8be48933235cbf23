"""How far a run is, on standard error, and its end as an exit code."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator

from paycli.errors import ExitCode, Interrupted, OutcomeUnknown, PaycliError, SomeRowsFailed
from paycli.output.screen import Screen, is_terminal
from paycli.tools.bulk.rows import Finished
from paycli.values import dataclass, field

EVERY, EVERY_UNWATCHED = 0.5, 10.0
AGAIN = "run the same command again: what is done is not sent again, what is unknown is settled first"
WORDS = {
    ExitCode.NOT_FOUND: "not found",
    ExitCode.CONFIGURATION: "refused for credentials or configuration",
    ExitCode.REFUSED_BY_PROVIDER: "refused by the provider",
    ExitCode.NOTHING_SENT: "not sent",
    ExitCode.OUTCOME_UNKNOWN: "unknown",
    ExitCode.NOT_FINISHED: "not finished",
    ExitCode.REFUSED_HERE: "refused here",
    ExitCode.DEFECT: "stopped by a defect of paycli",
    ExitCode.USAGE: "not usable",
}


@dataclass
class Count:
    """The rows so far, by exit code."""

    screen: Screen
    of: int
    codes: Counter[int] = field(default_factory=Counter)
    began: float = field(default_factory=time.monotonic)
    next: float = 0.0
    shown: bool = False

    def __post_init__(self) -> None:
        self.every = EVERY if is_terminal(self.screen.err) else EVERY_UNWATCHED
        self.next = self.began + self.every

    def __call__(self, one: Finished) -> None:
        """Count a row, and say now and then how far it is."""
        self.codes[one.code] += 1
        now = time.monotonic()
        if now >= self.next and self.codes.total() < self.of:
            self.next = now + self.every
            self.screen.live(self.line(now), fresh=True)
            self.shown = True

    def over(self, rows: Iterable[Finished]) -> Iterator[Finished]:
        """Yield the rows; what tells how far it is makes room for them on a terminal, and is gone at the end."""
        between = is_terminal(self.screen.out) and self.screen.shape.format != "table"
        for row in rows:
            if between:
                self._clear()
            yield row
        self._clear()

    def _clear(self) -> None:
        if self.shown:
            self.screen.live("", fresh=False)
        self.shown = False

    def line(self, now: float) -> str:
        """Return how far it is, how fast, and how long it will take."""
        count = self.codes.total()
        rate = count / max(now - self.began, 0.001)
        unknown = self.codes[ExitCode.OUTCOME_UNKNOWN]
        done = self.codes[ExitCode.DONE]
        left = (self.of - count) / rate if rate else 0.0
        return (
            f"… {count} of {self.of} rows, {rate:.1f}/s: {done} done, {count - done - unknown} failed, "
            f"{unknown} unknown; {left:.0f} s left"
        )

    def end(self, late: str, *, stopped: bool) -> PaycliError | None:
        """Return the error that tells the rows which did not succeed, or None where all did."""
        told = [
            f"{count} {WORDS.get(ExitCode(code), 'failed')}"
            for code, count in sorted(self.codes.items())
            if code != ExitCode.DONE
        ]
        if not told:
            return None
        message = f"{self.codes[ExitCode.DONE]} of {self.of} rows are done; {', '.join(told)}."
        if self.codes[ExitCode.OUTCOME_UNKNOWN]:
            step = f"{AGAIN}, and after {late} goes again where nothing is there"
            return OutcomeUnknown(message, money="The unknown ones may have happened.", next_step=step)
        if stopped:
            return Interrupted(message, next_step=AGAIN)
        return SomeRowsFailed(message, next_step=AGAIN)

"""A list that is still arriving: its rows, whether more follow, and an honest end when it is cut off."""

from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from paycli.errors import NothingSent
from paycli.operations.outcome import CutOffError, Flow, NotSent, Outcome, Succeeded
from paycli.operations.rows import read_array
from paycli.operations.wire import NotJson

_END = object()


class Rows(Iterator[Any]):
    """The rows of a flow, one looked at ahead; raises NothingSent where the list is cut off."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.rows = read_array(flow.pieces)
        self.seen = 0
        self.ahead = next(self.rows, _END)

    def __next__(self) -> Any:
        """Return the next row."""
        if self.ahead is _END:
            raise StopIteration
        row = self.ahead
        self.seen += 1
        try:
            self.ahead = next(self.rows, _END)
        except (NotJson, CutOffError) as problem:
            self.ahead = _Cut(str(problem))
        if isinstance(row, _Cut):
            raise NothingSent(
                f"The list broke off after {self.seen - 1} rows: {row.sentence}.",
                next_step="run it again; a read changes nothing",
            )
        return row

    def more(self) -> bool:
        """Return whether rows follow that were not taken."""
        return self.ahead is not _END

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop what still arrives."""
        self.flow.close()


class HeldRows(Iterator[Any]):
    """The rows of a list that came as a whole."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows
        self.seen = 0

    def __next__(self) -> Any:
        """Return the next row."""
        if self.seen == len(self.rows):
            raise StopIteration
        self.seen += 1
        return self.rows[self.seen - 1]

    def more(self) -> bool:
        """Return whether rows follow that were not taken."""
        return self.seen < len(self.rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is still arriving."""


class _Cut:
    """Stands in the place of the row at which the list was cut off."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence


def judge_rows(flow: Flow) -> Outcome:
    """Return the rows as success as soon as the first is there, or what is odd about them."""
    try:
        return Succeeded(Rows(flow))
    except (NotJson, CutOffError) as problem:
        flow.close()
        return NotSent(f"an answer that cannot be read ({problem})")

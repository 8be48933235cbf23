"""A list that is still arriving: its rows, whether more follow, and an honest end when it is cut off."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Protocol, Self

from paycli.errors import NothingSent
from paycli.operations.outcome import CutOffError, Flow, NotSent, Outcome, Succeeded
from paycli.operations.rows import read_array
from paycli.operations.wire import NotJson

_END = object()


class Rest(Protocol):
    """What can be said of a list after some of it was shown."""

    @property
    def count(self) -> int | None:
        """How many rows the provider says that there are."""

    @property
    def seen(self) -> int:
        """How many rows were taken."""

    @property
    def looked(self) -> int:
        """How many rows were read."""

    def more(self) -> bool:
        """Return whether rows follow that were not read."""


class Listing(Iterator[Any]):
    """Rows that are read while they are shown."""

    count: int | None = None
    seen: int = 0

    @property
    def looked(self) -> int:
        """How many rows were read."""
        return self.seen

    @abstractmethod
    def more(self) -> bool:
        """Return whether rows follow that were not read."""

    def close(self) -> None:
        """Stop what still arrives."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Rows(Listing):
    """The rows of a flow, one looked at ahead; raises NothingSent where the list is cut off."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.rows = read_array(flow.pieces)
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

    def close(self) -> None:
        """Stop what still arrives."""
        self.flow.close()


class Chosen(Listing):
    """The rows of a list that were asked for, where the provider does not choose; the others are read and left out."""

    def __init__(self, rows: Listing, keep: Callable[[Any], bool]) -> None:
        self.rows = rows
        self.keep = keep
        self.count = rows.count

    @property
    def looked(self) -> int:
        """How many rows were read."""
        return self.rows.looked

    def __next__(self) -> Any:
        """Return the next row that was asked for."""
        for row in self.rows:
            if self.keep(row):
                self.seen += 1
                return row
        raise StopIteration

    def more(self) -> bool:
        """Return whether rows follow that were not looked at."""
        return self.rows.more()

    def close(self) -> None:
        """Stop what still arrives."""
        self.rows.close()


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

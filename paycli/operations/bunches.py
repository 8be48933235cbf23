"""Rows on their way, in the bunches in which they arrived: what can be done to many at once is not done to each."""

import itertools
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Self

from paycli.operations.wire import encode


class Bunch(list[Any]):
    """Rows that arrived together; ``texts`` are the lines that they were, where they were lines of JSON."""

    __slots__ = ("texts",)

    def __init__(self, rows: Iterable[Any] = (), texts: Sequence[str] = ()) -> None:
        super().__init__(rows)
        self.texts = texts

    def part(self, start: int, end: int) -> Self:
        """Return the rows from one to before another, with their lines."""
        whole = start == 0 and end >= len(self)
        return self if whole else type(self)(self[start:end], self.texts[start:end])

    def runs(self, test: Callable[[Any, str], bool]) -> Iterator[tuple[bool, Self]]:
        """Yield the rows in order: those that pass a test of row and line, and those that do not or were no lines."""
        if not self.texts:
            yield False, self
            return
        end = 0
        for passed, run in itertools.groupby(map(test, self, self.texts)):
            start, end = end, end + sum(1 for _ in run)
            yield passed, self.part(start, end)

    def lines(self) -> str:
        """Return the lines as they came, but for escapes, behind which something could hide: they are written out."""
        text = "\n".join(self.texts) + "\n"
        return "".join(map(_line, self, self.texts)) if "\\" in text else text


def _line(row: Any, text: str) -> str:
    return (encode(row).decode() if "\\" in text else text) + "\n"


class Stream(Iterator[Any]):
    """Rows one by one, or in bunches; whoever takes them keeps to one of the two."""

    @abstractmethod
    def bunches(self) -> Iterator[Bunch]:
        """Return the rows in the bunches in which they come."""


class Bunches(Stream):
    """A stream that is made of bunches."""

    def __init__(self, bunches: Iterator[Bunch]) -> None:
        self.made_of = bunches
        self.rows = itertools.chain.from_iterable(bunches)

    def __next__(self) -> Any:
        """Return the next row."""
        return next(self.rows)

    def bunches(self) -> Iterator[Bunch]:
        """Return the bunches."""
        return self.made_of


def bunches_of(rows: Iterator[Any]) -> Iterator[Bunch]:
    """Return rows in the bunches in which they come; those that come one by one are as many bunches."""
    return rows.bunches() if isinstance(rows, Stream) else (Bunch([row]) for row in rows)

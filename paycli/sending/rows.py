"""A list that is still arriving: its rows, whether more follow, and an honest end when it is cut off."""

import itertools
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Protocol, Self

from paycli.errors import NothingSent
from paycli.operations.bunches import Bunch, Stream, bunches_of
from paycli.operations.files import Document, Saved, wrong_media
from paycli.operations.operation import Operation, Request, Shape
from paycli.operations.outcome import LARGEST_ANSWER, TOO_LARGE, Answer, CutOffError, Flow, NotSent, Outcome, Succeeded
from paycli.operations.rows import read_array, read_lines
from paycli.operations.wire import NotJson

ACCEPTED = 202


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


class Listing(Stream):
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

    def take(self, most: int | None) -> Bunch:  # noqa: ARG002 what arrives one by one is taken so
        """Return the next rows, at most so many; nothing at the end."""
        return Bunch(itertools.islice(self, 1))

    def bunches(self, limit: int | None = None) -> Iterator[Bunch]:
        """Yield the rows as they arrive, at most so many in all."""
        while limit is None or limit > 0:
            bunch = self.take(limit)
            if not bunch:
                return
            yield bunch
            limit = None if limit is None else limit - len(bunch)

    def close(self) -> None:
        """Stop what still arrives."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Rows(Listing):
    """The rows of a flow, the first of which are there; raises NothingSent where the list is cut off."""

    def __init__(self, flow: Flow, shape: Shape = Shape.ARRAY) -> None:
        self.flow = flow
        lines = shape is Shape.LINES
        self.arriving = read_lines(flow.pieces) if lines else bunches_of(read_array(flow.pieces))
        self.bunch = next(self.arriving, Bunch())
        self.left = len(self.bunch)
        self.cut = ""

    def __next__(self) -> Any:
        """Return the next row."""
        for row in self.take(1):
            return row
        raise StopIteration

    def take(self, most: int | None) -> Bunch:
        """Return the next rows of those that arrived together, at most so many; nothing at the end."""
        if not self.more():
            return Bunch()
        if self.cut:
            raise NothingSent(
                f"The list broke off after {self.seen} rows: {self.cut}.",
                next_step="run it again; a read changes nothing",
            )
        start = len(self.bunch) - self.left
        taken = self.bunch.part(start, start + (self.left if most is None else most))
        self.left -= len(taken)
        self.seen += len(taken)
        return taken

    def more(self) -> bool:
        """Return whether rows follow that were not taken, or should."""
        if not self.left and not self.cut:
            try:
                self.bunch = next(self.arriving, Bunch())
            except (NotJson, CutOffError) as problem:
                self.cut = str(problem)
            else:
                self.left = len(self.bunch)
        return bool(self.left or self.cut)

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


class HeldRows(Listing):
    """The rows of a list that came as a whole."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows

    def __next__(self) -> Any:
        """Return the next row."""
        if not self.more():
            raise StopIteration
        self.seen += 1
        return self.rows[self.seen - 1]

    def more(self) -> bool:
        """Return whether rows follow that were not taken."""
        return self.seen < len(self.rows)


def judge_flow(flow: Flow, operation: Operation, request: Request, judge: Callable[[Answer], Outcome]) -> Outcome:
    """Return what arrives as success as soon as it begins; what is not ready yet comes whole, and is judged so."""
    if flow.status == ACCEPTED and operation.shape is not Shape.ARRAY:
        return _whole(flow, judge)
    if operation.saved and operation.shape is Shape.FILE:
        return _judge_file(flow, operation.saved, dict(request.query))
    return judge_rows(flow, operation.shape)


def _judge_file(flow: Flow, saved: Saved, query: Mapping[str, str]) -> Outcome:
    ending = saved.ending(query)
    wrong = wrong_media(saved, ending, flow.headers) if ending else "nothing asked for"
    if ending is None or wrong:
        flow.close()
        return NotSent(f"an answer that is not the documented file but {wrong}")
    return Succeeded(Document(ending, flow.pieces, flow.close))


def _whole(flow: Flow, judge: Callable[[Answer], Outcome]) -> Outcome:
    body = b""
    try:
        for piece in flow.pieces:
            body += piece
            if len(body) > LARGEST_ANSWER:
                return NotSent(TOO_LARGE)
    except CutOffError as problem:
        return NotSent(str(problem))
    finally:
        flow.close()
    return judge(Answer(flow.status, flow.headers, body, flow.seconds))


def judge_rows(flow: Flow, shape: Shape = Shape.ARRAY) -> Outcome:
    """Return the rows as success as soon as the first is there, or what is odd about them."""
    try:
        return Succeeded(Rows(flow, shape))
    except (NotJson, CutOffError) as problem:
        flow.close()
        return NotSent(f"an answer that cannot be read ({problem})")

"""A list that is still arriving: its rows, whether more follow, and an honest end when it is cut off."""

from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self

from paycli.errors import NothingSent
from paycli.operations.files import Document, Saved, wrong_media
from paycli.operations.operation import Operation, Request, Shape
from paycli.operations.outcome import Answer, CutOffError, Flow, NotSent, Outcome, Succeeded
from paycli.operations.rows import read_array, read_lines
from paycli.operations.wire import NotJson

_END = object()
ACCEPTED = 202


class Rows(Iterator[Any]):
    """The rows of a flow, one looked at ahead; raises NothingSent where the list is cut off."""

    def __init__(self, flow: Flow, shape: Shape = Shape.ARRAY) -> None:
        self.flow = flow
        self.rows: Iterator[Any] = read_lines(flow.pieces) if shape is Shape.LINES else read_array(flow.pieces)
        self.seen = 0
        self.ahead = next(self.rows, _END)

    def __next__(self) -> Any:
        """Return the next row."""
        if self.ahead is _END:
            raise StopIteration
        row = self.ahead
        self.seen += 1
        self._advance()
        if isinstance(row, _Cut):
            raise NothingSent(
                f"The list broke off after {self.seen - 1} rows: {row.sentence}.",
                next_step="run it again; a read changes nothing",
            )
        return row

    def only(self, wanted: Callable[[Any], bool]) -> Self:
        """Leave out the rows that are not wanted, from here on."""
        self.rows = filter(wanted, self.rows)
        if self.ahead is not _END and not isinstance(self.ahead, _Cut) and not wanted(self.ahead):
            self._advance()
        return self

    def _advance(self) -> None:
        try:
            self.ahead = next(self.rows, _END)
        except (NotJson, CutOffError) as problem:
            self.ahead = _Cut(str(problem))

    def more(self) -> bool:
        """Return whether rows follow that were not taken."""
        return self.ahead is not _END

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop what still arrives."""
        self.flow.close()


class _Cut:
    """Stands in the place of the row at which the list was cut off."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence


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
    try:
        body = b"".join(flow.pieces)
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

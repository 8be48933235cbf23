"""The two streams: data on standard output in the chosen form, sentences on standard error."""

import contextlib
import itertools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO, cast

from paycli.errors import UsageProblem
from paycli.operations.bunches import Bunches, bunches_of
from paycli.operations.columns import Column
from paycli.operations.operation import View
from paycli.output.masking import Masker
from paycli.output.visible import visible
from paycli.values import dataclass, field, replace

if TYPE_CHECKING:
    from paycli.output.parts import Part

PAGE = 1000
FORMATS = ("table", "json", "ndjson", "csv", "yaml", "id")


@dataclass(frozen=True)
class Shape:
    """How an answer is shown: the form, what of it, and the zone of timestamps which carry none."""

    format: str
    query: str | None = None
    columns: tuple[str, ...] = ()


@dataclass
class Screen:
    """What the user sees."""

    shape: Shape
    out: TextIO
    err: TextIO
    masker: Masker = field(default_factory=Masker)
    verbosity: int = 0

    def show(self, data: Any, columns: Sequence[Column], view: View | None = None, zone: str = "UTC") -> None:
        """Write an answer, a list or a stream of rows to standard output. Raises OSError when it cannot be written."""
        if self.shape.query:
            from paycli.output.query import search

            # What an expression picks out has no name any more, and what it joins or cuts is no value any more.
            found = self.masker.without(list(data) if isinstance(data, Iterator) else data)
            data = search(self.shape.query, self.masker.hide(found))
            columns, view = (), None
        if isinstance(data, Iterator):
            data = Bunches(self.masker.without_in(bunches_of(data)))
        else:
            data = self.masker.without(data)
        if self.shape.columns and self.shape.format != "id":
            columns = _chosen(self.shape.columns, columns)
        if self.shape.format == "table":
            self._table(data, columns, view, zone)
        elif view and view.own and self.shape.format in {"csv", "id"}:
            self._form(self.masker.without(view.rows), columns)
        else:
            self._form(data, columns)
        self.out.flush()

    def show_parts(self, parts: Sequence["Part"], zone: str = "UTC") -> None:
        """Write several tables and texts below each other for a person. Raises OSError when it cannot be written."""
        from paycli.output.parts import print_parts

        hidden = [part.hidden(self.masker.hide) for part in parts]
        print_parts(hidden, cast("TextIO", _Masked(self)), width=width_of(self.out), zone=zone)
        self.out.flush()

    @property
    def tells_people(self) -> bool:
        """Whether answers are shown whole, as tables for people."""
        return self.shape.format == "table" and not self.shape.query and not self.shape.columns

    @property
    def rolls(self) -> bool:
        """Whether rows are to be shown as they come: a person looks at a table of all of them."""
        return self.shape.format == "table" and not self.shape.query and is_terminal(self.out)

    def rolling(self, columns: Sequence[Column], least: Mapping[str, int]) -> Callable[[Any], None]:
        """Return what shows a row of a table that grows; ``least`` are the widths that it begins with, by field."""
        from paycli.output.table import Rolling

        chosen = _chosen(self.shape.columns, columns) if self.shape.columns else columns
        table = Rolling(chosen, cast("TextIO", _Masked(self)), width=width_of(self.out), zone="UTC", least=least)

        def add(row: Any) -> None:
            table.add(self.masker.hide(self.masker.without(row)))
            self.out.flush()

        return add

    def write(self, text: str, *, covered: bool = False) -> None:
        """Write text to standard output, masked, and made harmless when it is a terminal."""
        masked = self.masker.mask(text, covered=covered)
        self.out.write(visible(masked) if is_terminal(self.out) else masked)

    def say(self, sentence: str) -> None:
        """Write a line to standard error; nobody being there to read it is no failure."""
        try:
            self.err.write(self.masker.mask(visible(sentence)) + "\n")
            self.err.flush()
        except OSError:
            pass

    def live(self, sentence: str, *, fresh: bool) -> None:
        """Show where something stands: on a terminal in one line that is written over, else once for each new word."""
        if not is_terminal(self.err) or os.environ.get("TERM") == "dumb":
            if fresh:
                self.say(sentence)
            return
        with contextlib.suppress(OSError):
            self.err.write(f"\r\x1b[K{self.masker.mask(visible(sentence))}")
            self.err.flush()

    def end_live(self) -> None:
        """End the line that was written over."""
        if is_terminal(self.err) and os.environ.get("TERM") != "dumb":
            with contextlib.suppress(OSError):
                self.err.write("\n")
                self.err.flush()

    def _form(self, data: Any, columns: Sequence[Column]) -> None:
        from paycli.output.forms import FORMS

        if self.shape.columns and self.shape.format in {"json", "ndjson", "yaml"}:
            data = _projected(data, columns)
        FORMS[self.shape.format](data, columns, self.write)

    def _table(self, data: Any, columns: Sequence[Column], view: View | None, zone: str) -> None:
        if not isinstance(data, Mapping | list | Iterator):
            from paycli.output.forms import bare

            self.write(bare(data).rstrip("\n") + "\n")
            return
        from paycli.output.forms import columns_of, inner_columns_of
        from paycli.output.table import print_object, print_rows

        out = cast("TextIO", _Masked(self))
        if isinstance(data, Mapping):
            data = self.masker.hide(data)
            print_object(data, columns or inner_columns_of(data), out, zone=zone)
            return
        for page in [self.masker.without(view.rows)] if view else _pages(data):
            # Before lines are folded, since afterwards a value may stand on two of them.
            rows = self.masker.hide(page)
            chosen = columns or columns_of(rows[0] if rows else {})
            print_rows(rows, chosen, out, width=width_of(self.out), zone=zone)
        for line in view.lines if view else ():
            self.write(f"{visible(line)}\n")


class _Masked:
    """Standard output for the table writer: every line goes through the masker."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.encoding = "utf-8"

    def write(self, text: str) -> int:
        self.screen.out.write(self.screen.masker.mask(text))
        return len(text)

    def flush(self) -> None:
        self.screen.out.flush()

    def isatty(self) -> bool:
        return is_terminal(self.screen.out)

    def fileno(self) -> int:
        return self.screen.out.fileno()


def choose_format(asked: str | None, environ: Mapping[str, str], *, terminal: bool) -> str:
    """Return the output format. Raises UsageProblem when PAYCLI_OUTPUT names none."""
    if asked:
        return asked
    if usual := environ.get("PAYCLI_OUTPUT"):
        if usual not in FORMATS:
            raise UsageProblem(
                "The variable PAYCLI_OUTPUT names no output format.", next_step=f"use one of {', '.join(FORMATS)}"
            )
        return usual
    return "table" if terminal else "json"


def is_terminal(stream: TextIO) -> bool:
    """Return whether a person may be looking at the stream."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def width_of(stream: TextIO) -> int | None:
    """Return the width of the terminal, or None where nothing needs to fit."""
    if not is_terminal(stream):
        return None
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None


def _pages(rows: list[Any] | Iterator[Any]) -> Iterator[list[Any]]:
    """Yield a list whole, and a stream in pages with a heading each, since widths need the rows before them."""
    if isinstance(rows, list):
        yield rows
        return
    while page := list(itertools.islice(rows, PAGE)):
        yield page


def _chosen(names: Sequence[str], declared: Sequence[Column]) -> tuple[Column, ...]:
    known = {column.field: column for column in declared}
    return tuple(replace(known[name], otherwise=None) if name in known else Column(name) for name in names)


def _projected(data: Any, columns: Sequence[Column]) -> Any:
    from paycli.output.cells import pick

    def project(row: Any) -> Any:
        return {column.field: pick(row, column.field) for column in columns}

    if isinstance(data, Iterator):
        return map(project, data)
    return [project(row) for row in data] if isinstance(data, list) else project(data)

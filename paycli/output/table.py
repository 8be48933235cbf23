"""Tables for people.

Identifiers are never cut off: when a table does not fit, they and sentences move below their row; when that does not
fit either, each row becomes a list of fields.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

from paycli.operations.columns import Column, Kind
from paycli.output.cells import cell
from paycli.output.styled import UNLIMITED, Text, cell_len
from paycli.output.styled import console as _console
from paycli.output.visible import one_line

GAP = 2
STYLES = {
    **dict.fromkeys(("success", "succeeded", "captured", "completed", "expiredandcaptured"), "green"),
    **dict.fromkeys(("failure", "failed", "rejected", "cancelledbymobilepay"), "red"),
    **dict.fromkeys(("pending", "init", "unknown", "sending", "reserved", "processing", "issuedtouser"), "yellow"),
    "held": "yellow",
    "live": "bold red",
}
BELOW = frozenset({Kind.ID, Kind.NOTE})

Row = list[str]


def print_rows(rows: Sequence[Any], columns: Sequence[Column], out: TextIO, *, width: int | None, zone: str) -> None:
    """Print rows as a table, as a table with identifiers below, or as lists of fields, whichever fits the width.

    Notes stand below their row, folded at the width.
    """
    if not rows:
        return
    shown = [[cell(row, column, zone) for column in columns] for row in rows]
    used = [index for index in range(len(columns)) if any(row[index] for row in shown)]
    beside = [index for index in used if columns[index].kind is not Kind.NOTES]
    below = [index for index in used if columns[index].kind is Kind.NOTES]
    limit = width or UNLIMITED
    console = _console(out)
    kept = [columns[index] for index in beside]
    for line in _laid_out([[row[index] for index in beside] for row in shown], kept, limit):
        if isinstance(line, int):
            told = [note for index in below for note in shown[line][index].split("\n") if note]
        elif isinstance(line, _Note):
            told = [line.plain]
        else:
            line.rstrip()
            console.print(line, soft_wrap=True)
            continue
        for folded in (folded for note in told for folded in fold(note, limit - GAP)):
            console.print(Text(" " * GAP + folded), soft_wrap=True)


def fold(text: str, width: int) -> list[str]:
    """Return a text in lines of a width, broken between words; a longer word stays whole."""
    if cell_len(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and cell_len(lines[-1]) + 1 + cell_len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def aligned(texts: Sequence[str], *, right: bool = False) -> list[str]:
    """Return texts filled up with spaces to the width of the widest, as a terminal measures it."""
    widest = max(map(cell_len, texts), default=0)
    filled = [(text, " " * (widest - cell_len(text))) for text in texts]
    return [space + text if right else text + space for text, space in filled]


def _laid_out(rows: Sequence[Row], columns: Sequence[Column], limit: int) -> list[Text | int]:
    """Return the lines of the first layout that fits, with the number of each row behind its lines."""
    for layout in (_wide, _identifiers_below):
        lines = list(layout(rows, columns))
        if all(isinstance(line, int | _Note) or line.cell_len <= limit for line in lines):
            return lines
    return [line for number, row in enumerate(rows) for line in _apart(number, row, columns)]


def _apart(number: int, row: Row, columns: Sequence[Column]) -> list[Text | int]:
    return [*([Text()] if number else []), *_fields(row, columns), number]


class Rolling:
    """A table whose rows are printed as they come, identifiers below each; columns never become narrower.

    ``least`` is how wide columns are from the beginning, by field. A row that does not fit becomes a list of fields.
    """

    def __init__(
        self, columns: Sequence[Column], out: TextIO, *, width: int | None, zone: str, least: Mapping[str, int]
    ) -> None:
        self.columns = columns
        self.above = [index for index, column in enumerate(columns) if column.kind not in BELOW]
        self.widths = [max(least.get(column.field, 0), cell_len(_title(column))) for column in columns]
        self.console = _console(out)
        self.limit = width or UNLIMITED
        self.zone = zone
        self.headed = False

    def add(self, row: Any) -> None:
        """Print a row, with the heading before the first."""
        texts = [cell(row, column, self.zone) for column in self.columns]
        self.widths = [max(width, cell_len(text)) for width, text in zip(self.widths, texts, strict=True)]
        if self._line([""] * len(texts)).cell_len > self.limit:
            used = [(text, column) for text, column in zip(texts, self.columns, strict=True) if text]
            lines = [*_fields([text for text, _ in used], [column for _, column in used]), Text()]
        else:
            heading = [] if self.headed else [self._line([_title(column) for column in self.columns], "bold")]
            lines = [*heading, self._line(texts), *_below(texts, self.columns)]
            self.headed = True
        for line in lines:
            line.rstrip()
            self.console.print(line, soft_wrap=True)

    def _line(self, texts: Sequence[str], style: str | None = None) -> Text:
        columns = [self.columns[index] for index in self.above]
        shown = [texts[index] for index in self.above]
        cells = [
            (text, _style(text, column) if style is None else style)
            for text, column in zip(shown, columns, strict=True)
        ]
        return _line(cells, [self.widths[index] for index in self.above], columns)


def print_object(data: Any, columns: Sequence[Column], out: TextIO, *, zone: str) -> None:
    """Print one thing as a list of its fields."""
    shown = [(column, cell(data, column, zone)) for column in columns]
    used = [(column, text) for column, text in shown if text]
    console = _console(out)
    for line in _fields([text for _, text in used], [column for column, _ in used]):
        console.print(line, soft_wrap=True)


def _wide(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[Text | int]:
    widths = [
        max(cell_len(text) for text in [_title(column), *(row[index] for row in rows)])
        for index, column in enumerate(columns)
    ]
    yield _line([(_title(column), "bold") for column in columns], widths, columns)
    for number, row in enumerate(rows):
        yield _line([(text, _style(text, column)) for text, column in zip(row, columns, strict=True)], widths, columns)
        yield number


class _Note(Text):
    """A sentence below its row, which is folded at the width."""


def _identifiers_below(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[Text | int]:
    above = [index for index, column in enumerate(columns) if column.kind not in BELOW]
    for line in _wide([[row[index] for index in above] for row in rows], [columns[index] for index in above]):
        if isinstance(line, int):
            yield from _below(rows[line], columns)
        yield line


def _below(row: Row, columns: Sequence[Column]) -> Iterator[Text]:
    for text, column in zip(row, columns, strict=True):
        if column.kind is Kind.ID and text:
            yield Text(f"  {_title(column)} {text}")
        elif column.kind is Kind.NOTE and text:
            yield _Note(text)


def _fields(row: Row, columns: Sequence[Column]) -> Iterator[Text]:
    width = max((cell_len(_title(column)) for column in columns), default=0)
    for text, column in zip(row, columns, strict=True):
        label = _title(column) + " " * (width - cell_len(_title(column)) + GAP)
        yield Text.assemble((label, "bold"), (text, _style(text, column)))


def _line(cells: Sequence[tuple[str, str]], widths: Sequence[int], columns: Sequence[Column]) -> Text:
    line = Text()
    for (text, style), width, column in zip(cells, widths, columns, strict=True):
        padding = " " * (width - cell_len(text))
        numeric = column.kind in {Kind.MONEY, Kind.MINOR}
        line.append(padding if numeric else "")
        line.append(text, style)
        line.append(("" if numeric else padding) + " " * GAP)
    return line


def _title(column: Column) -> str:
    """Return a heading, which may be a name that came in an answer."""
    return one_line(column.title)


def _style(text: str, column: Column) -> str:
    return STYLES.get(text.lower(), "") if column.kind is Kind.STATUS else ""

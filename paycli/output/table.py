"""Tables for people.

Identifiers are never cut off: when a table does not fit, they and sentences move below their row; when that does not
fit either, each row becomes a list of fields.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from paycli.operations.columns import Column, Kind
from paycli.output.cells import cell
from paycli.output.styled import UNLIMITED, Text, cell_len
from paycli.output.styled import console as _console

GAP = 2
STYLES = {
    "success": "green",
    "failure": "red",
    "failed": "red",
    "pending": "yellow",
    "init": "yellow",
    "live": "bold red",
}

Row = list[str]


def print_rows(rows: Sequence[Any], columns: Sequence[Column], out: TextIO, *, width: int | None, zone: str) -> None:
    """Print rows as a table, as a table with identifiers below, or as lists of fields, whichever fits the width."""
    if not rows:
        return
    shown = [[cell(row, column, zone) for column in columns] for row in rows]
    used = [index for index in range(len(columns)) if any(row[index] for row in shown)]
    columns = [columns[index] for index in used]
    shown = [[row[index] for index in used] for row in shown]
    console = _console(out)
    limit = width or UNLIMITED
    for layout in (_wide, _identifiers_below):
        lines = list(layout(shown, columns))
        if all(line.cell_len <= limit or isinstance(line, _Note) for line in lines):
            break
    else:
        lines = [line for row in shown for line in [*_fields(row, columns), Text()]][:-1]
    for line in lines:
        line.rstrip()
        console.print(line, soft_wrap=True)


def print_object(data: Any, columns: Sequence[Column], out: TextIO, *, zone: str) -> None:
    """Print one thing as a list of its fields."""
    shown = [(column, cell(data, column, zone)) for column in columns]
    used = [(column, text) for column, text in shown if text]
    console = _console(out)
    for line in _fields([text for _, text in used], [column for column, _ in used]):
        console.print(line, soft_wrap=True)


def _wide(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[Text]:
    widths = [
        max(cell_len(text) for text in [column.title, *(row[index] for row in rows)])
        for index, column in enumerate(columns)
    ]
    yield _line([(column.title, "bold") for column in columns], widths, columns)
    for row in rows:
        yield _line([(text, _style(text, column)) for text, column in zip(row, columns, strict=True)], widths, columns)


class _Note(Text):
    """A sentence below its row, which the terminal may break."""


def _identifiers_below(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[Text]:
    above = [index for index, column in enumerate(columns) if column.kind not in {Kind.ID, Kind.NOTE}]
    lines = _wide([[row[index] for index in above] for row in rows], [columns[index] for index in above])
    yield next(lines)
    for row, line in zip(rows, lines, strict=True):
        yield line
        for index, column in enumerate(columns):
            if column.kind is Kind.ID and row[index]:
                yield Text(f"  {column.title} {row[index]}")
            elif column.kind is Kind.NOTE and row[index]:
                yield _Note(f"  {row[index]}")


def _fields(row: Row, columns: Sequence[Column]) -> Iterator[Text]:
    width = max((cell_len(column.title) for column in columns), default=0)
    for text, column in zip(row, columns, strict=True):
        label = column.title + " " * (width - cell_len(column.title) + GAP)
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


def _style(text: str, column: Column) -> str:
    return STYLES.get(text, "") if column.kind is Kind.STATUS else ""

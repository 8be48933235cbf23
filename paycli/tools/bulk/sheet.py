"""A CSV file as lines of cells, and the problems that are found in it: all of them, not the first."""

import csv
import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from paycli.errors import UsageProblem
from paycli.values import dataclass

DELIMITERS = (",", ";", "\t")
MOST_TOLD = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Line:
    """One row: the number of the line on which it begins, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The header and the rows below it; blank lines are left out."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where."""

    line: int
    sentence: str
    column: str | None = None

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}" if self.column else f"line {self.line}"
        return f"{where}: {self.sentence}"


def refuse(name: str, problems: Sequence[Problem]) -> NoReturn:
    """Raise UsageProblem with the problems of a file, the first ones if there are many."""
    told = [str(problem) for problem in sorted(problems, key=lambda problem: problem.line)]
    rest = [f"and {len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
    count = f"{len(told)} things are" if len(told) > 1 else "something is"
    lines = "\n       ".join([*told[:MOST_TOLD], *rest])
    raise UsageProblem(
        f"{name}: {count} wrong, and nothing was sent:\n       {lines}",
        next_step="mend the file and run the same command again",
    )


def read_content(name: str) -> bytes:
    """Return the content of a file, ``-`` being standard input. Raises UsageProblem."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as problem:
        raise UsageProblem(f"{name} cannot be read: {problem.strerror}.") from None


def read_sheet(name: str, content: bytes) -> Sheet:
    """Return the sheet that a file holds. Raises UsageProblem for what is no CSV in UTF-8 with a header.

    Columns are separated by commas or, as the header shows, by semicolons or tabulators.
    """
    text = _decoded(name, content)
    header = text.lstrip("\r\n").partition("\n")[0]
    delimiter = next((mark for mark in DELIMITERS if mark in header), ",")
    lines = list(_lines(name, text, delimiter))
    if not lines:
        raise UsageProblem(f"{name} is empty.", next_step="its first line names the columns, such as order_id,amount")
    columns = tuple(cell.strip() for cell in lines[0].cells)
    wrong = [
        Problem(line.number, f"it has {len(line.cells)} cells, and the header names {len(columns)} columns")
        for line in lines[1:]
        if len(line.cells) != len(columns)
    ]
    wrong += [Problem(lines[0].number, "a column has no name") for column in columns if not column]
    wrong += [
        Problem(line.number, "it holds a control character", column)
        for line in lines[1:]
        for column, cell in zip(columns, line.cells, strict=False)
        if _CONTROL.search(cell)
    ]
    if wrong:
        refuse(name, wrong)
    if not lines[1:]:
        raise UsageProblem(f"{name} has a header and no rows.")
    return Sheet(columns, tuple(lines[1:]))


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        refuse(name, [Problem(line, "it is not UTF-8 text; save the file as CSV UTF-8")])


def _lines(name: str, text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            refuse(name, [Problem(begun, f"it is no CSV ({problem})")])
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Line(begun, tuple(cells))
        begun = reader.line_num + 1

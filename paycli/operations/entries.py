"""Bodies of entries, such as a batch of payments: rows of CSV or JSON with the provider's field names.

Everything that is wrong is told at once, each with its line and column, and never with a card number.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from paycli.operations.money import parse_amount
from paycli.operations.scan import holds_card_number
from paycli.operations.wire import NotJson, decode
from paycli.values import dataclass

MOST_TOLD = 20
SMALLEST = Decimal("0.01")
CARD = "it holds what looks like a card number"
JSON_BEGINS = (b"[", b"{")


@dataclass(frozen=True)
class Field:
    """One column: its name at the provider, what checks a cell's text, and whether a cell may be empty.

    ``number`` says that JSON may hold it as a number.
    """

    name: str
    parse: Callable[[str], Any]
    needed: bool = True
    number: bool = False


@dataclass(frozen=True)
class Entries(Sequence[Mapping[str, Any]]):
    """The entries of a file, in its order."""

    rows: tuple[Mapping[str, Any], ...]

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return f"{len(self)} entries"

    @property
    def total(self) -> Decimal:
        """What the amounts make together, exactly; zero where none are held."""
        return sum((row["amount"] for row in self.rows if "amount" in row), Decimal(0))


def amount(text: str) -> Decimal:
    """Return an amount of a cell: 0.01 or more, at most two decimals, in major units. Raises ValueError."""
    found = parse_amount(text)
    if found < SMALLEST or found != found.quantize(SMALLEST):
        raise ValueError(f"{text!r} is not an amount of 0.01 or more with at most two decimals")
    return found


def reader(*fields: Field, key: str) -> Callable[[bytes], Entries]:
    """Return what reads a file's content: CSV with a heading, a JSON array of objects, or an object with it as ``key``.

    It raises ValueError with a sentence that names every bad cell.
    """

    def read(content: bytes) -> Entries:
        text = _text(content)
        rows = _json_rows(content, key) if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(JSON_BEGINS) else None
        problems: list[str] = []
        found = tuple(_checked(_csv_rows(text, fields, problems) if rows is None else rows, fields, problems))
        if problems:
            more = [f"and {len(problems) - MOST_TOLD} more"] if len(problems) > MOST_TOLD else []
            raise ValueError("; ".join([*problems[:MOST_TOLD], *more]))
        if not found:
            raise ValueError("it holds no entries")
        return Entries(found)

    return read


Place = Callable[[str], str]
Cells = Mapping[str, Any]


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text") from None


def _csv_rows(text: str, fields: Sequence[Field], problems: list[str]) -> Iterator[tuple[Place, Cells]]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    heading: list[str] | None = None
    before = 0
    try:
        for cells in lines:
            line, before = before + 1, lines.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if heading is None:
                heading = _heading([cell.strip() for cell in cells], fields)
            elif len(cells) > len(heading):
                problems.append(f"line {line}: it has {len(cells)} cells and the heading {len(heading)}")
            else:
                yield _line(line), dict(zip(heading, cells, strict=False))
    except csv.Error as problem:
        raise ValueError(f"line {lines.line_num}: it is no CSV ({problem})") from None


def _line(number: int) -> Place:
    return lambda name: f"line {number}, column {name}"


def _heading(cells: list[str], fields: Sequence[Field]) -> list[str]:
    known = [field.name for field in fields]
    missing = [field.name for field in fields if field.needed and field.name not in cells]
    if missing or len(set(cells)) < len(cells) or not set(cells) <= set(known):
        raise ValueError(f"line 1: the heading names the columns {', '.join(known)}, each once")
    return cells


def _json_rows(content: bytes, key: str) -> Iterator[tuple[Place, Cells]]:
    try:
        found = decode(content)
    except NotJson as problem:
        raise ValueError(f"it is {problem}") from None
    if isinstance(found, Mapping) and set(found) == {key}:
        found = found[key]
    if not isinstance(found, list):
        raise ValueError(f"it is neither a JSON array nor an object with {key} alone")  # noqa: TRY004 the file is wrong
    return ((_entry(number), _mapping(number, row)) for number, row in enumerate(found, 1))


def _entry(number: int) -> Place:
    return lambda name: f"entry {number}, field {name}"


def _mapping(number: int, row: Any) -> Cells:
    if not isinstance(row, Mapping):
        raise ValueError(f"entry {number}: it is no JSON object")  # noqa: TRY004 the file is wrong
    return row


def _checked(
    rows: Iterator[tuple[Place, Cells]], fields: Sequence[Field], problems: list[str]
) -> Iterator[Mapping[str, Any]]:
    known = {field.name for field in fields}
    for place, cells in rows:
        problems += [f"{place(name)}: there is no such field" for name in cells if name not in known]
        entry: dict[str, Any] = {}
        for field in fields:
            try:
                value = _cell(field, cells.get(field.name))
            except ValueError as problem:
                problems.append(f"{place(field.name)}: {problem}")
                continue
            if value is not None:
                entry[field.name] = value
        yield entry


def _cell(field: Field, value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        if field.needed:
            raise ValueError("it is empty")
        return None
    text = _words(field, value)
    if holds_card_number(text):
        raise ValueError(CARD)
    return field.parse(text)


def _words(field: Field, value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if field.number and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    raise ValueError("it is no number" if field.number else "it is no text")

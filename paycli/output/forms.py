"""The forms for machines: JSON, lines of JSON, CSV, YAML and bare identifiers; rows are written as they come."""

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from paycli.errors import UsageProblem
from paycli.operations.bunches import Bunch, bunches_of
from paycli.operations.columns import Column, Kind
from paycli.operations.wire import encode, pretty
from paycli.output.cells import value_of


class Write(Protocol):
    """Writes text, in which every field that is never shown may be covered already."""

    def __call__(self, text: str, *, covered: bool = False) -> None:
        """Write it."""


def write_json(data: Any, columns: Sequence[Column], write: Write) -> None:  # noqa: ARG001 one signature for all forms
    """Write one JSON document; a stream of rows becomes one array."""
    if isinstance(data, Iterator):
        lead = "[\n"
        for row in data:
            write(lead + _indented(row))
            lead = ",\n"
        write("[]\n" if lead == "[\n" else "\n]\n")
    else:
        write(pretty(data) + "\n")


def write_ndjson(data: Any, columns: Sequence[Column], write: Write) -> None:  # noqa: ARG001 one signature for all forms
    """Write one row of compact JSON a line; what came as a line is written as it came."""
    for bunch in _bunches(data):
        if bunch.texts:
            write(bunch.lines(), covered=True)
        else:
            for row in bunch:
                write(encode(row).decode() + "\n")


def write_csv(data: Any, columns: Sequence[Column], write: Write) -> None:
    """Write the declared columns with a heading; nested cells are compact JSON, money and its currency two columns."""
    sheet = None
    for bunch in _bunches(data):
        if sheet is None:
            sheet = Sheet(columns or columns_of(bunch[0]))
            write(sheet.heading)
        if bunch.texts:
            write(sheet.lines(bunch), covered=True)
        else:
            for row in bunch:
                write(sheet.lines([row]))
    if sheet is None and columns:
        write(Sheet(columns).heading)


class Sheet:
    """Rows as lines of CSV."""

    def __init__(self, columns: Sequence[Column]) -> None:
        fields = _csv_columns(columns)
        self.heading = _csv([[name for name, _ in fields]])
        self.columns = [column for _, column in fields]
        self.names = [column.field for column in self.columns]
        # Columns that are nothing but a field of the row.
        self.simple = not any(column.otherwise or "." in column.field or not column.field for column in self.columns)

    def lines(self, rows: Iterable[Any]) -> str:
        """Return the rows' lines."""
        return _csv(map(self._cells, rows))

    def _cells(self, row: Any) -> list[Any]:
        if self.simple and type(row) is dict:
            cells = list(map(row.get, self.names))
            plain = _WRITTEN_BARE.issuperset(map(type, cells))
            return cells if plain else list(map(bare, cells))
        return [bare(value_of(row, column)) for column in self.columns]


# What the writer of CSV writes as it is written bare; nothing for None.
_WRITTEN_BARE = {str, int, Decimal, type(None)}


def _csv(lines: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def write_yaml(data: Any, columns: Sequence[Column], write: Write) -> None:  # noqa: ARG001 one signature for all forms
    """Write YAML with numbers as they came; rows of a list as they come."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Knows exact decimals, and indents lists as people do."""

    Dumper.add_representer(
        Decimal, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", str(number))
    )

    def dump(value: Any) -> str:
        text: str = yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=sys.maxsize)
        return text.removesuffix("...\n")

    if not isinstance(data, list | Iterator):
        write(dump(data))
        return
    empty = True
    for row in data:
        write(dump([row]))
        empty = False
    if empty:
        write("[]\n")


def write_ids(data: Any, columns: Sequence[Column], write: Write) -> None:
    """Write the declared identifier, one a line; raises UsageProblem where none is declared."""
    primary = next((column for column in columns if column.primary), None)
    for row in _rows(data):
        if not isinstance(row, Mapping):
            write(bare(row) + "\n")
            continue
        if primary is None:
            raise UsageProblem("This command has no identifier to print.", next_step="use -o json, or --query")
        write(bare(value_of(row, primary)) + "\n")


FORMS: Mapping[str, Callable[[Any, Sequence[Column], Write], None]] = {
    "json": write_json,
    "ndjson": write_ndjson,
    "csv": write_csv,
    "yaml": write_yaml,
    "id": write_ids,
}


def bare(value: Any) -> str:
    """Return a value as machines read it: numbers as they came, nothing for null, compact JSON for what is nested."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return encode(value).decode()


def columns_of(row: Any) -> list[Column]:
    """Return plain columns for the fields of a row that has no declared ones."""
    return [Column(str(name)) for name in row] if isinstance(row, Mapping) else [Column("")]


def inner_columns_of(row: Mapping[str, Any]) -> list[Column]:
    """Return plain columns for the fields of an object, and for those of the objects right inside it."""
    return [
        Column(f"{name}.{inner}") if inner else Column(str(name))
        for name, value in row.items()
        for inner in (value if isinstance(value, Mapping) and value else [""])
    ]


def _csv_columns(columns: Sequence[Column]) -> list[tuple[str, Column]]:
    found: dict[str, Column] = {}
    for column in columns:
        found.setdefault(column.field or "value", column)
        if column.kind is Kind.MONEY and column.currency:
            found.setdefault(column.currency, Column(column.currency))
    return list(found.items())


def _rows(data: Any) -> Iterable[Any]:
    return data if isinstance(data, list | Iterator) else [data]


def _bunches(data: Any) -> Iterator[Bunch]:
    return bunches_of(iter(_rows(data)))


def _indented(row: Any) -> str:
    return "\n".join(f"  {line}" for line in pretty(row).split("\n"))

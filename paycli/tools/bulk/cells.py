"""The cells of a row as what a user would have typed: parsed by the very command, with the very messages."""

import difflib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from typer import BadParameter
from typer.core import TyperArgument
from typer.exceptions import TyperException

from paycli.commands.build import CARD_NUMBER, OperationCommand
from paycli.commands.shared import PREFIX
from paycli.errors import RefusedHere, UsageProblem
from paycli.operations.params import Argument, Hidden, Option
from paycli.operations.scan import holds_card_number
from paycli.tools.bulk.sheet import Line, Problem, Sheet, refuse
from paycli.values import dataclass

OF_A_ROW = ("request_id", "reason")
FROM_STANDARD_INPUT = "a cell cannot name standard input; name a file"


@dataclass(frozen=True)
class TypedRow:
    """A row as it was typed: its cells as text, and what the command's parameters got."""

    line: int
    cells: Mapping[str, str]
    typed: Mapping[str, Any]
    given: Mapping[str, Any]
    request_id: str | None
    reason: str | None


class Cells:
    """Which column is which parameter of a command."""

    def __init__(self, command: OperationCommand) -> None:
        self.command = command
        self.context = command.make_context(command.name, [], resilient_parsing=True)
        files = {name for name, marker in _markers(command) if _is_file(marker)}
        self.files = frozenset(files)
        self.columns = dict(_columns(command))

    def rows(self, name: str, sheet: Sheet, *, carried: bool) -> tuple[list[TypedRow], list[Problem]]:
        """Return the rows that can be parsed, and every bad cell of the others. Raises UsageProblem for a bad header.

        Where columns may be ``carried`` along, those that the command does not know are kept as they are.
        """
        wrong = [] if carried else [Problem(1, self._unknown(column)) for column in self._strange(sheet)]
        wrong += self._doubled(sheet)
        if wrong:
            refuse(name, wrong)
        found, wrong = [], []
        for line in sheet.lines:
            row, problems = self._row(sheet, line)
            wrong += problems
            found += [] if problems else [row]
        return found, wrong

    def _strange(self, sheet: Sheet) -> list[str]:
        return [column for column in sheet.columns if column not in self.columns]

    def _unknown(self, column: str) -> str:
        close = difflib.get_close_matches(column, self.columns, 1)
        hint = f"; did you mean {close[0]}?" if close else f"; it has {', '.join(self.columns)}"
        return f"{self.command.operation.name} has no {column!r}{hint}"

    def _doubled(self, sheet: Sheet) -> Iterator[Problem]:
        for column in dict.fromkeys(sheet.columns):
            many = column in self.columns and _takes_many(self.columns[column])
            if sheet.columns.count(column) > 1 and not many:
                yield Problem(1, f"the column {column!r} is there twice")

    def _row(self, sheet: Sheet, line: Line) -> tuple[TypedRow, list[Problem]]:
        texts: dict[str, list[str]] = {}
        for column, cell in zip(sheet.columns, line.cells, strict=True):
            texts.setdefault(column, []).extend([cell.strip()] if cell.strip() else [])
        values: dict[str, Any] = {}
        wrong = [
            Problem(line.number, CARD_NUMBER, column)
            for column, cells in texts.items()
            if column not in self.columns and any(map(holds_card_number, cells))
        ]
        for column, parameter in self.columns.items():
            try:
                values[column] = self._value(parameter, texts.get(column, []))
            except TyperException as problem:
                told = problem.message if isinstance(problem, BadParameter) and problem.message else "it is required"
                wrong.append(Problem(line.number, told.rstrip("."), column if column in texts else None))
                if column not in texts:
                    wrong[-1] = Problem(line.number, f"{column} is required, and there is no such column")
        typed = {parameter.name: values.get(column) for column, parameter in self.columns.items()}
        given = {column: values[column] for column in values if texts.get(column) and column not in OF_A_ROW}
        cells = dict(zip(sheet.columns, line.cells, strict=True))
        row = TypedRow(line.number, cells, typed, given, values.get("request_id"), values.get("reason"))
        return row, wrong

    def _value(self, parameter: Any, texts: list[str]) -> Any:
        if parameter.name in self.files and "-" in texts:
            raise BadParameter(FROM_STANDARD_INPUT)
        if _takes_many(parameter):
            return parameter.process_value(self.context, tuple(texts) if texts else None)
        if getattr(parameter, "is_flag", False) and not texts:
            return False
        return parameter.process_value(self.context, texts[0] if texts else None)


def canonical(value: Any) -> Any:
    """Return a value so that equal ones are equal as text: 12.5 is 12.50."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Mapping):
        return {str(name): canonical(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    return value if isinstance(value, bool | int) or value is None else str(value)


def refuse_what_bulk_cannot(command: OperationCommand) -> None:
    """Raise UsageProblem for a command that needs a person, a file or a hidden value for each run.

    Raises RefusedHere for one that takes card data, which no file may hold.
    """
    operation = command.operation
    if operation.card_data:
        raise RefusedHere(
            f"{operation.name} takes card data, which no file holds; it does not run in bulk.",
            next_step="run it once for each",
            money="Nothing was sent.",
        )
    hidden = [item.name for item in command.declared if isinstance(item.marker, Hidden) and item.required]
    why = None
    if operation.sign_in:
        why = "signs in"
    elif operation.saved or operation.link:
        why = "saves a file"
    elif hidden and not any(getattr(item.marker, "plain", None) for item in command.declared):
        why = f"asks for what is never typed ({', '.join(hidden)})"
    if why:
        raise UsageProblem(f"{operation.name} {why}; it does not run in bulk.", next_step="run it once for each")


def _columns(command: OperationCommand) -> Iterator[tuple[str, Any]]:
    switches = {name for _, marker in _markers(command) if isinstance(marker, Hidden) for name in _switches(marker)}
    for parameter in command.params:
        name = str(parameter.name)
        if isinstance(parameter, TyperArgument):
            yield str(parameter.metavar).lower(), parameter
        elif name.startswith(PREFIX):
            if name.removeprefix(PREFIX) in OF_A_ROW:
                yield name.removeprefix(PREFIX), parameter
        elif name not in switches:
            yield max(parameter.opts, key=len).lstrip("-").replace("-", "_"), parameter


def _switches(marker: Hidden) -> Iterator[str]:
    """Yield the options of a hidden value that no cell can hold."""
    yield f"{marker.name}_stdin"
    if not marker.plain:
        yield marker.name


def _markers(command: OperationCommand) -> Iterator[tuple[str, Any]]:
    for item in command.declared:
        yield item.name, item.marker
        yield from getattr(item.marker, "options", {}).items()


def _is_file(marker: Any) -> bool:
    if isinstance(marker, Argument):
        return marker.content is not None
    return isinstance(marker, Option) and (marker.json_file or marker.base64_file)


def _takes_many(parameter: Any) -> bool:
    return bool(getattr(parameter, "multiple", False)) or parameter.nargs == -1


def column_of(message: str, row: TypedRow) -> str | None:
    """Return the column whose option a message of the command names."""
    return next((name for name in row.cells if f"'--{name.replace('_', '-')}'" in message), None)


def build_problem(row: TypedRow, problem: UsageProblem | ValueError) -> Problem:
    """Return what building a row's values says against it, as a problem of the row."""
    message = problem.message if isinstance(problem, UsageProblem) else str(problem)
    column = column_of(message, row)
    told = message.partition("': ")[2] if column else message
    return Problem(row.line, told.rstrip("."), column)

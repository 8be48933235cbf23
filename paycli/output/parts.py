"""What is shown to a person in several parts: texts, the fields of one thing, tables; an empty line between them."""

from collections.abc import Callable, Sequence
from typing import Any, TextIO

from paycli.operations.columns import Column
from paycli.output.styled import UNLIMITED
from paycli.output.table import fold, print_object, print_rows
from paycli.output.visible import one_line
from paycli.values import dataclass, replace

Hide = Callable[[Any], Any]
"""Returns data without what must not be shown."""


@dataclass(frozen=True)
class Lines:
    """Sentences, one below the other, each folded at the width; what is indented is to be typed, and stays whole."""

    lines: tuple[str, ...]

    def hidden(self, hide: Hide) -> "Lines":
        """Return them without what must not be shown, before they are folded."""
        return Lines(tuple(hide(list(self.lines))))

    def print(self, out: TextIO, *, width: int | None, zone: str) -> None:
        """Write them."""
        del zone
        for line in self.lines:
            told = one_line(line)
            whole = told.startswith(" ")
            out.write("".join(f"{one}\n" for one in ([told] if whole else fold(told, width or UNLIMITED))))


@dataclass(frozen=True)
class Fields:
    """One thing as a list of its fields."""

    data: dict[str, Any]
    columns: tuple[Column, ...]

    def hidden(self, hide: Hide) -> "Fields":
        """Return it without what must not be shown."""
        return replace(self, data=hide(self.data))

    def print(self, out: TextIO, *, width: int | None, zone: str) -> None:
        """Write them; nothing is cut off."""
        del width
        print_object(self.data, self.columns, out, zone=zone)


@dataclass(frozen=True)
class Table:
    """Rows below a title."""

    rows: list[dict[str, Any]]
    columns: tuple[Column, ...]
    title: str = ""

    def hidden(self, hide: Hide) -> "Table":
        """Return it without what must not be shown."""
        return replace(self, rows=hide(self.rows))

    def print(self, out: TextIO, *, width: int | None, zone: str) -> None:
        """Write it as wide as there is room."""
        if self.title:
            out.write(f"{self.title}\n")
        print_rows(self.rows, self.columns, out, width=width, zone=zone)


Part = Lines | Fields | Table


def print_parts(parts: Sequence[Part], out: TextIO, *, width: int | None, zone: str) -> None:
    """Write the parts that hold anything."""
    for position, part in enumerate(parts):
        if position:
            out.write("\n")
        part.print(out, width=width, zone=zone)

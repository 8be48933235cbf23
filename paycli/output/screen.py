"""The two streams: data on standard output in the chosen form, sentences on standard error."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO, cast

from paycli.errors import UsageProblem
from paycli.operations.columns import Column
from paycli.operations.operation import View
from paycli.output.masking import Masker
from paycli.output.visible import visible

FORMATS = ("table", "json")


@dataclass
class Screen:
    """What the user sees. ``format`` is one of FORMATS; ``zone`` is that of timestamps which carry none."""

    format: str
    out: TextIO
    err: TextIO
    masker: Masker = field(default_factory=Masker)
    verbosity: int = 0

    def show(self, data: Any, columns: Sequence[Column], view: View | None = None, zone: str = "UTC") -> None:
        """Write an answer to standard output. Raises OSError when it cannot be written."""
        if self.format == "json":
            from paycli.operations.wire import pretty

            self.write(pretty(data) + "\n")
        elif isinstance(data, str):
            self.write(data.rstrip("\n") + "\n")
        else:
            self._table(data, columns, view, zone)
        self.out.flush()

    def write(self, text: str) -> None:
        """Write text to standard output, masked, and made harmless when it is a terminal."""
        masked = self.masker.mask(text)
        self.out.write(visible(masked) if self.out.isatty() else masked)

    def say(self, sentence: str) -> None:
        """Write a line to standard error; nobody being there to read it is no failure."""
        try:
            self.err.write(self.masker.mask(visible(sentence)) + "\n")
            self.err.flush()
        except OSError:
            pass

    def _table(self, data: Any, columns: Sequence[Column], view: View | None, zone: str) -> None:
        from paycli.output.table import print_object, print_rows

        out = cast("TextIO", _Masked(self))
        if isinstance(data, Mapping):
            print_object(data, columns or _columns_of(data), out, zone=zone)
            return
        rows = view.rows if view else data
        chosen = columns or _columns_of(rows[0] if rows else {})
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
        return self.screen.out.isatty()

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


def _columns_of(row: Any) -> list[Column]:
    return [Column(str(name)) for name in row] if isinstance(row, Mapping) else []

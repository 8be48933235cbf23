"""Styled lines, and the only module that imports rich: where no colour can be seen, lines are written as they are."""

import os
from typing import Any, Protocol, TextIO

UNLIMITED = 100_000


class Text:
    """A line in pieces, each with its style, such as ``bold red``."""

    def __init__(self, text: str = "", style: str = "") -> None:
        self.pieces = [(text, style)] if text else []

    @classmethod
    def assemble(cls, *pieces: tuple[str, str]) -> "Text":
        """Return a line of these pieces."""
        made = cls()
        made.pieces = list(pieces)
        return made

    def append(self, text: str, style: str = "") -> None:
        """Add a piece at the end."""
        self.pieces.append((text, style))

    def rstrip(self) -> None:
        """Remove the space at the end."""
        while self.pieces:
            text, style = self.pieces.pop()
            if kept := text.rstrip():
                self.pieces.append((kept, style))
                return

    @property
    def plain(self) -> str:
        """The text without its styles."""
        return "".join([text for text, _ in self.pieces])

    @property
    def cell_len(self) -> int:
        """How many cells of a terminal it takes."""
        return cell_len(self.plain)


class Console(Protocol):
    """Something that prints lines; with ``soft_wrap`` a long one is left to the terminal."""

    def print(self, line: Text, *, soft_wrap: bool) -> None:
        """Print a line."""


def cell_len(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len as measured

    return measured(text)


def console(out: TextIO) -> Console:
    """Return what prints lines there, in colour where they can be seen and nobody said NO_COLOR."""
    return _Coloured(out) if _shows_colours(out) else _Plain(out)


def _shows_colours(out: TextIO) -> bool:
    # NO_COLOR alone would leave rich's bold text, which some terminals show as a colour.
    if os.environ.get("NO_COLOR"):
        return False
    return out.isatty() or bool(os.environ.get("FORCE_COLOR")) or os.environ.get("TTY_COMPATIBLE") == "1"


class _Plain:
    def __init__(self, out: TextIO) -> None:
        self.out = out

    def print(self, line: Text, *, soft_wrap: bool) -> None:
        del soft_wrap
        self.out.write(f"{line.plain}\n")


class _Coloured:
    def __init__(self, out: TextIO) -> None:
        import rich.console

        class Console(rich.console.Console):
            """A console that leaves it to others what a closed pipe means; rich would end the process with 1."""

            def on_broken_pipe(self) -> None:
                """Raise it again."""
                raise  # noqa: PLE0704 rich calls this while it handles the error

        self.inner = Console(file=out, highlight=False, markup=False, emoji=False, force_jupyter=False, width=UNLIMITED)

    def print(self, line: Text, *, soft_wrap: bool) -> None:
        import rich.text

        pieces: list[Any] = list(line.pieces)
        self.inner.print(rich.text.Text.assemble(*pieces), soft_wrap=soft_wrap)

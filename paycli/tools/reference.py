"""The reference of every command: ``python -m paycli.tools.reference`` writes it into the project's folder."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from paycli.cli import root
from paycli.commands.groups import LazyGroup
from paycli.commands.shared import CHANGES, EVERY, FILES, LISTS, QR, WAITS
from paycli.operations.params import Option

FILE = Path(__file__).parent.parent / "reference.md"
WIDTH = 80
HEAD = """\
# Every command of paycli

Made from the commands' own help by `python -m paycli.tools.reference`; a test holds it to the code. Options that mean
the same everywhere are told once, here; a command's text names those that it has.
"""
TOLD_ONCE = {
    "Of every provider command": EVERY,
    "Of every list": LISTS,
    "Of every change": CHANGES,
    "Of what is finished later": WAITS,
    "Of what is saved": FILES,
    "Of a QR code": QR,
}
SHARED = re.compile(r"^Options of every command:\n((?:  .*\n?)+)", re.MULTILINE)
FLAG = re.compile(r"^  (?:-\w, )?(--[\w-]+)", re.MULTILINE)


def reference() -> str:
    """Return the help of all commands, in the order in which they are listed, as Markdown."""
    once = "".join(f"\n{title}:\n\n{_listed(options)}" for title, options in TOLD_ONCE.items())
    return HEAD + once + "".join(_sections(root(), "paycli"))


def _listed(options: Mapping[str, Option]) -> str:
    return "".join(f"- `{_flags(name, option)}` {option.help}{_usual(option)}\n" for name, option in options.items())


def _flags(name: str, option: Option) -> str:
    flag = option.flag or f"--{name.replace('_', '-')}"
    return " ".join(filter(None, [f"{option.short}," if option.short else "", flag, option.metavar]))


def _usual(option: Option) -> str:
    return f" Default: {option.default_text}." if option.default_text else ""


def _sections(command: Any, name: str) -> Iterator[str]:
    told = typer.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH).get_help()
    told = SHARED.sub(lambda found: f"Also: {', '.join(FLAG.findall(found[1]))}\n", told)
    yield f"\n{'#' * min(2 + name.count(' '), 4)} {name}\n\n```text\n{told.rstrip()}\n```\n"
    if isinstance(command, LazyGroup):
        for word in command.entries:
            yield from _sections(command.get_command(None, word), f"{name} {word}")


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8", newline="\n")

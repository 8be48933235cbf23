"""What the four scripts are put together with."""

import re
from collections.abc import Iterable, Mapping, Sequence

from paycli.tools.completions.tree import Command, Path

MADE_BY = "made by: paycli completions"
"""Stands in the first lines of every script, so that an older one can be told from a stranger's file."""


def fill(script: str, parts: Mapping[str, str]) -> str:
    """Return the script with each ``@NAME@`` replaced by the part of that name."""
    return re.sub(r"@([A-Z_]+)@", lambda match: parts[match[1]], script)


def lines(made: Iterable[str]) -> str:
    """Return the lines as one part of a script, which ends its last line itself."""
    return "\n".join(made)


def typed(path: Path) -> str:
    """Return a command as it is typed after ``paycli``; the root is nothing."""
    return " ".join(path)


def groups(commands: Sequence[Command]) -> list[Command]:
    """Return those that have words below them."""
    return [command for command in commands if command.words]

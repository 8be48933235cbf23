"""The four shells: the name of each one's file, and what makes it."""

from collections.abc import Callable, Sequence

from paycli.tools.completions.bash import bash
from paycli.tools.completions.fish import fish
from paycli.tools.completions.powershell import powershell
from paycli.tools.completions.tree import Command, commands
from paycli.tools.completions.zsh import zsh
from paycli.values import dataclass


@dataclass(frozen=True)
class Shell:
    """A shell: what its file is called in ``completions/``, and the script's maker."""

    file: str
    make: Callable[[Sequence[Command]], str]


SHELLS = {
    "bash": Shell("paycli.bash", bash),
    "zsh": Shell("_paycli", zsh),
    "fish": Shell("paycli.fish", fish),
    "powershell": Shell("paycli.ps1", powershell),
}


def script(shell: str) -> str:
    """Return the shell's script for the commands that there are now."""
    return SHELLS[shell].make(commands())


def files() -> dict[str, str]:
    """Return what lies in ``completions/``: each file's name and content."""
    found = commands()
    return {shell.file: shell.make(found) for shell in SHELLS.values()}

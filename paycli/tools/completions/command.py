"""``paycli completions``: print a completion script, or put it where the shell finds it."""

import sys
from typing import Annotated

import typer

from paycli.tools.completions.install import CHOICES, place_of, shell_of
from paycli.tools.completions.shells import script

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def bash() -> None:
    """Print the script for bash 3.2 and newer.

    It belongs into ~/.local/share/bash-completion/completions/paycli, or into a file that ~/.bashrc sources.

    Example: paycli completions bash
    """
    sys.stdout.write(script("bash"))


@app.command()
def zsh() -> None:
    """Print the script for zsh.

    It belongs into a file _paycli, in a folder that fpath names before compinit is called.

    Example: paycli completions zsh
    """
    sys.stdout.write(script("zsh"))


@app.command()
def fish() -> None:
    """Print the script for fish.

    It belongs into ~/.config/fish/completions/paycli.fish.

    Example: paycli completions fish
    """
    sys.stdout.write(script("fish"))


@app.command()
def powershell() -> None:
    """Print the script for PowerShell 5.1 and newer.

    It belongs into a file that $PROFILE runs: . /path/of/paycli.ps1

    Example: paycli completions powershell
    """
    sys.stdout.write(script("powershell"))


@app.command()
def install(
    shell: Annotated[
        str | None,
        typer.Argument(
            metavar="[SHELL]",
            help=f"{', '.join(CHOICES)}; the one that SHELL names when left out.",
            autocompletion=lambda: [*CHOICES],
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that paycli did not make.")] = False,
) -> None:
    """Put the script where the shell finds it, and say what is left to do; no other file is changed.

    Run it again after an upgrade.

    Example: paycli completions install

    Example: paycli completions install zsh
    """
    name = shell_of(shell)
    place = place_of(name)
    place.write(script(name), force=force)
    sys.stderr.write(f"Wrote {place.path}.\n{place.then}\n")

"""Groups of commands that know names and summaries and load a command when it runs.

Typer vendors Click: what is overridden here are ``list_commands``, ``get_command`` and what uses them.
"""

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from paycli.commands.guide import GuidedCommand, guide_of, guided, write_examples
from paycli.operations.meant import meant
from paycli.values import dataclass

Command = TyperCommand | TyperGroup


@dataclass(frozen=True)
class Entry:
    """A command that is not loaded yet: its one line of help, and how to load it."""

    summary: str
    load: Callable[[], Command]


class LazyGroup(TyperGroup):
    """A group whose commands are made on first use."""

    def __init__(self, name: str, entries: Mapping[str, Entry], *, help: str, **attributes: Any) -> None:  # noqa: A002 Typer's word
        self.guide = guide_of(help)
        super().__init__(name=name, help=self.guide.text, rich_markup_mode=None, **attributes)
        self.entries = entries

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 Typer's signature
        """Return the names, in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 Typer's signature
        """Load the command of that name."""
        if cmd_name not in self.commands and cmd_name in self.entries:
            self.commands[cmd_name] = self.entries[cmd_name].load()
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command, or say which name was probably meant."""
        name = args[0]
        if name not in self.entries and not name.startswith("-"):
            ctx.fail(f"No such command {name!r}.{meant(name, self.entries)}")
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Print the help when nothing follows the group's name."""
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def _main_shell_completion(self, *_: Any, **__: Any) -> None:
        """Do nothing: completion is a script that knows every word, and no variable may make paycli another program."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 Typer's signature
        """Write names and summaries without loading a command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self.entries.items()])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write an example: how to go on from here."""
        write_examples(formatter, self.guide.examples or (f"{ctx.command_path} {next(iter(self.entries))} --help",))


def load_tool(name: str, module: str, summary: str) -> Command:
    """Return the command or group that a module of ordinary Typer functions holds."""
    found = importlib.import_module(module)
    if make := getattr(found, "COMMAND", None):
        return make()  # type: ignore[no-any-return]
    app: typer.Typer = found.app
    if len(app.registered_commands) == 1:
        return guided(typer.main.get_command(app))  # type: ignore[arg-type]
    made = {
        **typer.main.get_group(app).commands,
        **{word: make() for word, make in getattr(found, "COMMANDS", {}).items()},
    }
    order = getattr(found, "ORDER", made)
    return group_of(name, {word: made[word] for word in order}, summary)


def group_of(name: str, made: Mapping[str, Any], summary: str) -> LazyGroup:
    """Return a group of commands that are made already, each with its help told in parts."""
    inner = {word: _ours(word, command) for word, command in made.items()}
    entries = {word: Entry(_summary(command), lambda command=command: command) for word, command in inner.items()}  # type: ignore[misc]
    return LazyGroup(name, entries, help=summary)


def _ours(word: str, made: Any) -> Command:
    if isinstance(made, TyperGroup):
        return group_of(word, made.commands, made.help or "")
    return made if isinstance(made, GuidedCommand) else guided(made)


def _summary(command: Any) -> str:
    return (command.help or "").strip().partition("\n")[0]

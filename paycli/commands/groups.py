"""Groups of commands that know names and summaries and load a command when it runs.

Typer vendors Click: what is overridden here are ``list_commands``, ``get_command`` and what uses them.
"""

import difflib
import importlib
from collections.abc import Callable, Mapping
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

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
        super().__init__(name=name, help=help, rich_markup_mode=None, **attributes)
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
            close = difflib.get_close_matches(name, self.entries, 2)
            hint = f" Did you mean {' or '.join(close)}?" if close else ""
            ctx.fail(f"No such command {name!r}.{hint}")
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


def load_tool(name: str, module: str, summary: str) -> Command:
    """Return the command or group that a module of ordinary Typer functions holds."""
    found = importlib.import_module(module)
    if make := getattr(found, "COMMAND", None):
        return make()  # type: ignore[no-any-return]
    app: typer.Typer = found.app
    if len(app.registered_commands) == 1:
        command = typer.main.get_command(app)
        _bare_arguments_of(command)
        return command  # type: ignore[return-value]
    group = typer.main.get_group(app)
    _bare_arguments(group)
    for command, make in getattr(found, "COMMANDS", {}).items():
        group.add_command(make(), command)
    entries = {command: Entry(_summary(made), lambda made=made: made) for command, made in group.commands.items()}  # type: ignore[misc]
    return LazyGroup(name, entries, help=summary)


def _bare_arguments(group: TyperGroup) -> None:
    """Show arguments in usage lines by their names alone, as the provider commands do."""
    for command in group.commands.values():
        if isinstance(command, TyperGroup):
            _bare_arguments(command)
        _bare_arguments_of(command)


def _bare_arguments_of(command: Any) -> None:
    for parameter in command.params:
        if isinstance(parameter, TyperArgument):
            parameter.get_usage_pieces = lambda ctx, name=parameter.metavar: [str(name)]  # type: ignore[method-assign,misc]  # noqa: ARG005 Typer's signature


def _summary(command: Any) -> str:
    return (command.help or "").strip().partition("\n")[0]

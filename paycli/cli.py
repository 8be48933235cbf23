"""The command tree: names, modules and one line of help each; everything is loaded on first use."""

import importlib
from typing import Any

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from paycli.commands.groups import Command, Entry, LazyGroup
from paycli.operations.catalog import PROVIDERS

TOOLS = {
    "profiles": ("paycli.commands.profiles", "Accounts, credentials and where each value comes from."),
    "secrets": ("paycli.commands.secrets", "Credentials in the keyring of the operating system."),
    "operations": ("paycli.commands.operations", "Every operation that paycli knows, with effect and retry rule."),
    "journal": ("paycli.commands.journal", "What this machine sent, and what became of it."),
    "api": ("paycli.tools.api", "A raw signed request, for what has no command of its own."),
    "sandbox": ("paycli.tools.sandbox", "The providers as a local server, to try things out."),
    "demo": ("paycli.tools.demo", "A walk through the main job against a sandbox of its own."),
}
HELP = """One command line for the people who operate payments.

Try it without an account: paycli demo
"""


def root() -> LazyGroup:
    """Return the whole command tree, with nothing loaded yet."""
    entries = {name: Entry(f"{summary}.", _provider(name)) for name, summary in PROVIDERS.items()}
    entries |= {name: Entry(summary, _tool(name, module, summary)) for name, (module, summary) in TOOLS.items()}
    version = TyperOption(param_decls=["version", "--version"], is_flag=True, help="Print the version.")
    return LazyGroup("paycli", entries, help=HELP, params=[version])


def _provider(name: str) -> Any:
    def load() -> Command:
        from paycli.commands.providers import provider_group

        return provider_group(name)

    return load


def _tool(name: str, module: str, summary: str) -> Any:
    def load() -> Command:
        found = importlib.import_module(module)
        if make := getattr(found, "COMMAND", None):
            return make()  # type: ignore[no-any-return]
        app: typer.Typer = found.app
        if len(app.registered_commands) == 1:
            return typer.main.get_command(app)  # type: ignore[return-value]
        group = typer.main.get_group(app)
        _bare_arguments(group)
        for command, make in getattr(found, "COMMANDS", {}).items():
            group.add_command(make(), command)
        entries = {command: Entry(_summary(made), lambda made=made: made) for command, made in group.commands.items()}  # type: ignore[misc]
        return LazyGroup(name, entries, help=summary)

    return load


def _bare_arguments(group: TyperGroup) -> None:
    """Show arguments in usage lines by their names alone, as the provider commands do."""
    for command in group.commands.values():
        if isinstance(command, TyperGroup):
            _bare_arguments(command)
        for parameter in command.params:
            if isinstance(parameter, TyperArgument):
                parameter.get_usage_pieces = lambda ctx, name=parameter.metavar: [str(name)]  # type: ignore[method-assign,misc]  # noqa: ARG005 Typer's signature


def _summary(command: Any) -> str:
    return (command.help or "").strip().partition("\n")[0]

"""The command tree of one provider, made from its declarations."""

import importlib
from collections.abc import Callable
from typing import cast

import typer

from paycli.commands.groups import Command, Entry, LazyGroup, group_of, load_tool
from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.operation import Operation
from paycli.operations.provider import Provider

WEBHOOKS = "webhooks"
ABOUT_WEBHOOKS = "Verify, make and receive notifications."
LOGOUT = "Forget the tokens of a profile on this machine."


def provider_group(name: str) -> LazyGroup:
    """Return the group of a provider's commands; a command's module is imported when the command runs."""
    declared = provider(name)
    return _ProviderGroup(declared)


class _ProviderGroup(LazyGroup):
    """The first words of a provider's commands."""

    def __init__(self, declared: Provider) -> None:
        self.declared = declared
        words = dict.fromkeys([*declared.resources, *([WEBHOOKS] if declared.webhooks else ()), *declared.tables])
        entries = {word: Entry("", lambda word=word: self._load(word)) for word in words}  # type: ignore[misc]
        if declared.sign_ins:
            entries["logout"] = Entry(LOGOUT, self._logout)
        super().__init__(declared.name, entries, help=f"{PROVIDERS.get(declared.name, declared.title)}.")

    def format_commands(self, ctx: object, formatter: object) -> None:
        """Write the summaries, which stand in the declarations themselves."""
        self.entries = {
            word: Entry(entry.summary or self._summary(word), entry.load) for word, entry in self.entries.items()
        }
        super().format_commands(ctx, formatter)

    def _summary(self, word: str) -> str:
        if told := self.declared.groups.get(word):
            return told
        if word in self.declared.tables:
            return self.declared.tables[word][1]
        return ABOUT_WEBHOOKS if word == WEBHOOKS else self._operation(word).summary

    def _operation(self, word: str) -> Operation:
        return self.declared.load(word)[word]

    def _logout(self) -> Command:
        from paycli.commands.logout import LogoutCommand

        return LogoutCommand(self.declared)

    def _local(self, module: str) -> Callable[[], Command]:
        return lambda: importlib.import_module(module).COMMAND(self.declared)

    def _load(self, word: str) -> Command:
        from paycli.commands.build import OperationCommand

        if word in self.declared.tables:
            return load_tool(word, *self.declared.tables[word])
        operations = self.declared.load(word) if word in self.declared.resources else {}
        if word in operations:
            return OperationCommand(self.declared, operations[word])
        mine = {command: op for command, op in operations.items() if command.startswith(f"{word} ")}
        entries: dict[str, Entry] = {
            command.removeprefix(f"{word} "): Entry(
                op.summary,
                cast("Command", lambda op=op: OperationCommand(self.declared, op)),
            )
            for command, op in mine.items()
        }
        entries |= self._procedures(word)
        if word == WEBHOOKS and self.declared.webhooks:
            entries |= _webhooks()
        for command, (module, summary) in self.declared.local.items():
            if command.startswith(f"{word} "):
                entries[command.removeprefix(f"{word} ")] = Entry(summary, self._local(module))
        return LazyGroup(word, entries, help=self._summary(word))

    def _procedures(self, word: str) -> dict[str, Entry]:
        mine = [self.declared.procedure(name) for name in self.declared.procedures if name.startswith(f"{word} ")]
        if not mine:
            return {}
        from paycli.commands.several import ProcedureCommand

        return {
            procedure.command.removeprefix(f"{word} "): Entry(
                procedure.summary,
                cast("Command", lambda procedure=procedure: ProcedureCommand(self.declared, procedure)),
            )
            for procedure in mine
        }


def _webhooks() -> dict[str, Entry]:
    from paycli.commands.webhooks import app

    return dict(group_of(WEBHOOKS, typer.main.get_group(app).commands, ABOUT_WEBHOOKS).entries)

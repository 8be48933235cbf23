"""The command tree of one provider, made from its declarations."""

import importlib
from collections.abc import Callable
from typing import cast

from paycli.commands.groups import Command, Entry, LazyGroup
from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.operation import Operation
from paycli.operations.provider import Provider


def provider_group(name: str) -> LazyGroup:
    """Return the group of a provider's commands; a command's module is imported when the command runs."""
    declared = provider(name)
    return _ProviderGroup(declared)


class _ProviderGroup(LazyGroup):
    """The first words of a provider's commands."""

    def __init__(self, declared: Provider) -> None:
        self.declared = declared
        entries = {word: Entry("", lambda word=word: self._load(word)) for word in declared.resources}  # type: ignore[misc]
        super().__init__(declared.name, entries, help=f"{PROVIDERS.get(declared.name, declared.title)}.")

    def format_commands(self, ctx: object, formatter: object) -> None:
        """Write the summaries, which stand in the declarations themselves."""
        self.entries = {
            word: Entry(self.declared.groups.get(word) or self._operation(word).summary, entry.load)
            for word, entry in self.entries.items()
        }
        super().format_commands(ctx, formatter)

    def _operation(self, word: str) -> Operation:
        return self.declared.load(word)[word]

    def _local(self, module: str) -> Callable[[], Command]:
        return lambda: importlib.import_module(module).COMMAND(self.declared)

    def _load(self, word: str) -> Command:
        from paycli.commands.build import OperationCommand

        operations = self.declared.load(word)
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
        for command, (module, summary) in self.declared.local.items():
            if command.startswith(f"{word} "):
                entries[command.removeprefix(f"{word} ")] = Entry(summary, self._local(module))
        return LazyGroup(word, entries, help=self.declared.groups[word])

"""The command tree of one provider, made from its declarations."""

from typing import cast

from paycli.commands.groups import Command, Entry, LazyGroup, load_tool
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
        words = dict.fromkeys([*declared.resources, *declared.local])
        entries = {word: Entry("", lambda word=word: self._load(word)) for word in words}  # type: ignore[misc]
        super().__init__(declared.name, entries, help=f"{PROVIDERS.get(declared.name, declared.title)}.")

    def format_commands(self, ctx: object, formatter: object) -> None:
        """Write the summaries, which stand in the declarations themselves."""
        self.entries = {word: Entry(self._told(word), entry.load) for word, entry in self.entries.items()}
        super().format_commands(ctx, formatter)

    def _told(self, word: str) -> str:
        if word in self.declared.groups:
            return self.declared.groups[word]
        return self.declared.local[word][1] if word in self.declared.local else self._operation(word).summary

    def _operation(self, word: str) -> Operation:
        return self.declared.load(word)[word]

    def _load(self, word: str) -> Command:
        from paycli.commands.build import OperationCommand

        own = load_tool(word, *self.declared.local[word]) if word in self.declared.local else None
        if own and word not in self.declared.resources:
            return own
        operations = self.declared.load(word)
        if word in operations:
            return OperationCommand(self.declared, operations[word])
        mine = {command: op for command, op in operations.items() if command.startswith(f"{word} ")}
        entries = {
            command.removeprefix(f"{word} "): Entry(
                op.summary,
                cast("Command", lambda op=op: OperationCommand(self.declared, op)),
            )
            for command, op in mine.items()
        }
        if isinstance(own, LazyGroup):
            entries |= own.entries
        return LazyGroup(word, entries, help=self.declared.groups[word])

"""The command tree as a shell needs it: every word, every option, and what a value may be."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from paycli.cli import root
from paycli.operations.catalog import PROVIDERS
from paycli.profiles.resolve import SANDBOX
from paycli.values import dataclass

Path = tuple[str, ...]


class Kind(Enum):
    """What a shell offers for a value; the scripts use these words."""

    FREE = "free"
    SWITCH = "switch"
    WORDS = "words"
    FILES = "files"
    FOLDERS = "folders"
    HERE = "here"
    """Profiles of the provider whose command it is, and its sandbox."""
    KNOWN = "known"
    """All profiles, the built-in ones too."""
    NAMED = "named"
    """The same, and ``sandbox`` for that of whatever provider the command at hand is of."""
    FILED = "filed"
    """The profiles of profiles.yaml."""


@dataclass(frozen=True)
class Value:
    """What can be typed: a kind, and the words where those are all."""

    kind: Kind
    words: tuple[str, ...] = ()


FREE, SWITCH = Value(Kind.FREE), Value(Kind.SWITCH)
BUILT_IN = tuple(f"{SANDBOX}-{provider}" for provider in PROVIDERS)
OF_THE_FILE = {
    ("profiles", "set"),
    ("profiles", "use"),
    ("profiles", "remove"),
    ("secrets", "set"),
    ("secrets", "delete"),
}
NEW = {("profiles", "add")}
RUNNERS = {"bulk"}
"""What runs a provider's commands, so that ``-p sandbox`` means there what it means to them."""
WORD = re.compile(r"[\w.@-]+")


@dataclass(frozen=True)
class Option:
    """An option: its flags, what it is for, and the name and kind of what follows it."""

    flags: tuple[str, ...]
    help: str
    name: str
    value: Value
    repeats: bool = False


@dataclass(frozen=True)
class Argument:
    """A positional value."""

    name: str
    value: Value
    required: bool = True
    endless: bool = False


@dataclass(frozen=True)
class Command:
    """A command or a group: its words (with their summaries) where it is a group."""

    path: Path
    words: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]


def commands() -> list[Command]:
    """Return every command and group that is shown, the root first."""
    return list(_walk(root(), ()))


def _walk(command: Any, path: Path) -> Iterator[Command]:
    ctx = typer.Context(command)
    inner = list(_shown(command, ctx)) if isinstance(command, TyperGroup) else []
    parameters = command.get_params(ctx)
    yield Command(
        path,
        tuple((name, _summary(command, name, found)) for name, found in inner),
        tuple(_option(p, path, ctx) for p in parameters if isinstance(p, TyperOption) and not p.hidden),
        tuple(_argument(p, path, ctx) for p in parameters if isinstance(p, TyperArgument)),
    )
    for name, found in inner:
        yield from _walk(found, (*path, name))


def _shown(group: TyperGroup, ctx: Any) -> Iterator[tuple[str, Any]]:
    for name in group.list_commands(ctx):
        found = group.get_command(ctx, name)
        if found is not None and not found.hidden:
            yield name, found


def _summary(group: Any, name: str, command: Any) -> str:
    """Return what the group's help says of a command, else the first line of the command's own."""
    entry = getattr(group, "entries", {}).get(name)
    told = entry.summary if entry else ""
    return told or (command.help or "").strip().partition("\n")[0].strip()


def _option(option: TyperOption, path: Path, ctx: Any) -> Option:
    flags = (*option.opts, *option.secondary_opts)
    told = " ".join((option.help or "").split())
    if option.is_flag or option.count:
        return Option(flags, told, "", SWITCH, repeats=option.count)
    name = option.metavar or "TEXT"
    return Option(flags, told, name, _value(option, flags, path, ctx), repeats=option.multiple)


def _argument(argument: TyperArgument, path: Path, ctx: Any) -> Argument:
    name = (argument.metavar or argument.name or "").strip("[].")
    return Argument(name, _value(argument, (), path, ctx), argument.required, argument.nargs == -1)


def _value(parameter: Any, flags: Sequence[str], path: Path, ctx: Any) -> Value:
    first = path[0] if path else ""
    if "--profile" in flags:
        return Value(Kind.HERE if first in PROVIDERS else Kind.NAMED if first in RUNNERS else Kind.KNOWN)
    name = parameter.metavar or ""
    if not flags and (name == "PROFILE" or (name == "NAME" and first == "profiles")):
        return FREE if path in NEW else Value(Kind.FILED if path in OF_THE_FILE else Kind.KNOWN)
    if "--provider" in flags or name == "PROVIDER":
        return Value(Kind.WORDS, tuple(PROVIDERS))
    if words := _words(parameter, name, ctx):
        return Value(Kind.WORDS, words)
    return Value(_named(name))


def _words(parameter: Any, name: str, ctx: Any) -> tuple[str, ...]:
    """Return the words that a value is one of: as declared, else as the help lists them."""
    declared = tuple(item.value for item in parameter.shell_complete(ctx, "") if item.type == "plain")
    listed = tuple(name.split("|")) if "|" in name and _named(name) is Kind.FREE else ()
    return tuple(word for word in declared or listed if WORD.fullmatch(word))


def _named(name: str) -> Kind:
    """Return what the name in the help says of a value: a file, a folder, anything."""
    parts = re.split(r"[|.]", name)
    return Kind.FILES if "FILE" in parts else Kind.FOLDERS if "DIR" in parts else Kind.FREE

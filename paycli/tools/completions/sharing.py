"""What many commands have in common, so that a script says it once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from paycli.tools.completions.tree import FREE, Command, Option, Path, Value
from paycli.values import dataclass


@dataclass(frozen=True)
class Shared:
    """Pieces of script by the name they are shared under, and for each path those names and its own pieces."""

    named: dict[str, list[str]]
    of: dict[Path, tuple[list[str], list[str]]]

    def alike(self) -> list[tuple[tuple[list[str], list[str]], list[Path]]]:
        """Return the different sets of names and own pieces, each with the paths that have it."""
        found: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], list[Path]] = defaultdict(list)
        for path, (names, own) in self.of.items():
            found[tuple(names), tuple(own)].append(path)
        return [((list(names), list(own)), paths) for (names, own), paths in found.items()]


def share(commands: Sequence[Command], write: Callable[[Option], str]) -> Shared:
    """Return the commands' options as pieces of script; those that the same several commands have share a name."""
    users: defaultdict[str, dict[Path, None]] = defaultdict(dict)
    for command in commands:
        for option in command.options:
            users[write(option)][command.path] = None
    together: defaultdict[tuple[Path, ...], list[str]] = defaultdict(list)
    for piece, paths in users.items():
        together[tuple(paths)].append(piece)
    common = [paths for paths in together if len(paths) > 1]
    names = {paths: f"s{number}" for number, paths in enumerate(common, 1)}
    of: dict[Path, tuple[list[str], list[str]]] = {command.path: ([], []) for command in commands}
    for users_of, pieces in together.items():
        for path in users_of:
            shared, own = of[path]
            if users_of in names:
                shared.append(names[users_of])
            else:
                own.extend(pieces)
    return Shared({name: together[paths] for paths, name in names.items()}, of)


def usual_values(commands: Sequence[Command]) -> tuple[dict[Value, list[str]], dict[Value, list[str]]]:
    """Return the flags by what nearly always follows them, and ``path flag`` by what follows where that differs.

    What is free everywhere is left out.
    """
    found: defaultdict[str, dict[str, Value]] = defaultdict(dict)
    for command in commands:
        for option in command.options:
            for flag in option.flags:
                found[flag][" ".join(command.path)] = option.value
    usual: defaultdict[Value, list[str]] = defaultdict(list)
    special: defaultdict[Value, list[str]] = defaultdict(list)
    for flag, by_path in found.items():
        most = Counter(by_path.values()).most_common(1)[0][0]
        if most != FREE:
            usual[most].append(flag)
        for path, value in by_path.items():
            if value != most:
                special[value].append(f"{path} {flag}")
    return dict(usual), dict(special)


def argument_values(commands: Sequence[Command]) -> dict[Value, list[str]]:
    """Return ``path number`` by what that argument may be; ``path *`` for one that repeats. Free ones are left out."""
    found: defaultdict[Value, list[str]] = defaultdict(list)
    for command in commands:
        for number, argument in enumerate(command.arguments):
            if argument.value != FREE:
                found[argument.value].append(f"{' '.join(command.path)} {'*' if argument.endless else number}")
    return dict(found)


def argument_counts(commands: Sequence[Command]) -> dict[int, list[str]]:
    """Return the paths by how many arguments they take, where that is not one; 99 stands for no end."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for command in commands:
        endless = any(argument.endless for argument in command.arguments)
        count = 99 if endless else len(command.arguments)
        if count != 1 and not command.words:
            found[count].append(" ".join(command.path))
    return dict(found)

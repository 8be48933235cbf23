"""Read profiles.yaml: scalars as text with the line where each stands, duplicate keys refused.

A broken file is reported with its line and field, never with its text, since it may hold a secret.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from paycli.errors import ConfigurationProblem
from paycli.values import dataclass, field

LONGEST_FILE = 1_000_000
DEEPEST = 20


@dataclass(frozen=True)
class Written:
    """One scalar of the file and its line, counted from one."""

    text: str
    line: int


@dataclass(frozen=True)
class ProfilesFile:
    """The content of profiles.yaml; nested settings have dotted names."""

    path: Path
    defaults: Mapping[str, Written] = field(default_factory=dict)
    profiles: Mapping[str, Mapping[str, Written]] = field(default_factory=dict)

    def problem(self, line: int, message: str, **more: Any) -> ConfigurationProblem:
        """Return the error that names this file and the line."""
        return ConfigurationProblem(f"{self.path}, line {line}: {message}", **more)


def read_profiles(path: Path) -> ProfilesFile:
    """Return what the file holds; an absent file holds nothing. Raises ConfigurationProblem."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return ProfilesFile(path)
    except OSError as problem:
        # The home itself may be no directory, as /dev/null is: then there is none of ours either.
        if isinstance(problem, NotADirectoryError) and not path.parent.exists():
            return ProfilesFile(path)
        raise ConfigurationProblem(
            f"{path} cannot be read: {problem.strerror}.",
            next_step="make it readable, or name another directory with PAYCLI_CONFIG_DIR",
        ) from None
    if len(raw) > LONGEST_FILE:
        raise ConfigurationProblem(f"{path} is larger than any profiles file; is it the right one?")
    return parse_profiles(raw, path)


def parse_profiles(raw: bytes, path: Path) -> ProfilesFile:
    """Return what the bytes hold. Raises ConfigurationProblem with line and field, never with the text."""
    import yaml

    found = ProfilesFile(path)
    try:
        root = yaml.compose(raw.decode("utf-8"), Loader=_shallow(getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except UnicodeDecodeError as problem:
        raise found.problem(raw[: problem.start].count(b"\n") + 1, "not valid UTF-8.") from None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise found.problem(mark.line + 1 if mark else 1, "not valid YAML here or just before.") from None
    except (yaml.YAMLError, RecursionError):
        raise found.problem(1, "not valid YAML.") from None
    if root is None:
        return found
    return _Reader(found).document(root)


@cache
def _shallow(loader: Any) -> Any:
    """Return a loader that refuses what is nested deeply: the one in C would end the process without a word."""
    from yaml.composer import ComposerError

    class Shallow(loader):  # type: ignore[misc]
        """Counts the levels that it goes down."""

        depth = 0

        def descend_resolver(self, node: Any, index: Any) -> None:
            """Go down one level."""
            self.depth += 1
            if self.depth > DEEPEST:
                raise ComposerError(None, None, "nested too deeply", getattr(node, "start_mark", None))
            super().descend_resolver(node, index)

        def ascend_resolver(self) -> None:
            """Come up again."""
            self.depth -= 1
            super().ascend_resolver()

    return Shallow


class _Reader:
    """Walks the parsed nodes and refuses what a profiles file cannot hold."""

    def __init__(self, found: ProfilesFile) -> None:
        self.problem = found.problem
        self.path = found.path

    def document(self, root: Any) -> ProfilesFile:
        defaults: dict[str, Written] = {}
        profiles: dict[str, Mapping[str, Written]] = {}
        for name, line, node in self.entries(root, "the file"):
            if name == "defaults":
                defaults = dict(self.scalars(node, "defaults"))
            elif name == "profiles":
                profiles = {
                    profile: dict(self.scalars(body, profile)) for profile, _, body in self.entries(node, "profiles")
                }
            else:
                raise self.problem(line, f"{name} is not known here; only defaults and profiles are.")
        return ProfilesFile(self.path, defaults, profiles)

    def scalars(self, node: Any, owner: str, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Written]]:
        for name, line, value in self.entries(node, owner):
            dotted = f"{prefix}{name}"
            if value.id == "scalar":
                yield dotted, Written(value.value, line)
            elif value.id == "mapping" and depth < 2:  # noqa: PLR2004 limits: {refund: {per_day: …}} is the deepest
                yield from self.scalars(value, owner, f"{dotted}.", depth + 1)
            else:
                raise self.problem(line, f"{owner}: {dotted} must be one plain value.")

    def entries(self, node: Any, owner: str) -> Iterator[tuple[str, int, Any]]:
        if node.id == "scalar" and node.value == "":
            return
        if node.id != "mapping":
            raise self.problem(node.start_mark.line + 1, f"{owner} must be names with values below them.")
        seen = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.id != "scalar":
                raise self.problem(line, f"{owner}: a name must be plain text.")
            if key.value in seen:
                raise self.problem(line, f"{owner}: {key.value} stands here a second time.")
            seen.add(key.value)
            yield key.value, line, value

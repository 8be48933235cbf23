"""Where hidden values come from: standard input, a file, or somebody at a terminal; each its own reader."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from paycli.errors import UsageProblem
from paycli.operations.params import Hidden, Part
from paycli.operations.wire import NotJson, decode
from paycli.profiles.person import ask_hidden

Learn = Callable[[Iterable[str]], None]
Typed = Mapping[str, Any]


class Reader(Protocol):
    """Something that has hidden values."""

    def read(self, marker: Hidden, typed: Typed, *, required: bool) -> Any:
        """Return the value, or None for one that is not required and was not given. Raises UsageProblem."""


class Given:
    """Takes hidden values from where the user said that they are; asks nobody."""

    def __init__(self, learn: Learn) -> None:
        self.learn = learn

    def read(self, marker: Hidden, typed: Typed, *, required: bool) -> Any:
        """Return the value, checked; what was read is never shown from then on."""
        texts = self._given(marker, typed)
        if texts is None:
            return self.ask(marker) if required else None
        missing = [part.name for part in marker.parts if part.needed and part.name not in texts]
        if missing:
            raise UsageProblem(f"{marker.switch}: {', '.join(missing)} is missing.", next_step=expected(marker))
        return _value(marker, {part.name: self._parsed(marker, part, texts.get(part.name)) for part in marker.parts})

    def ask(self, marker: Hidden) -> Any:
        """Refuse: nobody is there to type it."""
        what = ", ".join(part.label for part in marker.parts)
        raise UsageProblem(f"{what}: never typed as an argument, and nobody can be asked.", next_step=expected(marker))

    def checked(self, part: Part, text: str) -> Any:
        """Return what a text stands for, and teach it to the masker. Raises ValueError."""
        if part.secret:
            self.learn([text])
        value = part.parse(text)
        if part.secret:
            self.learn([str(value)])
        return value

    def _parsed(self, marker: Hidden, part: Part, text: str | None) -> Any:
        if text is None:
            return None
        try:
            return self.checked(part, text)
        except ValueError as problem:
            where = f"{marker.switch}: {part.name}" if marker.json else marker.switch
            raise UsageProblem(f"{where}: {problem}.") from None

    def _given(self, marker: Hidden, typed: Typed) -> dict[str, str] | None:
        names = [name for name in marker.options if typed.get(name)]
        if len(names) > 1:
            told = " and ".join(f"--{name.replace('_', '-')}" for name in names)
            raise UsageProblem(f"{told} contradict each other.", next_step="keep one of them")
        if not names:
            return None
        if names[0] == marker.name and marker.plain:
            return {marker.parts[0].name: typed[marker.name]}
        content = _file(marker, typed[marker.name]) if names[0] == marker.name else _standard_input(marker)
        return _object(marker, content) if marker.json else {marker.parts[0].name: _text(marker, content)}


class Asking(Given):
    """Asks on the terminal for what was not given, without showing what is typed; what is wrong is asked again."""

    def ask(self, marker: Hidden) -> Any:
        """Return what was typed at the prompts."""
        return _value(marker, {part.name: self._asked(part) for part in marker.parts})

    def _asked(self, part: Part) -> Any:
        optional = "" if part.needed else " (may be left empty)"
        while True:
            text = ask_hidden(f"{part.label}{optional}: ").strip()
            if not text and not part.needed:
                return None
            try:
                return self.checked(part, text)
            except ValueError as problem:
                sys.stderr.write(f"{part.label}: {problem}\n")


class Rehearsed:
    """Has a word for every hidden value and reads none: for --dry-run."""

    def read(self, marker: Hidden, typed: Typed, *, required: bool) -> Any:
        """Return placeholders such as ``<card_number>``."""
        if not required and not any(typed.get(name) for name in marker.options):
            return None
        if not marker.json:
            return f"<{marker.name}>"
        return {part.name: f"<{marker.name}_{part.name}>" for part in marker.parts}


def refuse_two_on_standard_input(markers: Iterable[Hidden], typed: Typed) -> None:
    """Raise UsageProblem when several values would come from the one standard input."""
    switches = [marker.switch for marker in markers if typed.get(f"{marker.name}_stdin")]
    if len(switches) > 1:
        raise UsageProblem(f"{' and '.join(switches)} both want standard input.", next_step="keep one of them")


def expected(marker: Hidden) -> str:
    """Return what to type for a hidden value."""
    if marker.json:
        names = ", ".join(f'"{part.name}"' for part in marker.parts)
        return f"add {marker.switch} and write a JSON object with {names} to standard input"
    return f"add {marker.switch} and write it to standard input"


def _value(marker: Hidden, values: Mapping[str, Any]) -> Any:
    return values if marker.json else values[marker.parts[0].name]


def _standard_input(marker: Hidden) -> bytes:
    if sys.stdin is None:
        return b""
    if sys.stdin.isatty():
        raise UsageProblem(
            f"{marker.switch} would show what you type: standard input is a terminal.",
            next_step=f"leave {marker.switch} out to be asked unseen, or redirect standard input",
        )
    return sys.stdin.buffer.read()


def _file(marker: Hidden, name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as problem:
        # Somebody may have typed the value itself, so it is not repeated.
        told = getattr(problem, "strerror", None) or "no such file"
        raise UsageProblem(f"The file that --{marker.name.replace('_', '-')} names: {told}.") from None


def _text(marker: Hidden, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageProblem(f"{marker.switch}: it is not UTF-8 text.") from None
    return text.removesuffix("\n").removesuffix("\r")


def _object(marker: Hidden, content: bytes) -> dict[str, str]:
    """Return the texts of a JSON object; what is wrong is told without any of its content."""
    known = {part.name for part in marker.parts}
    try:
        found = decode(content)
    except NotJson as problem:
        raise UsageProblem(f"{marker.switch}: it is {problem}.", next_step=expected(marker)) from None
    if not isinstance(found, Mapping):
        raise UsageProblem(f"{marker.switch}: it is no JSON object.", next_step=expected(marker))
    if not known >= set(found):
        raise UsageProblem(f"{marker.switch}: it has fields that are not known here.", next_step=expected(marker))
    for name, value in found.items():
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise UsageProblem(f"{marker.switch}: {name} is neither text nor a whole number.")
    return {name: str(value) for name, value in found.items()}

"""The options that every provider command has, and those that every change has."""

from dataclasses import dataclass
from typing import Any

from paycli.operations.operation import Operation
from paycli.operations.params import Option
from paycli.output.screen import FORMATS

PREFIX = "shared_"


def _seconds(text: str) -> float:
    if not (text.isascii() and text.replace(".", "", 1).isdigit()) or float(text) <= 0:
        raise ValueError(f"{text!r} is not a number of seconds above zero")
    return float(text)


def output_format(text: str) -> str:
    """Return the format's name, or raise ValueError."""
    if text not in FORMATS:
        raise ValueError(f"{text!r} is not one of {', '.join(FORMATS)}")
    return text


OUTPUT = Option("Form of the output.", short="-o", parse=output_format, metavar="|".join(FORMATS))
EVERY = {
    "profile": Option("Whose credentials and host; `sandbox` is a local server.", short="-p", metavar="NAME"),
    "output": OUTPUT,
    "dry_run": Option("Print the request as it would be signed; send nothing.", switch=True),
    "timeout": Option("Time allowed for the whole exchange.", parse=_seconds, metavar="SECONDS"),
}
CHANGES = {
    "yes": Option("Do not ask; also stands for the typed amount.", switch=True),
    "reason": Option("Why, for whoever asks later.", metavar="TEXT"),
    "again": Option("Do it although an equal one was done within 24 hours.", switch=True),
    "request_id": Option("Name of this intention: the same id is never done twice.", metavar="TEXT"),
    "no_preflight": Option("Do not look before sending.", switch=True),
}


@dataclass(frozen=True)
class Shared:
    """The values of the shared options."""

    profile: str | None = None
    output: str | None = None
    dry_run: bool = False
    timeout: float | None = None
    verbose: int = 0
    yes: bool = False
    reason: str | None = None
    again: bool = False
    request_id: str | None = None
    no_preflight: bool = False


def shared_options(operation: Operation) -> dict[str, Option]:
    """Return the shared options of an operation by name."""
    return {**EVERY, **(CHANGES if operation.changes else {})}


def shared_values(typed: dict[str, Any]) -> Shared:
    """Return the shared options among what was typed."""
    mine = {name.removeprefix(PREFIX): value for name, value in typed.items() if name.startswith(PREFIX)}
    return Shared(**{name: value for name, value in mine.items() if value is not None})

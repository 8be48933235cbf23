"""The options that every provider command has, and those that every change has."""

import sys
from typing import Any

from paycli.operations.operation import Operation
from paycli.operations.params import Option
from paycli.operations.scan import holds_card_number
from paycli.output.screen import FORMATS
from paycli.profiles.settings import duration
from paycli.values import dataclass

PREFIX = "shared_"
LONGEST = 86_400


def _seconds(text: str) -> float:
    if not (text.isascii() and text.replace(".", "", 1).isdigit()) or not 0 < float(text) <= LONGEST:
        raise ValueError(f"{text!r} is not a number of seconds above zero, at most a day")
    return float(text)


def output_format(text: str) -> str:
    """Return the format's name, or raise ValueError."""
    if text not in FORMATS:
        raise ValueError(f"{text!r} is not one of {', '.join(FORMATS)}")
    return text


OUTPUT = Option("Form of the output.", short="-o", parse=output_format, metavar="|".join(FORMATS))


def _named(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty; an unset variable, perhaps")
    return text


def free_text(text: str) -> str:
    """Return text that is kept and shown, or raise ValueError when it is empty or holds a card number."""
    if holds_card_number(text):
        raise ValueError("it holds what looks like a card number")
    return _named(text)


def parse_query(text: str) -> str:
    """Return the expression, or raise ValueError when it is no JMESPath."""
    from paycli.output.query import compile_query

    compile_query(text)
    return text


def parse_columns(text: str) -> tuple[str, ...]:
    """Return the fields of a comma-separated list, or raise ValueError."""
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        raise ValueError(f"{text!r} is not a list of fields such as order_id,fee.amount")
    return names


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < len(str(sys.maxsize))) or int(text) < 1:
        raise ValueError(f"{text!r} is not a number of rows above zero")
    return int(text)


DEFAULT_LIMIT = 100
EVERY = {
    "profile": Option(
        "Whose credentials and host; `sandbox` is a local server.", short="-p", parse=_named, metavar="NAME"
    ),
    "output": OUTPUT,
    "query": Option("Only what this JMESPath expression finds.", parse=parse_query, metavar="JMESPATH"),
    "columns": Option("Only these fields; points lead inside.", parse=parse_columns, metavar="a,b.c"),
    "dry_run": Option("Print the request as it would be signed; send nothing.", switch=True),
    "timeout": Option("Time allowed for the whole exchange.", parse=_seconds, metavar="SECONDS"),
}
LISTS = {
    "limit": Option("Most rows to show.", parse=_count, metavar="N", default_text=str(DEFAULT_LIMIT)),
    "all": Option("Show every row.", switch=True),
    "require_complete": Option("Exit 11 when there are more rows than were shown.", switch=True),
}
WAITS = {
    "wait": Option("Ask again until it has come to an end.", switch=True),
    "wait_timeout": Option(
        "Most time to wait, such as 90s or 15m; then exit 8.", parse=duration, metavar="TIME", default_text="10m"
    ),
}
FILES = {
    "out": Option("Where to save it: a file, a folder, or - for standard output.", parse=_named, metavar="FILE"),
    "force": Option("Replace a file that is there already.", switch=True),
}
QR = {
    "qr_png": Option("Save the QR code as an image.", parse=_named, metavar="FILE"),
    "force": FILES["force"],
}
CHANGES = {
    "yes": Option("Do not ask; also stands for the typed amount.", switch=True),
    "reason": Option("Why, for whoever asks later.", parse=free_text, metavar="TEXT"),
    "again": Option("Do it although an equal one was done within 24 hours.", switch=True),
    "request_id": Option("Name of this intention: the same id is never done twice.", parse=_named, metavar="TEXT"),
    "no_preflight": Option("Do not look before sending.", switch=True),
}

MEDIA = Option("Save the answer's images in this folder.", flag="--media", parse=_named, metavar="DIR")
SAVE = Option("Store it in the profile's entry of the keyring.", flag="--save", switch=True)


@dataclass(frozen=True)
class Shared:
    """The values of the shared options."""

    profile: str | None = None
    output: str | None = None
    query: str | None = None
    columns: tuple[str, ...] = ()
    limit: int = DEFAULT_LIMIT
    all: bool = False
    require_complete: bool = False
    wait: bool = False
    wait_timeout: float = 600.0
    out: str | None = None
    force: bool = False
    qr_png: str | None = None
    dry_run: bool = False
    timeout: float | None = None
    verbose: int = 0
    yes: bool = False
    reason: str | None = None
    again: bool = False
    request_id: str | None = None
    no_preflight: bool = False
    show_once: bool = False
    save_once: bool = False
    media: str | None = None


def shared_options(operation: Operation) -> dict[str, Option]:
    """Return the shared options of an operation by name."""
    lists = LISTS if operation.listing else {}
    waits = WAITS if operation.unfinished or operation.finished_later or operation.follow else {}
    files = {**(FILES if operation.link or operation.saved else {}), **(QR if operation.qr else {})}
    files |= {"media": MEDIA} if operation.pictures else {}
    return {**EVERY, **lists, **waits, **files, **_once(operation), **(CHANGES if operation.changes else {})}


def _once(operation: Operation) -> dict[str, Option]:
    """Return what can be done with an answer that exists only once."""
    if operation.once is None:
        return {}
    show = Option("Print what exists only once; it is masked otherwise.", flag=operation.once.show, switch=True)
    save = {"save_once": SAVE} if operation.once.can_be_saved else {}
    return {"show_once": show, **save}


VERBOSE = "Say on standard error what is sent; twice: headers and bodies too."


def shared_values(typed: dict[str, Any]) -> Shared:
    """Return the shared options among what was typed."""
    mine = {name.removeprefix(PREFIX): value for name, value in typed.items() if name.startswith(PREFIX)}
    return Shared(**{name: value for name, value in mine.items() if value is not None})

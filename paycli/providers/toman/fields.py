"""The values that several of Toman's commands take."""

import re
from datetime import UTC, datetime
from typing import Annotated

from paycli.operations.columns import coded
from paycli.operations.params import Argument, at_most

IPG, POS = 0, 1
TERMINAL_TYPES = {"ipg": IPG, "0": IPG, "pos": POS, "1": POS}
TYPE_COLUMN = coded("terminal_type", (IPG, "IPG"), (POS, "POS"))
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
LONGEST_NUMBER = 64
LARGEST_INTEGER = 18


def terminal_type(text: str) -> int:
    """Return the code of a terminal type, typed by name or by code; raises ValueError."""
    if text.lower() not in TERMINAL_TYPES:
        raise ValueError(f"{text!r} is no terminal type; write ipg or pos (or 0 or 1)")
    return TERMINAL_TYPES[text.lower()]


def terminal_type_name(text: str) -> str:
    """Return the name of a terminal type, typed by name or by code; raises ValueError."""
    return ("ipg", "pos")[terminal_type(text)]


def uuid(text: str) -> str:
    """Return a UUID as it was typed; raises ValueError."""
    if not _UUID.fullmatch(text):
        raise ValueError(f"{text!r} is no UUID, such as 4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20")
    return text


def whole_number(text: str) -> int:
    """Return a number of ASCII digits; raises ValueError."""
    if not (text.isascii() and text.isdigit()) or len(text) > LARGEST_INTEGER:
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def terminal_number(text: str) -> str:
    """Return a terminal number; raises ValueError for what cannot be one."""
    if not text or not text.isprintable() or text != text.strip():
        raise ValueError(f"{text!r} is no terminal number")
    return at_most(LONGEST_NUMBER)(text)


def timestamp(moment: datetime) -> str:
    """Return a moment in the form of the document: ISO 8601 in UTC with a Z."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def uuid_of(what: str) -> Argument:
    """Return the argument that names a thing by its UUID."""
    return Argument("UUID", f"Identifier of the {what}.", uuid, sample="4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20")


TerminalUuid = Annotated[str, uuid_of("terminal")]
ReportUuid = Annotated[str, uuid_of("report")]
AccountUuid = Annotated[str, uuid_of("account")]

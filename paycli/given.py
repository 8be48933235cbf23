"""What the process was given by whoever started it: words and variables, which must be text."""

import os
import time
from collections.abc import Mapping, Sequence

from paycli.errors import ConfigurationProblem, UsageProblem

DAY = 86_400
PREFIX = "PAYCLI_"
PATHS = ("_DIR", "_FILE")
"""How variables end that name a file, which may have any name that the system allows."""


def refuse_what_is_no_text(words: Sequence[str], variables: Mapping[str, str]) -> None:
    """Refuse bytes that are no text, and a time zone that is none, before anything trips over them.

    Raises UsageProblem for a word, ConfigurationProblem for a variable of paycli's.
    """
    for position, word in enumerate(words, 1):
        if not is_text(word):
            raise UsageProblem(
                f"Word {position} after paycli is not UTF-8 text: {shown(word)}",
                next_step="type it in UTF-8; a file of such a name must be renamed first",
            )
    for name, value in variables.items():
        if name.startswith(PREFIX) and not (is_text(name) and (is_text(value) or name.endswith(PATHS))):
            raise ConfigurationProblem(
                f"The variable {shown(name)} is not UTF-8 text.", next_step="set it again in UTF-8, or unset it"
            )
    if abs(time.localtime().tm_gmtoff) >= DAY:
        raise ConfigurationProblem("The variable TZ names no time zone.", next_step="unset it, or: export TZ=UTC")


def is_text(value: str) -> bool:
    """Return whether a value can be written as UTF-8; the system hands on any bytes, as halves of characters."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def shown(value: str) -> str:
    """Return the value with the bytes that are no text written out, in hexadecimal digits."""
    return os.fsencode(value).decode(errors="backslashreplace")

"""How what a command created is watched until it has come to an end."""

from collections.abc import Callable, Mapping
from typing import Any

from paycli.values import dataclass


@dataclass(frozen=True)
class Follow:
    """The read that tells how it goes on, and the words at which it ends.

    ``target`` takes the identifier out of the command's answer and values; ``status`` the word out of what was read.
    ``good`` are the words for which one waits, ``bad`` the other ends. ``pause`` is the least time between two reads.
    """

    read: str
    target: Callable[[Any, Mapping[str, Any]], str]
    status: Callable[[Any], str | None]
    good: frozenset[str]
    bad: frozenset[str]
    pause: float = 1.0

"""What became of an operation: a closed set, matched exhaustively.

Outcomes belong to operations, not to attempts: an unknown outcome is closed only by a positive answer, by settling or
by a person.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

from paycli.values import dataclass, field

LARGEST_ANSWER = 16 * 1024 * 1024
"""Bytes of an answer that is read whole; lists and files are read as they come."""
TOO_LARGE = "the answer is too large"


class Reason(Enum):
    """Why a provider refused, as far as the exit code tells."""

    REFUSED = "refused"
    MISSING = "missing"
    CREDENTIALS = "credentials"


@dataclass(frozen=True)
class Succeeded:
    """The provider's positive word that it is done, or that the thing asked for exists."""

    data: Any


@dataclass(frozen=True)
class Pending:
    """Accepted and not finished."""

    data: Any
    sentence: str
    code: str | None = None


@dataclass(frozen=True)
class Rejected:
    """The provider said no; nothing moved."""

    sentence: str
    code: str | None = None
    reason: Reason = Reason.REFUSED


@dataclass(frozen=True)
class NotSent:
    """No byte of the request left, or the provider says that it processed nothing; and what to do, where known."""

    sentence: str
    throttled: bool = False
    remedy: str | None = None


@dataclass(frozen=True)
class Unknown:
    """The request may have arrived and its answer is lost, odd or absent."""

    sentence: str
    code: str | None = None


Outcome = Succeeded | Pending | Rejected | NotSent | Unknown


class Word(Enum):
    """A provider's own verdict in an answer; ODD is a missing or unknown word where there should be one."""

    DONE = "done"
    PENDING = "pending"
    REFUSED = "refused"
    ODD = "odd"
    NONE = "none"


@dataclass(frozen=True)
class Reading:
    """What a provider's explain hook reads out of one answer.

    ``created`` says that the thing asked for exists; ``final`` that a refusal holds whatever the HTTP status is.
    """

    word: Word = Word.NONE
    data: Any = None
    sentence: str = ""
    code: str | None = None
    reason: Reason | None = None
    created: bool = False
    final: bool = False


def is_name(value: Any) -> bool:
    """Return whether a value can be what a provider calls something that it made: a text or a whole number."""
    return isinstance(value, int) and not isinstance(value, bool) if not isinstance(value, str) else bool(value.strip())


@dataclass(frozen=True)
class Answer:
    """A complete HTTP answer: status, headers in lower case, the body's bytes and the seconds it took."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0


@dataclass(frozen=True)
class Flow:
    """A successful answer whose body is still arriving: its pieces, and how to stop it."""

    status: int
    headers: dict[str, str]
    pieces: Iterator[bytes]
    close: Callable[[], None]
    seconds: float = 0.0


class CutOffError(Exception):
    """The body stopped arriving before its end; told as the sentence of a Fault."""


@dataclass(frozen=True)
class Fault:
    """An exchange without a complete answer, whether any byte of the request may have left, and what to do."""

    sentence: str
    may_have_left: bool
    interrupted: bool = False
    remedy: str | None = None

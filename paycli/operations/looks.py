"""Looking for a text at a provider: the ways there are, and what a hit is; no I/O.

A provider names its ``Look`` values in the module that its ``looks`` says. The engine (``paycli.sending.finding``)
sends only those that the text could be meant for.
"""

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from paycli.operations.outcome import Word
from paycli.operations.wire import encode, measured
from paycli.values import dataclass

Values = Mapping[str, Any]
Facts = Mapping[str, str]
Parsed = TypeVar("Parsed")


class Status(Enum):
    """What became of a thing, in one vocabulary for all providers.

    ``HELD`` is reserved and not taken; ``CANCELLED`` called off before or after it was done; ``REFUNDED`` given back as
    a whole; ``UNKNOWN`` a word of the provider's that paycli does not know, or none.
    """

    SUCCEEDED = "succeeded"
    HELD = "held"
    PENDING = "pending"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    UNKNOWN = "unknown"


_OF_WORDS = {Word.DONE: Status.SUCCEEDED, Word.PENDING: Status.PENDING, Word.REFUSED: Status.FAILED}


def status_of(word: Word | None) -> Status:
    """Return what a provider's own verdict means here."""
    return _OF_WORDS.get(word, Status.UNKNOWN) if word else Status.UNKNOWN


@dataclass(frozen=True)
class Sought:
    """The text that is looked for, and from when on lists are looked through."""

    text: str
    since: datetime


@dataclass(frozen=True)
class Hit:
    """One thing that was found.

    ``order`` is our own reference of it. ``command``, ``argument`` and ``options`` are what is typed after the
    provider's name to see all of it.
    """

    id: str
    kind: str
    status: Status
    command: str
    argument: str = ""
    options: tuple[str, ...] = ()
    provider_status: str | None = None
    order: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    time: datetime | None = None

    def typed(self, provider: str, profile: str) -> str:
        """Return the command line that shows the thing whole, quoted for a shell."""
        words = ["paycli", provider, *self.command.split()]
        return quoted(words, self.argument, [*self.options, "-p", profile])

    def as_row(self, provider: str, profile: str) -> dict[str, Any]:
        """Return the hit as a row of output; times are UTC."""
        return {
            "provider": provider,
            "profile": profile,
            "id": self.id,
            "order": self.order,
            "kind": self.kind,
            "status": self.status.value,
            "provider_status": self.provider_status,
            "amount": self.amount,
            "currency": self.currency,
            "time": _written(self.time),
            "command": self.typed(provider, profile),
        }


def everything(_row: Any, _sought: Sought) -> bool:
    """Return that any row is meant: the provider chose them."""
    return True


@dataclass(frozen=True)
class Look:
    """One way to look for a text: a read, and what of its answer is meant.

    ``values`` are those of the read, or None where the text cannot be such an identifier. Of a list, the rows that
    ``matches`` are meant; what is ``whole`` about one is told by another read, which is named with its values. ``hit``
    makes the hit of an answer, with the values of the read that brought it and the profile's facts.

    ``period`` says that it goes through a list, no further back than is asked for. It is sent ``otherwise`` only when
    those before it found nothing; what is ``owned`` only when its owner is signed in. Where what is looked for is
    ``unique``, the first row that matches ends the list. One is ``refusable`` where it is not documented which texts
    can be such identifiers, so that a refusal is no failure. ``when`` tells the time of a row where lists are thought
    to begin with the newest: what is seen to do so is looked through no further than the period goes.
    """

    command: str
    values: Callable[[Sought], Values | None]
    hit: Callable[[Any, Values, Facts], Hit | None]
    matches: Callable[[Any, Sought], bool] = everything
    whole: Callable[[Any], tuple[str, Values] | None] | None = None
    period: bool = False
    otherwise: bool = False
    owned: bool = False
    unique: bool = False
    refusable: bool = False
    when: Callable[[Any], datetime | None] | None = None


_FILLING = r"(?:[*\u2022]+|[xX]{2,}|\u2026|\.{3,})"
_MASK = re.compile(rf"([0-9]{{4,8}})?{_FILLING}([0-9]{{4}})?")


def card_mask(text: str) -> tuple[str, str] | None:
    """Return the first and the last digits of a card mask, one of which may be empty; None for what is no mask."""
    match = _MASK.fullmatch(re.sub(r"[\s-]", "", text))
    if not match or not any(match.groups()):
        return None
    return match[1] or "", match[2] or ""


def same_card(text: str, shown: Any) -> bool:
    """Return whether a mask that was typed and one that a provider shows may be the same card's."""
    mask = card_mask(text)
    if mask is None or not isinstance(shown, str) or not shown:
        return False
    first, last = mask
    lead, tail = (re.search(expression, shown) for expression in (r"^[0-9]*", r"[0-9]*$"))
    begins, ends = lead[0] if lead else "", tail[0] if tail else ""
    common = min(len(first), len(begins))
    return first[:common] == begins[:common] and (common > 0 or not first) and ends.endswith(last)


def could_be(parse: Callable[[str], Parsed], text: str) -> Parsed | None:
    """Return what a parser makes of the text, or None where it refuses it, or where the text is a card mask."""
    if card_mask(text):
        return None
    try:
        return parse(text)
    except ValueError:
        return None


def row_where(field: str, text: str) -> tuple[str, str]:
    """Return the option that shows the row of a list with a text in a field."""
    literal = encode(text).decode().replace("`", "\\`")
    return "--query", f"[?{field}==`{literal}`]"


def quoted(words: Sequence[str], text: str, named: Sequence[str]) -> str:
    """Return a command line for a shell, with options after the argument, whatever that begins with."""
    if text.startswith("-"):
        return shlex.join([*words, *named, "--", text])
    return shlex.join([*words, *([text] if text else []), *named])


def number_of(value: Any) -> Decimal | None:
    """Return an amount as it came, exactly; None for what is none."""
    try:
        amount = None if value is None or isinstance(value, bool) else measured(str(value))
    except ArithmeticError:
        return None
    return amount if amount is not None and amount.is_finite() else None


def moment_of(value: Any, zone: str = "UTC") -> datetime | None:
    """Return a point in time in UTC; ``zone`` is that of timestamps which carry none. None for what is none."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC if zone == "UTC" else ZoneInfo(zone))
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def text_of(value: Any) -> str | None:
    """Return an identifier or a word as text; nothing for what is absent."""
    return str(value) if isinstance(value, str | int) and value != "" and not isinstance(value, bool) else None


def _written(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    precision = "milliseconds" if moment.microsecond else "seconds"
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=precision) + "Z"

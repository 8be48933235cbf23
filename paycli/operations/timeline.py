"""What happened with one order, payment or transaction, in the one shape in which every provider tells it.

A provider's pure function makes a ``Timeline`` out of its own answer. Times stay as they came, amounts are exact, or as
the provider sent them; where its document says nothing, that is said and not guessed.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from paycli.operations.wire import measured
from paycli.values import dataclass

NOBODY, PAYER, MERCHANT, LATER, SUPPORT = "nobody", "payer", "merchant", "try later", "support"
HELD, CAPTURED, REFUNDED, LEFT = "held", "captured", "refunded", "left"
NOT_TOLD = "not told"


@dataclass(frozen=True)
class Happened:
    """One thing that happened.

    ``at`` is None where the provider tells no time, ``code`` its own code for it, ``id`` what it calls it. ``comment``
    is the text that was sent along, in which a mark of ours may stand. ``notes`` are told below: why, and who can do
    what.
    """

    what: str
    at: Any = None
    status: str = ""
    amount: Any = None
    currency: str = ""
    code: str = ""
    id: str = ""
    comment: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sum:
    """What the amounts come to under one word; without an amount, the provider does not tell it."""

    word: str
    amount: Decimal | None
    currency: str = ""
    note: str = ""


@dataclass(frozen=True)
class Timeline:
    """What happened, what it comes to, and by which names the journal may know it.

    ``facts`` are what else the answer tells, with a word for each; ``lines`` what there is to say in general. ``lead``
    says what can be done next, by the commands in ``typed``, which are without paycli and profile.
    ``beside`` is a further read, with its values, whose rows would tell more. ``targets`` are what changes of it act
    on; ``references`` our own, under which it was created, and under which something else may have been; ``made`` is
    the identifier by which a journal's entry names what it created.
    """

    happened: tuple[Happened, ...]
    sums: tuple[Sum, ...] = ()
    facts: tuple[tuple[str, Any], ...] = ()
    lines: tuple[str, ...] = ()
    lead: str = ""
    typed: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    made: str = ""
    beside: tuple[str, Mapping[str, Any]] | None = None


Told = tuple[Decimal | None, str]
"""An amount, None where the provider does not tell it, and what there is to say of it."""


def standing(currency: str, held: Told, captured: Told, refunded: Told, left: Told) -> tuple[Sum, ...]:
    """Return what is held, captured, refunded and left, always in these words and this order."""
    sums = zip((HELD, CAPTURED, REFUNDED, LEFT), (held, captured, refunded, left), strict=True)
    return tuple(Sum(word, amount, currency, note) for word, (amount, note) in sums)


NOTHING: Told = (Decimal(0), "")
UNTOLD: Told = (None, "")


def can(who: str, sentence: str) -> str:
    """Return who can do what about it, as one note."""
    return sentence if who == NOBODY else f"{who}: {sentence}"


def exact(value: Any) -> Decimal | None:
    """Return a number as it came, or None for what is no finite one."""
    if isinstance(value, bool):
        return None
    try:
        number = measured(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None

"""The columns of a command's table, and what kind of value each holds."""

from enum import Enum

from paycli.values import dataclass


class Kind(Enum):
    """How a value is shown to a person."""

    TEXT = "text"
    ID = "id"
    MONEY = "money"
    MINOR = "minor"
    TIME = "time"
    EPOCH = "epoch"
    STATUS = "status"
    IMAGES = "images"
    NOTES = "notes"
    NOTE = "note"


@dataclass(frozen=True)
class Column:
    """One column: the answer's field, its kind, and for money the field of its currency.

    ``otherwise`` is the field that stands in where the first one is absent; ``unit`` is the currency where no field
    holds one; ``words`` are what a person reads instead of the provider's codes.
    """

    field: str
    kind: Kind = Kind.TEXT
    currency: str | None = None
    primary: bool = False
    otherwise: str | None = None
    unit: str | None = None
    words: tuple[tuple[object, str], ...] = ()

    @property
    def title(self) -> str:
        """The column's heading: the field's name in words; of a bare value, what it is."""
        return self.field.replace("_", " ").replace(".", " ") or ("id" if self.kind is Kind.ID else "value")


def text(field: str) -> Column:
    """Return a column of plain text."""
    return Column(field)


def identifier(field: str, *, primary: bool = False, otherwise: str | None = None) -> Column:
    """Return a column of identifiers, never cut off; the primary one is what ``-o id`` prints."""
    return Column(field, Kind.ID, primary=primary, otherwise=otherwise)


def money(field: str, currency: str) -> Column:
    """Return a column of amounts in major units, with the field that holds their currency."""
    return Column(field, Kind.MONEY, currency=currency)


def money_in(field: str, unit: str) -> Column:
    """Return a column of amounts in major units of one currency, which no field names."""
    return Column(field, Kind.MONEY, unit=unit)


def minor(field: str, unit: str) -> Column:
    """Return a column of amounts in minor units (cents) of one currency, shown in major ones."""
    return Column(field, Kind.MINOR, unit=unit)


def note(field: str) -> Column:
    """Return a column of sentences, which stand below their row where the table is too narrow."""
    return Column(field, Kind.NOTE)


def images(field: str) -> Column:
    """Return a column of lists of images, of which a person reads what they show and how large they are."""
    return Column(field, Kind.IMAGES)


def notes(field: str) -> Column:
    """Return a column of sentences, each of which stands on a line of its own below its row."""
    return Column(field, Kind.NOTES)


def status(field: str) -> Column:
    """Return a column of the provider's status words."""
    return Column(field, Kind.STATUS)


def coded(field: str, *words: tuple[object, str]) -> Column:
    """Return a column of codes, which a person reads as words."""
    return Column(field, Kind.STATUS, words=words)


def time(field: str) -> Column:
    """Return a column of points in time, shown in local time."""
    return Column(field, Kind.TIME)


def epoch(field: str) -> Column:
    """Return a column of points in time in milliseconds of UNIX time, shown in local time."""
    return Column(field, Kind.EPOCH)

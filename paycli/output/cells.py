"""The text of one table cell: money with its currency, local times, nested values in one line."""

from collections.abc import Mapping
from typing import Any

from paycli.operations.columns import Column, Kind
from paycli.operations.money import Money, exponent
from paycli.operations.wire import measured
from paycli.output.times import local, local_epoch
from paycli.output.visible import one_line

LISTS = frozenset({Kind.NOTES, Kind.IMAGES})


def pick(row: Any, dotted: str) -> Any:
    """Return the value at a dotted path, or None."""
    if not dotted:
        return row
    if "." not in dotted:
        return row.get(dotted) if isinstance(row, Mapping) else None
    for name in dotted.split("."):
        if not isinstance(row, Mapping):
            return None
        row = row.get(name)
    return row


def value_of(row: Any, column: Column) -> Any:
    """Return the column's value in a row, or None."""
    value = pick(row, column.field)
    return pick(row, column.otherwise) if value is None and column.otherwise else value


def cell(row: Any, column: Column, zone: str) -> str:
    """Return what a person sees of a column in a row; nothing for what is absent."""
    value = value_of(row, column)
    if value is None:
        return ""
    for code, word in column.words:
        if value == code and not isinstance(value, bool):
            return word
    if column.kind is Kind.TIME:
        return one_line(local(value, zone))
    if column.kind is Kind.EPOCH:
        return one_line(local_epoch(value))
    if column.kind is Kind.MINOR and column.unit:
        return one_line(minor(value, column.unit))
    if column.kind in LISTS and isinstance(value, list | tuple):
        return _listed(value, column.kind)
    if column.kind is Kind.MONEY and column.unit:
        return one_line(amount(value, column.unit))
    if column.kind is Kind.MONEY and column.currency:
        return one_line(amount(value, str(pick(row, column.currency) or "")))
    return one_line(plain(value))


def amount(value: Any, currency: str) -> str:
    """Return an amount in major units with at least the currency's decimals, never fewer than it has."""
    try:
        number = measured(str(value))
        places = max(exponent(currency), -int(number.as_tuple().exponent))
    except (ArithmeticError, ValueError):
        return f"{value} {currency}".strip()
    return f"{number:.{places}f} {currency}".strip()


def minor(value: Any, currency: str) -> str:
    """Return an amount in minor units as major ones; what is no whole number is shown as it is."""
    try:
        return str(Money.from_minor(int(str(value)), currency))
    except ValueError:
        return str(value)


def _listed(items: list[Any] | tuple[Any, ...], kind: Kind) -> str:
    """Return notes on a line each, and what images show in one."""
    if kind is Kind.NOTES:
        return "\n".join(one_line(plain(note)) for note in items)
    return one_line(", ".join(map(_image, items)))


def _image(item: Any) -> str:
    """Return what an image shows and how large it is."""
    if not isinstance(item, Mapping):
        return plain(item)
    return " ".join(str(value) for name, value in item.items() if name != "mediaType" and isinstance(value, str))


def plain(value: Any) -> str:
    """Return a value as one line of text: words for truth values, compact JSON for what is nested."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping | list):
        from paycli.operations.wire import encode

        return encode(value).decode()
    return str(value)

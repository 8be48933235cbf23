"""Shapes of requests: what a field may hold. Each check returns what is wrong, or None.

A field that the document does not have is wrong too, so that a misspelt one is noticed.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from paycli.sandbox.moments import read_day, read_moment

Check = Callable[[Any], str | None]
Rules = Mapping[str, tuple[bool, Check]]

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")
CENT = Decimal("0.01")
# Beyond it a number is no amount of money, and would not fit the default precision of Decimal.
TOO_MUCH = 10**15


def table(rules: Rules) -> Check:
    """Return a check for an object: each field is there when it has to be, known, and fits."""

    def check(value: Any) -> str | None:
        if not isinstance(value, Mapping):
            return "must be an object"
        missing = [f"{name} is required" for name, (required, _) in rules.items() if required and name not in value]
        strange = [f"{name} is not a field of this request" for name in value if name not in rules]
        wrong = [
            f"{name} {problem}" for name, held in value.items() if name in rules and (problem := rules[name][1](held))
        ]
        return "; ".join([*missing, *strange, *wrong]) or None

    return check


def array(item: Check, *, filled: bool = True) -> Check:
    """Return a check for an array of such items, with at least one of them where it has to be filled."""

    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return "must be an array"
        if filled and not value:
            return "must not be empty"
        return next((f"[{place}] {problem}" for place, held in enumerate(value) if (problem := item(held))), None)

    return check


def nullable(check: Check) -> Check:
    """Return a check that also takes null."""
    return lambda value: None if value is None else check(value)


def text(shortest: int = 0, longest: int | None = None) -> Check:
    """Return a check for a string of so many characters."""

    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return "must be a string"
        if len(value) < shortest:
            return f"must have at least {shortest} characters"
        return f"must have at most {longest} characters" if longest is not None and len(value) > longest else None

    return check


def word(*allowed: str) -> Check:
    """Return a check for one of some words."""
    return lambda value: None if value in allowed else f"must be one of {', '.join(allowed)}"


def pattern(expression: str, told: str) -> Check:
    """Return a check for a string that matches as a whole."""
    return lambda value: None if isinstance(value, str) and re.fullmatch(expression, value) else told


def whole(lowest: int | None = None, highest: int | None = None) -> Check:
    """Return a check for a JSON integer within bounds."""

    def check(value: Any) -> str | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return "must be an integer"
        if lowest is not None and value < lowest:
            return f"must be at least {lowest}"
        return f"must be at most {highest}" if highest is not None and value > highest else None

    return check


def written(check: Check) -> Check:
    """Return a check for an integer of the query, which arrives as text."""
    return lambda value: check(int(value)) if re.fullmatch(r"-?[0-9]{1,18}", value) else "must be an integer"


def flag(value: Any) -> str | None:
    """Check a boolean."""
    return None if isinstance(value, bool) else "must be true or false"


def uuid(value: Any) -> str | None:
    """Check a UUID."""
    return None if isinstance(value, str) and UUID.fullmatch(value) else "must be a UUID"


def email(value: Any) -> str | None:
    """Check an e-mail address."""
    return None if isinstance(value, str) and EMAIL.fullmatch(value) else "must be an e-mail address"


def number(value: Any) -> str | None:
    """Check a JSON number that is not negative."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return "must be a number"
    return "must not be negative" if value < 0 else None


def money(value: Any) -> str | None:
    """Check an amount in major units: a JSON number from 0.01, in whole hundredths."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return "must be a number"
    if value < CENT:
        return "must be at least 0.01"
    if value >= TOO_MUCH:
        return f"must be below {TOO_MUCH}"
    return None if Decimal(value) == round(Decimal(value), 2) else "must have at most 2 decimals"


def moment(value: Any) -> str | None:
    """Check a date-time with its zone."""
    return _reads(read_moment, value, "must be a date-time such as 2026-03-02T09:15:00Z")


def day(value: Any) -> str | None:
    """Check a date."""
    return _reads(read_day, value, "must be a date such as 2026-03-02")


def either(first: Check, second: Check) -> Check:
    """Return a check that is content with one of two shapes."""
    return lambda value: (first(value) and second(value)) or None


def _reads(read: Callable[[str], object], value: Any, told: str) -> str | None:
    try:
        read(value)
    except (ValueError, TypeError):
        return told
    return None


phone = pattern(r"\+?[0-9]{6,15}", "must be a phone number: digits, perhaps after a +")
uri = pattern(r"https?://[^\s/]\S*", "must be a URI")
NOTHING = table({})

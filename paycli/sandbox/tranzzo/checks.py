"""Checks of single values by the data types of Tranzzo's document; each returns what is wrong, or None.

A field that the document does not have is a violation here, so that a misspelt one is noticed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

Check = Callable[[Any], str | None]
Rules = Mapping[str, tuple[bool, Check]]

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def violations(body: Mapping[str, Any], rules: Rules, prefix: str = "") -> list[tuple[str, str]]:
    """Return what is wrong with the body, by field."""
    wrong = [(name, "is required") for name, (required, _) in rules.items() if required and name not in body]
    for name, value in body.items():
        if name not in rules:
            wrong.append((name, "is not a field of this request"))
        elif problem := rules[name][1](value):
            wrong.append((name, problem))
    return [(f"{prefix}{name}", problem) for name, problem in wrong]


def required(names: Iterable[str], check: Check) -> Rules:
    """Return rules for fields that have to be there."""
    return dict.fromkeys(names, (True, check))


def optional(names: Iterable[str], check: Check) -> Rules:
    """Return rules for fields that may be there."""
    return dict.fromkeys(names, (False, check))


def text(longest: int) -> Check:
    """Return a check for a string of at most so many characters."""

    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return "must be a string"
        return None if len(value) <= longest else f"must be at most {longest} characters long"

    return check


def word(*allowed: str) -> Check:
    """Return a check for one of some words."""
    return lambda value: None if value in allowed else f"must be one of {', '.join(allowed)}"


def words(*allowed: str) -> Check:
    """Return a check for an array of some words."""

    def check(value: Any) -> str | None:
        fits = isinstance(value, list) and all(isinstance(item, str) and item in allowed for item in value)
        return None if fits else f"must be an array of {', '.join(allowed)}"

    return check


def pattern(expression: str, told: str) -> Check:
    """Return a check for a string that matches as a whole."""
    return lambda value: None if isinstance(value, str) and re.fullmatch(expression, value) else told


def whole(lowest: int, highest: int) -> Check:
    """Return a check for a whole number within bounds."""

    def check(value: Any) -> str | None:
        fits = isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest
        return None if fits else f"must be a whole number from {lowest} to {highest}"

    return check


def table(rules: Rules) -> Check:
    """Return a check for an object whose own fields follow rules."""

    def check(value: Any) -> str | None:
        if not isinstance(value, dict):
            return "must be an object"
        return "; ".join(f"{name} {problem}" for name, problem in violations(value, rules)) or None

    return check


def array(rules: Rules, *, filled: bool = False) -> Check:
    """Return a check for an array of such objects."""

    def check(value: Any) -> str | None:
        if not isinstance(value, list) or (filled and not value):
            return "must be an array of objects"
        return next((problem for problem in map(table(rules), value) if problem), None)

    return check


def uuid(value: Any) -> str | None:
    """Check a UUID."""
    return None if isinstance(value, str) and UUID.fullmatch(value) else "must be a UUID"


def flag(value: Any) -> str | None:
    """Check a boolean."""
    return None if isinstance(value, bool) else "must be true or false"


def amount(value: Any) -> str | None:
    """Check an amount: a JSON number above zero with at most two decimals."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return "must be a number"
    if value <= 0:
        return "must be above zero"
    return None if Decimal(value) == round(Decimal(value), 2) else "must have at most 2 decimals"


def number(value: Any) -> str | None:
    """Check a JSON number."""
    return "must be a number" if isinstance(value, bool) or not isinstance(value, int | Decimal) else None


def day(value: Any) -> str | None:
    """Check a date such as 1990-04-01."""
    try:
        fits = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        fits = False
    return None if fits else "must be a date as yyyy-MM-dd"


currency = pattern("[A-Z]{3}", "must be a currency code")
url = pattern(r"https?://\S{1,2040}", "must be a URL")
ip = pattern(r"[0-9A-Fa-f.:]{7,45}", "must be an IP address")

"""Moments as RFC 3339 writes them, to the second."""

from datetime import UTC, date, datetime


def write_moment(moment: datetime) -> str:
    """Return a moment in UTC such as ``2026-03-02T09:15:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_moment(text: str) -> datetime:
    """Return the moment that a date-time with a zone names; raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or "T" not in text:
        raise ValueError(f"{text!r} is no date-time with a zone")
    return moment.astimezone(UTC)


def read_day(text: str) -> date:
    """Return the day that yyyy-MM-dd names; raises ValueError."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(f"{text!r} is no yyyy-MM-dd")
    return day

"""Times as Toman writes them: ISO 8601 in UTC, and days of the Persian calendar in file names."""

from datetime import UTC, date, datetime, timedelta, timezone

TEHRAN = timezone(timedelta(hours=3, minutes=30))
# The first day of a Persian year, from which the others are counted, and the 33-year cycle of its leap years.
KNOWN_YEAR, KNOWN_START = 1404, date(2025, 3, 21)
LEAP_YEARS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
# Six months of 31 days come before the months of 30.
LONG_MONTHS = 6 * 31


def moment(at: datetime) -> str:
    """Return a moment with milliseconds, such as ``2026-03-02T09:15:00.100Z``."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def second(at: datetime) -> str:
    """Return a moment with seconds, such as ``2026-03-02T09:15:00Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def persian_day(day: date) -> str:
    """Return a day of the Persian calendar, such as ``1404-12-11`` for 2 March 2026."""
    year, start = KNOWN_YEAR, KNOWN_START
    while day < start:
        year -= 1
        start -= _length(year)
    while day >= start + _length(year):
        start += _length(year)
        year += 1
    past = (day - start).days
    month, rest = divmod(past, 31) if past < LONG_MONTHS else divmod(past - LONG_MONTHS, 30)
    return f"{year:04}-{month + (1 if past < LONG_MONTHS else 7):02}-{rest + 1:02}"


def persian_moment(at: datetime) -> str:
    """Return a moment of Tehran's time with the Persian day, such as ``1404-12-11 12:45:00``."""
    local = at.astimezone(TEHRAN)
    return f"{persian_day(local.date())} {local:%H:%M:%S}"


def _length(year: int) -> timedelta:
    return timedelta(days=366 if year % 33 in LEAP_YEARS else 365)

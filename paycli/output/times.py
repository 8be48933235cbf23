"""Points in time as people read them: the provider's form, in this machine's local time."""

from datetime import UTC, datetime, tzinfo
from typing import Any


def moment_of(value: Any, zone: str = "UTC") -> datetime | None:
    """Return the point in time that a text tells, or None; ``zone`` is that of one which carries none."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC if zone == "UTC" else _named(zone))
    return moment


def local(value: Any, zone: str = "UTC") -> str:
    """Return local date and time to the second; ``zone`` is that of timestamps which carry none.

    What is no point in time is returned as it is.
    """
    moment = moment_of(value, zone)
    return str(value) if moment is None else _here(moment) or str(value)


def _named(zone: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(zone)


def local_epoch(value: Any) -> str:
    """Return local date and time of milliseconds of UNIX time; what is no such number is returned as it is."""
    try:
        moment = datetime.fromtimestamp(int(value) / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return str(value)
    return _here(moment) or str(value)


def _here(moment: datetime) -> str | None:
    """Return local date and time, or None where this machine's calendar ends before, as for the first day of year 1."""
    try:
        return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (OverflowError, ValueError, OSError):
        return None

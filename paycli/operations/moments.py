"""Points in time as they are typed: ISO 8601, a date, or relative to now.

What carries no zone is local time, since people type it. A date as the end of a period means its last moment.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.params import Option

_RELATIVE = re.compile(r"-(\d{1,5})([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS = {"today": 0, "yesterday": 1}
NOW = "now"
HINT = "write a date such as 2026-03-01, a time such as 2026-03-01T09:30+02:00, now, today, yesterday, or -7d"


def moment(text: str, now: datetime, *, end: bool = False) -> datetime:
    """Return the moment in UTC; ``end`` takes the last second of a day. Raises ValueError.

    ``now`` is aware; its zone is the local one.
    """
    if text == NOW:
        return now.astimezone(UTC)
    if match := _RELATIVE.fullmatch(text):
        return (now - timedelta(**{_UNITS[match[2]]: int(match[1])})).astimezone(UTC)
    try:
        if text in _DAYS:
            return _day((now - timedelta(days=_DAYS[text])).replace(tzinfo=None), end=end)
        parsed = datetime.fromisoformat(text)
        if _DATE.fullmatch(text):
            return _day(parsed, end=end)
        return parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no point in time; {HINT}") from None


def _day(day: datetime, *, end: bool) -> datetime:
    start = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return (start + timedelta(days=1, seconds=-1) if end else start).astimezone(UTC)


def moment_now(text: str, *, end: bool = False) -> datetime:
    """Return the moment in UTC as it is meant now, in this machine's zone. Raises ValueError."""
    return moment(text, datetime.now().astimezone(), end=end)


def _typed(*, end: bool) -> Callable[[str], datetime]:
    return lambda text: moment_now(text, end=end)


From = Annotated[
    datetime,
    Option("Beginning of the period.", flag="--from", parse=_typed(end=False), metavar="TIME", sample="-7d"),
]
To = Annotated[
    datetime | None,
    Option("End of the period.", flag="--to", parse=_typed(end=True), metavar="TIME", default_text=NOW),
]


def refuse_turned_periods(typed: Mapping[str, Any], until_now: Collection[str] = ()) -> None:
    """Raise UsageProblem where a period begins after its end; ``typed`` are the parsed values by their flags.

    A pair is any two flags that differ in ``from`` and ``to`` alone. ``until_now`` are the flags of ends that mean the
    present when they are left out.
    """
    for flag, begin in typed.items():
        other = re.sub(r"from$", "to", flag)
        if other == flag or begin is None:
            continue
        first, end = getattr(begin, "at", begin), typed.get(other)
        if end is None and other in until_now and first > datetime.now(UTC):
            raise UsageProblem(f"Invalid value for '{flag}': the period begins in the future ({_told(first)}).")
        last = getattr(end, "at", end)
        if last is not None and first > last:
            told = f"the period ends ({_told(last)}) before it begins ({flag}, {_told(first)})"
            raise UsageProblem(
                f"Invalid value for '{other}': {told}.",
                next_step=f"move {flag} or {other}",
            )


def _told(value: Any) -> str:
    """Return a moment as this machine's zone has it; a day stays as it is."""
    return value.astimezone().strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else str(value)


def unix_seconds(when: datetime | None) -> int:
    """Return whole UNIX seconds of a moment; of now when it was left out."""
    return int((when or datetime.now(UTC)).timestamp())

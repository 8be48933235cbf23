"""Times as they are typed."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from paycli.operations.moments import moment

NOW = datetime(2026, 3, 10, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _zone() -> Iterator[None]:
    """Run two hours east of Greenwich, whatever the machine says, and leave no other test there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "EET-2")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    "text,expected",
    [
        ("now", "2026-03-10T12:30:00"),
        ("-7d", "2026-03-03T12:30:00"),
        ("-90s", "2026-03-10T12:28:30"),
        ("2026-03-01", "2026-02-28T22:00:00"),
        ("2026-03-01T09:30", "2026-03-01T07:30:00"),
        ("2026-03-01T09:30Z", "2026-03-01T09:30:00"),
        ("2026-03-01T09:30+03:30", "2026-03-01T06:00:00"),
        ("yesterday", "2026-03-08T22:00:00"),
        ("today", "2026-03-09T22:00:00"),
    ],
)
def test_a_moment_is_in_utc(text: str, expected: str) -> None:
    """What carries no zone is local."""
    assert moment(text, NOW.astimezone()) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_a_date_as_an_end_means_its_last_moment() -> None:
    """--to 2026-03-01 includes that day."""
    day = timedelta(days=1, seconds=-1)
    for text in ("2026-03-01", "yesterday", "today"):
        assert moment(text, NOW.astimezone(), end=True) - moment(text, NOW.astimezone()) == day


@pytest.mark.parametrize("text", ["", "tomorrowish", "-7", "7d", "2026-13-01", "01.03.2026", "-123456w", "1772355600"])
def test_everything_else_is_refused_with_what_to_write(text: str) -> None:
    """The message shows the forms."""
    with pytest.raises(ValueError, match="write a date"):
        moment(text, NOW.astimezone())

"""Rules of dates: days before the epoch, in UTC, to the millisecond."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from leadiq.sandbox._dates import Calendar


def test_dates_are_counted_back_from_the_epoch_in_utc() -> None:
    """An epoch of another zone means the same moment."""
    east = timezone(timedelta(hours=2))
    calendar = Calendar(datetime(2026, 3, 2, 1, 30, 0, 250_000, tzinfo=east))
    assert calendar.zoned(0) == "2026-03-01T23:30:00.250Z"
    assert calendar.zoned(1) == "2026-02-28T23:30:00.250Z"
    assert calendar.millis(0) - calendar.millis(2) == 2 * 86_400_000
    assert calendar.millis(0) == 1_772_407_800_250

"""Rules of dates: days before the epoch, in UTC, to the millisecond."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from leadiq.sandbox._dates import Calendar, Moments, stamp


def test_dates_are_counted_back_from_the_epoch_in_utc() -> None:
    """An epoch of another zone means the same moment."""
    east = timezone(timedelta(hours=2))
    calendar = Calendar(datetime(2026, 3, 2, 1, 30, 0, 250_000, tzinfo=east))
    assert calendar.zoned(0) == "2026-03-01T23:30:00.250Z"
    assert calendar.zoned(1) == "2026-02-28T23:30:00.250Z"
    assert calendar.millis(0) - calendar.millis(2) == 2 * 86_400_000
    assert calendar.millis(0) == 1_772_407_800_250


def test_a_sandbox_lives_on_from_its_epoch() -> None:
    """Its time is the epoch plus what the clock has gone since, whatever the clock shows."""
    seconds = [5000.0]
    east = timezone(timedelta(hours=2))
    moments = Moments(datetime(2026, 3, 2, 2, tzinfo=east), lambda: seconds[0])
    seconds[0] += 90.5
    assert stamp(moments.now()) == "2026-03-02T00:01:30.500Z"
    assert moments.days_before_epoch(datetime(2026, 3, 1, tzinfo=UTC)) == 1
    assert moments.days_before_epoch(datetime(2026, 3, 1, 1, tzinfo=UTC)) == 0
    assert moments.days_before_epoch(datetime(2026, 3, 3, tzinfo=UTC)) == -1

"""The world's dates: days before the epoch, written as the contract's scalars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Calendar:
    """Writes days before `epoch` (an aware datetime)."""

    def __init__(self, epoch: datetime) -> None:
        self.epoch = epoch.astimezone(UTC)
        self.epoch_ms = round(self.epoch.timestamp() * 1000)

    def day(self, days_before: int) -> datetime:
        """Return the moment that many days before the epoch."""
        return self.epoch - timedelta(days=days_before)

    def zoned(self, days_before: int) -> str:
        """Return a ZonedDateTime, ISO 8601 with milliseconds and Z [ref]."""
        return stamp(self.day(days_before))

    def millis(self, days_before: int) -> int:
        """Return Unix milliseconds, the unit of the contract's date filters [samples]."""
        return self.epoch_ms - days_before * 86_400_000


def stamp(moment: datetime) -> str:
    """Return a ZonedDateTime of an aware moment in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"

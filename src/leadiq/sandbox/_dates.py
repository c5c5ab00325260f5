"""The world's dates: days before the epoch, written as the contract's scalars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# More days than the world's dates reach back.
_DAYS = 1 << 14


class Calendar:
    """Writes days before `epoch` (an aware datetime)."""

    def __init__(self, epoch: datetime) -> None:
        self.epoch = epoch.astimezone(UTC)
        self.epoch_ms = round(self.epoch.timestamp() * 1000)
        self.zoned = lru_cache(maxsize=_DAYS)(self._zoned)
        """Return a ZonedDateTime of days before the epoch: ISO 8601 with milliseconds, Z [ref]."""

    def day(self, days_before: int) -> datetime:
        """Return the moment that many days before the epoch."""
        return self.epoch - timedelta(days=days_before)

    def _zoned(self, days_before: int) -> str:
        return stamp(self.day(days_before))

    def millis(self, days_before: int) -> int:
        """Return Unix milliseconds, the unit of the contract's date filters [samples]."""
        return self.epoch_ms - days_before * 86_400_000


class Moments:
    """What time it is in a sandbox: its epoch, and from then on as its clock goes."""

    def __init__(self, epoch: datetime, clock: Callable[[], float]) -> None:
        self._epoch = epoch.astimezone(UTC)
        self._clock = clock
        self._begun = clock()

    def now(self) -> datetime:
        """Return the moment."""
        return self._epoch + timedelta(seconds=self._clock() - self._begun)

    def days_before_epoch(self, moment: datetime) -> int:
        """Return how many whole days before the epoch a moment was; negative after it."""
        return (self._epoch - moment).days


def stamp(moment: datetime) -> str:
    """Return a ZonedDateTime of an aware moment in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"

"""Numbers, shares and times in words, for people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .._jobs.reconciliation import amount
from .markup import GLUE

if TYPE_CHECKING:
    from decimal import Decimal

_MINUTE_S = 60
_HOUR_S = 3600
_DAY_S = 86_400
_NAME_CHARS = 64


def many(count: int, noun: str, plural: str = "") -> str:
    """Say how many there are of something."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def credits_(count: Decimal) -> str:
    """Say how many credits there are."""
    return f"{amount(count)} credit{'' if count == 1 else 's'}"


def share(part: int, whole: int) -> str:
    """Say what part of a whole it is; what is not all or nothing is not rounded to that."""
    if not whole:
        return "-"
    percent = 100 * part / whole
    if 0 < percent < 1 or 99 < percent < 100:
        return f"under 1{GLUE}%" if percent < 1 else f"over 99{GLUE}%"
    return f"{percent:.0f}{GLUE}%"


def short(name: str) -> str:
    """Take out the middle of a long name."""
    return name if len(name) <= _NAME_CHARS else f"{name[: _NAME_CHARS // 2]}…{name[-16:]}"


def day(unix_s: float) -> str:
    """Write a moment in UTC, to the minute."""
    return datetime.fromtimestamp(unix_s, UTC).strftime("%d %b %Y %H:%M").lstrip("0")


def clock(unix_s: float, *, with_day: bool) -> str:
    """Write a moment in UTC for an axis, to the second."""
    moment = datetime.fromtimestamp(unix_s, UTC)
    return moment.strftime("%d %b %H:%M" if with_day else "%H:%M:%S").lstrip("0" * with_day)


def span(seconds: float) -> str:
    """Say how long something took, in the two largest units."""
    for unit_s, unit, part_s, part in (
        (_DAY_S, "d", _HOUR_S, "h"),
        (_HOUR_S, "h", _MINUTE_S, "min"),
        (_MINUTE_S, "min", 1, "s"),
    ):
        if seconds >= unit_s:
            whole, rest = divmod(round(seconds), unit_s)
            return f"{whole:,} {unit}" + (f" {rest // part_s} {part}" if rest >= part_s else "")
    return f"{seconds:.0f} s" if seconds >= 1 or not seconds else "under a second"

"""How long a server asks to wait, in every form that servers say it. Pure.

LeadIQ sends no such header [guide]; if one ever appears, from LeadIQ or a gateway in front of it,
it is obeyed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER = re.compile(r"\d{1,12}(\.\d+)?")
_RESET = re.compile(r"(?:^|[;,\s])(?:t|reset)=(\d{1,12}(?:\.\d+)?)(?!\d)", re.IGNORECASE)
# Servers give a reset as seconds from now or as a Unix time; no wait is thirty years long.
_UNIX_TIME = 10**9


def wait_of(headers: Mapping[str, str], now: datetime) -> float | None:
    """Give the seconds to wait, or None when no header says so; 0.0 means now.

    `Retry-After` (seconds or a date) goes before the `RateLimit` family, in its structured form
    (`RateLimit: "default";r=0;t=30`) and its older ones.

    Args:
        headers: response headers, with lower-case or case-insensitive keys.
        now: the time, with a zone; the response's own `Date` is used where it has one, because
            dates of a server are to be compared with its own clock.
    """
    if "date" in headers:
        now = _date(headers["date"]) or now
    for name, read in _READERS:
        said = read(headers[name], now) if name in headers else None
        if said is not None:
            return max(0.0, said)
    return None


def _retry_after(value: str, now: datetime) -> float | None:
    seconds = _number(value)
    if seconds is not None:
        return seconds
    date = _date(value)
    return None if date is None else (date - now).total_seconds()


def _structured(value: str, _: datetime) -> float | None:
    found = _RESET.search(value)
    return float(found[1]) if found else None


def _reset(value: str, now: datetime) -> float | None:
    seconds = _number(value)
    if seconds is None or seconds < _UNIX_TIME:
        return seconds
    return seconds - now.timestamp()


def _number(value: str) -> float | None:
    text = value.strip()
    return float(text) if _NUMBER.fullmatch(text) else None


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # the latter for a number that no clock has
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


_READERS = (
    ("retry-after", _retry_after),
    ("ratelimit", _structured),
    ("ratelimit-reset", _reset),
    ("x-ratelimit-reset", _reset),
    ("x-rate-limit-reset", _reset),
)

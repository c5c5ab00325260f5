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

_RESET = re.compile(r"(?:^|[;,\s])(?:t|reset)=(\d+(?:\.\d+)?)", re.IGNORECASE)
_RESET_HEADERS = ("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset")
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
    now = _date(headers.get("date")) or now
    said = _retry_after(headers.get("retry-after"), now)
    if said is None:
        said = _structured(headers.get("ratelimit"))
    for name in _RESET_HEADERS:
        if said is None:
            said = _reset(headers.get(name), now)
    return None if said is None else max(0.0, said)


def _retry_after(value: str | None, now: datetime) -> float | None:
    seconds = _number(value)
    if seconds is not None:
        return seconds
    date = _date(value)
    return None if date is None else (date - now).total_seconds()


def _structured(value: str | None) -> float | None:
    found = _RESET.search(value or "")
    return float(found[1]) if found else None


def _reset(value: str | None, now: datetime) -> float | None:
    seconds = _number(value)
    if seconds is None or seconds < _UNIX_TIME:
        return seconds
    return seconds - now.timestamp()


def _number(value: str | None) -> float | None:
    text = (value or "").strip()
    return float(text) if re.fullmatch(r"\d{1,12}(\.\d{1,9})?", text) else None


def _date(value: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(value or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)

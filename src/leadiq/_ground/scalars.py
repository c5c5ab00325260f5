"""Custom scalars whose wire form pydantic does not take as it is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, Field

_ZONE_ID = re.compile(r"\[[^\]]*\]$")


def _lenient(value: Any) -> Any:
    """Take Java's `2021-10-02T00:00Z[UTC]`, and a time without a zone as UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(_ZONE_ID.sub("", value))
        except ValueError:  # whose text holds the value
            raise ValueError("not an ISO 8601 time") from None
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value


# The first branch runs in Rust; Python is asked only when it fails.
ZonedDateTime = Annotated[
    AwareDatetime | Annotated[datetime, BeforeValidator(_lenient)],
    Field(union_mode="left_to_right"),
]
"""An ISO 8601 time with a zone (GraphQL `ZonedDateTime` and `Instant`); always aware."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# From April 1970 to the year 5138. Below are today's seconds, above today's microseconds.
_PLAUSIBLE = range(10**10, 10**14)
_A_TIME = "give a datetime with a zone, a date, or Unix milliseconds"


def _milliseconds(value: Any) -> int:
    """Take a time as people have it; a date is midnight UTC."""
    if type(value) is int:
        if value > 0 and value not in _PLAUSIBLE:
            raise ValueError(f"not in milliseconds: {_A_TIME}")
        found = value
    elif isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError(f"the time has no zone: {_A_TIME}")
        found = (value - _EPOCH) // timedelta(milliseconds=1)
    elif isinstance(value, date):
        found = (value - _EPOCH.date()) // timedelta(milliseconds=1)
    else:
        raise ValueError(f"not a time: {_A_TIME}")
    if found < 0:
        raise ValueError(f"the time is before 1970: {_A_TIME} of 1970 or later")
    return found


UnixMilliseconds = Annotated[int | datetime | date, BeforeValidator(_milliseconds)]
"""A time in Unix milliseconds [samples]: an `int` once validated, and given as an aware `datetime`,
a `date` (midnight UTC) or an `int`."""

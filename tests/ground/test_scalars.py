"""Times: every form that a server may write, always with a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from leadiq._ground.scalars import UnixMilliseconds, ZonedDateTime

ADAPTER: TypeAdapter[datetime] = TypeAdapter(ZonedDateTime)
PARIS = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2021-10-02T00:00:00Z", datetime(2021, 10, 2, tzinfo=UTC)),
        ("2021-10-02T00:00Z", datetime(2021, 10, 2, tzinfo=UTC)),
        ("2021-10-02T00:00Z[UTC]", datetime(2021, 10, 2, tzinfo=UTC)),
        ("2021-10-02T08:30:15.123+02:00", datetime(2021, 10, 2, 8, 30, 15, 123000, PARIS)),
        ("2021-10-02T00:00:00+02:00[Europe/Paris]", datetime(2021, 10, 2, tzinfo=PARIS)),
        ("2021-10-02T00:00:00", datetime(2021, 10, 2, tzinfo=UTC)),
        ("2021-10-02T00:00:00[UTC]", datetime(2021, 10, 2, tzinfo=UTC)),
        ("2021-10-02T00:00Z[]", datetime(2021, 10, 2, tzinfo=UTC)),
        ("2021-10-02", datetime(2021, 10, 2, tzinfo=UTC)),
        ("2021-10-02T00:00:00.123456789Z[UTC]", datetime(2021, 10, 2, 0, 0, 0, 123456, UTC)),
        ("1633132800000", datetime(2021, 10, 2, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_in_every_form(text: str, meant: datetime) -> None:
    """ISO 8601, Java's zone ids, bare dates and milliseconds mean the same from both readers."""
    for read in (ADAPTER.validate_json(f'"{text}"'), ADAPTER.validate_python(text)):
        assert read == meant
        assert read.utcoffset() == meant.utcoffset()


@pytest.mark.parametrize("text", ["soon", "2021-10[UTC]-02T00:00Z"])
def test_what_is_no_time_is_called_so(text: str) -> None:
    """A zone's name stands at the end only."""
    with pytest.raises(ValidationError, match="not an ISO 8601 time"):
        ADAPTER.validate_python(text)


def test_a_python_time_without_a_zone_is_utc() -> None:
    """An input that was made without a zone is sent as UTC, and one with a zone as it is."""
    assert ADAPTER.validate_python(datetime(2021, 10, 2)) == datetime(2021, 10, 2, tzinfo=UTC)  # noqa: DTZ001
    aware = datetime(2021, 10, 2, tzinfo=PARIS)
    assert ADAPTER.validate_python(aware) is aware


@given(st.text() | st.datetimes().map(str) | st.none() | st.integers() | st.floats())
@example("0001-01-01T00:00:00+23:59[x]")
@example("ada@example.com")
def test_anything_else_is_refused_without_being_shown(value: object) -> None:
    """A value is an aware time or a validation error; the error's own words do not repeat it."""
    try:
        assert ADAPTER.validate_python(value).tzinfo is not None
    except ValidationError as error:
        for detail in error.errors():
            assert "ada@example.com" not in detail["msg"]
            assert detail["type"] != "value_error" or "not an ISO 8601 time" in detail["msg"]


MILLISECONDS: TypeAdapter[Any] = TypeAdapter(UnixMilliseconds)


@pytest.mark.parametrize(
    ("time", "taken"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), 1_767_225_600_000),
        (datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))), 1_767_225_600_000),
        (datetime(2026, 1, 1, 0, 0, 0, 1999, tzinfo=UTC), 1_767_225_600_001),
        (date(2026, 1, 1), 1_767_225_600_000),
        (1_767_225_600_000, 1_767_225_600_000),
        (10**10, 10**10),
        (10**14 - 1, 10**14 - 1),
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (0, 0),
    ],
)
def test_a_time_becomes_unix_milliseconds(time: Any, taken: int) -> None:
    """Aware datetimes, dates (midnight UTC) and milliseconds are one number."""
    assert MILLISECONDS.validate_python(time) == taken


@pytest.mark.parametrize(
    ("time", "why"),
    [
        (datetime(2026, 1, 1), "has no zone"),  # noqa: DTZ001
        (-1, "before 1970"),
        (date(1969, 12, 31), "before 1970"),
        (datetime(1969, 12, 31, tzinfo=UTC), "before 1970"),
        (1, "not in milliseconds"),
        (1_767_225_600, "not in milliseconds"),
        (10**10 - 1, "not in milliseconds"),
        (10**14, "not in milliseconds"),
        (1_767_225_600_000_000, "not in milliseconds"),
        (1_767_225_600_000.0, "not a time"),
        (True, "not a time"),
        ("2026-01-01", "not a time"),
    ],
)
def test_what_is_no_time_in_milliseconds_is_refused(time: Any, why: str) -> None:
    """Naive, negative, in another unit or of another kind: refused, saying what would do."""
    with pytest.raises(ValidationError, match=f"{why}: give a datetime with a zone"):
        MILLISECONDS.validate_python(time)


def test_who_gives_a_time_before_1970_is_told_when_times_begin() -> None:
    """The sentence says what would do."""
    with pytest.raises(ValidationError, match="or Unix milliseconds of 1970 or later"):
        MILLISECONDS.validate_python(-1)

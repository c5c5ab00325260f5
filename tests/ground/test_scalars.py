"""Times: every form that a server may write, always with a zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from leadiq._ground.scalars import ZonedDateTime

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

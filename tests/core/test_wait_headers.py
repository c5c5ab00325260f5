"""How long a server asks to wait, in every form of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._core.wait_headers import wait_of

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
UNIX = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({}, None),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": " 17 "}, 17.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "Mon, 23 Nov 2026 12:01:00 GMT"}, 60.0),
        ({"retry-after": "Mon, 23 Nov 2026 12:01:00"}, 60.0),
        ({"retry-after": "Mon, 23 Nov 2026 11:59:00 GMT"}, 0.0),
        (
            {
                "retry-after": "Mon, 23 Nov 2026 12:01:00 GMT",
                "date": "Mon, 23 Nov 2026 12:00:30 GMT",
            },
            30.0,
        ),
        ({"retry-after": "Mon, 23 Nov 2026 12:01:00 GMT", "date": "now"}, 60.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "9" * 12}, 10.0**12 - 1),
        ({"retry-after": "9" * 13}, None),
        ({"retry-after": "1.123456789"}, 1.123456789),
        ({"retry-after": "5."}, None),
        ({"retry-after": "1.1234567890"}, 1.123456789),
        ({"retry-after": "Mon, 23 Nov 2026 13:01:00 +0100"}, 60.0),
        ({"retry-after": "inf"}, None),
        ({"ratelimit": '"default";r=0;t=30'}, 30.0),
        ({"ratelimit": "limit=60, remaining=0, reset=12"}, 12.0),
        ({"ratelimit": '"default";r=0'}, None),
        ({"ratelimit": "t="}, None),
        ({"ratelimit": "t=" + "9" * 400}, None),
        ({"retry-after": "Mon, 01 Jan 2027 00:00:00 +99999999999"}, None),
        ({"retry-after": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"}, None),
        ({"retry-after": "1" * 13}, None),
        ({"ratelimit": "reset=" + "1" * 13}, None),
        ({"ratelimit": "t=1.52"}, 1.52),
        ({"ratelimit-reset": "25"}, 25.0),
        ({"ratelimit-reset": str(10**9 - 1)}, 10.0**9 - 1),
        ({"ratelimit-reset": str(10**9)}, 0.0),
        ({"x-ratelimit-reset": str(UNIX + 40)}, 40.0),
        ({"x-rate-limit-reset": str(UNIX - 40)}, 0.0),
        ({"x-ratelimit-reset": "tomorrow"}, None),
        ({"retry-after": "3", "ratelimit-reset": "25"}, 3.0),
        ({"ratelimit": '"a";t=4', "ratelimit-reset": "25"}, 4.0),
    ],
)
def test_every_form_of_the_wait_is_understood(
    headers: dict[str, str], wait_s: float | None
) -> None:
    """Seconds, dates, structured fields and Unix times; what is none of them is no wait."""
    assert wait_of(headers, NOW) == wait_s


@given(
    st.dictionaries(
        st.sampled_from(["retry-after", "ratelimit", "ratelimit-reset", "date"]), st.text()
    )
)
def test_no_header_makes_it_fail(headers: dict[str, str]) -> None:
    """Whatever a server writes, there is a wait that is not negative, or none."""
    wait_s = wait_of(headers, NOW)
    assert wait_s is None or wait_s >= 0.0

"""When to look again: growing waits, a cap, and a last look when patience ends."""

from __future__ import annotations

import pytest

from leadiq import InputError
from leadiq._engine.polling import REFRESH, TRACKING, Intervals, check_wait, next_wait


def test_waits_grow_up_to_a_cap() -> None:
    """Each wait is longer than the one before until the longest, however many there were."""
    intervals = Intervals(first_s=4.0, growth=2.0, longest_s=30.0)
    assert [intervals.after(looks) for looks in (1, 2, 3, 4, 5, 10**6)] == [4, 8, 16, 30, 30, 30]


def test_no_interval_asks_more_than_the_slowest_plan_allows() -> None:
    """After its first minute a wait takes less than half of a free key's ten requests a minute."""
    for intervals in (TRACKING, REFRESH):
        waits = [intervals.after(looks) for looks in range(1, 100)]
        assert waits == sorted(waits)
        assert 60 / intervals.longest_s < 5


@pytest.mark.parametrize(
    ("elapsed_s", "wait_s", "expected"),
    [
        (0.0, None, 5.0),
        (1e9, None, 5.0),
        (0.0, 100.0, 5.0),
        (97.0, 100.0, 3.0),
        (100.0, 100.0, None),
    ],
)
def test_the_last_look_is_when_patience_ends(
    elapsed_s: float, wait_s: float | None, expected: float | None
) -> None:
    """A wait is cut to the caller's patience; when that is used up there is none."""
    assert next_wait(TRACKING, looks=1, elapsed_s=elapsed_s, wait_s=wait_s) == expected


@pytest.mark.parametrize("wait_s", [-1, float("nan"), True, "5"])
def test_a_wait_that_is_none_is_refused(wait_s: float) -> None:
    """Negative seconds, flags and texts are no waits; 0 and None are."""
    with pytest.raises(InputError, match="wait_s"):
        check_wait(wait_s)
    check_wait(0)
    check_wait(None)

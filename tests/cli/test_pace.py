"""The rules of the pace: it is that of the last minute, and nobody guesses without having seen."""

from __future__ import annotations

import pytest

from leadiq.cli._pace import WINDOW_S, Pace


def seen(*looks: tuple[float, int, int]) -> Pace:
    pace = Pace()
    for look in looks:
        pace.see(*look)
    return pace


def test_one_look_tells_nothing() -> None:
    """Nor does none."""
    for pace in (Pace(), seen((5.0, 100, 100))):
        assert (pace.requests_per_minute, pace.left_s(200)) == (0, None)


def test_rate_and_time_left_follow_from_what_was_done() -> None:
    """Ten requests in ten seconds are sixty a minute; who did nothing will not be done."""
    pace = seen((0.0, 0, 0), (10.0, 20, 10))
    assert pace.requests_per_minute == pytest.approx(60)
    assert pace.left_s(120) == pytest.approx(50)
    assert seen((0.0, 7, 0), (10.0, 7, 10)).left_s(120) is None


def test_what_was_long_ago_does_not_count() -> None:
    """Thousands of rows of the journal in the first second say nothing of the next minute."""
    looks = [(0.0, 0, 0), (1.0, 5000, 0), *((float(n), 5000 + n, n) for n in range(2, 200))]
    pace = seen(*looks)
    assert pace.left_s(5199 + 60) == pytest.approx(60)
    assert pace.requests_per_minute == pytest.approx(60)


def test_many_looks_take_no_more_room_than_a_few() -> None:
    """However often it is called in a second."""
    pace = seen(*((n / 100, n, n) for n in range(20_000)))
    assert len(pace._looks) <= 3 * WINDOW_S
    assert pace.requests_per_minute == pytest.approx(6000, rel=0.05)

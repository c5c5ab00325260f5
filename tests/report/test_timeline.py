"""The rules of the timeline: nothing is lost in it, pauses are left out, and it stays small."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from leadiq._report.timeline import MOST_BINS, PAUSE_S, Moment, Timeline

D = Decimal


def timeline(*times: float) -> Timeline:
    made = Timeline()
    for at in times:
        made.add(at, D(1))
    return made


def test_what_was_spent_adds_up() -> None:
    """In the order of time, whatever the order in which it was told; a second is one moment."""
    assert timeline(12.0, 10.5, 10.9).moments() == [
        Moment(10.0, 0.0, 2, D(2), 0.0),
        Moment(12.0, 2.0, 3, D(3), 0.0),
    ]
    assert Timeline().moments() == []


def test_pauses_take_no_time() -> None:
    """A second stands for each; a wait that is shorter is work."""
    _, second, third = timeline(0.0, PAUSE_S - 1, 3 * PAUSE_S).moments()
    assert (second.worked_s, second.paused_s) == (PAUSE_S - 1, 0.0)
    assert (third.worked_s, third.paused_s) == (PAUSE_S, 2 * PAUSE_S + 1)


@given(st.lists(st.floats(0, 4e9), max_size=50), st.integers(1, 40))
def test_nothing_is_lost(times: list[float], every: int) -> None:
    """However long the job was: times and sums only grow, and the last sum is everything."""
    made = timeline(*times, *(every * number for number in range(100)))
    found = made.moments()
    assert (found[-1].lookups, found[-1].credits) == (len(times) + 100, len(times) + 100)
    for before, after in pairwise(found):
        assert before.at < after.at
        assert before.worked_s < after.worked_s
        assert before.lookups < after.lookups


def test_memory_does_not_grow() -> None:
    """Twice as long, half as fine; half a year of seconds is no more than a day of them."""
    made = timeline(*(float(number * 997) for number in range(20_000)))
    assert MOST_BINS / 2 <= len(made._bins) <= MOST_BINS
    assert made.moments()[-1].lookups == 20_000
    assert not any(moment.paused_s for moment in made.moments())

"""Policies: no window ever holds too many, spacing is even, and nothing that is used gets lost."""

from __future__ import annotations

import random
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadiq._conduct.slots import LATENESS, Gcra, Occupancy, Policy, Slots

EPSILON = 1e-9


def slots(limit: int = 3, window_s: float = 60.0, burst: int = 3) -> Slots:
    return Slots(limit, window_s, burst=burst)


def test_a_slot_is_free_again_one_window_after_the_response() -> None:
    """A slot comes back one window after its response, not after it was taken."""
    one = Slots(1, 60.0, burst=1)
    assert one.take(0.0) == 0.0
    assert one.take(59.0) == inf
    one.give_back(100.0)
    assert one.take(159.0) == pytest.approx(1.0)
    assert one.take(160.0) == 0.0


def test_requests_are_spaced_evenly_unless_a_burst_is_allowed() -> None:
    """With a burst of one the window is divided evenly; a burst goes at once."""
    even, burst = slots(burst=1), slots(burst=3)
    assert [even.take(0.0), even.take(0.0), even.take(20.0)] == [0.0, 20.0, 0.0]
    assert [burst.take(0.0) for _ in range(3)] == [0.0, 0.0, 0.0]


def test_the_wait_is_for_both_a_slot_and_its_turn() -> None:
    """When no slot is free and it is too early as well, the longer wait is given."""
    policy = Slots(2, 60.0, burst=2)
    policy.take(0.0, 2)
    policy.give_back(0.0, 1)
    assert policy.take(10.0, 1) == 50.0
    heavy = Slots(10, 1.0, burst=1)
    heavy.take(0.0, 10)
    heavy.give_back(-0.5, 10)
    assert heavy.take(0.0) == 1.0


@pytest.mark.parametrize("policy", [slots(burst=1), Gcra(3, 60.0, margin=0.0)])
def test_idle_time_is_not_saved_up(policy: Policy) -> None:
    """After an idle hour, or a clock that jumped by one, the spacing is the same as before."""
    assert policy.take(0.0) == 0.0
    policy.give_back(0.0)
    assert policy.take(3600.0) == 0.0
    assert policy.take(3600.0) == pytest.approx(20.0)


@pytest.mark.parametrize("policy", [slots(burst=1), Gcra(3, 60.0, margin=0.0)])
def test_a_late_timer_is_made_good_by_one_interval_at_most(policy: Policy) -> None:
    """Who was due earlier takes the spacing from then, so that delays do not add up or pile up."""
    assert policy.take(0.0) == 0.0
    policy.give_back(0.0)
    assert policy.take(20.5, since=20.0) == 0.0
    policy.give_back(20.5)
    assert policy.take(20.5) == pytest.approx(19.5)
    assert policy.take(200.0, since=40.0) == 0.0
    assert policy.take(200.0, since=40.0) == 0.0
    assert policy.take(200.0, since=40.0) == pytest.approx(20.0)


def test_by_default_a_window_is_a_minute_and_nothing_goes_in_a_burst() -> None:
    """A window is LeadIQ's; one percent is what `Gcra` stays below the limit."""
    assert (Slots(60).window_s, Slots(60).interval_s) == (60.0, 1.0)
    assert Gcra(60).interval_s == pytest.approx(1.01)
    for policy in (Slots(60), Gcra(60, margin=0.0)):
        assert [policy.take(0.0), policy.take(0.0)] == [0.0, 1.0]


def test_what_is_made_good_fits_into_a_bucket_of_a_tenth_of_the_limit() -> None:
    """A quarter of it, so that the rest is there for what else comes at once."""
    assert LATENESS == 0.1 / 4


def test_where_intervals_are_short_a_fortieth_of_the_window_is_made_good() -> None:
    """What a busy event loop oversleeps may be many intervals; also after the limit was raised."""
    policy = Gcra(6, 60.0, margin=0.0)
    policy.limit = 600
    assert policy.take(10.0, since=0.0) == 0.0
    gone = 1
    while not policy.take(10.0, since=0.0):
        gone += 1
    assert gone == 600 * LATENESS + 1


def test_a_heavy_request_takes_as_many_slots_and_intervals() -> None:
    """What counts as four leaves room for six, and is followed by four intervals."""
    even = Slots(10, 60.0, burst=1)
    assert [even.take(0.0, 4), even.take(0.0)] == [0.0, 24.0]
    burst = Slots(10, 60.0, burst=10)
    assert [burst.take(0.0, 4), burst.take(0.0, 6), burst.take(0.0)] == [0.0, 0.0, inf]


def test_a_request_that_is_heavier_than_the_burst_goes_when_it_is_its_turn() -> None:
    """It is not kept back for its weight: that is paid off after it."""
    policy = Slots(10, 60.0, burst=1)
    assert [policy.take(0.0), policy.take(6.0, 4), policy.take(6.0)] == [0.0, 0.0, 24.0]


def test_what_is_given_back_in_parts_is_awaited_in_parts() -> None:
    """A heavy request waits for one slot after the other until it fits."""
    policy = Slots(2, 60.0, burst=2)
    assert [policy.take(0.0), policy.take(0.0)] == [0.0, 0.0]
    policy.give_back(1.0)
    policy.give_back(5.0)
    assert policy.take(10.0, 2) == 51.0
    assert policy.take(61.0, 2) == 4.0
    assert policy.take(65.0, 2) == 0.0


def test_a_request_that_was_not_sent_frees_its_slot_at_once() -> None:
    """A refund leaves no window to wait for; spacing stays, as its time has passed."""
    policy = slots(1)
    assert policy.take(0.0) == 0.0
    policy.refund()
    assert policy.take(60.0) == 0.0
    both = slots(2)
    assert [both.take(0.0), both.take(0.0)] == [0.0, 0.0]
    both.refund()
    assert [both.take(60.0), both.take(60.0)] == [0.0, inf]
    gcra = Gcra(1, 60.0, margin=0.0)
    assert gcra.take(0.0) == 0.0
    gcra.refund()
    assert gcra.take(0.0) == 60.0


def test_a_lower_limit_waits_until_fewer_are_in_use() -> None:
    """Shrinking while slots are in use gives none until use has fallen below the new limit."""
    policy = slots(3)
    assert [policy.take(0.0) for _ in range(3)] == [0.0] * 3
    policy.limit = 1
    assert policy.limit == 1
    for at in (1.0, 2.0, 3.0):
        policy.give_back(at)
    assert [policy.take(61.0), policy.take(62.0)] == [1.0, 1.0]
    assert policy.take(63.0) == 0.0


def test_a_higher_limit_is_used_at_once() -> None:
    """Growing shortens the interval that is under way."""
    policy = Slots(1, 60.0, burst=1)
    assert [policy.take(0.0), policy.take(1.0)] == [0.0, inf]
    policy.limit = 60
    assert policy.interval_s == 1.0
    assert policy.take(0.5) == 0.5
    assert policy.take(1.0) == 0.0
    later = Gcra(1, 60.0, margin=0.0)
    assert [later.take(1000.0), later.take(1001.0)] == [0.0, 59.0]
    later.limit = 60
    assert [later.take(1000.5), later.take(1001.0)] == [0.5, 0.0]


def test_an_unused_policy_can_change_its_limit() -> None:
    """Before the first request there is nothing to pay off."""
    policy = Gcra(10, 60.0, margin=0.0)
    policy.limit = 20
    assert (policy.limit, policy.interval_s, policy.take(0.0)) == (20, 3.0, 0.0)


def test_gcra_is_slower_than_the_limit_by_its_margin() -> None:
    """The margin lengthens the interval; a burst goes at once, whatever is in flight."""
    policy = Gcra(60, 60.0, burst=2, margin=0.01)
    assert policy.interval_s == pytest.approx(1.01)
    assert [policy.take(0.0), policy.take(0.0)] == [0.0, 0.0]
    policy.give_back(0.0)
    assert policy.take(0.0) == pytest.approx(1.01)


def test_occupancy_forgets_what_is_free_again() -> None:
    """What is never asked for does not pile up."""
    used = Occupancy(60.0)
    for at in range(0, 6000, 60):
        used.take(1)
        used.give_back(float(at), 1)
    assert used.weight == 1
    used.refund(1)
    assert used.weight == 0
    assert used.wait(0.0, 1, 1) == 0.0


def test_a_forecast_runs_ahead_without_touching_anything() -> None:
    """In flight is taken for answered; the policy itself is as before."""
    policy = Slots(2, 60.0, burst=2)
    assert [policy.take(0.0), policy.take(0.0)] == [0.0, 0.0]
    policy.give_back(4.0)
    assert policy.forecast(10.0, [1]) == 54.0
    assert policy.forecast(10.0, [1, 1]) == 60.0
    assert policy.forecast(10.0, [1, 1, 1]) == 114.0
    assert policy.forecast(10.0, []) == 0.0
    assert policy.take(10.0) == 54.0
    gcra = Gcra(60, 60.0, margin=0.0)
    assert gcra.forecast(0.0, [1] * 61) == pytest.approx(60.0)
    assert gcra.take(0.0) == 0.0
    assert slots(2).forecast(7.0, [2]) == 0.0


@given(
    limit=st.integers(1, 6),
    burst=st.integers(1, 6),
    seed=st.integers(0, 2**32),
    latency_s=st.floats(0.0, 30.0),
    gap_s=st.floats(0.0, 20.0),
    heavy=st.integers(1, 3),
)
@settings(deadline=None)
def test_no_window_ever_holds_more_requests_than_the_limit(
    limit: int, burst: int, seed: int, latency_s: float, gap_s: float, heavy: int
) -> None:
    """Whenever the server counts a request within its exchange, no window holds too many."""
    window_s, source = 60.0, random.Random(seed)
    pacing = Slots(limit, window_s, burst=burst)
    now, counted, flying = 0.0, list[tuple[float, int]](), list[tuple[float, int]]()

    def answer() -> None:
        for done, weight in sorted(f for f in flying if f[0] <= now):
            flying.remove((done, weight))
            pacing.give_back(done, weight)

    for _ in range(60):
        now += source.uniform(0.0, gap_s)
        weight = source.randint(1, min(limit, heavy))
        asked = now
        answer()
        while (wait := pacing.take(now, weight, asked)) > 0:
            asked = now + wait
            now = asked = min(asked, min((f[0] for f in flying), default=inf))
            now += source.uniform(0.0, 0.5)
            answer()
        done = now + source.uniform(0.0, latency_s)
        counted.append((source.uniform(now, done), weight))
        flying.append((done, weight))
    counted.sort()
    for at, _ in counted:
        assert sum(w for c, w in counted if at - window_s + EPSILON < c <= at) <= limit


@given(
    limit=st.integers(1, 20),
    burst=st.integers(1, 5),
    seed=st.integers(0, 2**32),
    late_s=st.floats(0.0, 5.0),
)
@settings(deadline=None)
def test_gcra_exceeds_the_limit_by_its_burst_and_one_interval_at_most(
    limit: int, burst: int, seed: int, late_s: float
) -> None:
    """What a window can hold beside the limit is the burst, and one interval made good."""
    source, policy = random.Random(seed), Gcra(limit, 60.0, burst=burst, margin=0.0)
    now, gone = 0.0, list[float]()
    for _ in range(4 * limit):
        due = now
        while wait := policy.take(now, since=due):
            due = now + wait
            now = due + source.uniform(0.0, late_s)
        gone.append(now)
        now += source.choice((0.0, source.uniform(0.0, 30.0)))
    for at in gone:
        held = sum(at - 60.0 + EPSILON < g <= at for g in gone)
        assert held <= limit + burst + 1

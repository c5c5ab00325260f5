"""Rules of when faults hit: by count, by chance, in bursts; the same every time."""

from __future__ import annotations

from statistics import fmean
from typing import Any

import pytest

from leadiq.sandbox import Gateway, Latency, Partial, Refused, Reset
from leadiq.sandbox._draw import Draw
from leadiq.sandbox._faults_plan import NO_HITS, FaultPlan, delay_of


def hit_at(fault: Any, requests: int, operation: str | None = None, seed: int = 1) -> list[int]:
    plan = FaultPlan([fault], seed)
    return [n for n in range(1, requests + 1) if plan.hits(operation) != NO_HITS]


def test_a_schedule_names_requests() -> None:
    """The nth request is hit, counted from 1."""
    assert hit_at(Refused(requests=(2, 5)), 8) == [2, 5]


def test_a_burst_goes_on() -> None:
    """Each beginning lasts for `burst` requests; a new one inside it begins again."""
    assert hit_at(Refused(requests=(2, 7), burst=3), 12) == [2, 3, 4, 7, 8, 9]
    assert hit_at(Refused(requests=(2, 3), burst=3), 12) == [2, 3, 4, 5]


def test_a_rate_is_a_share() -> None:
    """Over many requests the share of hits is the rate, and its ends are never and always."""
    assert 230 < len(hit_at(Reset(rate=0.25), 1000)) < 270
    assert hit_at(Reset(rate=0), 100) == []
    assert len(hit_at(Reset(), 100)) == 100


def test_the_seed_decides() -> None:
    """The same seed gives the same hits, another seed others."""
    fault = Reset(rate=0.3)
    assert hit_at(fault, 200) == hit_at(fault, 200)
    assert hit_at(fault, 200) != hit_at(fault, 200, seed=2)


def test_faults_draw_and_count_apart() -> None:
    """A fault hits the same requests whatever stands beside it."""
    alone = hit_at(Reset(rate=0.3), 100)
    plan = FaultPlan([Reset(rate=0.3), Latency(seconds=1, rate=0.5)], 1)
    both = [n for n in range(1, 101) if plan.hits(None).ending]
    assert both == alone


def test_an_operation_counts_its_own_requests() -> None:
    """A fault of one operation neither hits nor counts the others."""
    plan = FaultPlan([Refused(operation="Find", requests=(2,))], 1)
    hits = [plan.hits(name).ending is not None for name in ("Find", "Other", None, "Find")]
    assert hits == [False, False, False, True]


def test_what_several_faults_come_to() -> None:
    """Delays add up, the first ending wins, drifts are kept, one free fault makes it free."""
    faults = [Latency(seconds=1), Latency(seconds=2), Gateway(), Reset(), Partial()]
    hits = FaultPlan(faults, 1).hits(None)
    assert hits.delay_s == 3
    assert isinstance(hits.ending, Gateway)
    assert hits.drifts == (Partial(),)
    assert not hits.charged
    assert FaultPlan([Latency(seconds=1), Reset()], 1).hits(None).charged


def test_a_fault_that_is_asked_for_hits_once() -> None:
    """It hits its own request, whatever its rate, and leaves no trace in the plan."""
    plan = FaultPlan([], 1)
    assert plan.hits(None, [Reset(rate=0)]).ending == Reset(rate=0)
    assert plan.hits(None) == NO_HITS


@pytest.mark.parametrize("spread", ["constant", "uniform", "exponential", "lognormal"])
def test_delays_have_the_mean_that_was_set(spread: Any) -> None:
    """Whatever the distribution, `seconds` is its mean, and no delay is negative."""
    fault = Latency(seconds=2, spread=spread)
    delays = [delay_of(fault, Draw(1, "delay", n)) for n in range(4000)]
    assert fmean(delays) == pytest.approx(2, rel=0.1)
    assert min(delays) >= 0
    assert (len(set(delays)) == 1) == (spread == "constant")

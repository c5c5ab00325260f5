"""Policy, gate and lanes together: what one of them decides, the others are told."""

from __future__ import annotations

from math import inf

import pytest

from leadiq._conduct.admission import Admission, State, Ticket
from leadiq._conduct.gate import SLOWEST, GateState
from leadiq._conduct.lanes import Lane
from leadiq._conduct.slots import Slots

WINDOW_S = 60.0


def admission(limit: int = 60, burst: int = 60, share: float = 1 / 6) -> Admission[Ticket]:
    return Admission(Slots(limit, WINDOW_S, burst=burst), share)


def urgent(weight: int = 1) -> Ticket:
    return Ticket(Lane.INTERACTIVE, weight)


def bulk(weight: int = 1) -> Ticket:
    return Ticket(Lane.BULK, weight)


def test_whoever_asks_while_nobody_waits_goes_at_once() -> None:
    """A free slot needs no queue; a slot that is not free leaves the ticket waiting."""
    pacing = admission(1)
    first, second = urgent(), urgent()
    assert pacing.ask(first, 0.0)
    assert (first.state, pacing.in_flight) == (State.GONE, 1)
    assert not pacing.ask(second, 0.0)
    assert (second.state, pacing.in_flight) == (State.WAITING, 1)


def test_whoever_asks_while_somebody_waits_has_to_wait_as_well() -> None:
    """Nobody slips past the queue, even if a slot would do for it but not for the first."""
    pacing = admission(3)
    assert pacing.ask(urgent(), 0.0)
    pacing.join(urgent(3))
    assert not pacing.ask(urgent(), 0.0)


def test_a_bulk_request_that_asks_leaves_the_reserved_share() -> None:
    """The share is kept on the fast way as it is in the queue, and bulk work's comes back."""
    pacing = admission(6, share=0.5)
    assert pacing.ask(urgent(), 0.0)
    jobs = [bulk() for _ in range(3)]
    assert all(pacing.ask(job, 0.0) for job in jobs)
    assert not pacing.ask(bulk(), 0.0)
    pacing.give_back(jobs[0], 1.0, answered=True)
    assert pacing.ask(urgent(), 20.0)
    assert not pacing.ask(bulk(), 60.5)
    assert pacing.ask(bulk(), 61.0)


def test_settling_tells_who_goes_and_when_to_settle_again() -> None:
    """Nobody who waits, nothing to do: then it is never."""
    pacing = admission(60, burst=1)
    waiting = [urgent() for _ in range(3)]
    for ticket in waiting:
        pacing.join(ticket)
    assert pacing.settle(0.0) == waiting[:1]
    assert pacing.again_at == 1.0
    assert pacing.settle(0.5) == []
    assert pacing.settle(1.0) == waiting[1:2]
    assert pacing.settle(2.0) == waiting[2:]
    assert pacing.again_at == inf


def test_who_goes_late_is_spaced_from_when_it_was_due() -> None:
    """A timer that rings late does not slow everybody down after it."""
    pacing = admission(60, burst=1)
    for _ in range(4):
        pacing.join(urgent())
    pacing.settle(0.0)
    assert len(pacing.settle(1.25)) == 1
    assert pacing.again_at == 2.0
    assert len(pacing.settle(3.125)) == 2


def test_who_no_longer_fits_is_refused_and_the_next_one_goes() -> None:
    """A limit that falls below a weight does not block the queue."""
    pacing = admission(3)
    heavy, light = urgent(3), urgent()
    pacing.join(heavy)
    pacing.join(light)
    pacing.policy.limit = 2
    assert pacing.eta(0.0) == 60.0
    assert pacing.settle(0.0) == [heavy, light]
    assert (heavy.state, light.state, pacing.in_flight) == (State.REFUSED, State.GONE, 1)
    pacing.withdraw(heavy, 0.0)
    assert pacing.in_flight == 1


def test_what_was_given_but_not_used_comes_back_whole() -> None:
    """A slot, a bulk share, and the word of a probe."""
    pacing = admission(2)
    assert pacing.ask(urgent(), 0.0)
    unused = bulk()
    assert pacing.ask(unused, 0.0)
    pacing.withdraw(unused, 0.0)
    assert pacing.in_flight == 1
    assert pacing.ask(bulk(), 0.0)

    pacing = admission()
    pacing.limited(0.0, 10.0)
    probe = urgent()
    assert pacing.ask(probe, 10.0)
    assert not pacing.ask(urgent(), 10.0)
    pacing.withdraw(probe, 11.0)
    assert pacing.gate.state is GateState.CLOSED
    assert pacing.ask(urgent(), 11.0)


def test_only_the_probe_reopens_the_gate() -> None:
    """An answer to a request from before the 429 says nothing about what is allowed now."""
    pacing = admission()
    before, probe = urgent(), urgent()
    assert pacing.ask(before, 0.0)
    pacing.limited(1.0, 10.0)
    assert pacing.ask(probe, 11.0)
    pacing.give_back(before, 12.0, answered=True)
    assert pacing.gate.state is GateState.PROBING
    pacing.give_back(probe, 12.0, answered=True)
    assert pacing.gate.state is GateState.RAMP


def test_the_ramp_counts_weights() -> None:
    """A request that counts as three is followed by three times the pause."""
    pacing = admission(30)
    pacing.limited(0.0, 0.0)
    probe = urgent(3)
    assert pacing.ask(probe, 0.0)
    pacing.give_back(probe, 0.0, answered=True)
    pacing.join(urgent())
    assert pacing.settle(0.0) == []
    assert pacing.again_at == pytest.approx(3 * 2.0 * SLOWEST)


def test_the_estimate_begins_when_the_gate_opens() -> None:
    """Nobody who waits: zero. Behind a closed gate, that time is added."""
    pacing = admission(60, burst=1)
    assert pacing.eta(0.0) == 0.0
    pacing.limited(0.0, 30.0)
    pacing.join(urgent())
    pacing.join(urgent())
    assert pacing.eta(10.0) == pytest.approx(21.0)


def test_nobody_waits_for_a_gate_when_nobody_waits() -> None:
    """The estimate is for those who stand in a lane."""
    pacing = admission()
    pacing.limited(0.0, 30.0)
    assert pacing.eta(0.0) == 0.0


def test_the_estimate_counts_what_becomes_free_while_the_gate_is_closed() -> None:
    """A slot that is free at 60 is free at 60, whenever the gate opens before."""
    pacing = admission(1)
    first = urgent()
    assert pacing.ask(first, 0.0)
    pacing.give_back(first, 0.0, answered=True)
    pacing.limited(0.0, 30.0)
    pacing.join(urgent())
    assert pacing.eta(10.0) == 50.0


def test_a_request_that_ends_frees_its_slot_a_window_later() -> None:
    """It is no longer in flight, whether it was answered or not."""
    pacing = admission(1)
    first = urgent()
    assert pacing.ask(first, 0.0)
    pacing.give_back(first, 5.0, answered=False)
    assert pacing.in_flight == 0
    assert not pacing.ask(urgent(), 64.0)
    assert pacing.ask(urgent(), 65.0)


def test_a_request_as_heavy_as_the_limit_is_not_refused() -> None:
    """It fits, in a queue as well."""
    pacing = admission(3)
    heavy = urgent(3)
    pacing.join(heavy)
    assert pacing.settle(0.0) == [heavy]
    assert heavy.state is State.GONE


def test_the_reserved_share_is_kept_in_the_queue_as_well() -> None:
    """A bulk request that waits is not given a slot that is free, if it is reserved."""
    pacing = admission(3, share=2 / 3)
    assert pacing.ask(urgent(), 0.0)
    assert pacing.ask(bulk(), 0.0)
    pacing.join(bulk())
    assert pacing.settle(1.0) == []
    assert pacing.again_at == 60.0


def test_an_interactive_request_that_ends_gives_bulk_work_nothing() -> None:
    """Only what bulk work used comes back to it."""
    pacing = admission(6, share=0.5)
    first = urgent()
    assert pacing.ask(first, 0.0)
    assert all(pacing.ask(bulk(), 0.0) for _ in range(3))
    pacing.give_back(first, 1.0, answered=True)
    assert pacing.ask(urgent(), 20.0)
    assert not pacing.ask(bulk(), 62.0)


def test_a_probe_without_an_answer_is_followed_by_another() -> None:
    """It was cancelled or cut off: nobody knows what LeadIQ would have said."""
    pacing = admission()
    pacing.limited(0.0, 10.0)
    probe = urgent()
    assert pacing.ask(probe, 10.0)
    pacing.give_back(probe, 12.0, answered=False)
    assert pacing.gate.state is GateState.CLOSED
    assert pacing.ask(urgent(), 12.0)
    assert pacing.gate.state is GateState.PROBING


def test_who_waits_and_is_withdrawn_is_forgotten() -> None:
    """Those behind it are next."""
    pacing = admission(60, burst=1)
    first, second = urgent(), urgent()
    pacing.join(first)
    pacing.join(second)
    pacing.withdraw(first, 0.0)
    assert pacing.settle(0.0) == [second]
    assert pacing.lanes.count == 0

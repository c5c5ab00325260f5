"""The gate after a 429: closed for everybody, one probe, a ramp, open."""

from __future__ import annotations

from math import inf

import pytest

from leadiq._conduct.gate import SLOWEST, Gate, GateState


def closed(wait_s: float = 50.0) -> Gate:
    gate = Gate(60.0)
    gate.close(0.0, wait_s)
    return gate


def test_its_states_are_words() -> None:
    """People read them in `statistics()` and in logs."""
    assert [*GateState] == ["open", "closed", "probing", "ramp"]


def test_an_open_gate_lets_everybody_pass() -> None:
    """Without a 429 nobody waits, and nobody is a probe."""
    gate = Gate(60.0)
    assert (gate.wait(0.0), gate.passed(0.0, 1.0), gate.narrow) == (0.0, 0, False)
    assert (gate.state, gate.closed_for(0.0), gate.limited) == (GateState.OPEN, 0.0, 0)


def test_a_closed_gate_opens_at_its_time_and_never_earlier() -> None:
    """Closing twice keeps the later time, and counts both 429s."""
    gate = closed()
    gate.close(1.0, 10.0)
    assert (gate.wait(20.0), gate.closed_for(20.0), gate.limited) == (30.0, 30.0, 2)
    assert (gate.wait(51.0), gate.closed_for(51.0)) == (0.0, 0.0)


def test_one_probe_passes_and_everybody_else_waits_for_it() -> None:
    """While the probe is out, nobody knows how long to wait."""
    gate = closed()
    assert gate.passed(50.0, 1.0) == 1
    assert (gate.state, gate.wait(50.0), gate.wait(1e9)) == (GateState.PROBING, inf, inf)
    assert gate.closed_for(50.0) == 0.0


def test_an_answered_probe_begins_a_ramp_that_ends_after_a_window() -> None:
    """Requests are four intervals apart at first, ever less, and as usual after a window."""
    gate = closed()
    gate.answered(51.0, gate.passed(50.0, 1.0))
    assert gate.state is GateState.RAMP
    assert gate.wait(51.0) == SLOWEST - 1.0
    assert gate.passed(54.0, 1.0) == 0
    assert gate.wait(54.0) == pytest.approx(SLOWEST - 3.0 * 3.0 / 60.0)
    gate.passed(81.0, 2.0)
    assert gate.wait(81.0) == pytest.approx(2.0 * 2.5)
    assert gate.wait(86.0) == 0.0
    gate.passed(110.9, 1000.0)
    assert gate.narrow
    assert gate.wait(111.0) == 0.0
    assert (gate.state, gate.narrow, gate.passed(111.0, 1.0)) == (GateState.OPEN, False, 0)


def test_a_probe_that_meets_a_429_closes_the_gate_again() -> None:
    """The new wait counts from the new 429, and the late end of the probe changes nothing."""
    gate = closed()
    probe = gate.passed(50.0, 1.0)
    gate.close(51.0, 60.0)
    gate.answered(51.0, probe)
    assert (gate.state, gate.wait(51.0)) == (GateState.CLOSED, 60.0)
    gate.lost(probe)
    assert (gate.state, gate.wait(51.0)) == (GateState.CLOSED, 60.0)


def test_a_429_during_the_ramp_closes_the_gate_again() -> None:
    """Whoever meets it, it holds for everybody; and it may be for a shorter time than before."""
    gate = closed()
    gate.answered(51.0, gate.passed(50.0, 1.0))
    gate.close(52.0, 0.5)
    assert (gate.state, gate.wait(52.0)) == (GateState.CLOSED, 0.5)


def test_after_a_lost_probe_the_next_one_probes_at_once() -> None:
    """A probe that was cancelled says nothing, and its late word is not taken for the next's."""
    gate = closed()
    first = gate.passed(50.0, 1.0)
    gate.lost(first)
    assert gate.wait(55.0) == 0.0
    second = gate.passed(55.0, 1.0)
    gate.answered(56.0, first)
    gate.lost(first)
    assert gate.state is GateState.PROBING
    gate.answered(57.0, second)
    assert gate.state is GateState.RAMP

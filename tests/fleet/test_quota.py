"""The script's twin: what a process goes by while it is alone. Times in seconds, here."""

from __future__ import annotations

import pytest

from leadiq._conduct.gate import SLOWEST
from leadiq._fleet.quota import Quota
from leadiq._fleet.script import (
    CLOSED,
    MICROSECONDS,
    OPEN,
    PROBING,
    RAMP,
    Answer,
    Ask,
    Done,
    Terms,
)

SECOND = MICROSECONDS
WINDOW, GRACE, AHEAD, SETTLE = 60.0, 5.0, 0.05, 10.0


class Alone:
    """A quota, asked in seconds."""

    def __init__(self, limit: int = 6, **settings: float) -> None:
        times = (WINDOW, GRACE, AHEAD, SETTLE)
        self.terms = Terms(limit, *(round(time * SECOND) for time in times))
        self.quota = Quota(**settings)
        self._asks = 0

    def tell(self, now: float, ask: Ask) -> Answer:
        return self.quota.answer(now * SECOND, self.terms, ask)

    def __call__(self, now: float, *wants: int, **told: object) -> Answer:
        self._asks += 1
        return self.tell(now, Ask(f"a:{self._asks}", wants=wants, **told))  # type: ignore[arg-type]

    def wait(self, now: float, *wants: int, **told: object) -> float:
        """When the first that goes later than now is due, in seconds from now; 0.0 if none."""
        answer = self(now, *wants, **told)
        return answer.wait / SECOND + AHEAD if answer.wait else 0.0

    def goes(self, now: float, **told: object) -> bool:
        return bool(self(now, 1, **told).due)


def done(member: str, age_s: float = 0.0, answered: int = 1) -> tuple[Done, ...]:
    return (Done(member, round(age_s * SECOND), answered),)


# -- slots -----------------------------------------------------------------------------------------


def test_requests_go_at_even_intervals_and_are_promised_only_shortly_before() -> None:
    """One goes at once; the next is told when to ask again, and then when exactly it goes."""
    alone = Alone()
    assert alone(0.0, 1, 1) == Answer("a:1", round(9.95 * SECOND), 0, OPEN, (0,))
    assert alone(9.94, 1) == Answer("a:1", round(0.01 * SECOND), 0, OPEN, ())
    assert alone(9.95, 1).due == (0.05 * SECOND,)
    assert alone(9.95, 1).wait == 10 * SECOND


def test_who_gets_everything_need_not_ask_again() -> None:
    """There is nothing to wait for."""
    assert Alone()(0.0, 1) == Answer("a:1", 0, 0, OPEN, (0,))


def test_waits_are_rounded_up() -> None:
    """A microsecond too late does no harm, one too early does."""
    assert closed(30.0)(10.0 + 0.5e-6).closed_for == 20 * SECOND
    alone = Alone(7)
    alone(0.0, 1)
    assert alone(0.0, 1).wait == 60 * SECOND // 7 + 1 - 50_000
    assert alone(8.55, 1).due == (60 * SECOND // 7 + 1 - 8_550_000,)


def test_idle_time_is_not_saved_up() -> None:
    """After an hour the next two are an interval apart."""
    alone = Alone()
    assert alone.goes(0.0)
    alone(1.0, done=done("a:1:1"))
    assert alone.goes(3600.0)
    assert alone.wait(3600.0, 1) == pytest.approx(10.0)


def test_a_heavy_request_takes_its_weight_in_slots_and_in_time() -> None:
    """Of the limit at most."""
    alone = Alone()
    assert alone(0.0, 3).due == (0,)
    assert {name for _, name in alone.quota._slots} == {"a:1:1", "a:1:1.2", "a:1:1.3"}
    assert alone.wait(0.0, 1) == pytest.approx(30.0)
    heavy = Alone()
    assert heavy(0.0, 9).due == (0,)
    assert len(heavy.quota._slots) == 6
    assert heavy.wait(0.0, 1) == pytest.approx(60.0 + AHEAD)


def test_wants_are_met_in_their_order() -> None:
    """What a heavy request waits for is not given to a lighter one."""
    alone = Alone(60)
    assert alone(0.0, 1).due == (0,)
    assert alone(0.96, 1, 1) == Answer("a:1", 990_000, 0, OPEN, (40_000,))
    assert [name for _, name in alone.quota._slots] == ["a:1:1", "a:2:1"]
    wide = Alone(6000)
    assert wide(0.0, 1, 2, 1).due == (0, 10_000, 30_000)
    assert [name for _, name in wide.quota._slots] == ["a:1:1", "a:1:2", "a:1:2.2", "a:1:3"]


def test_a_slot_is_free_one_window_after_its_response() -> None:
    """Not one window after it was taken."""
    alone = Alone(1)
    assert alone.goes(0.0)
    assert alone.wait(20.0, 1, done=done("a:1:1", 5.0)) == pytest.approx(55.0)
    assert not alone.goes(74.9)
    assert alone.goes(75.0)


def test_a_slot_of_a_process_that_is_silent_is_free_a_grace_after_its_window() -> None:
    """A sign of life puts that off; a slot that is in use is not waited for longer than needed."""
    alone = Alone(1)
    assert alone.goes(0.0)
    assert alone.wait(2.0, 1) == pytest.approx(60.05)
    assert alone.wait(30.0, 1, held=("a:1:1",)) == pytest.approx(60.05)
    assert not alone.goes(94.9)
    assert len(alone.quota._slots) == 1
    assert alone(95.0).due == ()
    assert alone.quota._slots == []
    assert alone.goes(95.0)


def test_a_slot_that_was_not_used_is_free_at_once() -> None:
    """Its turn has passed all the same."""
    alone = Alone(1)
    assert alone.goes(0.0)
    assert alone.wait(1.0, 1, unused=("a:1:1",)) == pytest.approx(59.0)
    assert alone.quota._slots == []
    assert alone.goes(60.0)


def test_a_heavy_request_waits_until_enough_slots_are_free() -> None:
    """For the last of those that it needs, and takes the earliest."""
    alone = Alone(3)
    for at, name in ((0.0, "a:1:1"), (20.0, "a:3:1"), (40.0, "a:5:1")):
        assert alone.goes(at)
        alone(at + 10.0, done=done(name))
    assert alone.wait(60.0, 1) == pytest.approx(10.0)
    assert alone.wait(60.0, 2) == pytest.approx(30.0)
    assert alone.wait(60.0, 3) == pytest.approx(50.0)
    assert alone(89.96, 2).due == (40_000,)
    assert [name for _, name in alone.quota._slots] == ["a:5:1", "a:10:1", "a:10:1.2"]


# -- another state, and memory ---------------------------------------------------------------------


def test_the_state_is_named_after_the_first_ask() -> None:
    """It keeps its name."""
    alone = Alone()
    assert [alone(at).state for at in (0.0, 1.0, 100.0)] == ["a:1"] * 3


@pytest.mark.parametrize("known", ["", "a:1"])
def test_who_knows_the_state_or_has_nothing_to_tell_is_no_stranger(known: str) -> None:
    """It gets its slots at once."""
    alone = Alone()
    alone(0.0)
    assert alone.goes(1.0, known=known)


def test_a_stranger_gets_nothing_and_is_asked_to_come_again_at_once() -> None:
    """What it tells in between is taken in, and for a while nobody else gets anything either."""
    alone = Alone()
    alone(0.0)
    answer = alone(1.0, 1, 1, known="other", done=done("b:1:1"))
    assert (answer.wait, answer.due) == (1, ())
    assert [name for _, name in alone.quota._slots] == ["b:1:1"]
    assert alone.wait(2.0, 1) == pytest.approx(8.0)
    assert alone.goes(10.0)


def test_a_pause_makes_room_for_those_who_were_alone_meanwhile() -> None:
    """Whoever comes with news after nobody asked for longer than the grace is waited for."""
    alone = Alone()
    alone(0.0)
    alone(5.1)
    alone(8.0, known="other")
    assert alone.wait(8.0, 1) == pytest.approx(7.1)
    quick = Alone()
    quick(0.0)
    quick(5.0)
    quick(8.0, known="other")
    assert quick.wait(8.0, 1) == pytest.approx(2.0)


def test_a_new_state_waits_for_strangers_from_its_first_ask() -> None:
    """Whatever its clock shows."""
    alone = Alone()
    alone(1000.0, known="other")
    assert alone.wait(1000.0, 1) == pytest.approx(10.0)


def test_a_stranger_does_not_shorten_what_is_held() -> None:
    """The later time counts."""
    alone = Alone(hold=40.0 * SECOND)
    alone(0.0, known="other")
    assert alone.wait(0.0, 1) == pytest.approx(40.0)
    assert alone.goes(40.0)


# -- the gate --------------------------------------------------------------------------------------


def closed(wait_s: float = 30.0) -> Alone:
    alone = Alone()
    alone(0.0, close=round(wait_s * SECOND))
    return alone


def test_a_429_closes_the_gate_for_everybody() -> None:
    """It opens at its time, never earlier."""
    alone = Alone()
    assert alone(0.0, 1, close=30 * SECOND) == Answer(
        "a:1", round(29.95 * SECOND), 30 * SECOND, CLOSED, ()
    )
    answer = alone(10.0)
    assert (answer.gate, answer.closed_for) == (CLOSED, 20 * SECOND)
    answer = alone(40.0)
    assert (answer.gate, answer.closed_for) == (CLOSED, 0)


def test_a_second_429_never_shortens_the_first() -> None:
    """The later time counts."""
    alone = closed()
    assert alone(1.0, close=10 * SECOND).closed_for == 29 * SECOND
    assert alone(2.0, close=50 * SECOND).closed_for == 50 * SECOND


def test_one_probe_goes_and_everybody_else_waits_for_it() -> None:
    """For as long as its process gives signs of life, and a grace."""
    alone = closed()
    answer = alone(30.0, 1, 1)
    assert (answer.due, answer.gate, answer.closed_for) == ((0,), PROBING, 0)
    assert answer.wait / SECOND == GRACE
    assert alone(33.0, 1).wait / SECOND == 2.0
    assert alone(34.0, 1, held=("a:2:1",)).wait / SECOND == GRACE
    assert alone(34.0, held=("a:0:1",)).gate == PROBING
    assert alone(38.9, 1).gate == PROBING
    assert not alone.goes(69.0 - AHEAD - 0.01)
    assert alone(38.99).gate == PROBING
    assert alone(39.0).gate == CLOSED


def test_a_probe_that_is_promised_is_out() -> None:
    """The gate is no longer closed for anybody else then."""
    answer = closed()(29.96, 1)
    assert (answer.due, answer.gate, answer.closed_for) == ((40_000,), PROBING, 0)


def test_after_a_probe_that_went_silent_the_next_one_probes() -> None:
    """It takes four intervals, as the first one did."""
    alone = closed()
    alone(30.0, 1)
    assert alone.wait(35.0, 1) == pytest.approx(30.0 + 4 * 10.0 - 35.0)
    assert alone(70.0, 1, 1).gate == PROBING


def test_an_answered_probe_begins_a_ramp_that_ends_after_a_window() -> None:
    """Requests are four intervals apart at first, ever less, and one interval after a window."""
    alone = closed()
    alone(30.0, 1)
    answer = alone(31.0, 1, done=done("a:2:1"))
    assert (answer.gate, answer.closed_for) == (RAMP, 0)
    assert answer.wait / SECOND + AHEAD == pytest.approx(SLOWEST * 10.0 - 1.0)
    assert alone.goes(70.0)
    share = (70.0 - 31.0) / WINDOW
    assert alone.wait(70.0, 1) == pytest.approx(10.0 * (SLOWEST - 3.0 * share))
    assert alone(90.9).gate == RAMP
    assert alone(91.0, 1).due == (0,)
    assert alone.wait(91.0, 1) == pytest.approx(10.0)
    assert alone(91.0).gate == OPEN


def test_the_ramp_counts_from_when_the_slot_is_due() -> None:
    """And a heavy request takes its weight of the slower pace."""
    alone = closed()
    alone(30.0, 2)
    assert alone.wait(31.0, 1, done=done("a:2:1") + done("a:2:1.2")) == pytest.approx(79.0)
    lone = closed(0.0 + 1e-6)
    lone(1.0, 1)
    lone(1.0, done=done("a:2:1"))
    assert lone(40.96, 2).due == (40_000,)
    share = 40.0 / WINDOW
    assert lone.wait(41.0, 1) == pytest.approx(2 * 10.0 * (SLOWEST - 3.0 * share))


def test_another_slots_end_says_nothing_about_the_probe() -> None:
    """Only the probe's answer opens the gate."""
    alone = Alone()
    alone(0.0, 1)
    alone(1.0, close=10 * SECOND)
    alone(11.0, 1)
    assert alone(12.0, done=done("a:1:1")).gate == PROBING
    assert alone(12.0, unused=("a:1:1",)).gate == PROBING


def test_a_probe_that_was_not_answered_leaves_the_gate_closed() -> None:
    """Nobody knows how it ended, or it was not sent: the next one probes."""
    lost = closed()
    lost(30.0, 1)
    answer = lost(31.0, done=done("a:2:1", answered=0))
    assert (answer.gate, answer.closed_for) == (CLOSED, 0)
    assert lost(70.0, 1).gate == PROBING
    unused = closed()
    unused(30.0, 1)
    assert unused(31.0, unused=("a:2:1",)).gate == CLOSED
    assert unused(70.0, 1).gate == PROBING


def test_a_429_while_a_probe_is_out_closes_the_gate_again() -> None:
    """The late end of the probe changes nothing."""
    alone = closed()
    alone(30.0, 1)
    answer = alone(31.0, close=60 * SECOND)
    assert (answer.gate, answer.closed_for) == (CLOSED, 60 * SECOND)
    assert alone(32.0, done=done("a:2:1")).gate == CLOSED


def test_a_429_during_the_ramp_closes_the_gate_again() -> None:
    """Whoever meets it."""
    alone = closed()
    alone(30.0, 1)
    alone(31.0, done=done("a:2:1"))
    assert alone(32.0, close=5 * SECOND).gate == CLOSED
    assert alone(70.0, 1).gate == PROBING

"""What a process remembers of its slots: everything is told, and told again until it arrived."""

from __future__ import annotations

import pytest

from leadiq._fleet.ledger import Ledger, Ticket
from leadiq._fleet.script import ALONE, CLOSED, MICROSECONDS, OPEN, RAMP, Answer, Ask, Done

WINDOW_S, BEAT_S = 60.0, 5.0
SECOND = MICROSECONDS


def ledger() -> Ledger:
    return Ledger("p", WINDOW_S, BEAT_S)


def answer(*due: int, state: str = "s", gate: int = OPEN, closed_for: int = 0) -> Answer:
    return Answer(state, 0, closed_for, gate, due)


def given(made: Ledger, now: float, *weights: int) -> list[Ticket]:
    """Ask for slots, and get them at once."""
    return made.settle(now, made.ask(now, weights), answer(*[0] * len(weights)))


# -- asking ----------------------------------------------------------------------------------------


def test_the_first_ask_has_nothing_to_tell() -> None:
    """It names the process and its number, and what is wanted."""
    made = ledger()
    assert (made.gate, made.behind, made.closed_for(0.0), made.concerned(0.0)) == (
        OPEN,
        False,
        0.0,
        False,
    )
    assert made.ask(0.0, (1, 2)) == Ask("p:1", wants=(1, 2))
    assert made.ask(0.0, ()).stamp == "p:2"


def test_a_slot_is_named_after_its_ask_and_its_number() -> None:
    """Slots are due so many microseconds after the answer came; who got none has no ticket."""
    made = ledger()
    asked = made.ask(0.0, (1, 3, 1))
    assert made.settle(10.0, asked, answer(0, SECOND // 2)) == [
        Ticket("p:1:1", 1, 10.0),
        Ticket("p:1:2", 3, 10.5),
    ]
    assert made.concerned(10.0)


def test_slots_in_use_are_told_once_a_beat() -> None:
    """Every unit of a heavy one, and nothing in between."""
    made = ledger()
    given(made, 0.0, 1, 2)
    assert made.ask(4.9, ()).held == ()
    assert made.ask(5.0, ()).held == ("p:1:1", "p:1:2", "p:1:2.2")
    assert made.ask(9.9, ()).held == ()
    assert made.ask(10.0, ()).held == ("p:1:1", "p:1:2", "p:1:2.2")


# -- what became of slots --------------------------------------------------------------------------


def test_a_completed_slot_is_told_once_with_its_age() -> None:
    """All its units, in microseconds, and whether LeadIQ answered; it is in use no more."""
    made = ledger()
    one, other = given(made, 0.0, 2, 1)
    made.complete(7.0, one, answered=True)
    made.complete(8.0, other, answered=False)
    told = made.ask(10.0, ())
    assert told.done == (
        Done("p:1:1", 3 * SECOND, 1),
        Done("p:1:1.2", 3 * SECOND, 1),
        Done("p:1:2", 2 * SECOND, 0),
    )
    assert {type(done.answered) for done in told.done} == {int}  # Redis takes no truth values
    assert (told.held, made.behind) == ((), False)
    assert made.ask(11.0, ()).done == ()


def test_an_age_is_a_whole_number_and_never_negative() -> None:
    """A slot that was completed after the ask was timed is as new as can be."""
    made = ledger()
    early, one = given(made, 0.0, 1, 1)
    made.complete(0.1, early, answered=True)
    assert made.ask(0.4, ()).done == (Done("p:1:1", 300_000, 1),)
    made.complete(10.0, one, answered=True)
    assert made.ask(9.0, ()).done == (Done("p:1:2", 0, 1),)


def test_a_slot_without_a_request_is_given_back_whole() -> None:
    """Its units are unused, not completed, and told once."""
    made = ledger()
    (one,) = given(made, 0.0, 2)
    made.give_back(one)
    assert not made.concerned(0.0)
    told = made.ask(10.0, ())
    assert (told.unused, told.held, told.done) == (("p:1:1", "p:1:1.2"), (), ())
    assert made.ask(11.0, ()).unused == ()


def test_the_rest_of_a_slot_that_is_too_heavy_is_given_back() -> None:
    """What is left is in use, and completed as such."""
    made = ledger()
    (one,) = given(made, 0.0, 3)
    less = made.shrink(one, 1)
    assert less == Ticket("p:1:1", 1, 0.0)
    told = made.ask(5.0, ())
    assert (told.unused, told.held) == (("p:1:1.2", "p:1:1.3"), ("p:1:1",))
    made.complete(6.0, less, answered=True)
    assert [done.member for done in made.ask(6.0, ()).done] == ["p:1:1"]


def test_what_was_completed_is_remembered_for_a_window() -> None:
    """A state that loses its memory within it has to be told; later there is nothing to tell."""
    made = ledger()
    one, other = given(made, 0.0, 1, 1)
    made.complete(10.0, one, answered=True)
    made.complete(20.0, other, answered=True)
    assert made.concerned(69.9)
    assert made.ask(70.0, ()).known == "s"
    made.recall()
    assert [done.member for done in made.ask(71.0, ()).done] == ["p:1:2"]
    assert made.concerned(79.9)
    assert not made.concerned(80.0)


def test_the_state_is_named_as_long_as_it_matters() -> None:
    """Who has nothing in it is no stranger to another one."""
    made = ledger()
    (one,) = given(made, 0.0, 1)
    assert made.ask(1.0, ()).known == "s"
    made.complete(2.0, one, answered=True)
    assert made.ask(61.9, ()).known == "s"
    assert made.ask(62.0, ()).known == ""


# -- too much to tell at once ----------------------------------------------------------------------


def test_more_than_a_thousand_members_are_told_in_parts() -> None:
    """In their order, each once; and nothing is asked for before all is told."""
    made = ledger()
    unused, done = given(made, 0.0, 1001, 2001)
    made.give_back(unused)
    made.complete(0.0, done, answered=True)
    asks = [made.ask(1.0, (1,)) for _ in range(3)]
    assert [len(ask.unused) for ask in asks] == [1000, 1, 0]
    assert [len(ask.done) for ask in asks] == [1000, 1000, 1]
    assert [ask.wants for ask in asks] == [(), (), (1,)]
    assert asks[0].unused[-1] + asks[1].unused[0] == "p:1:1.1000p:1:1.1001"
    assert asks[1].done[-1].member + asks[2].done[0].member == "p:1:2.2000p:1:2.2001"
    assert not made.behind


@pytest.mark.parametrize("completed", [True, False])
def test_a_rest_of_either_kind_means_to_be_behind(completed: bool) -> None:
    """Whether slots were completed or given back."""
    made = ledger()
    (one,) = given(made, 0.0, 1001)
    if completed:
        made.complete(0.0, one, answered=True)
    else:
        made.give_back(one)
    assert made.ask(0.0, (1,)).wants == ()
    assert made.behind


# -- answers that do not come ----------------------------------------------------------------------


def test_what_was_told_in_vain_is_told_again() -> None:
    """Nothing of a lost ask is forgotten, and ages go on."""
    made = ledger()
    one, other, third = given(made, 0.0, 1, 1, 1)
    made.give_back(one)
    made.complete(1.0, other, answered=True)
    asked = made.ask(5.0, ())
    assert asked.held == ("p:1:3",)
    made.lost(6.0, asked)
    made.complete(7.0, third, answered=False)
    again = made.ask(8.0, ())
    assert again.unused == ("p:1:1",)
    assert again.done == (Done("p:1:2", 6 * SECOND, 1), Done("p:1:3", SECOND, 0))


def test_signs_of_life_are_given_again_at_once() -> None:
    """The beat of a lost ask does not count."""
    made = ledger()
    given(made, 0.0, 1)
    made.lost(5.0, made.ask(5.0, ()))
    assert made.ask(5.1, ()).held == ("p:1:1",)


def test_what_may_have_been_given_in_a_lost_answer_is_given_back() -> None:
    """Every unit of every want."""
    made = ledger()
    made.lost(0.0, made.ask(0.0, (1, 2)))
    again = made.ask(1.0, ())
    assert again.unused == ("p:1:1", "p:1:2", "p:1:2.2")
    assert again.done == ()


def test_what_may_have_been_given_is_given_back_again_to_a_state_that_comes_back() -> None:
    """Once: then it has arrived."""
    made = ledger()
    made.lost(0.0, made.ask(0.0, (1,)))
    made.ask(1.0, ())
    made.recall()
    assert made.ask(2.0, ()).unused == ("p:1:1",)
    made.recall()
    assert made.ask(3.0, ()).unused == ()


def test_only_so_much_is_doubted_at_once() -> None:
    """While Redis is away for long, the doubts do not grow for ever: the newest count."""
    made = ledger()
    made.lost(0.0, made.ask(0.0, (1500,)))
    unused = made.ask(0.0, ()).unused
    assert (len(unused), unused[0], unused[-1]) == (1000, "p:1:1.501", "p:1:1.1500")


# -- another state ---------------------------------------------------------------------------------


def test_another_state_is_told_everything_of_the_last_window() -> None:
    """By a process that calls itself alone, at once, and before it asks for anything."""
    made = ledger()
    one, _ = given(made, 0.0, 1, 1)
    made.complete(2.0, one, answered=True)
    assert made.ask(3.0, ()).done
    assert made.settle(3.0, made.ask(3.0, ()), answer(state="t")) == []
    assert made.behind
    told = made.ask(4.0, (1,))
    assert told == Ask(
        "p:4",
        "t",
        0,
        held=("p:1:2",),
        done=(Done("p:1:1", 2 * SECOND, 1),),
        wants=(1,),
    )


def test_the_same_state_and_the_first_one_are_told_nothing_twice() -> None:
    """An answer without a name is one of this process itself."""
    made = ledger()
    (one,) = given(made, 0.0, 1)
    made.complete(1.0, one, answered=True)
    made.ask(1.0, ())
    for state in ("s", "", "s"):
        made.settle(2.0, made.ask(2.0, ()), answer(state=state))
        assert not made.behind
    assert made.ask(3.0, ())[1:] == Ask("", "s")[1:]


def test_who_was_alone_says_so_to_the_next_state() -> None:
    """Even with nothing to tell: it may have sent what it has forgotten."""
    made = ledger()
    made.recall()
    assert made.behind
    assert made.ask(0.0, ()).known == ALONE
    made.settle(0.0, made.ask(0.0, ()), answer(state=""))
    assert made.ask(0.0, ()).known == ALONE


# -- the gate --------------------------------------------------------------------------------------


def test_a_429_is_told_once_with_what_is_left_of_its_wait() -> None:
    """Until an answer came, the process goes by what it knows itself."""
    made = ledger()
    made.close(0.0, 30.0)
    assert (made.gate, made.closed_for(10.0), made.closed_for(40.0)) == (CLOSED, 20.0, 0.0)
    assert made.ask(10.0, ()).close == 20 * SECOND
    assert made.ask(11.0, ()).close == 0


def test_a_429_without_a_wait_is_told_as_well() -> None:
    """It closes the gate for the least that there is, which makes the next one a probe."""
    made = ledger()
    made.close(0.0, 0.0)
    assert made.ask(0.0, ()).close == 1
    made.close(1.0, 1.0)
    assert made.ask(5.0, ()).close == 1


def test_a_second_429_never_shortens_the_first() -> None:
    """The later time counts while the gate is closed; afterwards the new one does."""
    made = ledger()
    made.close(0.0, 30.0)
    made.close(1.0, 10.0)
    assert made.closed_for(1.0) == 29.0
    made.close(2.0, 40.0)
    assert made.closed_for(2.0) == 40.0
    made.settle(3.0, made.ask(3.0, ()), answer(gate=OPEN))
    assert (made.gate, made.closed_for(3.0)) == (OPEN, 0.0)
    made.close(4.0, 5.0)
    assert made.closed_for(4.0) == 5.0


def test_the_state_says_what_the_gate_does() -> None:
    """Its word counts from when it came."""
    made = ledger()
    made.settle(5.0, made.ask(0.0, ()), answer(gate=CLOSED, closed_for=10 * SECOND))
    assert (made.gate, made.closed_for(5.0), made.closed_for(14.0)) == (CLOSED, 10.0, 1.0)
    made.settle(20.0, made.ask(20.0, ()), answer(gate=RAMP))
    assert (made.gate, made.closed_for(20.0)) == (RAMP, 0.0)


def test_an_answer_from_before_a_429_does_not_open_the_gate() -> None:
    """What was not told cannot have been heard."""
    made = ledger()
    asked = made.ask(0.0, ())
    made.close(0.0, 30.0)
    made.settle(1.0, asked, answer(gate=OPEN))
    assert (made.gate, made.closed_for(1.0)) == (CLOSED, 29.0)
    made.settle(2.0, made.ask(2.0, ()), answer(gate=RAMP))
    assert made.gate == RAMP


@pytest.mark.parametrize("forgotten", [True, False])
def test_a_429_is_told_again_if_it_may_not_be_known(forgotten: bool) -> None:
    """After a lost ask, and to another state; but not when the gate is open again."""
    made = ledger()

    def repeat(asked: Ask) -> None:
        made.recall() if forgotten else made.lost(1.0, asked)

    repeat(made.ask(0.0, ()))
    assert made.ask(1.0, ()).close == 0
    made.close(1.0, 30.0)
    repeat(made.ask(1.0, ()))
    assert made.ask(2.0, ()).close == 29 * SECOND
    made.close(2.0, 30.0)
    made.lost(2.0, Ask(""))
    made.recall()
    assert made.ask(2.0, ()).close == 30 * SECOND


def test_a_gate_that_was_never_closed_is_closed_at_no_time() -> None:
    """Clocks begin anywhere."""
    assert ledger().closed_for(-1e9) == 0.0

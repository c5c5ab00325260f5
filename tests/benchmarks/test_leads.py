"""What jobs on the same leads are compared by."""

from __future__ import annotations

from benchmarks.leads import BATCHED, CONTENDERS, LOOP, PACED, Done, judged, sheet


def _done(batched_answered: int = 1500) -> list[Done]:
    blunt = [Done(name, 60, 1, 30.0, 1500.0) for name in CONTENDERS if name not in (BATCHED, PACED)]
    rounds = [
        (Done(BATCHED, batched_answered, 0, 60.0, 60.0), Done(PACED, 1500, 0, 1500.0, 1500.0)),
        (Done(BATCHED, 1500, 0, 66.0, 60.0), Done(PACED, 1500, 0, 1584.0, 1500.0)),
    ]
    return [*blunt, *(one for pair in rounds for one in pair)]


def test_each_round_compares_its_own_two() -> None:
    """What slows one pair down does not change the ratio of another."""
    ratio, over = judged(_done(), 1500, "1,500 leads")
    assert ratio.values == (25.0, 24.0)
    assert over.values == (1.0, 1.1)
    assert ratio.remark == "1,500 leads"


def test_leads_without_an_answer_are_a_goal_that_is_missed() -> None:
    """Nobody is fast by leaving leads out."""
    ratio, over = judged(_done(batched_answered=1498), 1500, "")
    assert ratio.failed == over.failed == "2 leads not answered"


def test_a_rival_that_breaks_is_told_with_its_error_and_compared_in_no_round() -> None:
    """What it did before says nothing of how fast it is."""
    broken = Done(PACED, 0, 0, 0.0, 0.0, "ReadError")
    done = [broken, *_done()]
    assert next(judged(done, 1500, "")).values == (25.0, 24.0)
    rows = {row[0]: row for row in sheet(done).rows}
    assert rows[PACED][-1] == "failed: ReadError"
    nobody = [one for one in _done() if one.contender != PACED]
    assert not next(judged([*nobody, broken], 1500, "")).reached


def test_everybody_has_one_row_and_who_was_refused_no_time_over_the_optimum() -> None:
    """A loop that ends at the first refusal is not twice as fast."""
    rows = {row[0]: row for row in sheet(_done()).rows}
    assert rows.keys() == CONTENDERS.keys()
    assert rows[BATCHED] == (BATCHED, "1.0", "1,500", "0", "+0.0%")
    assert rows[LOOP][-1] == ""

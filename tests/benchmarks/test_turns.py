"""What callers' turns say."""

from __future__ import annotations

import pytest
from benchmarks.figures import Bars, Figure, Sheet
from benchmarks.turns import FAST, OURS, PAGE, PERSON, RAW, STOCK, Load, Turn

from benchmarks import turns


def _round(speed: float = 1.0) -> list[Turn]:
    """Everybody at every load, on a machine of some speed."""
    per_s = {OURS: 300.0, FAST: 600.0, STOCK: 100.0, turns.BARE: 800.0, turns.HTTPX: 110.0}
    loads = (*turns.EVERYBODY, *turns.GREAT)
    made = [Turn(n, load, v * speed, 1e6 / v) for n, v in per_s.items() for load in loads]
    return [*made, Turn(RAW, PERSON[16], 4000.0 * speed, 250.0)]


def test_callers_are_compared_within_a_round() -> None:
    """A round in which the machine was half as fast says the same."""
    rounds = [_round(), _round(0.5)]
    found = turns.compared("16", rounds, (OURS, PERSON[16]), (STOCK, PERSON[16]))
    assert found.values == (3.0, 3.0)
    assert found.reached


def test_a_call_of_ours_that_fails_is_a_goal_that_is_missed() -> None:
    """However fast the others were."""
    broken = [
        Turn(OURS, PERSON[512], 300.0, 1.0, {"PoolTimeout": 2}) if t == _round()[4] else t
        for t in _round()
    ]
    at_512 = next(t for t in broken if t.failed)
    assert at_512.trouble == "PoolTimeout x 2"
    found = turns.compared("512", [broken], (OURS, PERSON[512]), (OURS, PERSON[128]))
    assert found.values
    assert found.failed == "PoolTimeout x 2"
    assert not found.reached


def test_a_rival_that_gets_nothing_done_is_named_with_its_error() -> None:
    """A figure without a rival says who was missing, and why."""
    dead = Turn(STOCK, PERSON[16], error="TimeoutError")
    turned = [Turn(OURS, PERSON[16], 300.0, 1.0), dead]
    found = turns.compared("16", [turned], (OURS, PERSON[16]), (STOCK, PERSON[16]))
    assert found.failed == f"{STOCK}: TimeoutError"
    none = turns.compared("16", [turned[:1]], (OURS, PERSON[16]), (STOCK, PERSON[16]))
    assert none.failed == f"{STOCK}: no turn"


def test_everything_is_told_of_rounds_that_went_well() -> None:
    """Each goal once, and the tables and bars beside them."""
    everybody = _round()
    for name in (turns.YOURS, turns.TRIO, "gql on aiohttp", "gql on httpx"):
        everybody += [Turn(name, load, 50.0, 20_000.0) for load in turns.EVERYBODY]
    results = list(turns.results([everybody] * 2))
    figures = [one for one in results if isinstance(one, Figure)]
    assert not [one.failed for one in figures if one.failed]
    assert len([one for one in results if isinstance(one, Sheet)]) == 3
    assert len([one for one in results if isinstance(one, Bars)]) == len(turns.SATURATED)


def test_growth_is_what_a_call_costs_more_with_twice_as_many_under_way() -> None:
    """A cost that is proportional to the number of calls doubles."""
    loads = [(PERSON[n], float(n)) for n in PERSON if n > 1]
    turned = [Turn(OURS, load, 1.0, cost) for load, cost in loads]
    assert turns.growth("growth", [turned], OURS).values == (pytest.approx(2.0),)
    assert turns.growth("growth", [turned[:2]], OURS).failed


def test_the_server_is_compared_with_the_fastest_caller() -> None:
    """How much room there is before the server would be what is measured."""
    assert turns.headroom([_round()]).values == (5.0,)
    assert turns.headroom([_round()[:-1]]).failed == "no raw client"


def test_how_busy_a_caller_was_is_its_processor_time_in_a_second() -> None:
    """A caller that waits for the server does not use its core."""
    idle = Turn("idle", PERSON[16], 100.0, 5_000.0)
    (row, *_) = turns.bottleneck([[*_round(), idle]]).rows
    assert row == (str(PERSON[16]), "100%", "50% (idle)")
    assert not turns.bottleneck([[]]).rows


def test_who_got_nothing_done_has_no_bar_and_says_why() -> None:
    """The chart and the tables name the error in place of a number."""
    dead = Turn("dead", PERSON[16], failed={"PoolTimeout": 804})
    rounds = [[*_round(), dead]]
    bars = turns.bars(rounds, PERSON[16])
    assert "dead" not in bars.lengths
    assert bars.remarks["dead"] == "failed: PoolTimeout x 804"
    assert bars.lengths[OURS] == (3.0, 3.0, 3.0)
    assert "dead" not in turns.bars(rounds, PAGE).remarks  # it had no turn at that load
    rows = {row[0]: row for row in turns.throughput(rounds).rows}
    assert rows["dead"][2] == "failed: PoolTimeout x 804"
    assert rows["dead"][4] == "–"
    assert rows[FAST][2] == "6.00 · 1,667 µs"
    (only,) = turns.throughput([[Turn(OURS, PERSON[16], 10.0, 7.0)]]).rows
    assert only[2] == "7 µs"


def test_calls_that_fail_beside_others_that_do_not_are_counted_in_the_tables() -> None:
    """Nobody is fast by leaving calls out, and nobody's failures are hidden."""
    stock = [Turn(STOCK, load, 100.0, 9.0) for load in PERSON.values()]
    some = Turn(FAST, PERSON[16], 300.0, 7.0, {"ReadError": 2, "PoolTimeout": 1_000})
    rounds = [[*stock, some], [*stock, Turn(FAST, PERSON[16], error="TimeoutError")]]
    by_name = {row[0]: row for row in turns.throughput(rounds).rows}
    assert by_name[FAST][2] == "3.00 · 7 µs · 1,002 failed · 1 of 2 turns broke off"
    by_name = {row[0]: row for row in turns.scale(rounds).rows}
    assert by_name[FAST][2] == "300/s · 7 µs · 1,002 failed · 1 of 2 turns broke off"
    assert by_name[STOCK][2] == "100/s · 9 µs"


def test_the_loads_that_only_show_a_failure_are_had_once() -> None:
    """Rivals that break at 512 do not take the time of every round."""
    once = set(turns.loads_of(STOCK, everything=True)) - set(
        turns.loads_of(STOCK, everything=False)
    )
    assert once == {PERSON[1], PERSON[512]}
    assert turns.loads_of(RAW, everything=True) == (PERSON[16],)
    assert PERSON[2000] in turns.loads_of(OURS, everything=False)
    assert turns.loads_of("gql on httpx", everything=False) == (PERSON[16], PAGE)


def test_what_a_goal_compares_is_measured_in_every_round() -> None:
    """A median over five rounds has five values."""
    for _, *sides in turns.GOALS:
        caller, rival, load, rival_load = sides
        assert load in turns.loads_of(caller, everything=False)
        assert rival_load in turns.loads_of(rival, everything=False)


def test_a_load_says_what_it_is() -> None:
    """Tables and charts head their columns with it."""
    assert str(Load("people", 2000)) == "a page of 100, 2,000 at once"

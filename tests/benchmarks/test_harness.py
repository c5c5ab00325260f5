"""Interleaved rounds."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.harness import Measure, in_rounds


def _costs(*values: float) -> Measure:
    left: Iterator[float] = iter(values)
    return lambda: next(left)


def test_the_first_round_only_warms_up() -> None:
    """What is measured first pays for everybody's beginnings, and is not counted."""
    costs = in_rounds({"ours": _costs(99.0, 1.0, 2.0, 3.0)}, rounds=3)
    assert costs.of == {"ours": (1.0, 2.0, 3.0)}


def test_ratios_and_differences_are_taken_within_a_round() -> None:
    """A round in which everything took twice as long changes no ratio."""
    sides = {"ours": _costs(0, 1.0, 2.0, 1.0), "theirs": _costs(0, 3.0, 6.0, 3.3)}
    costs = in_rounds(sides, rounds=3)
    assert costs.ratio("decode people", "ours", "theirs").values == (3.0, 3.0, 3.3)
    assert costs.difference("conduct", "theirs", "ours").values[:2] == (2.0, 4.0)
    assert costs.figure("render", "ours", remark="so").values == (1.0, 2.0, 1.0)


def test_a_round_is_done_before_the_next_begins() -> None:
    """Rivals take turns; nobody does all rounds at once."""
    order: list[str] = []

    def side(name: str) -> Measure:
        def run() -> float:
            order.append(name)
            return 1.0

        return run

    in_rounds({"a": side("a"), "b": side("b"), "c": side("c")}, rounds=4)
    rounds = [order[at : at + 3] for at in range(0, len(order), 3)]
    assert len(rounds) == 5
    assert all(sorted(one) == ["a", "b", "c"] for one in rounds)
    assert len({tuple(one) for one in rounds}) > 1


def test_who_fails_is_left_out_and_told_with_the_kind_of_error() -> None:
    """A rival that breaks does not stop the others, and has no figure."""

    def broken() -> float:
        raise ConnectionError

    costs = in_rounds({"ours": _costs(0, 1.0, 1.0), "broken": broken}, rounds=2)
    assert costs.of == {"ours": (1.0, 1.0)}
    assert costs.ratio("decode people", "ours", "broken").failed == "broken: ConnectionError"
    assert costs.difference("conduct", "broken", "ours").failed == "broken: ConnectionError"
    assert costs.figure("render", "broken").failed == "ConnectionError"
    assert costs.told("broken", "ms") == "failed: ConnectionError"
    assert costs.told("ours", "ms") == "1 ms (1 to 1)"

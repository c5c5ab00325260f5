"""Lanes: first come, first served; interactive before bulk; neither starves."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from leadiq._conduct.lanes import PATIENCE, RESERVED_SHARE, Lane, Lanes


class One(NamedTuple):
    lane: Lane
    name: int
    weight: int = 1


def bulk(name: int, weight: int = 1) -> One:
    return One(Lane.BULK, name, weight)


def urgent(name: int, weight: int = 1) -> One:
    return One(Lane.INTERACTIVE, name, weight)


def lanes(*waiting: One, share: float = 1 / 6) -> Lanes[One]:
    made = Lanes[One](60.0, share)
    for one in waiting:
        made.add(one)
    return made


def go(made: Lanes[One], now: float = 0.0, limit: int = 60) -> One:
    first = made.first(now, limit)
    assert first is not None
    one, wait = first
    assert wait == 0.0
    made.went(one, now)
    made.remove(one)
    return one


def test_within_a_lane_the_first_to_come_is_the_first_to_go() -> None:
    """Order is kept when somebody in the middle leaves."""
    made = lanes(bulk(1), bulk(2), bulk(3), bulk(4))
    made.remove(bulk(2))
    assert made.count == made.waiting(Lane.BULK) == 3
    assert [go(made).name for _ in range(3)] == [1, 3, 4]
    assert made.first(0.0, 60) is None
    assert (made.count, list(made.heads())) == (0, [])


def test_interactive_requests_overtake_bulk_ones() -> None:
    """Whoever waits for an answer goes first, even if it came last."""
    made = lanes(bulk(1), bulk(2), urgent(3), urgent(4))
    assert list(made.heads()) == [urgent(3), bulk(1)]
    assert list(made) == [urgent(3), urgent(4), bulk(1), bulk(2)]
    assert [go(made).name for _ in range(4)] == [3, 4, 1, 2]


def test_bulk_work_does_not_starve() -> None:
    """After so many interactive requests, one of the bulk lane goes; and so on."""
    made = lanes(bulk(-1), bulk(-2), *map(urgent, range(20)))
    gone = [go(made).name for _ in range(2 * PATIENCE + 2)]
    assert [gone.index(-1), gone.index(-2)] == [PATIENCE, 2 * PATIENCE + 1]


def test_patience_counts_weights() -> None:
    """A bulk request of weight two lets twice as much go past."""
    made = lanes(bulk(0, 2), *map(urgent, range(1, 20)))
    gone = [go(made).name for _ in range(2 * PATIENCE + 1)]
    assert gone.index(0) == 2 * PATIENCE


def test_what_went_while_no_bulk_waited_is_not_held_against_interactive_requests() -> None:
    """Only those are counted that go past somebody."""
    made = lanes(*map(urgent, range(1, 20)))
    for _ in range(10):
        go(made)
    made.add(bulk(0))
    assert go(made).name == 11


def test_a_share_is_kept_for_interactive_requests() -> None:
    """After an interactive request, bulk work may occupy the limit less a sixth."""
    made = lanes(urgent(1), *[bulk(n) for n in range(2, 8)])
    gone = [go(made, limit=6).name for _ in range(6)]
    assert gone == [1, 2, 3, 4, 5, 6]
    assert made.first(0.0, 6) == (bulk(7), 60.0)
    made.came_back(bulk(2), 10.0)
    assert made.first(10.0, 6) == (bulk(7), 50.0)
    made.add(urgent(8))
    assert go(made, 20.0, 6).name == 8
    assert made.first(30.0, 6) == (bulk(7), 40.0)
    assert go(made, 70.0, 6).name == 7


def test_who_is_kept_back_lets_interactive_requests_past_even_when_it_is_its_turn() -> None:
    """Bulk work that has its share is not starving."""
    made = lanes(urgent(0), bulk(1), bulk(2), *map(urgent, range(3, 20)))
    for one in (urgent(0), bulk(1)):
        made.went(one, 0.0)
        made.remove(one)
    gone = [go(made, limit=2).name for _ in range(PATIENCE + 2)]
    assert gone == [3, 4, 5, 6, 7, 8, 9]


def test_the_lanes_are_words_and_the_share_is_a_sixth() -> None:
    """People write the lanes into their settings; of LeadIQ's 60 requests, 10 are reserved."""
    assert [*Lane] == ["interactive", "bulk"]
    assert RESERVED_SHARE == 10 / 60


def test_the_share_is_not_kept_from_those_it_is_for() -> None:
    """An interactive request waits for no share, however much bulk work is under way."""
    made = lanes(urgent(0), bulk(1))
    assert [go(made, limit=2).name for _ in range(2)] == [0, 1]
    assert made.wait(urgent(2), 1.0, 2) == 0.0
    assert made.wait(bulk(3), 1.0, 2) == 59.0


def test_without_interactive_requests_bulk_work_may_use_everything() -> None:
    """The share is held for one window after an interactive request, and given up then."""
    never = lanes(bulk(0), bulk(1))
    assert [go(never, limit=2).name, go(never, limit=2).name] == [0, 1]
    made = lanes(urgent(1), bulk(2), bulk(3), bulk(4))
    assert [go(made, limit=2).name for _ in range(2)] == [1, 2]
    assert made.first(59.0, 2) == (bulk(3), 1.0)
    assert [go(made, 60.0, 2).name, go(made, 60.0, 2).name] == [3, 4]


@pytest.mark.parametrize(
    ("share", "limit", "most"),
    [(1 / 6, 1, 1), (0.0, 6, 6), (1.0, 6, 1), (1 / 6, 2, 1), (1 / 6, 7, 6), (1 / 2, 7, 4)],
)
def test_the_share_is_at_least_one_slot_and_never_all(share: float, limit: int, most: int) -> None:
    """Of a limit of one it keeps nothing back; a share of nothing reserves nothing."""
    made = lanes(urgent(0), *map(bulk, range(1, 8)), share=share)
    go(made, limit=limit)
    for _ in range(most):
        go(made, limit=limit)
    first = made.first(0.0, limit)
    assert first is not None
    assert first[1] > 0.0


def test_what_is_too_heavy_for_the_bulk_share_goes_alone() -> None:
    """A bulk request as heavy as the limit goes once no other bulk work is under way."""
    made = lanes(urgent(0), bulk(1), bulk(2, 6))
    assert [go(made, limit=6).name for _ in range(2)] == [0, 1]
    made.came_back(bulk(1), 5.0)
    made.went(urgent(3), 10.0)
    assert made.first(10.0, 6) == (bulk(2, 6), 55.0)
    assert go(made, 65.0, 6).name == 2


def test_a_bulk_request_that_was_not_sent_frees_its_share_at_once() -> None:
    """A refund leaves no window to wait for; an interactive one has nothing to give back."""
    made = lanes(urgent(0), bulk(1), bulk(2))
    assert [go(made, limit=2).name for _ in range(2)] == [0, 1]
    assert made.first(0.0, 2) == (bulk(2), 60.0)
    made.refund(urgent(0))
    assert made.first(0.0, 2) == (bulk(2), 60.0)
    made.refund(bulk(1))
    assert go(made, limit=2).name == 2

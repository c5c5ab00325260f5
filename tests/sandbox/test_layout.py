"""Rules of who works where: blocks and moves, both reversible."""

from __future__ import annotations

import pytest

from leadiq.sandbox._layout import MOVES, Layout


@pytest.mark.parametrize("people", [1, 5, 100, 137, 1000, 2001])
def test_blocks_part_the_people(people: int) -> None:
    """Every person is in exactly one company's block, and every company has somebody."""
    layout = Layout(1, people)
    blocks = [layout.people_of(company) for company in range(layout.companies)]
    assert [person for block in blocks for person in block] == list(range(people))
    assert all(blocks)
    for company, block in enumerate(blocks):
        assert [layout.seat_of(person) for person in block] == [
            (company, place) for place in range(len(block))
        ]
        assert all(layout.company_of(person) == company for person in block)


@pytest.mark.parametrize("people", [1, 137, 1000])
def test_moves_can_be_undone(people: int) -> None:
    """moved_to yields exactly those whose move leads to a company."""
    layout = Layout(2, people)
    for move in range(MOVES):
        forth = {person: layout.moved_from(person, move) for person in range(people)}
        for company in range(layout.companies):
            back = sorted(layout.moved_to(company, move))
            assert back == [person for person, goal in forth.items() if goal == company]
        assert all(goal is None or 0 <= goal < layout.companies for goal in forth.values())


def test_a_company_has_about_twenty_people() -> None:
    """The mean is 20, and sizes differ."""
    layout = Layout(1, 20_000)
    assert layout.companies == 1000
    assert len({len(layout.people_of(company)) for company in range(100)}) > 5

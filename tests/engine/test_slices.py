"""Partitions: everybody once, who is left out is told, and no page is bought twice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from leadiq._core.errors import TransportError
from leadiq._core.pricing import PriceRange
from leadiq._engine import walk
from leadiq._engine.dialects import AFTER, TOTAL
from leadiq._engine.pages import Pages
from leadiq._engine.paging import pages
from leadiq._engine.partition import Axis, Gap
from leadiq._engine.resume import Listing
from leadiq._engine.slices import Partition
from leadiq._engine.walk import Ask, Found
from leadiq.types import FlatSearchInput, Person, Seniority

PAGE = PriceRange(Decimal(1), Decimal(1))
SENIOR = [*Seniority]


class World:
    """People with a seniority (or none) and a company size, found by filter and paged by offset."""

    def __init__(self, people: int, *, unknown: int = 0, cursors: bool = False) -> None:
        self.people = [
            (f"PersonID-{n}", None if n < unknown else SENIOR[n % 3], n % 40 + 1)
            for n in range(people)
        ]
        self.cursors = cursors
        self.asked = 0
        self.failures: dict[int, Exception] = {}

    def found(self, query: FlatSearchInput) -> list[str]:
        contact, company = query.contact_filter, query.company_filter
        wanted = contact and contact.seniorities
        sizes = company and company.sizes
        return [
            name
            for name, seniority, size in self.people
            if (not wanted or seniority in wanted)
            and (not sizes or (sizes[0].min or 0) <= size <= (sizes[0].max or 10**6))
        ]

    def open(self, query: FlatSearchInput) -> Pages[Person]:
        found = self.found(query)

        async def read(ask: Ask) -> Found[Person]:
            self.asked += 1
            if failure := self.failures.pop(self.asked, None):
                raise failure
            begin = int(str(ask.place.cursor)) if ask.place.cursor else ask.place.skip
            people = [Person.model_construct(id=i) for i in found[begin : begin + ask.size]]
            after = begin + ask.size
            cursor = str(after) if self.cursors and after < len(found) else None
            total = len(found) if ask.total else None
            return Found(AFTER if self.cursors else TOTAL, people, total, cursor=cursor)

        window: Any = {"resume": None, "page_size": 25, "max_items": None}
        return pages(Listing("flatAdvancedSearch", {}), read, window, total=True)

    def partition(self, *axes: Axis, reach: int = 100) -> Partition:
        query = FlatSearchInput()
        return Partition(query, axes, self.open, lambda: not self.cursors, PAGE, reach)


async def ids(partition: Partition) -> list[str]:
    return [person.id async for person in partition]


BOTH = (Axis.seniority(), Axis.company_size(10, 20, 30))


@pytest.mark.anyio
async def test_a_search_that_is_too_large_is_split_until_it_is_not() -> None:
    """Everybody comes once, over two axes, and the coverage is complete."""
    world = World(700)
    partition = world.partition(*BOTH)
    got = await ids(partition)
    assert sorted(got) == sorted(name for name, *_ in world.people)
    coverage = partition.coverage
    assert (coverage.total, coverage.given, coverage.doubles) == (700, 700, 0)
    assert coverage.searches == 1 + 6 + 3 * 4
    assert coverage.gaps == ()
    assert coverage.finished
    assert coverage.complete


@pytest.mark.anyio
@pytest.mark.parametrize(("people", "cursors"), [(100, False), (700, True), (0, False)])
async def test_a_search_that_can_be_paged_is_not_split(people: int, cursors: bool) -> None:
    """Within reach, or with cursors, it is one search, whose first page is read once."""
    world = World(people, cursors=cursors)
    partition = world.partition(*BOTH)
    assert len(await ids(partition)) == people
    assert partition.coverage.searches == 1
    assert world.asked == max(1, people // 25)
    assert partition.coverage.complete


@pytest.mark.anyio
async def test_whom_no_slice_covers_is_told() -> None:
    """People without a value on the axis are a gap, known when the last slice was measured."""
    partition = World(250, unknown=30).partition(Axis.seniority())
    await anext(partition)
    assert partition.coverage.gaps == ()
    assert not partition.coverage.finished
    assert len(await ids(partition)) == 219
    assert partition.coverage.gaps == (Gap((), 30, "no value of seniority covers them"),)
    assert partition.coverage.finished
    assert not partition.coverage.complete


@pytest.mark.anyio
async def test_a_slice_that_no_axis_splits_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """At LeadIQ's bound the slice ends, the rest of it is a gap, and the other slices come."""
    monkeypatch.setattr(walk, "CEILING", 100)
    partition = World(330).partition(Axis.seniority())
    assert len(await ids(partition)) == 300
    gaps = partition.coverage.gaps
    assert [gap.where for gap in gaps] == [(f"seniority={one}",) for one in SENIOR[:3]]
    assert {gap.people for gap in gaps} == {10}
    assert all("first 10,000 only" in gap.reason for gap in gaps)
    assert not partition.coverage.complete


@pytest.mark.anyio
async def test_doubles_are_left_out_and_counted() -> None:
    """Who is in two slices comes once."""
    world = World(120)
    world.people[0] = (*world.people[0][:2], 10)
    overlapping = Axis("size", lambda q: [*BOTH[1].narrow(q), *BOTH[1].narrow(q)[:1]])
    partition = world.partition(overlapping)
    got = await ids(partition)
    assert sorted(got) == sorted({name for name, *_ in world.people})
    assert partition.coverage.doubles == len(
        world.found(BOTH[1].narrow(FlatSearchInput())[0].query)
    )


@pytest.mark.anyio
async def test_an_axis_that_does_not_split_is_passed_over() -> None:
    """A search for one seniority is split by the next axis."""
    world = World(600)
    whole = Axis.seniority().narrow(FlatSearchInput())[0].query
    partition = Partition(whole, BOTH, world.open, lambda: True, PAGE, 100)
    assert len(await ids(partition)) == 200
    assert partition.coverage.searches == 1 + 4


@pytest.mark.anyio
async def test_an_error_is_a_pause() -> None:
    """Whichever request fails, going on gives everybody once."""
    for number in range(1, 20):
        world = World(150)
        world.failures = {number: TransportError("cut")}
        partition = world.partition(Axis.seniority())
        got: list[str] = []
        for _ in range(2):
            try:
                async for person in partition:
                    got.append(person.id)  # noqa: PERF401 - what came before an error is wanted
            except TransportError:
                continue
        assert sorted(got) == sorted(name for name, *_ in world.people)
        assert partition.coverage.complete


@pytest.mark.anyio
async def test_an_estimate_costs_the_first_page_only() -> None:
    """It tells pages and credits before they are spent, and the page is not bought again."""
    world = World(80)
    partition = world.partition(*BOTH)
    estimate = await partition.estimate()
    assert world.asked == 1
    assert estimate == (80, (4, 5), PriceRange(Decimal(4), Decimal(5)))
    assert len(await ids(partition)) == 80
    assert world.asked == 4
    assert await partition.estimate() == estimate
    assert world.asked == 4


@pytest.mark.anyio
async def test_slices_can_be_paged_one_by_one() -> None:
    """Each has its own search and its own pages, whose tokens resume with that search."""
    world = World(250)
    partition = world.partition(Axis.seniority())
    found = [part async for part in partition.slices()]
    assert [part.where for part in found] == [(f"seniority={one}",) for one in SENIOR]
    assert [part.total for part in found] == [84, 83, 83, 0, 0, 0]
    assert [person.id async for person in found[0].pages] == world.found(found[0].query)


@pytest.mark.anyio
async def test_without_a_total_nothing_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that tells no total is paged as far as it goes; who is behind that is a gap."""
    monkeypatch.setattr(walk, "CEILING", 100)
    world = World(150)
    query = FlatSearchInput()

    def untold(query: FlatSearchInput) -> Pages[Person]:
        listing = world.open(query)
        listing._walk._ask_total = False
        return listing

    partition = Partition(query, BOTH, untold, lambda: True, PAGE)
    assert len(await ids(partition)) == 100
    assert partition.coverage.total is None
    (gap,) = partition.coverage.gaps
    assert gap.people is None

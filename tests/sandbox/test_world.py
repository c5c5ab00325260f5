"""Rules of the world: the same everywhere, unique where it must be, realistic in proportion."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from hashlib import sha256
from typing import Any

import pytest

from leadiq.sandbox._lookup import addresses
from leadiq.sandbox._names import FIRST_NAMES, LAST_NAMES
from leadiq.sandbox._trades import SENIORITIES, TITLES
from leadiq.sandbox._world import World

PEOPLE = 20_000


@pytest.fixture(scope="module")
def crowd() -> World:
    return World(people=PEOPLE, seed=1)


def fingerprint(world: World) -> str:
    """Return the digest of the first 200 people and 20 companies."""
    people = [asdict(world.person(index)) for index in range(200)]
    companies = [asdict(world.company(index)) for index in range(20)]
    text = json.dumps([people, companies], sort_keys=True)
    return sha256(text.encode()).hexdigest()


PINNED = "d696e0df6d4de7ce88cf5e02b0c173b5fb7163f7e8d17804cf9767b65b69f49e"


def test_the_world_of_a_seed_never_changes(crowd: World) -> None:
    """Users pin people of a seed in their tests: changing this digest breaks them."""
    assert fingerprint(crowd) == PINNED
    assert fingerprint(World(people=PEOPLE, seed=2)) != PINNED


def test_another_process_computes_the_same(crowd: World) -> None:
    """No hash randomisation, locale or order of asking takes part."""
    code = (
        "from leadiq.sandbox._world import World; w = World(people=20_000, seed=1);"
        "print(ascii([w.person(i) for i in (9, 3, 19_999)]), ascii(w.company(7)))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**_environment()}
    )
    people = [crowd.person(i) for i in (9, 3, 19_999)]
    assert shown.stdout.strip() == f"{people!a} {crowd.company(7)!a}", shown.stderr


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}


def test_no_two_addresses_are_the_same(crowd: World) -> None:
    """Work and private addresses are unique in the world, and never anybody's."""
    every = [address for i in range(PEOPLE) for address in addresses(crowd.person(i))]
    assert len(set(every)) == len(every)
    hosts = {address.rpartition("@")[2] for address in every}
    assert all(host.endswith(("example.com", "example.org", "example.net")) for host in hosts)
    assert all(address.isascii() and address == address.lower() for address in every)


def test_colleagues_have_different_names(crowd: World) -> None:
    """A name is unique within a company, so that name and company mean one person."""
    for company in range(crowd.companies):
        names = [crowd.name(index) for index in crowd.layout.people_of(company)]
        assert len(set(names)) == len(names)


def share(crowd: World, holds: object) -> float:
    return sum(bool(holds(crowd.person(i))) for i in range(PEOPLE)) * 100 / PEOPLE  # type: ignore[operator]


def test_proportions_are_realistic(crowd: World) -> None:
    """Shares of statuses, gaps and careers are within half a point or so of what is meant."""
    work = Counter(
        email.status if (email := crowd.person(i).current[0].email) else None for i in range(PEOPLE)
    )
    shares = {status: count * 100 / PEOPLE for status, count in work.items()}
    wanted = {"Verified": 54, "VerifiedLikely": 15, "Unverified": 11, "Invalid": 4,
              "Suppressed": 2, None: 14}  # fmt: skip
    assert shares.keys() == wanted.keys()
    assert all(abs(shares[status] - wanted[status]) < 1.2 for status in wanted)
    assert abs(share(crowd, lambda p: p.personal_email) - 45) < 1.5
    assert abs(share(crowd, lambda p: p.personal_phone) - 35.5) < 1.5
    assert abs(share(crowd, lambda p: p.current[0].phone) - 35.5) < 1.5
    assert abs(share(crowd, lambda p: len(p.current) > 1) - 6) < 1
    assert abs(share(crowd, lambda p: p.past) - 75) < 1.5
    assert abs(share(crowd, lambda p: p.job_change == "TitleChange") - 15) < 1.5
    assert abs(share(crowd, lambda p: p.linkedin_slug is None) - 3) < 0.6
    assert abs(share(crowd, lambda p: p.city is None) - 5) < 0.8
    assert 3 < share(crowd, lambda p: not p.full_name.isascii()) < 40


def test_a_suppressed_value_is_empty(crowd: World) -> None:
    """Suppressed entries exist, and none holds contact data."""
    seen = 0
    for index in range(3000):
        person = crowd.person(index)
        jobs = (*person.current, *person.past)
        entries: list[Any] = [person.personal_email, person.personal_phone]
        entries += [entry for job in jobs for entry in (job.email, job.phone)]
        for entry in filter(None, entries):
            assert (entry.value == "") == (entry.status == "Suppressed")
            seen += entry.status == "Suppressed"
    assert seen > 50


def test_careers_are_in_order(crowd: World) -> None:
    """A past job ends before the next one began, and a current one has no end."""
    for index in range(2000):
        person = crowd.person(index)
        assert person.current[0].company == crowd.layout.company_of(index)
        assert all(job.end is None and job.start >= 0 for job in person.current)
        later = person.current[0].start
        for job in person.past:
            assert job.end is not None
            assert later < job.end < job.start
            later = job.start


def test_the_last_group_may_be_cut() -> None:
    """Where the last companies are missing, careers simply lack what would lead there."""
    world = World(people=137, seed=1)
    jobs = [job for i in range(137) for p in [world.person(i)] for job in (*p.current, *p.past)]
    assert all(job.company < world.companies < 10 for job in jobs)


def test_companies_vary(crowd: World) -> None:
    """Some lack a size, revenue, funding or description, some have a parent, none itself."""
    companies = [crowd.company(index) for index in range(crowd.companies)]
    for holds in (
        lambda c: c.employees is None,
        lambda c: c.revenue is None,
        lambda c: c.funding is None,
        lambda c: not c.has_description,
        lambda c: c.parent is not None,
        lambda c: c.second_email_domain,
    ):
        assert 0.02 < sum(map(holds, companies)) / len(companies) < 0.7
    assert all(company.parent != company.index for company in companies)


def test_any_size_costs_the_same() -> None:
    """A person of a billion is computed like one of ten."""
    world = World(people=10**9, seed=1)
    person = world.person(10**9 - 1)
    assert world.ids.person_index(person.id) == 10**9 - 1
    with pytest.raises(IndexError):
        world.person(10**9)
    with pytest.raises(IndexError):
        world.company(world.companies)


def test_tables_hold_what_names_rely_on() -> None:
    """Slugs are unique, ASCII and free of dots; every title has a known seniority."""
    for table in (FIRST_NAMES, LAST_NAMES):
        slugs = [name.slug for name in table]
        assert len(set(slugs)) == len(slugs)
        assert all(slug and slug.isascii() and "." not in slug for slug in slugs)
    assert {"José", "Zoë", "Łukasz", "美咲"} <= {name.display for name in FIRST_NAMES}
    assert {title.seniority for title in TITLES} == set(SENIORITIES)

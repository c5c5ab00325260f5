"""Rules of finding people: every identifier leads to its person, and to nobody else."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest

from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._lookup import Lookup, addresses
from leadiq.sandbox._world import World


@pytest.fixture(scope="module")
def lookup(world: World) -> Lookup:
    return Lookup(world, hash_limit=2000)


def test_every_identifier_leads_back(world: World, lookup: Lookup) -> None:
    """Id, LinkedIn, each address, its hash and each number of a person find that person."""
    for index in range(0, 2000, 7):
        person = world.person(index)
        assert lookup.by_id(person.id) == [index]
        for address in addresses(person):
            assert lookup.by_email(f" {address.upper()} ") == [index]
            assert lookup.by_hash(sha256(address.encode()).hexdigest().upper()) == [index]
        if person.linkedin_slug and person.linkedin_id:
            url = f"https://www.linkedin.com/in/{person.linkedin_slug}/"
            for link in (url, person.linkedin_slug.upper(), person.linkedin_id):
                assert lookup.by_linkedin(link) == [index]
        for phone in (person.current[0].phone, person.personal_phone):
            if phone and phone.value:
                assert index in lookup.by_phone(phone.value)


def test_what_is_not_shown_finds_nobody(world: World, lookup: Lookup) -> None:
    """Suppressed or missing addresses, numbers and profiles cannot be looked up."""
    kinds: Counter[str] = Counter()
    for index in range(2000):
        person = world.person(index)
        first, last = world.name(index)
        email, phone = person.current[0].email, person.current[0].phone
        if email is None or not email.value:
            domain = world.domain(person.current[0].company)
            assert lookup.by_email(f"{first.slug}.{last.slug}@{domain}") == []
            kinds["email"] += 1
        if phone is None or not phone.value:
            found = lookup.by_phone(world.ids.phone("work", index))
            assert index not in found or person.personal_phone is not None
            kinds["phone"] += 1
        if person.linkedin_slug is None:
            assert lookup.by_linkedin(world.linkedin_slug(index)) == []
            assert lookup.by_linkedin(world.ids.member_number(index)) == []
            kinds["linkedin"] += 1
    assert all(kinds[kind] > 20 for kind in ("email", "phone", "linkedin"))


@pytest.mark.parametrize(
    "text", ["", "nobody", "nobody@example.com", "a.b.zz@example.com", "@", "x-sandbox-0", "9" * 12]
)
def test_other_text_finds_nobody(lookup: Lookup, text: str) -> None:
    """No reader is fooled by text that nobody's record shows."""
    assert lookup.by_id(text) == lookup.by_linkedin(text) == lookup.by_email(text) == []
    assert lookup.by_hash(text) == lookup.by_phone(text) == []
    assert lookup.by_hash(sha256(text.encode()).hexdigest()) == []


def test_people_outside_the_world_are_not_found(lookup: Lookup) -> None:
    """An id of a larger world with the same seed means nobody."""
    other = World(people=4000, seed=1).person(3000)
    assert lookup.by_id(other.id) == []


def test_a_hash_that_only_begins_alike_is_nobodys(world: World, lookup: Lookup) -> None:
    """The index keeps a prefix; the rest is compared."""
    address = next(addresses(world.person(0)))
    digest = sha256(address.encode()).hexdigest()
    assert lookup.by_hash(digest[:32] + "0" * 32) == []
    assert lookup.by_hash("z" * 64) == []


def test_a_large_world_refuses_hashes(world: World) -> None:
    """Above hash_limit the refusal names the setting, and nothing is built."""
    small = Lookup(world, hash_limit=1999)
    with pytest.raises(InputRefused, match="hash_limit"):
        small.by_hash("0" * 64)
    assert not small.hashes_ready


def test_numbers_repeat_only_in_large_worlds() -> None:
    """Above 80,000 people several share a number, and each of them is found by it."""
    world = World(people=200_000, seed=1)
    lookup = Lookup(world, hash_limit=1)
    index = next(i for i in range(1000) if (p := world.person(i).personal_phone) and p.value)
    phone = world.person(index).personal_phone
    assert phone
    found = lookup.by_phone(phone.value)
    assert index in found
    for one in found:
        person = world.person(one)
        assert phone.value in [
            p.value for p in (person.current[0].phone, person.personal_phone) if p
        ]


def test_who_has_worked_where(world: World, lookup: Lookup) -> None:
    """Colleagues, second jobs and former employees are those that the careers say."""
    people = [world.person(index) for index in range(world.people)]
    for company in range(0, world.companies, 9):
        assert [p.index for p in people if p.current[0].company == company] == list(
            lookup.colleagues(company)
        )
        assert lookup.others(company, past=False) == [
            p.index for p in people if company in [job.company for job in p.current[1:]]
        ]
        assert lookup.others(company, past=True) == [
            p.index for p in people if company in [job.company for job in p.past]
        ]

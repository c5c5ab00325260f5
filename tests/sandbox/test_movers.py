"""Rules of tracked contacts: who is found, what has become of them, and what is shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from leadiq.sandbox._company_records import CompanyRecords
from leadiq.sandbox._dates import Calendar
from leadiq.sandbox._icps import PROFILES
from leadiq.sandbox._lookup import Lookup
from leadiq.sandbox._match import Matcher
from leadiq.sandbox._movers import Batch, Movers
from leadiq.sandbox._runs import Run
from leadiq.sandbox._values import Person
from leadiq.sandbox._world import World

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ALL = frozenset({"Departure", "JobChange", "TitleChange", "Promotion"})


@pytest.fixture(scope="module")
def movers(world: World, calendar: Calendar) -> Movers:
    lookup = Lookup(world, hash_limit=1)
    matcher = Matcher(world, lookup)
    return Movers(world, lookup, matcher, calendar, CompanyRecords(world, calendar))


@pytest.fixture(scope="module")
def people(world: World) -> list[Person]:
    return [world.person(index) for index in range(200)]


def known_at(world: World, person: Person, company: int, **rest: Any) -> dict[str, Any]:
    firm = world.company(company)
    return {
        "firstName": person.first.display,
        "lastName": person.last.display,
        "companyName": firm.name,
        "companyDomain": firm.domain,
        **rest,
    }


def batch(*contacts: Any, **rest: Any) -> Batch:
    asked: dict[str, Any] = {
        "kinds": ALL,
        "profiles": (),
        "email_quality": frozenset(),
        "phone_quality": None,
        "unlock": frozenset(),
        **rest,
    }
    return Batch(id="b", contacts=contacts, run=Run(NOW, NOW, NOW, "successful"), **asked)


def left(world: World, people: list[Person]) -> list[dict[str, Any]]:
    """Return contacts whom a team knew at the company before."""
    return [known_at(world, p, p.past[0].company) for p in people if p.job_change == "JobChange"]


def test_who_left_is_told_of(movers: Movers, world: World, people: list[Person]) -> None:
    """Who is elsewhere now has changed jobs or, one in twenty, departed to nowhere known."""
    found = movers.find(batch(*left(world, people)))
    kinds = [moved.kind for moved in found.moved]
    assert set(kinds) == {"JobChange", "Departure"}
    assert 0.01 < kinds.count("Departure") / len(kinds) < 0.12
    assert len(kinds) + found.suppressed > 60
    for moved in found.moved:
        record = movers.record(moved)
        person = world.person(moved.person)
        assert record["lastKnownCompanyDomain"] == moved.contact["companyDomain"]
        if moved.kind == "Departure":
            assert record.get("company") is record.get("title") is None
        else:
            assert record["company"] == world.company(person.current[0].company).name
            assert record["title"] == person.current[0].title.title


def test_who_stayed_is_not_told_of(movers: Movers, world: World, people: list[Person]) -> None:
    """At the same company only another title is a change."""
    person = people[0]
    title = person.current[0].title.title
    home = person.current[0].company
    for contact in (
        known_at(world, person, home),
        known_at(world, person, home, title=title.upper()),
    ):
        assert movers.find(batch(contact)).moved == ()
    (moved,) = movers.find(batch(known_at(world, person, home, title="Intern"))).moved
    assert moved.kind == "TitleChange"


@pytest.mark.parametrize("key", ["personalLinkedInUrl", "email", "name"])
def test_a_contact_is_found_by_what_is_known(
    movers: Movers, world: World, people: list[Person], key: str
) -> None:
    """LinkedIn and e-mail lead to a person wherever they were, a name with a former company."""
    for person in people[:40]:
        email = person.current[0].email
        if person.job_change != "JobChange" or not person.linkedin_slug or not email:
            continue
        if not email.value:
            continue
        keys = {
            "personalLinkedInUrl": f"https://www.linkedin.com/in/{person.linkedin_slug}",
            "email": email.value,
        }
        nowhere = {"companyName": "Nobody", "companyDomain": None, key: keys.get(key)}
        contact = known_at(world, person, person.past[0].company)
        contact = contact if key == "name" else {**contact, **nowhere}
        (moved,) = movers.find(batch(contact)).moved
        assert moved.person == person.index


def test_nobody_is_not_told_of(movers: Movers, world: World, people: list[Person]) -> None:
    """Who is not in the world, or has no name, is passed over."""
    contact = known_at(world, people[0], 0)
    strangers = [
        {**contact, "firstName": "Zaphod", "lastName": "Nobody"},
        {**contact, "firstName": "", "lastName": ""},
    ]
    assert movers.find(batch(*strangers)).moved == ()


def test_what_is_asked_for_narrows(movers: Movers, world: World, people: list[Person]) -> None:
    """Kinds, profiles and qualities keep only who has them."""
    contacts = left(world, people)
    everybody = movers.find(batch(*contacts)).moved
    gone = movers.find(batch(*contacts, kinds=frozenset({"Departure"}))).moved
    assert [m.kind for m in everybody].count("Departure") == len(gone) > 0
    leaders = movers.find(batch(*contacts, profiles=PROFILES[:1])).moved
    assert 0 < len(leaders) < len(everybody)
    assert {moved.profiles for moved in leaders} == {(PROFILES[0].id,)}
    good = movers.find(batch(*contacts, email_quality=frozenset({"Verified"}))).moved
    emails = [world.person(moved.person).current[0].email for moved in good]
    assert {email and email.status for email in emails} == {"Verified"}
    high = movers.find(batch(*contacts, phone_quality="HigherQualityPhones")).moved
    assert 0 < len(high) < len(everybody)


def test_data_is_shown_as_unlocked(movers: Movers, world: World, people: list[Person]) -> None:
    """Contact data is in a record if the batch unlocks it; who departed has none."""
    contacts = left(world, people)
    unlock = frozenset({"PersonEmail", "PersonPhone"})
    found = movers.find(batch(*contacts, unlock=unlock))
    records = [movers.record(moved) for moved in found.moved]
    emails = sum(bool(record.get("email")) for record in records)
    phones = sum(bool(record["phones"] or record["workPhones"]) for record in records)
    points = [one.point for one in movers.unlocked(found)]
    assert (points.count("PersonEmail"), points.count("PersonPhone")) == (emails, phones)
    assert min(emails, phones) > 0
    for record in records:
        if record["jobChangeType"] == "Departure":
            assert record["phones"] == []
    plain = movers.find(batch(*contacts))
    assert movers.unlocked(plain) == []
    assert not any(movers.record(moved).get("email") for moved in plain.moved)

"""Rules of job changes: who is one, at which company, and what of them is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from leadiq.sandbox._dates import Calendar
from leadiq.sandbox._icps import PROFILES
from leadiq.sandbox._job_changes import ADMIN, JobChanges, Wanted, contact_of, unlocked
from leadiq.sandbox._lookup import Lookup
from leadiq.sandbox._tracked_companies import Tracked
from leadiq.sandbox._values import EmailAddress, PhoneNumber
from leadiq.sandbox._world import World

EVERYTHING = Wanted(
    since=10**6,
    most=10**6,
    kinds=frozenset({"JobChange", "TitleChange"}),
    profiles=(),
    email_quality=frozenset(),
    phone_quality=None,
    unlock=frozenset(),
)
BOTH = frozenset({"PersonEmail", "PersonPhone"})


@pytest.fixture(scope="module")
def changes(world: World, calendar: Calendar) -> JobChanges:
    return JobChanges(world, Lookup(world, hash_limit=1), calendar)


@pytest.fixture(scope="module")
def tracked(world: World) -> list[Tracked]:
    firms = map(world.company, range(world.companies))
    return [Tracked(f"t{firm.index}", firm.name, firm.domain, None) for firm in firms]


def find(changes: JobChanges, tracked: list[Tracked], **wanted: Any) -> Any:
    return changes.find(tracked, replace(EVERYTHING, **wanted))


def test_who_changed_is_found_where_they_are(
    changes: JobChanges, tracked: list[Tracked], world: World
) -> None:
    """Everybody with a change is found at the company of their position, or left out."""
    found = find(changes, tracked)
    main = {c.person for c in found.changes if c.now == world.person(c.person).current[0]}
    moved = {p.index for p in map(world.person, range(world.people)) if p.job_change}
    assert main <= moved
    assert 0 < found.suppressed < 30
    assert len(moved - main) <= found.suppressed
    for change in found.changes:
        person = world.person(change.person)
        assert change.now in person.current
        assert change.company.domain == world.company(change.now.company).domain
        second = change.now is not person.current[0]
        assert (change.kind, change.before) == (
            ("JobChange", person.current[0]) if second else (person.job_change, person.past[0])
        )


@pytest.mark.parametrize("kind", ["JobChange", "TitleChange"])
def test_kinds(changes: JobChanges, tracked: list[Tracked], kind: str) -> None:
    """Only the kinds asked for are found."""
    found = find(changes, tracked, kinds=frozenset({kind}))
    assert {change.kind for change in found.changes} == {kind}


def test_bounds(changes: JobChanges, tracked: list[Tracked]) -> None:
    """Nobody began before the span, and no company has more than the most."""
    found = find(changes, tracked, since=90, most=2)
    assert found.changes
    assert all(change.now.start <= 90 for change in found.changes)
    counts = [sum(c.company is one for c in found.changes) for one in tracked]
    assert max(counts) == 2


def test_qualities(changes: JobChanges, tracked: list[Tracked], world: World) -> None:
    """Qualities keep who has such an address, or such a number."""
    for status in ("Verified", "VerifiedLikely", "Unverified"):
        found = find(changes, tracked, email_quality=frozenset({status}))
        assert {c.now.email and c.now.email.status for c in found.changes} == {status}
    found = find(changes, tracked, phone_quality="HigherQualityPhones")
    phones = [world.person(change.person).personal_phone for change in found.changes]
    assert {phone and phone.status for phone in phones} == {"Verified", "LikelyAccurate"}


def test_profiles(changes: JobChanges, tracked: list[Tracked]) -> None:
    """Somebody has to fit one of the profiles, and the change names those that they fit."""
    assert {change.profiles for change in find(changes, tracked).changes} == {()}
    found = find(changes, tracked, profiles=PROFILES[:2])
    names = {change.profiles for change in found.changes}
    first, second = PROFILES[0].id, PROFILES[1].id
    assert names == {(first,), (second,), (first, second)}
    for change in find(changes, tracked, profiles=PROFILES[:1]).changes:
        assert change.now.title.seniority in ("VP", "Executive", "Director")


def test_a_company_is_known_by_domain_or_name(changes: JobChanges, world: World) -> None:
    """The domain decides, else the name; what neither knows has no job changes."""
    one, other = world.company(1), world.company(2)
    assert changes.index_of(Tracked("t", other.name, one.domain, None)) == 1
    assert changes.index_of(Tracked("t", f"{other.name} Inc.", "x.example.org", None)) == 2
    stranger = Tracked("t", "Nobody", "x.example.org", None)
    assert find(changes, [stranger]).changes == ()


def test_contact_data_in_each_state(world: World) -> None:
    """A value is shown if unlocked; what is withheld says so, what is unknown is null."""
    person = next(
        p for p in map(world.person, range(500)) if p.current[0].email and p.current[0].phone
    )
    email = EmailAddress("x@example.com", "Verified", 1)
    phone = PhoneNumber("+12015550101", "WorkPhone", "Verified", "LikelyAccurate", 1)
    job = person.current[0]._replace(email=email, phone=phone)
    person = replace(person, personal_phone=phone)
    shown = contact_of(person, job, BOTH)
    assert (shown["email"], shown["emailStatus"]) == ("x@example.com", "Verified")
    assert shown["personalPhones"] == shown["workPhones"] == [phone.value]
    assert shown["personalPhonesWithQuality"] == [{"phone": phone.value, "quality": "Verified"}]
    assert shown["contactInfo"] == {
        "email": {"__typename": "EmailValue", "email": email.value, "status": "Verified"},
        "personalPhones": {
            "__typename": "PersonalPhonesValue",
            "phones": [{"phone": phone.value, "quality": "Verified"}],
        },
        "workPhones": {"__typename": "WorkPhonesValue", "phones": [phone.value]},
    }
    assert [one.point for one in unlocked(person, job, BOTH)] == ["PersonEmail", "PersonPhone"]
    for nothing in (
        contact_of(person, job, frozenset()),
        contact_of(
            replace(person, personal_phone=None), job._replace(email=None, phone=None), BOTH
        ),
    ):
        assert set(nothing["contactInfo"].values()) == {None}
        assert nothing["email"] is None
        assert nothing["personalPhones"] == nothing["workPhones"] == []
    secret = phone._replace(value="", status="Suppressed")
    withheld = replace(person, personal_phone=secret)
    hidden = job._replace(email=EmailAddress("", "Suppressed", 1), phone=secret)
    info = contact_of(withheld, hidden, BOTH)["contactInfo"]
    assert {part["reason"] for part in info.values()} == {ADMIN}
    assert [part["__typename"] for part in info.values()] == [
        "EmailSuppressed",
        "PersonalPhonesSuppressed",
        "WorkPhonesSuppressed",
    ]
    assert unlocked(withheld, hidden, BOTH) == []
    bad = job._replace(email=email._replace(status="Invalid"))
    assert contact_of(person, bad, BOTH)["email"] is None

"""Rules of searchPeople, searchCompany and the preview: who is meant, how surely, what is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._lookup import Lookup
from leadiq.sandbox._match import Matcher, has_email, has_phone, shown_by
from leadiq.sandbox._places import CITIES
from leadiq.sandbox._values import Person
from leadiq.sandbox._world import World


@pytest.fixture(scope="module")
def matcher(world: World) -> Matcher:
    return Matcher(world, Lookup(world, hash_limit=2000))


def found(matcher: Matcher, **query: Any) -> list[tuple[int, int]]:
    return [(match.person, match.confidence) for match in matcher.people(query)]


def the_first(world: World, holds: Callable[[Person], object]) -> Person:
    return next(p for p in map(world.person, range(world.people)) if holds(p))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"id": " "},
        {"fullName": "Ada Lovelace"},
        {"firstName": "Ada", "company": {"name": "Northwind Software"}},
        {"fullName": "Ada", "company": {"name": "Northwind Software"}},
        {"fullName": "Ada Lovelace", "company": {"country": "United States"}},
        {"fullName": "Ada Lovelace", "company": {"name": ""}},
        {"company": {"name": "Northwind Software"}},
        {"limit": 5},
    ],
)
def test_too_little_is_refused(matcher: Matcher, query: dict[str, Any]) -> None:
    """Without a key, or a whole name with a company, the input is a client error."""
    with pytest.raises(InputRefused, match="Insufficient identifiers"):
        matcher.people(query)


def test_a_key_is_certain_and_a_phone_nearly(world: World, matcher: Matcher) -> None:
    """Keys give 100, a phone 90."""
    person = the_first(
        world, lambda p: p.personal_phone and p.personal_phone.value and p.linkedin_id
    )
    assert person.personal_phone
    assert found(matcher, id=person.id) == [(person.index, 100)]
    assert found(matcher, linkedinId=person.linkedin_id) == [(person.index, 100)]
    assert (person.index, 90) in found(matcher, phone=person.personal_phone.value)


def test_the_strongest_key_that_leads_somewhere_decides(world: World, matcher: Matcher) -> None:
    """A stale key does not hide a good one, a strong key wins over a weaker one."""
    one, two = world.person(1), world.person(2)
    assert found(matcher, id=one.id, linkedinUrl=two.linkedin_slug) == [(1, 100)]
    assert found(matcher, id="PersonID-gone", linkedinUrl=two.linkedin_slug) == [(2, 100)]
    company = {"companyId": world.company(one.current[0].company).id}
    assert found(matcher, email="gone@example.com", fullName=one.full_name, company=company) == [
        (1, 90)
    ]


@pytest.mark.parametrize("key", ["companyId", "domain", "emailDomain", "linkedinId", "name"])
def test_a_name_with_a_company(world: World, matcher: Matcher, key: str) -> None:
    """A name is found at a company given in any way; by name alone it is a little less sure."""
    person = world.person(42)
    company = world.company(person.current[0].company)
    values = {"companyId": company.id, "domain": company.domain, "emailDomain": company.domain,
              "linkedinId": company.linkedin_id, "name": company.name}  # fmt: skip
    sure = 85 if key == "name" else 90
    given, family = person.first.display, person.last.display
    for name in ({"fullName": person.full_name.upper()}, {"firstName": given, "lastName": family},
                 {"fullName": f"{family}, {given}"}, {"fullName": f"Dr. {given} X. {family} Jr."},
                 {"fullName": f"{person.first.slug} {person.last.slug}"}):  # fmt: skip
        assert found(matcher, company={key: values[key]}, **name) == [(42, sure)]
    assert found(matcher, fullName="Nobody Nowhere", company={key: values[key]}) == []


def test_every_name_of_the_world_is_found(world: World, matcher: Matcher) -> None:
    """Unicode, apostrophes, hyphens and particles are no obstacle."""
    for index in range(0, 2000, 3):
        person = world.person(index)
        company = {"domain": world.domain(person.current[0].company)}
        assert (index, 90) in found(matcher, fullName=person.full_name, company=company)


def test_an_initial_is_a_weak_match(world: World, matcher: Matcher) -> None:
    """ "A. Lovelace" finds those colleagues it fits, with 60, unless somebody fits exactly."""
    person = world.person(42)
    company = {"domain": world.domain(person.current[0].company)}
    name = f"{person.first.slug[0]}. {person.last.display}"
    assert (42, 60) in found(matcher, fullName=name, company=company)
    assert found(matcher, fullName=name, company=company, minConfidence=61) == []


def test_a_middle_name_tells_people_apart(world: World, matcher: Matcher) -> None:
    """A middle name that begins otherwise than the known one is somebody else's."""
    person = the_first(world, lambda p: p.middle)
    assert person.middle
    company = {"domain": world.company(person.current[0].company).domain}
    names = {"firstName": person.first.display, "lastName": person.last.display}
    for middle in ("", person.middle, person.middle[0].lower()):
        assert found(matcher, **names, middleName=middle, company=company)
    assert not found(matcher, **names, middleName="Q", company=company)
    plain = the_first(world, lambda p: not p.middle)
    company = {"domain": world.company(plain.current[0].company).domain}
    names = {"firstName": plain.first.display, "lastName": plain.last.display}
    assert found(matcher, **names, middleName="Q", company=company)


def test_past_companies_only_on_request(world: World, matcher: Matcher) -> None:
    """searchInPastCompanies finds who has left, with 75; a second job counts as current."""
    left = the_first(world, lambda p: p.job_change == "JobChange")
    past = {"domain": world.domain(left.past[0].company)}
    assert found(matcher, fullName=left.full_name, company=past) == []
    asked = {**past, "searchInPastCompanies": True}
    assert (left.index, 75) in found(matcher, fullName=left.full_name, company=asked)
    second = the_first(world, lambda p: len(p.current) > 1)
    side = {"domain": world.domain(second.current[1].company)}
    assert (second.index, 90) in found(matcher, fullName=second.full_name, company=side)


def test_strict_wants_every_detail_to_agree(world: World, matcher: Matcher) -> None:
    """A wrong detail is overlooked, unless strict is set [ref]; so is the country."""
    person = world.person(42)
    right = {"domain": world.domain(person.current[0].company)}
    wrong = {**right, "name": "Gone Unlimited"}
    name = person.full_name
    assert found(matcher, fullName=name, company=wrong) == [(42, 90)]
    assert found(matcher, fullName=name, company={**wrong, "strict": True}) == []
    assert found(matcher, fullName=name, company={**right, "strict": True}) == [(42, 90)]
    city = CITIES[world.company_city(person.current[0].company)]
    for country in (city.country.upper(), city.code2, city.code3):
        here = {**right, "strict": True, "country": country}
        assert found(matcher, fullName=name, company=here) == [(42, 90)]
    there = {**right, "strict": True, "country": "Atlantis"}
    assert found(matcher, fullName=name, company=there) == []
    assert found(matcher, fullName=name, company={**there, "strict": False}) == [(42, 90)]


def email_status(person: Person) -> str | None:
    return person.current[0].email and person.current[0].email.status


@pytest.mark.parametrize(
    "status", ["Verified", "VerifiedLikely", "Unverified", "Invalid", "Suppressed", None]
)
def test_statuses_wanted(world: World, matcher: Matcher, status: str | None) -> None:
    """workEmailStatusIn keeps who has such an address at work."""
    person = the_first(world, lambda p: email_status(p) == status and len(p.current) == 1)
    for wanted in ("Verified", "VerifiedLikely", "Unverified", "Invalid"):
        kept = bool(found(matcher, id=person.id, workEmailStatusIn=[wanted]))
        assert kept == (wanted == status)
    assert found(matcher, id=person.id, workEmailStatusIn=[])


@pytest.mark.parametrize("status", ["Verified", "Invalid", "Suppressed", None])
@pytest.mark.parametrize("phone", [True, False])
def test_contact_info_at_work(
    world: World, matcher: Matcher, status: str | None, phone: bool
) -> None:
    """containsWorkContactInfo keeps who is reachable at work by shown address or number."""
    person = the_first(
        world,
        lambda p: (
            email_status(p) == status
            and len(p.current) == 1
            and (p.current[0].phone.status if p.current[0].phone else None)
            == ("Verified" if phone else None)
        ),
    )
    kept = bool(found(matcher, id=person.id, containsWorkContactInfo=True))
    assert kept == (phone or status == "Verified")


GOOD_EMAIL = {"Verified", "VerifiedLikely", "Unverified"}
GOOD_PHONE = {"Verified", "LikelyAccurate", "Unverified"}
PROFILE: dict[str, Callable[[Person], object]] = {
    "HasVerifiedWorkEmail": lambda p: {"Verified"} & {j.email.status for j in p.current if j.email},
    "HasWorkEmail": lambda p: GOOD_EMAIL & {j.email.status for j in p.current if j.email},
    "HasVerifiedWorkPhone": lambda p: {"Verified"} & {j.phone.status for j in p.current if j.phone},
    "HasWorkPhone": lambda p: GOOD_PHONE & {j.phone.status for j in p.current if j.phone},
    "HasPersonalPhone": lambda p: p.personal_phone and p.personal_phone.status in GOOD_PHONE,
    "HasPersonalEmail": lambda p: p.personal_email and p.personal_email.status in GOOD_EMAIL,
}


@pytest.mark.parametrize("name", PROFILE)
def test_profile_filters(world: World, matcher: Matcher, name: str) -> None:
    """Each profileFilter keeps exactly those it names; all of several must hold."""
    kept = 0
    for index in range(300):
        person = world.person(index)
        expected = bool(PROFILE[name](person))
        assert bool(found(matcher, id=person.id, profileFilter=[name])) == expected
        both = bool(found(matcher, id=person.id, profileFilter=[name, "HasPersonalPhone"]))
        assert both == (expected and bool(PROFILE["HasPersonalPhone"](person)))
        kept += expected
    assert 20 < kept < 280


def test_min_confidence(world: World, matcher: Matcher) -> None:
    """minConfidence is inclusive."""
    person = world.person(42)
    company = {"name": world.company(person.current[0].company).name}
    query = {"fullName": person.full_name, "company": company}
    assert found(matcher, minConfidence=85, **query)
    assert not found(matcher, minConfidence=86, **query)


def test_preview(world: World, matcher: Matcher) -> None:
    """The preview finds by its own names for the company, and says None for nobody."""
    person = world.person(42)
    company = world.company(person.current[0].company)
    for key in ({"companyName": company.name}, {"companyDomain": company.domain}):
        preview = matcher.preview({"fullName": person.full_name, **key})
        assert preview is not None
        assert preview.index == 42
    assert matcher.preview({"email": "gone@example.com"}) is None
    with pytest.raises(InputRefused):
        matcher.preview({"companyName": "x"})


def test_has_email_and_phone_count_only_data(world: World) -> None:
    """Suppressed and invalid values do not count as had."""
    counts = {True: 0, False: 0}
    for index in range(500):
        person = world.person(index)
        good = any(
            email and email.status in GOOD_EMAIL
            for email in (person.personal_email, *(job.email for job in person.current))
        )
        assert has_email(person) == good
        phones = (person.personal_phone, person.current[0].phone)
        assert has_phone(person) == any(p and p.status in GOOD_PHONE for p in phones)
        counts[good] += 1
    assert min(counts.values()) > 20


def test_shown_by_reads_the_options() -> None:
    """Absent and null options are the defaults."""
    assert shown_by({}) == shown_by({"workEmailStatusIn": None, "qualityFilter": None})
    shown = shown_by({"includeInvalid": True, "qualityFilter": {"phone": "HighestQualityPhones"}})
    assert (shown.invalid, shown.phone_quality) == (True, "HighestQualityPhones")
    assert shown_by({"qualityFilter": {"phone": None}}).phone_quality == "AllPhones"


@pytest.mark.parametrize("key", ["id", "domain", "linkedinUrl", "linkedinId", "name"])
def test_companies(world: World, matcher: Matcher, key: str) -> None:
    """A company is found by each member of SearchCompanyInput."""
    company = world.company(7)
    values = {"id": company.id, "domain": company.domain,
              "linkedinUrl": f"linkedin.com/company/{company.slug}",
              "linkedinId": company.linkedin_id, "name": company.name}  # fmt: skip
    assert matcher.companies({key: values[key]}) == [7]
    assert matcher.companies({key: values[key], "strict": True}) == [7]
    assert matcher.companies({key: "nonsense"}) == []


def test_strict_companies(world: World, matcher: Matcher) -> None:
    """Details that mean two companies find both, or with strict none."""
    query = {"name": world.company(7).name, "domain": world.company(8).domain}
    assert matcher.companies(query) == [8, 7]
    assert matcher.companies({**query, "strict": True}) == []
    lead = world.company(7).name.split()[0]
    assert 7 in matcher.companies({"name": lead})
    assert matcher.companies({"name": lead, "strict": True}) == []
    with pytest.raises(InputRefused, match="Insufficient identifiers"):
        matcher.companies({"strict": True})

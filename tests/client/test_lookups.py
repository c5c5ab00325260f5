"""Lookups as users write them: one person or company, found by any identifier."""

from __future__ import annotations

from typing import Any

import pytest

from in_process import sandboxed, scripted
from leadiq import InputError, LeadIQ, Unlock
from leadiq.types import (
    MatchingServiceInput,
    PersonRecord,
    SearchCompanyInput,
    SearchPeopleInput,
    SearchPeoplePreviewInput,
)
from script import COMPANIES, FOUND, Script

ID = "PersonID-0a1b2c3d-0000-4000-8000-00000000000f"
COMPANY = "MergedCompany-0123456789abcdef01234567"
EVERYTHING = frozenset(Unlock) - {Unlock.COMPANY}


async def somebody(leadiq: LeadIQ) -> PersonRecord:
    """A person of the sandbox who has an address and a phone at work."""
    from leadiq.locations import countries
    from leadiq.types import CompanyFilter

    page = await leadiq.flat_advanced_search(
        companies=CompanyFilter(locations=countries("United States"))
    )
    for person in page.people:
        found = await leadiq.get_person(person.id, unlock=EVERYTHING)
        if found and found.linkedin and _reachable(found):
            return found
    raise AssertionError("nobody can be reached")


def _reachable(person: PersonRecord) -> bool:
    job = person.current_positions[0]
    return bool(job.emails and job.emails[0].value and job.phones and job.phones[0].value)


@pytest.mark.anyio
async def test_every_identifier_leads_to_the_person() -> None:
    """Whatever is known of somebody finds the same person, in whatever spelling."""
    async with sandboxed() as leadiq:
        person = await somebody(leadiq)
        job = person.current_positions[0]
        assert job.emails
        assert job.phones
        assert job.company_info
        assert person.linkedin
        email, phone = job.emails[0].value, job.phones[0].value
        first, last = person.name.first, person.name.last
        company = job.company_info.name
        lookups: list[dict[str, Any]] = [
            {"id": person.id.lower()},
            {"linkedin_url": f"{person.linkedin.linkedin_url}?trk=x"},
            {"email": email.upper()},
            {"hashed_email": leadiq.hash_email(email.upper())},
            {"phone": f" {phone} "},
            {"first_name": first, "last_name": last, "domain": email.partition("@")[2]},
            {"name": f"{first} {last}", "company": company},
        ]
        for words in lookups:
            found = await leadiq.search_people(**words)
            assert [one.id for one in found.results] == [person.id], sorted(words)


@pytest.mark.anyio
async def test_nobody_of_that_id_is_none() -> None:
    """`get_person` gives the person, or None."""
    async with sandboxed() as leadiq:
        assert await leadiq.get_person(ID) is None


@pytest.mark.anyio
async def test_a_person_by_id_is_one_cheap_lookup() -> None:
    """`get_person` sends the id alone, for one person, and unlocks what it is told to."""
    script = Script(FOUND, FOUND)
    leadiq = scripted(script)
    assert await leadiq.get_person(ID) is None
    await leadiq.get_person(ID, unlock={Unlock.WORK_EMAIL}, deadline_s=5)
    assert [sent["variables"] for sent in script.sent] == [{"input": {"id": ID, "limit": 1}}] * 2
    assert ["emails" in sent["query"] for sent in script.sent] == [False, True]


@pytest.mark.anyio
async def test_a_preview_and_a_match_by_keyword() -> None:
    """Both find the person whose address it is."""
    async with sandboxed() as leadiq:
        person = await somebody(leadiq)
        emails = person.current_positions[0].emails
        assert emails
        preview = await leadiq.search_people_preview(email=emails[0].value.upper())
        assert preview.person_id == person.id
        match = await leadiq.match_profile(email=emails[0].value.upper())
        assert person.id in [one.person.id for one in match.people]


@pytest.mark.anyio
async def test_a_company_by_any_keyword() -> None:
    """Each identifier of a company finds it."""
    async with sandboxed() as leadiq:
        person = await somebody(leadiq)
        id_ = person.current_positions[0].company_id
        (company,) = (await leadiq.search_company(id=id_, unlock={Unlock.COMPANY})).results
        assert company.domain
        assert company.name
        lookups: list[dict[str, Any]] = [
            {"domain": f"https://www.{company.domain}/about"},
            {"linkedin_url": company.linkedin_url},
            {"linkedin_id": company.linkedin_id},
            {"name": company.name, "domain": company.domain, "strict": True},
        ]
        for words in lookups:
            found = await leadiq.search_company(**words)
            assert [one.id for one in found.results] == [id_], sorted(words)


@pytest.mark.anyio
async def test_an_input_goes_out_as_it_is() -> None:
    """The contract's inputs work as they did: by position, or by name."""
    script = Script(FOUND, FOUND, COMPANIES, COMPANIES)
    leadiq = scripted(script)
    person = SearchPeopleInput(email=" As@Typed ")
    await leadiq.search_people(person)
    await leadiq.search_people(input=person, unlock={Unlock.WORK_EMAIL}, deadline_s=5)
    await leadiq.search_company(SearchCompanyInput(name=" Example "))
    await leadiq.search_company_trends(SearchCompanyInput(id=COMPANY))
    assert [sent["variables"]["input"] for sent in script.sent] == [
        {"email": " As@Typed "},
        {"email": " As@Typed "},
        {"name": " Example "},
        {"id": COMPANY},
    ]


@pytest.mark.anyio
async def test_nothing_is_sent_of_what_is_refused() -> None:
    """Every lookup refuses what identifies nobody, and sends nothing of it."""
    script = Script()
    leadiq = scripted(script)
    calls: list[Any] = [
        lambda: leadiq.search_people(),
        lambda: leadiq.search_people(SearchPeopleInput()),
        lambda: leadiq.search_people(SearchPeopleInput(id=ID), email="ada@example.com"),  # type: ignore[call-overload]
        lambda: leadiq.search_people({"email": "ada@example.com"}),  # type: ignore[call-overload]
        lambda: leadiq.get_person("5"),
        lambda: leadiq.get_person(""),
        lambda: leadiq.search_people_preview(),
        lambda: leadiq.search_people_preview(SearchPeoplePreviewInput()),
        lambda: leadiq.match_profile(),
        lambda: leadiq.match_profile(MatchingServiceInput(email="")),
        lambda: leadiq.search_company(),
        lambda: leadiq.search_company(SearchCompanyInput()),
        lambda: leadiq.search_company_trends(SearchCompanyInput()),
    ]
    for call in calls:
        with pytest.raises(InputError) as refused:
            await call()
        assert refused.value.sent is False
    assert script.sent == []


@pytest.mark.anyio
async def test_a_trend_has_no_time_without_a_zone() -> None:
    """A naive datetime would mean another time on another machine."""
    from datetime import datetime

    with pytest.raises(InputError, match="from_ has no zone"):
        await scripted(Script()).search_company_trends(
            SearchCompanyInput(id=COMPANY),
            datetime(2026, 1, 1),  # noqa: DTZ001
        )

"""Rules of the search filters: each member against a plain reading of the records."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from graphql import GraphQLInputObjectType

from leadiq.sandbox._company_records import CompanyRecords
from leadiq.sandbox._dates import Calendar
from leadiq.sandbox._filters import (
    _COMPANY,
    _CONTACT,
    company_tests,
    contact_tests,
    job_change_test,
    previous_company_test,
    previous_position_test,
)
from leadiq.sandbox._person_records import PersonRecords, Shown
from leadiq.sandbox._schema import executable, load_schema_text
from leadiq.sandbox._world import World

DAY = 86_400_000
Record = dict[str, Any]


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def input_members(name: str) -> set[str]:
    kind = executable(load_schema_text()).get_type(name)
    assert isinstance(kind, GraphQLInputObjectType)
    return set(kind.fields)


def test_no_member_of_the_contract_is_forgotten() -> None:
    """Every member of each filter input has a test, and nothing else has."""
    assert set(_CONTACT) == input_members("ContactFilter")
    assert set(_COMPANY) == input_members("CompanyFilter") | input_members("PreviousCompanyFilter")
    assert input_members("PreviousPositionFilter") == {"titles"}
    assert input_members("JobChangeFilter") == {"jobChangeTypes", "startedAfter"}


EPOCH_MS = ms("2026-01-01T00:00:00+00:00")
HALF_YEAR = EPOCH_MS - 180 * DAY
YEAR = EPOCH_MS - 365 * DAY


def ids_of(records: list[Record], *places: int) -> list[str]:
    return [records[place]["id"] for place in places]


COMPANY_CASES: list[tuple[str, Callable[[list[Record]], Any], Callable[[Record], bool]]] = [
    ("ids", lambda all_: [*ids_of(all_, 1, 5), "x"], lambda c: c["n"] in (1, 5)),
    ("names", lambda _: ["SOFTWARE", "bank"], lambda c: c["name"].split()[-1] in ("Software", "Bank")),
    ("domains", lambda all_: [f"https://www.{all_[3]['domain']}/"], lambda c: c["n"] == 3),
    ("linkedinIds", lambda all_: [all_[4]["linkedinId"]], lambda c: c["n"] == 4),
    ("industries", lambda _: ["banking", "Retail"], lambda c: c["industry"] in ("Banking", "Retail")),
    ("sizes", lambda _: [{"min": 11, "max": 50}, {"min": 5000}],
     lambda c: c["employeeCount"] is not None and (11 <= c["employeeCount"] <= 50 or c["employeeCount"] >= 5000)),
    ("employeeCount", lambda _: [{"max": 50}],
     lambda c: c["employeeCount"] is not None and c["employeeCount"] <= 50),
    ("locations", lambda _: [{"country": "us", "areaLevel1": "new york"}, {"city": "munchen"}, {"country": "FRA"}],
     lambda c: c["state"] == "New York" or c["city"] == "München" or c["country"] == "France"),
    ("locations", lambda _: [{"postalCode": "10013"}], lambda c: c["postalCode"] == "10013"),
    ("technologies", lambda _: ["cobalt db", "Pebble CRM"],
     lambda c: bool({"Cobalt DB", "Pebble CRM"} & set(c["companyTechnologies"]))),
    ("technologyCategories", lambda _: ["crm"], lambda c: "CRM" in c["companyTechnologyCategories"]),
    ("revenueRanges", lambda _: [{"start": 10**6, "end": 10**7}, {"start": 10**9}],
     lambda c: c["revenue"] is not None and (10**6 <= c["revenue"] <= 10**7 or c["revenue"] >= 10**9)),
    ("fundingInfoFilters", lambda _: [{"lastFundingDateRange": {"start": EPOCH_MS - 900 * DAY}}],
     lambda c: bool(c["fundingInfo"]) and ms(c["fundingInfo"]["lastFundingOn"]) >= EPOCH_MS - 900 * DAY),
    ("fundingInfoFilters", lambda _: [{"lastFundingRange": {"end": 20_000_000}}],
     lambda c: bool(c["fundingInfo"]) and c["fundingInfo"]["lastFundingUsd"] <= 20_000_000),
    ("naicsCodeFilters", lambda _: [{"code": "54"}, {"description": "banking commercial"}],
     lambda c: c["naicsCode"]["code"].startswith("54") or c["naicsCode"]["description"] == "Commercial Banking"),
    ("sicCodeFilters", lambda _: [{"code": "73", "description": "software"}],
     lambda c: c["sicCode"]["code"].startswith("73") and "Software" in c["sicCode"]["description"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def crowd() -> World:
    return World(people=20_000, seed=1)


@pytest.fixture(scope="module")
def companies(crowd: World, calendar: Calendar) -> list[Record]:
    records = CompanyRecords(crowd, calendar)
    return [
        {**records.search(n), "revenue": records.info(n)["revenue"], "n": n}
        for n in range(crowd.companies)
    ]


@pytest.mark.parametrize(("member", "value", "holds"), COMPANY_CASES)
def test_company_members(
    crowd: World,
    calendar: Calendar,
    companies: list[Record],
    member: str,
    value: Any,
    holds: Callable[[Record], bool],
) -> None:
    """A member keeps exactly the companies whose record fits one of its values."""
    (test,) = company_tests({member: value(companies)}, calendar)
    kept = [n for n in range(crowd.companies) if test(crowd.company(n))]
    assert kept == [company["n"] for company in companies if holds(company)]
    assert 0 < len(kept) < crowd.companies


def test_every_company_member_has_a_case() -> None:
    """The table above leaves no member out."""
    assert {case[0] for case in COMPANY_CASES} == set(_COMPANY)


CONTACT_CASES: list[tuple[str, Callable[[list[Record]], Any], Callable[[Record], bool]]] = [
    ("ids", lambda all_: ids_of(all_, 2, 9), lambda p: p["n"] in (2, 9)),
    ("names", lambda _: ["jose", "lovelace"], lambda p: p["firstName"] == "José" or p["lastName"] == "Lovelace"),
    ("names", lambda _: ["yamada"], lambda p: p["lastName"] == "山田"),
    ("titles", lambda _: ["sales vp", "engineer staff"], lambda p: p["title"] in ("VP of Sales", "Staff Engineer")),
    ("linkedinIds", lambda all_: [all_[1]["linkedinId"]], lambda p: p["n"] == 1),
    ("linkedinUrls", lambda all_: [all_[1]["linkedinUrl"].upper(), "x"], lambda p: p["n"] == 1),
    ("seniorities", lambda _: ["VP", "Executive"], lambda p: p["seniority"] in ("VP", "Executive")),
    ("roles", lambda _: ["human resources"], lambda p: p["role"] == "Human Resources"),
    ("locations", lambda _: [{"country": "de"}, {"city": "Paris", "country": "France"}],
     lambda p: p["country"] == "Germany" or p["city"] == "Paris"),
    ("locations", lambda _: [{"postalCode": "10115"}], lambda p: p["city"] == "Berlin"),
    ("containsWorkEmails", lambda _: ["VerifiedLikely"], lambda p: p["status"] == "VerifiedLikely"),
    ("updatedAt", lambda _: {"start": YEAR, "end": HALF_YEAR}, lambda p: YEAR <= ms(p["updatedAt"]) <= HALF_YEAR),
    ("updatedAt", lambda _: {"start": HALF_YEAR}, lambda p: ms(p["updatedAt"]) >= HALF_YEAR),
    ("newHireFrom", lambda _: HALF_YEAR,
     lambda p: p["change"] != "TitleChange" and ms(p["currentPositionStartDate"]) >= HALF_YEAR),
    ("newPromotionFrom", lambda _: HALF_YEAR,
     lambda p: p["change"] == "TitleChange" and ms(p["currentPositionStartDate"]) >= HALF_YEAR),
]  # fmt: skip


@pytest.fixture(scope="module")
def people(world: World, calendar: Calendar) -> list[Record]:
    records = PersonRecords(world, calendar, CompanyRecords(world, calendar))
    rows = []
    for n in range(world.people):
        person = world.person(n)
        full = records.record(person, Shown(invalid=True), confidence=1, matched=None)
        row = records.search(person)
        change = row["personJobChange"](None)
        emails = full["currentPositions"][0]["emails"]
        rows.append(
            {
                **row,
                "n": n,
                "status": emails[0]["status"] if emails else None,
                "change": change and change["jobChangeType"],
                "past": full["pastPositions"],
            }
        )
    return rows


@pytest.mark.parametrize(("member", "value", "holds"), CONTACT_CASES)
def test_contact_members(
    world: World,
    calendar: Calendar,
    people: list[Record],
    member: str,
    value: Any,
    holds: Callable[[Record], bool],
) -> None:
    """A member keeps exactly the people whose record fits one of its values."""
    (test,) = contact_tests({member: value(people)}, calendar)
    kept = [n for n in range(world.people) if test(world.person(n))]
    assert kept == [person["n"] for person in people if holds(person)]
    assert 0 < len(kept) < world.people


def test_every_contact_member_has_a_case() -> None:
    """The table above leaves no member out."""
    assert {case[0] for case in CONTACT_CASES} == set(_CONTACT)


@pytest.mark.parametrize("empty", [None, {}, {"ids": []}, {"locations": [{}, {"city": None}]},
                                   {"names": ["", " "]}, {"sizes": [{}]}])  # fmt: skip
def test_empty_members_ask_nothing(calendar: Calendar, empty: Any) -> None:
    """Lists and objects without content are no condition; that matters most when excluding."""
    assert company_tests(empty, calendar) == []
    if not empty or "sizes" not in empty:
        assert contact_tests(empty, calendar) == []


def test_zero_is_a_moment(world: World, calendar: Calendar) -> None:
    """newHireFrom 0 asks for every new hire since 1970."""
    (test,) = contact_tests({"newHireFrom": 0}, calendar)
    assert [test(world.person(n)) for n in range(50)] == [
        world.person(n).job_change != "TitleChange" for n in range(50)
    ]


PREVIOUS_CASES: list[tuple[Record, Callable[[Record], bool]]] = [
    ({"industries": ["Banking"]}, lambda c: c["industry"] == "Banking"),
    ({"employeeCount": [{"min": 1000}]}, lambda c: (c["employeeCount"] or 0) >= 1000),
    ({"locations": [{"country": "US"}], "employeeCount": [{"max": 50}]},
     lambda c: c["country"] == "United States" and 0 < (c["employeeCount"] or 0) <= 50),
    ({"names": ["bank"]}, lambda c: c["name"].endswith("Bank")),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "holds"), PREVIOUS_CASES)
def test_previous_company(
    world: World,
    calendar: Calendar,
    people: list[Record],
    wanted: Record,
    holds: Callable[[Record], bool],
) -> None:
    """Somebody is kept if one earlier company fits every member at once."""
    records = CompanyRecords(world, calendar)
    fitting = {c["id"] for c in map(records.search, range(world.companies)) if holds(c)}
    test = previous_company_test(wanted, world, calendar)
    kept = [n for n in range(world.people) if test(world.person(n))]
    assert kept == [p["n"] for p in people if fitting & {job["companyId"] for job in p["past"]}]
    assert 0 < len(kept) < world.people


def test_previous_position(world: World, people: list[Record]) -> None:
    """Somebody is kept if one earlier title has all the words of one that is asked for."""
    test = previous_position_test({"titles": ["manager", "officer chief"]})
    for person in people:
        titles = [set(job["title"].lower().split()) for job in person["past"]]
        expected = any("manager" in t or {"chief", "officer"} <= t for t in titles)
        assert test(world.person(person["n"])) == expected


@pytest.mark.parametrize(
    "kinds", [["JobChange"], ["TitleChange"], ["JobChange", "TitleChange"], []]
)
@pytest.mark.parametrize("after", [None, HALF_YEAR])
def test_job_change(
    world: World, calendar: Calendar, people: list[Record], kinds: list[str], after: int | None
) -> None:
    """A kind of change, since a moment; no kind means any change."""
    test = job_change_test({"jobChangeTypes": kinds, "startedAfter": after}, calendar)
    for person in people:
        change = person["personJobChange"](None)
        expected = bool(change) and change["jobChangeType"] in (
            kinds or ["JobChange", "TitleChange"]
        )
        if expected and after is not None:
            expected = ms(change["startedAt"]) >= after
        assert test(world.person(person["n"])) == expected


def test_no_filter_keeps_everybody(world: World, calendar: Calendar) -> None:
    """Absent and empty filters of earlier jobs and changes keep all."""
    person = world.person(0)
    assert previous_company_test(None, world, calendar)(person)
    assert previous_company_test({"ids": []}, world, calendar)(person)
    assert previous_position_test(None)(person)
    assert previous_position_test({"titles": None})(person)
    assert job_change_test(None, calendar)(person)

"""The examples of LeadIQ's published reference, as documents and as methods.

`tests/data/reference/` has its 15 documents, completed with the fragments that they name, with the
two fields that live servers call otherwise, and with the `first` that those require.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from graphql import parse, validate

from leadiq import LeadIQ, Unlock
from leadiq.sandbox import SandboxApp, SandboxSettings, build_app
from leadiq.types import (
    AddTrackedCompaniesInput,
    AddTrackedCompanyInput,
    ApiPersonFeedback,
    CancelCompanyTrackingTaskInput,
    CompanyFilter,
    ContactFilter,
    FlatSearchInput,
    GroupedSearchInput,
    RegeneratedTimeInput,
    RegenerateRecordInput,
    RemoveTrackedCompaniesInput,
    SearchCompanyInput,
    SearchPeopleInput,
    StartCompanyTrackingTaskInput,
)
from schema_facts import live_schema

FOLDER = Path(__file__).parents[1] / "data" / "reference"
KEY = SandboxSettings().key
ENDPOINT = "http://127.0.0.1/graphql"
#: Everything that can be unlocked of a person.
EVERYTHING = frozenset(Unlock)
CHARGED = {"flatAdvancedSearch", "groupedAdvancedSearch", "searchCompany", "searchPeople"}
#: What the reference calls otherwise than the methods, which select what replaced it.
RENAMED = {"_id": "id", "source": "id"}
#: What the reference selects and no method does, by the response key of what it belongs to: no
#: longer supported, or charged for and, of positions of the past, rarely wanted.
ONLY_IN_DOCUMENTS = {
    "company": {"score"},
    "companyInfo": {"country"},
    "people": {
        "personalEmails",
        "personalPhones",
        "score",
        "verifiedLikelyWorkEmails",
        "verifiedWorkEmails",
        "workEmails",
        "workPhones",
    },
    "results": {"country"},
    "pastPositions": {"companyInfo", "emails", "phones"},
}


class Clock:
    """Seconds that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Place(NamedTuple):
    """One sandbox, and a client of it."""

    leadiq: LeadIQ
    clock: Clock
    facts: dict[str, Any]
    app: SandboxApp


async def nothing(place: Place) -> None:
    """What needs no preparation."""


async def somebody(place: Place) -> None:
    """Somebody whose record can be asked for."""
    found = await place.leadiq.flat_advanced_search(FlatSearchInput(limit=1), everyone=True)
    place.facts["person"] = found.people[0].id
    place.facts["company"] = found.people[0].company_id


async def companies(place: Place) -> None:
    """Two companies of the world, ready for tracking."""
    found = await place.leadiq.flat_advanced_search(
        FlatSearchInput(limit=20), everyone=True, unlock=["company"]
    )
    firms = {p.company.id: p.company for p in found.people if p.company and p.company.domain}
    place.facts["add"] = AddTrackedCompaniesInput(
        companies=[
            AddTrackedCompanyInput(name=f.name, domain=f.domain, custom_data={"n": n})
            for n, f in enumerate(list(firms.values())[:2])
        ]
    )


async def tracked(place: Place) -> None:
    """Two companies that are tracked."""
    await companies(place)
    added = await place.leadiq.add_tracked_companies(place.facts["add"])
    place.facts["tracked"] = [r.company.id for r in added.companies if r.company]


async def begun(place: Place) -> None:
    """A tracking task under way."""
    await tracked(place)
    started = await place.leadiq.start_company_tracking_task(StartCompanyTrackingTaskInput())
    assert started.task
    place.facts["task"] = started.task.id


async def ended(place: Place) -> None:
    """A tracking task that has ended."""
    await begun(place)
    place.clock.now += 10


async def refreshed(place: Place) -> None:
    """Somebody whose record was refreshed."""
    await somebody(place)
    await place.leadiq.regenerate(RegenerateRecordInput(person_id=place.facts["person"]))
    place.clock.now += 10


async def with_job_changes(place: Place, answer: Any) -> dict[str, Any]:
    """Add to a task's answer what has a method of its own."""
    data = dump(answer)
    changes = await place.leadiq.company_tracking_task_job_changes(data["task"]["id"], 25)
    data["task"]["jobChanges"] = dump(changes)["jobChanges"]
    return data


class Example(NamedTuple):
    """How a document of the reference is asked for."""

    prepare: Callable[[Place], Awaitable[None]]
    variables: Callable[[dict[str, Any]], dict[str, Any]]
    typed: Callable[[LeadIQ, Any], Awaitable[Any]]
    least: int
    """How many values have to be there, at the least, for the comparison to say something."""


def given(make: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The variables of a document that takes one input."""
    return lambda facts: {"input": make(facts)}


EXAMPLES = {
    "searchPeople": Example(
        somebody,
        given(lambda f: SearchPeopleInput(id=f["person"])),
        lambda leadiq, v: leadiq.search_people(v["input"], unlock=EVERYTHING),
        40,
    ),
    "searchCompany": Example(
        somebody,
        given(lambda f: SearchCompanyInput(id=f["company"])),
        lambda leadiq, v: leadiq.search_company(v["input"], unlock=["company"]),
        20,
    ),
    "flatAdvancedSearch": Example(
        nothing,
        given(
            lambda _: FlatSearchInput(contact_filter=ContactFilter(titles=["Engineer"]), limit=5)
        ),
        lambda leadiq, v: leadiq.flat_advanced_search(v["input"], unlock=["company"], total=True),
        60,
    ),
    "groupedAdvancedSearch": Example(
        nothing,
        given(lambda _: GroupedSearchInput(company_filter=CompanyFilter(), limit=3)),
        lambda leadiq, v: leadiq.grouped_advanced_search(
            v["input"], unlock=["company"], total=True, everyone=True
        ),
        60,
    ),
    "regeneratedTime": Example(
        refreshed,
        given(lambda f: RegeneratedTimeInput(person_id=f["person"])),
        lambda leadiq, v: leadiq.regenerated_time(v["input"]),
        1,
    ),
    "regenerate": Example(
        somebody,
        given(lambda f: RegenerateRecordInput(person_id=f["person"])),
        lambda leadiq, v: leadiq.regenerate(v["input"]),
        1,
    ),
    "usage": Example(nothing, lambda _: {}, lambda leadiq, _: leadiq.usage(), 5),
    "trackedCompanies": Example(
        tracked, lambda _: {"first": 5}, lambda leadiq, v: leadiq.tracked_companies(**v), 8
    ),
    "addTrackedCompanies": Example(
        companies,
        given(lambda f: f["add"]),
        lambda leadiq, v: leadiq.add_tracked_companies(v["input"]),
        10,
    ),
    "removeTrackedCompanies": Example(
        tracked,
        given(lambda f: RemoveTrackedCompaniesInput(ids=[f["tracked"][0], "missing"])),
        lambda leadiq, v: leadiq.remove_tracked_companies(v["input"]),
        4,
    ),
    "removeAllTrackedCompanies": Example(
        tracked, lambda _: {}, lambda leadiq, _: leadiq.remove_all_tracked_companies(), 2
    ),
    "startCompanyTrackingTask": Example(
        tracked,
        given(lambda _: StartCompanyTrackingTaskInput(months_back=3)),
        lambda leadiq, v: leadiq.start_company_tracking_task(v["input"]),
        8,
    ),
    "cancelCompanyTrackingTask": Example(
        begun,
        given(lambda f: CancelCompanyTrackingTaskInput(id=f["task"])),
        lambda leadiq, v: leadiq.cancel_company_tracking_task(v["input"]),
        8,
    ),
    "companyTrackingTask": Example(
        ended,
        lambda f: {"id": f["task"], "uniqueOnly": True},
        lambda leadiq, v: leadiq.company_tracking_task_job_changes(
            v["id"], 25, unique_only=v["uniqueOnly"]
        ),
        20,
    ),
    "submitPersonFeedback": Example(
        somebody,
        given(lambda f: ApiPersonFeedback(person_id=f["person"], value="ada@example.com")),
        lambda leadiq, v: leadiq.submit_person_feedback(v["input"]),
        1,
    ),
}


def dump(value: Any) -> Any:
    """A typed answer by its GraphQL names."""
    return value.model_dump(by_alias=True) if hasattr(value, "model_dump") else value


def compare(own: Any, typed: Any, key: str) -> int:
    """Hold everything that a document answered against a typed answer; give how much it was."""
    if isinstance(own, dict):
        names = own.keys() - ONLY_IN_DOCUMENTS.get(key, set())
        return sum(compare(own[name], typed[RENAMED.get(name, name)], name) for name in names)
    if isinstance(own, list):
        assert len(own) == len(typed), key
        return sum(compare(o, t, key) for o, t in zip(own, typed, strict=True))
    if isinstance(typed, datetime | date):
        own = type(typed).fromisoformat(own)
    assert own == typed, key
    return 1


@pytest.fixture
async def place() -> Any:
    """A function that opens places of the same state."""
    opened: list[tuple[LeadIQ, httpx.AsyncClient]] = []

    def open_() -> Place:
        clock = Clock()
        app = build_app(SandboxSettings(people=500, requests_per_minute=None, clock=clock))
        http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app))
        leadiq = LeadIQ(KEY, endpoint=ENDPOINT, requests_per_minute=1_000_000, http_client=http)
        opened.append((leadiq, http))
        return Place(leadiq, clock, {}, app)

    yield open_
    for leadiq, http in opened:
        await leadiq.aclose()
        await http.aclose()


def test_there_is_an_example_for_every_document() -> None:
    """All 15 documents of the reference are here, and each is asked for."""
    assert {path.stem for path in FOLDER.iterdir()} == EXAMPLES.keys()
    assert len(EXAMPLES) == 15


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_live_servers_take_the_document(name: str) -> None:
    """As completed, every document is valid on the contract of production."""
    text = (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
    assert validate(live_schema(), parse(text)) == []


@pytest.mark.anyio
@pytest.mark.parametrize("name", sorted(EXAMPLES))
async def test_a_document_and_its_method_give_equal_values(
    place: Callable[[], Place], name: str
) -> None:
    """In places of the same state both answer the same, and cost no more than they said."""
    example, text = EXAMPLES[name], (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
    one, two = place(), place()
    await example.prepare(one)
    await example.prepare(two)
    spent = len(one.app.ledger())
    own = await one.leadiq.execute(text, example.variables(one.facts))
    charged = sum(charge.credits for charge in one.app.ledger()[spent:])
    sizes = {"results": 25, "companies": 10}
    assert charged <= one.leadiq.price(text, example.variables(one.facts), **sizes).maximum
    assert bool(charged) is (name in CHARGED)
    answer = await example.typed(two.leadiq, example.variables(two.facts))
    data = dump(answer)
    if name in {"startCompanyTrackingTask", "cancelCompanyTrackingTask"}:
        data = await with_job_changes(two, answer)
    assert compare(own, {name: data}, "") >= example.least

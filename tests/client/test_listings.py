"""The `iter_...` methods: each asks in its field's own words, and gives what the sandbox holds."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx
import pytest

from leadiq import Axis, InputError, LeadIQ, RequestTimeoutError, SchemaDriftError, Unlock
from leadiq._client.listings import Listings
from leadiq._conduct.events import Watchers
from leadiq._conduct.options import Options
from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.shared import Shared
from leadiq._conduct.slots import Slots
from leadiq._engine.pages import Pages
from leadiq._generated.client import GeneratedClient
from leadiq._http.transport import Reply
from leadiq.sandbox import SandboxApp, SandboxSettings, build_app, load_schema_text
from leadiq.sandbox._world import World
from leadiq.types import (
    AddTrackedCompaniesInput,
    AddTrackedCompanyInput,
    ContactFilter,
    ContactSortingOption,
    CreateListInput,
    CreateProspectInput,
    FlatSearchInput,
    GroupedSearchInput,
    SearchPeopleInput,
    Seniority,
    StartCompanyTrackingTaskInput,
    TrackContactInput,
    TrackContactsInput,
)

VPS = ContactFilter(seniorities=[Seniority.VP])
WITHOUT_AFTER = "after: [SearchCursorEntry", "later: [SearchCursorEntry"


@dataclass
class Sandboxed:
    """A client of a sandbox in this process."""

    leadiq: LeadIQ
    app: SandboxApp
    documents: list[dict[str, Any]]

    @property
    def world(self) -> World:
        return World(people=self.app.settings.people, seed=self.app.settings.seed)


@asynccontextmanager
async def sandboxed(**settings: Any) -> AsyncGenerator[Sandboxed]:
    defaults = {"people": 400, "requests_per_minute": None, "credits": Decimal(100_000)}
    app = build_app(SandboxSettings(**{**defaults, **settings}))
    sent: list[dict[str, Any]] = []

    async def note(request: httpx.Request) -> None:
        sent.append(json.loads(request.content))

    async with (
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), event_hooks={"request": [note]}
        ) as http,
        LeadIQ(
            app.settings.key,
            endpoint="https://sandbox.test/graphql",
            http_client=http,
            requests_per_minute=10**6,
            burst=10**4,
        ) as leadiq,
    ):
        yield Sandboxed(leadiq, app, sent)


def without_after() -> str:
    return load_schema_text().replace(*WITHOUT_AFTER)


async def ids(listing: Any) -> list[str]:
    return [item.id async for item in listing]


SERVERS = {
    "null ends": {},
    "empty page ends": {"cursor_end": "empty"},
    "no cursors": {"schema": without_after()},
}


@pytest.mark.anyio
@pytest.mark.parametrize("server", SERVERS)
async def test_a_flat_search_gives_everybody_whom_the_sandbox_holds(server: str) -> None:
    """Whole, and from the token of any item: the sandbox's own people, in its order."""
    async with sandboxed(**SERVERS[server]) as at:
        people = map(at.world.person, range(at.world.people))
        own = [p.id for p in people if p.current[0].title.seniority == "VP"]
        listing = at.leadiq.iter_flat_advanced_search(contacts=VPS)
        assert await ids(listing) == own
        assert listing.total == len(own)
        query = FlatSearchInput(contact_filter=VPS)
        for stop in (7, 20):
            begun = at.leadiq.iter_flat_advanced_search(query, page_size=7, total=False)
            got = [(await anext(begun)).id for _ in range(stop)]
            rest = at.leadiq.iter_flat_advanced_search(query, resume=begun.token)
            assert got + await ids(rest) == own


@pytest.mark.anyio
@pytest.mark.parametrize("server", SERVERS)
async def test_a_grouped_search_gives_companies_with_their_people(server: str) -> None:
    """Items are companies: every one with a fitting person, once, with those people."""
    async with sandboxed(**SERVERS[server]) as at:
        own: dict[str, list[str]] = {}
        for person in map(at.world.person, range(at.world.people)):
            if person.current[0].title.seniority == "VP":
                company = at.world.company(person.current[0].company).id
                own.setdefault(company, []).append(person.id)
        listing = at.leadiq.iter_grouped_advanced_search(contacts=VPS, page_size=10)
        found = [(one.company.id, [p.id for p in one.people]) async for one in listing]
        assert len(found) == len(dict(found)) == listing.total
        assert dict(found) == own
        begun = at.leadiq.iter_grouped_advanced_search(contacts=VPS, page_size=10)
        for _ in range(13):
            await anext(begun)
        query = GroupedSearchInput(contact_filter=VPS)
        rest = at.leadiq.iter_grouped_advanced_search(query, resume=begun.token)
        assert [one.company.id async for one in rest] == [name for name, _ in found[13:]]


@pytest.mark.anyio
async def test_without_cursors_it_is_said_once_and_asked_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A client, with its views, finds out once for each search what the server lacks."""
    async with sandboxed(schema=without_after()) as at:
        with caplog.at_level(logging.WARNING, "leadiq"):
            await ids(at.leadiq.iter_flat_advanced_search(contacts=VPS))
            view = at.leadiq.with_options(deadline_s=60)
            await ids(view.iter_flat_advanced_search(contacts=VPS))
        names = [document["operationName"] for document in at.documents]
        assert names.count("FlatAdvancedSearchAfter") == 1
        assert len([m for m in caplog.messages if "no cursors" in m]) == 1


@pytest.mark.anyio
async def test_a_cursor_is_of_no_use_where_there_are_none() -> None:
    """A token with a cursor, taken to a server without: the drift is told."""
    async with sandboxed() as at:
        begun = at.leadiq.iter_flat_advanced_search(contacts=VPS, page_size=2)
        for _ in range(3):
            await anext(begun)
    async with sandboxed(schema=without_after()) as at:
        rest = at.leadiq.iter_flat_advanced_search(contacts=VPS, resume=begun.token)
        with pytest.raises(SchemaDriftError, match="after"):
            await anext(rest)


@pytest.mark.anyio
async def test_a_token_is_for_the_same_filter_and_order() -> None:
    """Other conditions, another order, another operation: refused, and nothing sent."""
    async with sandboxed() as at:
        token = at.leadiq.iter_flat_advanced_search(contacts=VPS).token
        others: list[Callable[[], object]] = [
            lambda: at.leadiq.iter_flat_advanced_search(
                contacts=ContactFilter(seniorities=[Seniority.Manager]), resume=token
            ),
            lambda: at.leadiq.iter_flat_advanced_search(
                contacts=VPS, sort_contacts_by=ContactSortingOption.NameAsc, resume=token
            ),
            lambda: at.leadiq.iter_grouped_advanced_search(contacts=VPS, resume=token),
            lambda: at.leadiq.iter_lists(resume=token),
        ]
        for other in others:
            with pytest.raises(InputError, match=r"^resume: it belongs to another"):
                other()
        assert at.documents == []


@pytest.mark.anyio
async def test_a_page_costs_a_page_and_max_items_bounds_pages() -> None:
    """30 people are two pages, whatever the rest; the total is asked for with the first."""
    async with sandboxed() as at:
        listing = at.leadiq.iter_flat_advanced_search(
            everyone=True, max_items=30, unlock=iter([Unlock.COMPANY])
        )
        people = [person async for person in listing]
        assert len(people) == 30
        assert all(p.company and p.company.domain for p in people)
        assert ["totalPeople" in d["query"] for d in at.documents] == [True, False]
        assert [d["variables"]["input"]["limit"] for d in at.documents] == [25, 5]


@pytest.mark.anyio
async def test_partition_goes_through_everybody() -> None:
    """With cursors as one search; without, split where it is too large, and the gap is told."""
    for server in SERVERS.values():
        async with sandboxed(**server) as at:
            partition = at.leadiq.partition(FlatSearchInput(contact_filter=VPS))
            estimate = await partition.estimate()
            assert estimate.credits.minimum == estimate.pages[0]
            partition._reach = 10
            found = await ids(partition)
            own = await ids(at.leadiq.iter_flat_advanced_search(contacts=VPS))
            coverage = partition.coverage
            assert set(found) <= set(own)
            # the sandbox does not know the size of every company
            assert sum(gap.people or 0 for gap in coverage.gaps) == len(own) - len(found)
            assert coverage.complete == (len(own) == len(found)) == ("schema" not in server)
            assert (coverage.searches > 1) == ("schema" in server)


REFUSED: dict[str, tuple[Callable[[Listings], object], str]] = {
    "no condition": (lambda c: c.iter_flat_advanced_search(), "everyone=True"),
    "no company condition": (
        lambda c: c.iter_grouped_advanced_search(GroupedSearchInput()),
        "everyone=True",
    ),
    "nobody": (lambda c: c.iter_search_people(SearchPeopleInput()), "nobody|identif|give"),
    "a page in the input": (
        lambda c: c.iter_flat_advanced_search(FlatSearchInput(contact_filter=VPS, limit=5)),
        "input.limit: leave it out",
    ),
    "page size 0": (
        lambda c: c.iter_flat_advanced_search(contacts=VPS, page_size=0),
        "page_size has to be a whole number from 1 to 25",
    ),
    "page size 26": (lambda c: c.iter_lists(page_size=26), "page_size"),
    "look-ahead": (lambda c: c.iter_lists(look_ahead=9), "look_ahead"),
    "a list id": (lambda c: c.iter_list_prospects(5), "list_id: has to be text"),  # type: ignore[arg-type]
    "a task id": (lambda c: c.iter_company_tracking_task_job_changes(" "), "task_id: has to be"),
    "an unlock": (
        lambda c: c.iter_flat_advanced_search(contacts=VPS, unlock=["e-mail"]),  # type: ignore[list-item]
        "unlock: not one of profile, work-email",
    ),
    "no axis": (
        lambda c: c.partition(FlatSearchInput(contact_filter=VPS), by=[Axis.seniority]),  # type: ignore[list-item]
        r"by: give axes, such as \[Axis.seniority\(\)\]",
    ),
    "an import id": (lambda c: c.iter_tracked_contacts(5), "importId has to be str"),  # type: ignore[arg-type]
    "a flag": (
        lambda c: c.iter_company_tracking_task_job_changes("t", unique_only="y"),  # type: ignore[arg-type]
        "uniqueOnly has to be bool",
    ),
    "the whole world": (lambda c: c.partition(FlatSearchInput()), "everyone=True"),
    "a token": (lambda c: c.iter_tracked_companies(resume="x"), "^resume: "),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_when_the_method_is_called(case: str) -> None:
    """Before anything is sent, and before anything is awaited."""
    call, text = REFUSED[case]
    with pytest.raises(InputError, match=text) as refused:
        call(LeadIQ("a-key-of-the-tests"))
    assert not refused.value.sent


class Api:
    """Answers every document with the next of some pages of a root field; remembers what came."""

    host = "leadiq.example.com"

    def __init__(self, *pages: Any) -> None:
        self.pages = list(pages)
        self.variables: list[dict[str, Any]] = []
        self.timeouts: list[float] = []

    async def post(self, body: Any, timeout_s: float) -> Reply:
        text = body if isinstance(body, bytes) else b"".join(body)
        self.variables.append(json.loads(text)["variables"])
        self.timeouts.append(timeout_s)
        return Reply(200, {}, json.dumps({"data": self.pages.pop(0)}).encode())

    def client(self) -> Listings:
        shared = Shared(self, LocalPacer(Slots(600, 60.0, burst=600)), Watchers(), lambda: 0.5)  # type: ignore[arg-type]
        return Listings(shared, Options())


def person(number: int) -> dict[str, Any]:
    return {
        "id": f"PersonID-{number}",
        "name": {
            "first": "Ada",
            "fullName": "Ada",
            "type": "NotApplicable",
            "status": "Unverified",
        },
        "currentPositions": [],
        "pastPositions": [],
        "education": [],
        "personalEmails": [],
        "personalPhones": [],
        "skills": [],
        "certifications": [],
        "profiles": [],
        "confidence": 1.0,
        "updatedAt": "2026-01-01T00:00:00Z",
    }


def found(*numbers: int, more: bool) -> dict[str, Any]:
    people = [person(number) for number in numbers]
    return {"searchPeople": {"totalResults": 3, "hasMore": more, "results": people}}


ADA = SearchPeopleInput(email="ada@example.com")


@pytest.mark.anyio
async def test_search_people_goes_by_offset_as_long_as_there_is_more() -> None:
    """`skip` grows by what came, options go with every page, and a token goes on behind it."""
    api = Api(found(1, 2, more=True), found(3, more=False))
    listing = api.client().iter_search_people(ADA, page_size=2, timeout_s=7)
    got = [await anext(listing)]
    token = listing.token
    got += [one async for one in listing]
    assert [one.id for one in got] == ["PersonID-1", "PersonID-2", "PersonID-3"]
    email = {"email": "ada@example.com"}
    assert [v["input"] for v in api.variables] == [
        {**email, "limit": 2, "skip": 0},
        {**email, "limit": 2, "skip": 2},
    ]
    assert api.timeouts == [7, 7]
    api = Api(found(2, 3, more=False))
    rest = api.client().iter_search_people(ADA, resume=token, max_items=5)
    assert await ids(rest) == ["PersonID-2", "PersonID-3"]
    assert api.variables == [{"input": {**email, "limit": 5, "skip": 1}}]


@pytest.mark.anyio
async def test_each_person_found_is_charged_so_no_more_are_asked_for() -> None:
    """`max_items=1` asks for one person, not for a page of 25."""
    api = Api(found(1, more=True))
    assert await ids(api.client().iter_search_people(ADA, max_items=1)) == ["PersonID-1"]
    assert api.variables[0]["input"]["limit"] == 1


@pytest.mark.anyio
async def test_lists_and_prospects_are_read_to_their_end() -> None:
    """By `cursor` and `nextCursor`, with look-ahead, from any item: what was saved there."""
    async with sandboxed() as at:
        plain: Any = GeneratedClient(at.leadiq._shared, Options())
        made = [(await plain.create_list(CreateListInput(name=f"List {n}"))).id for n in range(7)]
        for number in range(6):
            prospect = CreateProspectInput(first_name="Ada", last_name=f"Number {number}")
            await plain.add_prospect_to_list(made[0], prospect)
        for look_ahead in (0, 2):
            async with at.leadiq.iter_lists(page_size=3, look_ahead=look_ahead) as lists:
                assert sorted(await ids(lists)) == sorted(made)
            async with at.leadiq.iter_list_prospects(
                made[0], page_size=2, look_ahead=look_ahead
            ) as prospects:
                names = [one.last_name async for one in prospects]
            assert sorted(names) == [f"Number {n}" for n in range(6)]
        await check_tokens(lambda **k: at.leadiq.iter_list_prospects(made[0], **k), 6)
        assert await ids(at.leadiq.iter_list_prospects(made[1])) == []


async def check_tokens(open_: Callable[..., Pages[Any]], length: int) -> None:
    """Tokens at the end, in the middle and at the beginning of a page give the rest."""
    whole = await ids(open_())
    assert len(whole) == length
    for stop in (1, 2, 3, length):
        begun = open_(page_size=2)
        got = [(await anext(begun)).id for _ in range(stop)]
        assert got + await ids(open_(resume=begun.token, page_size=3)) == whole


@pytest.mark.anyio
async def test_what_is_tracked_is_read_to_its_end() -> None:
    """Companies, a task's job changes and contacts, by Relay's cursors."""
    async with sandboxed(tracking_s=0.0) as at:
        plain: Any = GeneratedClient(at.leadiq._shared, Options())
        companies = [at.world.company(number) for number in range(5)]
        rows = [AddTrackedCompanyInput(name=c.name, domain=c.domain) for c in companies]
        await plain.add_tracked_companies(AddTrackedCompaniesInput(companies=rows))
        await check_tokens(at.leadiq.iter_tracked_companies, 5)
        started = await plain.start_company_tracking_task(
            StartCompanyTrackingTaskInput(months_back=24, max_contacts_per_company=2)
        )
        task = started.task.id
        changes = at.leadiq.iter_company_tracking_task_job_changes
        length = len([one async for one in changes(task)])
        assert 3 < length < 20
        await check_tokens(lambda **k: changes(task, unique_only=False, **k), length)
        moved = [p for p in map(at.world.person, range(40)) if p.past]
        contacts = [
            TrackContactInput(
                first_name=one.first.display,
                last_name=one.last.display,
                company_name=at.world.company(one.past[0].company).name,
            )
            for one in moved
        ]
        await plain.track_contacts(TrackContactsInput(import_id="one", contacts=contacts))
        tracked = [one async for one in at.leadiq.iter_tracked_contacts("one", page_size=2)]
        own = (await plain.tracked_contacts(100, "one")).edges
        assert len(own) > 3
        assert [one.id for one in tracked] == [edge.node.id for edge in own]
        await check_tokens(lambda **k: at.leadiq.iter_tracked_contacts("one", **k), len(own))


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("page", "call"),
    [
        ({"list": None}, lambda c: c.iter_list_prospects("5" * 24)),
        (
            {"companyTrackingTask": None},
            lambda c: c.iter_company_tracking_task_job_changes("none"),
        ),
    ],
    ids=["list", "task"],
)
async def test_what_does_not_exist_is_an_error(page: Any, call: Any) -> None:
    """An empty listing would hide a wrong id."""
    with pytest.raises(InputError, match="LeadIQ has no") as refused:
        await anext(call(Api(page).client()))
    assert refused.value.sent


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("page", "call"),
    [
        ({"lists": None}, lambda c: c.iter_lists()),
        ({"trackedCompanies": None}, lambda c: c.iter_tracked_companies()),
    ],
    ids=["lists", "companies"],
)
async def test_null_for_a_listing_is_an_empty_one(page: Any, call: Any) -> None:
    """The contract allows null where there is nothing."""
    assert [one async for one in call(Api(page).client())] == []


@pytest.mark.anyio
async def test_a_list_without_prospects_is_empty() -> None:
    """`prospects` may be null as well."""
    made = {
        "id": "5" * 24,
        "name": "List",
        "status": "Active",
        "visibility": "Private",
        "createdAt": "2026-01-01T00:00:00Z",
        "updatedAt": "2026-01-01T00:00:00Z",
        "prospects": None,
    }
    assert await ids(Api({"list": made}).client().iter_list_prospects("5" * 24)) == []


@pytest.mark.anyio
async def test_a_deadline_is_one_for_each_page() -> None:
    """Options of the method are those of the request for each page."""
    async with sandboxed() as at:
        listing = at.leadiq.iter_flat_advanced_search(contacts=VPS, deadline_s=1e-9)
        with pytest.raises(RequestTimeoutError):
            await anext(listing)

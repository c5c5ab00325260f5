"""The root fields that the sandbox implements.

A resolver keeps what it returns in `Request.sources`, so that the bill knows whose data it was.
Everything is synchronous and computed; nothing here waits.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from leadiq.sandbox._account import account_record, usage_record
from leadiq.sandbox._billing import DataPoint, Item
from leadiq.sandbox._company_records import CompanyRecords, Record, later
from leadiq.sandbox._dates import Calendar, Moments
from leadiq.sandbox._errors import InputRefused, Refusal
from leadiq.sandbox._icps import profiles_in
from leadiq.sandbox._job_changes import JobChanges
from leadiq.sandbox._lookup import Lookup
from leadiq.sandbox._match import (
    DEFAULT_LIMIT,
    MOST_LIMIT,
    Matcher,
    has_email,
    has_phone,
    shown_by,
)
from leadiq.sandbox._movers import Movers
from leadiq.sandbox._person_records import PersonRecords
from leadiq.sandbox._profile_match import ProfileMatch
from leadiq.sandbox._search import Search, limit_of
from leadiq.sandbox._state import TeamState, TeamStates
from leadiq.sandbox._team_fields import TEAM_FIELDS, Find
from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from leadiq.sandbox._job_changes import Unlocked
    from leadiq.sandbox._ledger import Ledger
    from leadiq.sandbox._settings import SandboxSettings

_COMPANY_RESULTS = 10


class Service:
    """Everything that resolvers answer from, for one sandbox."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.calendar = Calendar(settings.epoch)
        self.world = World(people=settings.people, seed=settings.seed)
        self.lookup = Lookup(self.world, hash_limit=settings.hash_limit)
        self.matcher = Matcher(self.world, self.lookup)
        self.companies = CompanyRecords(self.world, self.calendar)
        self.people = PersonRecords(self.world, self.calendar, self.companies)
        self.search = Search(
            self.world,
            self.calendar,
            scan_limit=settings.scan_limit,
            empty_page_ends=settings.cursor_end == "empty",
        )
        self.profiles = ProfileMatch(self.world, self.lookup, self.people, self.companies)
        self.moments = Moments(settings.epoch, settings.clock)
        self.states = TeamStates(self._state)

    def _state(self, team: str) -> TeamState:
        changes = JobChanges(self.world, self.lookup, self.calendar)
        movers = Movers(self.world, self.lookup, self.matcher, self.calendar, self.companies)
        return TeamState(
            team, self.settings, self.moments, self.world, self.lookup, changes, movers
        )


@dataclass(frozen=True, slots=True)
class Request:
    """One request's context: the service, the account of the team that asks, and by response key
    what each root resolver found.
    """

    service: Service
    ledger: Ledger
    sources: dict[str, Record] = field(default_factory=dict)


class _Path(Protocol):
    @property
    def key(self) -> str | int: ...


class Info(Protocol):
    """What resolvers use of GraphQL's resolve info."""

    @property
    def context(self) -> Request:
        """Return the request."""
        ...

    @property
    def path(self) -> _Path:
        """Return the place in the answer; its key is the root field's response key."""
        ...

    @property
    def field_name(self) -> str:
        """Return the field's name."""
        ...


def search_people(service: Service, query: Record) -> Record:
    """Resolve `searchPeople`."""
    skip, limit = query.get("skip") or 0, query.get("limit")
    limit = DEFAULT_LIMIT if limit is None else limit
    if skip < 0 or not 1 <= limit <= MOST_LIMIT:
        raise InputRefused(f"skip must be 0 or more, limit from 1 to {MOST_LIMIT}.")
    found = service.matcher.people(query)
    shown = shown_by(query)
    results = [
        service.people.record(
            service.world.person(match.person),
            shown,
            confidence=match.confidence,
            matched=match.company,
        )
        for match in found[skip : skip + limit]
    ]
    more = len(found) > skip + limit
    return {"totalResults": len(found), "hasMore": more, "results": results}


def search_people_preview(service: Service, query: Record) -> Record:
    """Resolve `searchPeoplePreview`, which is free."""
    person = service.matcher.preview(query)
    if person is None:
        return {"personId": None, "hasEmail": False, "hasPhone": False}
    return {"personId": person.id, "hasEmail": has_email(person), "hasPhone": has_phone(person)}


def search_company(service: Service, query: Record) -> Record:
    """Resolve `searchCompany`, which shows ten companies at most and has no pages [ref]."""
    found = service.matcher.companies(query)
    results = [service.companies.info(index) for index in found[:_COMPANY_RESULTS]]
    more = len(found) > _COMPANY_RESULTS
    return {"totalResults": len(found), "hasMore": more, "results": results}


def flat_advanced_search(service: Service, query: Record) -> Record:
    """Resolve `flatAdvancedSearch`."""
    page = service.search.flat(query)
    people = [service.people.search(service.world.person(index)) for index in page.indexes]
    return {"totalPeople": later(lambda: page.total), "people": people, "after": page.after}


def grouped_advanced_search(service: Service, query: Record) -> Record:
    """Resolve `groupedAdvancedSearch`."""
    page = service.search.grouped(query)
    companies = [_group(service, index, query) for index in page.indexes]
    return {
        "totalCompanies": later(lambda: page.total),
        "companies": companies,
        "after": page.after,
    }


def _group(service: Service, company: int, query: Record) -> Record:
    people = service.search.hunts.people_of(company, query)
    shown = people[: limit_of(query, "limitPerCompany")]
    return {
        "company": service.companies.search(company),
        "people": [service.people.search(person) for person in shown],
        "totalContactsInCompany": len(people),
    }


def match_profile(service: Service, query: Record) -> Record:
    """Resolve `matchProfile`."""
    return service.profiles.find(query)


def _resolver(find: Callable[[Service, Record], Record]) -> Callable[..., Record]:
    def resolve(_root: object, info: Info, **arguments: Record) -> Record:
        record = find(info.context.service, arguments.get("input", {}))
        info.context.sources[str(info.path.key)] = record
        return record

    return resolve


def _team_resolver(find: Find) -> Callable[..., object]:
    def resolve(_root: object, info: Info, **arguments: Any) -> object:
        with _settled(info.context) as state:
            return find(state, arguments, info.context.service.moments.now())

    return resolve


@contextmanager
def _settled(request: Request) -> Generator[TeamState]:
    """Give the asking team's state, locked, with everything charged that has ended by now."""
    service = request.service

    def pay(field: str, unlocked: Sequence[Unlocked]) -> bool:
        items = [Item(field, field, DataPoint(point), who, True) for who, point in unlocked]
        try:
            request.ledger.charge(None, items, service.settings.clock())
        except Refusal:
            return False
        return True

    state = service.states.of(request.ledger.team)
    with state.lock:
        state.settle(pay)
        yield state


def _account(_root: object, info: Info) -> Record:
    """Resolve `account`, which is free: the balance and the live prices."""
    service, ledger = info.context.service, info.context.ledger
    with _settled(info.context):
        pass
    return account_record(ledger, service.calendar.epoch, service.settings.decimals)


def _usage(_root: object, info: Info) -> Record:
    """Resolve `usage`, which is free."""
    with _settled(info.context):
        pass
    return usage_record(info.context.ledger)


def _icp_definitions(
    _root: object, _info: Info, **arguments: Sequence[str] | None
) -> dict[str, list[Record]]:
    return {"icps": profiles_in(arguments.get("productLines"))}


RESOLVERS: dict[str, Callable[..., object]] = {
    "account": _account,
    "flatAdvancedSearch": _resolver(flat_advanced_search),
    "groupedAdvancedSearch": _resolver(grouped_advanced_search),
    "icpDefinitions": _icp_definitions,
    "matchProfile": _resolver(match_profile),
    "searchCompany": _resolver(search_company),
    "searchPeople": _resolver(search_people),
    "searchPeoplePreview": _resolver(search_people_preview),
    "usage": _usage,
    **{name: _team_resolver(find) for name, find in TEAM_FIELDS.items()},
}

"""The root fields that the sandbox implements.

A resolver keeps what it returns in `Request.sources`, so that the bill knows whose data it was.
Everything is synchronous and computed; nothing here waits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Protocol

from leadiq.sandbox._billing import DataPoint
from leadiq.sandbox._company_records import CompanyRecords, Record
from leadiq.sandbox._dates import Calendar, stamp
from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._lookup import Lookup
from leadiq.sandbox._match import (
    DEFAULT_LIMIT,
    MOST_LIMIT,
    Matcher,
    has_email,
    has_phone,
    shown_by,
)
from leadiq.sandbox._person_records import PersonRecords
from leadiq.sandbox._search import Search, limit_of
from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox._ledger import Ledger
    from leadiq.sandbox._settings import SandboxSettings

_COMPANY_RESULTS = 10
_BILLED_POINTS = (
    DataPoint.PROFILE,
    DataPoint.PERSON_EMAIL,
    DataPoint.PERSON_PHONE,
    DataPoint.COMPANY,
)


class Service:
    """Everything that resolvers answer from, for one sandbox."""

    def __init__(self, settings: SandboxSettings, ledger: Ledger) -> None:
        self.settings = settings
        self.ledger = ledger
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


@dataclass(frozen=True, slots=True)
class Request:
    """One request's context: the service, and by response key what each root resolver found."""

    service: Service
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
    return {"totalPeople": page.total, "people": people, "after": page.after}


def grouped_advanced_search(service: Service, query: Record) -> Record:
    """Resolve `groupedAdvancedSearch`."""
    page = service.search.grouped(query)
    companies = [_group(service, index, query) for index in page.indexes]
    return {"totalCompanies": page.total, "companies": companies, "after": page.after}


def _group(service: Service, company: int, query: Record) -> Record:
    people = service.search.people_of(company, query)
    shown = people[: limit_of(query, "limitPerCompany")]
    return {
        "company": service.companies.search(company),
        "people": [service.people.search(person) for person in shown],
        "totalContactsInCompany": len(people),
    }


def account(service: Service, _query: Record) -> Record:
    """Resolve `account`, which is free: the balance and the live prices."""
    universal = {"__typename": "UniversalPlan", **_universal_plan(service)}
    api = {
        "__typename": "ApiPlan",
        "name": "Sandbox API",
        "product": "Api",
        "status": "Active",
        "nextBillingPeriod": universal["nextBillingPeriod"],
        "usage": _plan_usage(service),
    }
    return {"plans": [universal, api], "dataHubPlan": None, "universalPlan": universal}


def _universal_plan(service: Service) -> Record:
    tariff, ledger = service.ledger.tariff, service.ledger
    text = service.settings.decimals == "string"
    costs = [
        {
            "dataPoint": point.value,
            "cost": int(tariff.price(point).to_integral_value(ROUND_CEILING)),
            "costInDecimals": _decimal(tariff.price(point), text=text),
        }
        for point in _BILLED_POINTS
    ]
    points = [point.value for point in _BILLED_POINTS]
    return {
        "name": "Sandbox Universal",
        "product": "Universal",
        "status": "Active",
        "nextBillingPeriod": stamp(service.calendar.epoch + timedelta(days=30)),
        "available": ledger.available,
        "used": ledger.used,
        "visibility": [{"sku": "Api", "dataPoints": points}],
        "costs": [{"sku": "Api", "costs": costs}],
    }


def _decimal(value: Decimal, *, text: bool) -> Decimal | str:
    return str(value) if text else value


def _plan_usage(service: Service) -> list[Record]:
    return [
        {
            "name": "AdvancedSearch",
            "usageType": "Standard",
            "creditType": "Page",
            "units": service.ledger.pages,
            "cap": None,
            "billingType": "Prepaid",
            "trial": False,
        }
    ]


def usage(service: Service, _query: Record) -> Record:
    """Resolve `usage`, which is free."""
    spent = {"units": service.ledger.used, "cap": service.ledger.cap}
    return {
        "planUsage": _plan_usage(service),
        "trialUsage": [],
        "subscription": {"status": "Active"},
        "universalUsage": [spent],
    }


def _resolver(find: Callable[[Service, Record], Record]) -> Callable[..., Record]:
    def resolve(_root: object, info: Info, **arguments: Record) -> Record:
        record = find(info.context.service, arguments.get("input", {}))
        info.context.sources[str(info.path.key)] = record
        return record

    return resolve


RESOLVERS: dict[str, Callable[..., Record]] = {
    "account": _resolver(account),
    "flatAdvancedSearch": _resolver(flat_advanced_search),
    "groupedAdvancedSearch": _resolver(grouped_advanced_search),
    "searchCompany": _resolver(search_company),
    "searchPeople": _resolver(search_people),
    "searchPeoplePreview": _resolver(search_people_preview),
    "usage": _resolver(usage),
}

"""Rules of the inputs of the look-ups and searches: no member of the contract is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from graphql import GraphQLInputObjectType

from leadiq.sandbox import SandboxSettings
from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._resolvers import (
    Service,
    flat_advanced_search,
    grouped_advanced_search,
    match_profile,
    search_company,
    search_people,
    search_people_preview,
)
from leadiq.sandbox._schema import executable, load_schema_text

# What a CRM integration tells of itself changes no answer.
IGNORED = {"sfdcExtraDetails"}


class Noted(dict[str, Any]):
    """A dictionary that notes which of its members were asked for."""

    def __init__(self, names: set[str], **values: Any) -> None:
        super().__init__(values)
        self.names = names

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return super().__getitem__(name)


def members(name: str) -> set[str]:
    kind = executable(load_schema_text()).get_type(name)
    assert isinstance(kind, GraphQLInputObjectType)
    return set(kind.fields)


@pytest.fixture(scope="module")
def service() -> Service:
    return Service(SandboxSettings(people=200))


def lookups(service: Service, names: set[str], **more: Any) -> Iterator[Noted]:
    person = service.world.person(0)
    company = {"name": service.world.company(0).name}
    full = {"fullName": person.full_name}
    parts = {"firstName": person.first.display, "lastName": person.last.display}
    for name in (full, parts, {"id": person.id}):
        yield Noted(names, **name, company=company, **more)


@pytest.mark.parametrize(
    ("kind", "ask"),
    [
        ("SearchPeopleInput", search_people),
        ("SearchPeoplePreviewInput", search_people_preview),
        ("SearchCompanyInput", search_company),
        ("FlatSearchInput", flat_advanced_search),
        ("GroupedSearchInput", grouped_advanced_search),
        ("MatchingServiceInput", match_profile),
    ],
)
def test_every_member_is_read(
    service: Service, kind: str, ask: Callable[[Service, Any], Any]
) -> None:
    """Answering reads every member of the input but what is ignored on purpose."""
    names: set[str] = set()
    firm = service.world.company(0).name
    more: dict[str, Any] = {"companyName": firm, "name": firm, "email": "x@example.com"}
    for query in lookups(service, names, **more):
        query.update(sortCompaniesBy=["IdAsc"])
        answer = ask(service, query)
        assert isinstance(answer, dict)
    assert members(kind) - names == IGNORED & members(kind)


def test_every_member_of_a_company_is_read(service: Service) -> None:
    """So are the members of CompanyDetails."""
    names: set[str] = set()
    company = service.world.company(0)
    details = Noted(names, name=company.name, domain=company.domain, strict=True)
    name = service.world.person(0).full_name
    found = search_people(service, {"fullName": name, "company": details})
    assert found["totalResults"] == 1
    assert names == members("CompanyDetails")


def test_nothing_at_all_is_refused(service: Service) -> None:
    """An empty input of a look-up is a client error."""
    for ask in (search_people, search_people_preview, search_company):
        with pytest.raises(InputRefused):
            ask(service, {})

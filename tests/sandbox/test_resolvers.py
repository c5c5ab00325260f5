"""Rules of the root fields: whole records, pages, account and usage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type, is_object_type

from leadiq.sandbox._schema import executable, load_schema_text
from leadiq.sandbox._world import World

Make = Callable[..., Any]


def everything(type_name: str, *, depth: int = 6) -> str:
    """Select every field below an object type that has no union in it."""
    kind = executable(load_schema_text()).get_type(type_name)
    assert isinstance(kind, GraphQLObjectType)
    parts = ["__typename"]
    for name, field in kind.fields.items():
        below = get_named_type(field.type)
        if is_leaf_type(below):
            parts.append(name)
        elif is_object_type(below) and depth:
            parts.append(f"{name} {{ {everything(below.name, depth=depth - 1)} }}")
    return " ".join(parts)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, f"{path}.{name}")
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part, path)
    else:
        yield path, value


def never_filled(seen: dict[str, bool]) -> set[str]:
    """Return the names of leaves without any value; an object that was null once is no leaf."""
    return {
        path.rpartition(".")[2]
        for path, filled in seen.items()
        if not filled and not any(other.startswith(f"{path}.") for other in seen)
    }


def test_every_field_of_a_person_is_filled_by_somebody(make: Make, world: World) -> None:
    """100 whole people break no non-null rule, and each field but a few has a value in some.

    The few: what a synthetic school or profile has not, and the end of a job that lasts.
    """
    sandbox = make(credits=Decimal(10**6))
    query = f"query($id: String) {{ searchPeople(input: {{id: $id, includeInvalid: true}}) {{ {everything('SearchResult')} }} }}"  # fmt: skip  # noqa: E501
    seen: dict[str, bool] = {}
    for index in range(100):
        data = sandbox.data(query, {"id": world.person(index).id})
        assert data["searchPeople"]["totalResults"] == 1
        for path, value in leaves(data["searchPeople"]["results"]):
            seen[path] = seen.get(path, False) or value is not None
    empty = never_filled(seen)
    assert empty == {"guid", "facebookUrl", "street2", "linkedinUrl", "twitterUrl", "linkedinId",
                     "website", "domain", "grades", "activities", "description", "end"}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("flatAdvancedSearch", "PersonSearchResponse"),
        ("groupedAdvancedSearch", "CompanySearchResponse"),
    ],
)
def test_every_field_of_a_search_is_filled_by_somebody(make: Make, field: str, kind: str) -> None:
    """Whole pages break no non-null rule; only what is no longer supported stays empty."""
    sandbox = make()
    data = sandbox.data(f"{{ {field}(input: {{}}) {{ {everything(kind)} }} }}")
    seen: dict[str, bool] = {}
    for path, value in leaves(data):
        seen[path] = seen.get(path, False) or value is not None
    empty = never_filled(seen)
    assert empty == {"score", "workEmails", "verifiedWorkEmails", "verifiedLikelyWorkEmails",
                     "workPhones", "personalEmails", "personalPhones"}  # fmt: skip


def test_pages_of_people(make: Make, world: World) -> None:
    """skip and limit cut the list; hasMore and totalResults tell of the rest."""
    sandbox = make(people=200_000, requests_per_minute=None)
    big = World(people=200_000, seed=1)
    phone = next(
        p.personal_phone.value
        for p in map(big.person, range(1000))
        if p.personal_phone and p.personal_phone.value
        and len(sandbox.app._service.lookup.by_phone(p.personal_phone.value)) > 1
    )  # fmt: skip
    query = (
        "query($p: String, $s: Int, $l: Int) {"
        " searchPeople(input: {phone: $p, skip: $s, limit: $l})"
        " { totalResults hasMore results { id } } }"
    )
    whole = sandbox.data(query, {"p": phone})["searchPeople"]
    assert whole["totalResults"] == len(whole["results"]) > 1
    assert whole["hasMore"] is False
    walked = []
    for skip in range(whole["totalResults"]):
        page = sandbox.data(query, {"p": phone, "s": skip, "l": 1})["searchPeople"]
        assert page["hasMore"] == (skip + 1 < whole["totalResults"])
        walked += page["results"]
    assert walked == whole["results"]
    for skip, limit in ((-1, 1), (0, 0), (0, 101)):
        (error,) = sandbox.ask(query, {"p": phone, "s": skip, "l": limit})["errors"]
        assert error["extensions"]["response"]["status"] == 400


def test_searches_for_companies_show_ten(make: Make) -> None:
    """A name of one word may mean many: ten are shown and hasMore says so."""
    sandbox = make(people=400_000)
    lead = sandbox.app._service.world.company(3).name.split()[0]
    query = (
        "query($n: String) { searchCompany(input: {name: $n})"
        " { totalResults hasMore results { name } } }"
    )
    found = sandbox.data(query, {"n": lead})["searchCompany"]
    assert found["hasMore"] is True
    assert found["totalResults"] > len(found["results"]) == 10
    assert all(company["name"].startswith(lead) for company in found["results"])
    nobody = sandbox.data(query, {"n": "Nobody"})["searchCompany"]
    assert nobody == {"totalResults": 0, "hasMore": False, "results": []}


def test_preview_tells_without_showing(make: Make, world: World) -> None:
    """The preview gives the id and what is likely there, or nobody."""
    sandbox = make()
    query = "query($i: SearchPeoplePreviewInput!) { searchPeoplePreview(input: $i) { personId hasEmail hasPhone } }"  # noqa: E501
    person = world.person(0)
    found = sandbox.data(query, {"i": {"linkedinUrl": person.linkedin_slug}})["searchPeoplePreview"]
    assert found == {"personId": person.id, "hasEmail": True, "hasPhone": False}
    nobody = sandbox.data(query, {"i": {"email": "x@example.com"}})["searchPeoplePreview"]
    assert nobody == {"personId": None, "hasEmail": False, "hasPhone": False}


def test_groups_are_cut_per_company(make: Make) -> None:
    """limitPerCompany cuts the people shown, not their count."""
    sandbox = make()
    groups = sandbox.data(
        "{ groupedAdvancedSearch(input: {limitPerCompany: 2, limit: 10, sortContactsBy: [NameAsc]})"
        " { companies { company { id } people { companyId name } totalContactsInCompany } } }"
    )["groupedAdvancedSearch"]["companies"]
    assert len(groups) == 10
    assert any(group["totalContactsInCompany"] > 2 for group in groups)
    for group in groups:
        assert len(group["people"]) == min(2, group["totalContactsInCompany"])
        assert {person["companyId"] for person in group["people"]} == {group["company"]["id"]}


@pytest.mark.parametrize(("form", "tenth"), [("number", 0.1), ("string", "0.1")])
def test_account_shows_balance_and_prices(make: Make, form: str, tenth: object) -> None:
    """The plans, what is left, and each live price in whole and in decimals."""
    sandbox = make(decimals=form, credits=Decimal(50))
    sandbox.data("{ flatAdvancedSearch(input: {}) { totalPeople } }")
    account = sandbox.data(
        "{ account { plans { __typename name product status nextBillingPeriod"
        " ... on ApiPlan { usage { name units cap } } } dataHubPlan { name }"
        " universalPlan { available used visibility { sku dataPoints }"
        " costs { sku costs { dataPoint cost costInDecimals } } } } }"
    )["account"]
    assert [plan["__typename"] for plan in account["plans"]] == ["UniversalPlan", "ApiPlan"]
    assert account["plans"][1]["usage"] == [{"name": "AdvancedSearch", "units": 1, "cap": None}]
    assert account["dataHubPlan"] is None
    plan = account["universalPlan"]
    assert (plan["available"], plan["used"]) == (49, 1)
    prices = {row["dataPoint"]: row for row in plan["costs"][0]["costs"]}
    assert prices["Profile"] == {"dataPoint": "Profile", "cost": 1, "costInDecimals": tenth}
    assert {k: row["cost"] for k, row in prices.items()} == {
        "Profile": 1, "PersonEmail": 1, "PersonPhone": 10, "Company": 3,
    }  # fmt: skip
    assert plan["visibility"] == [{"sku": "Api", "dataPoints": list(prices)}]


def test_usage(make: Make) -> None:
    """usage counts credits against the cap, and pages."""
    sandbox = make(credits=Decimal(50))
    sandbox.data("{ flatAdvancedSearch(input: {}) { totalPeople } }")
    usage = sandbox.data(
        '{ usage { universalUsage { units cap } planUsage(from: "2026-01-01T00:00:00Z") { units }'
        " subscription { status } trialUsage { units } } }"
    )["usage"]
    assert usage == {
        "universalUsage": [{"units": 1, "cap": 50}],
        "planUsage": [{"units": 1}],
        "subscription": {"status": "Active"},
        "trialUsage": [],
    }

"""Every way of going through pages: that the second is not the first, and where they end."""

from __future__ import annotations

from typing import Final

from .._core.pricing import Unlock
from .case import Case, Data, Kept, Reach, Refused
from .own import document

_VPS: Final = {"contactFilter": {"seniorities": ["VP"]}, "limit": 1}

FREE: Final = (
    Case(
        name="lists: the first page",
        query=document("Lists"),
        variables={"limit": 1},
        source="live",
        keep={"list": "lists.items.0.id", "next list": "lists.nextCursor"},
    ),
    Case(
        name="lists: the next page by its cursor",
        query=document("Lists"),
        variables={"limit": 1, "cursor": Kept("next list")},
        expect=Data(unlike={"lists.items.0.id": Kept("list")}),
        source="live",
    ),
    Case(
        name="list: its prospects",
        query=document("GetList"),
        variables={"id": Kept("list"), "limit": 1},
        expect=Data({"list.id": Kept("list")}),
        source="live",
        keep={
            "prospect": "list.prospects.items.0.id",
            "next prospect": "list.prospects.nextCursor",
        },
    ),
    Case(
        name="list: the next page of its prospects",
        query=document("GetList"),
        variables={"id": Kept("list"), "limit": 1, "cursor": Kept("next prospect")},
        expect=Data(unlike={"list.prospects.items.0.id": Kept("prospect")}),
        source="live",
    ),
    Case(
        name="prospect by id",
        query=document("GetProspect"),
        variables={"id": Kept("prospect")},
        expect=Data({"prospect.id": Kept("prospect")}),
        source="live",
    ),
    Case(
        name="trackedCompanies: the first page",
        query=document("TrackedCompanies"),
        variables={"first": 1},
        keep={
            "tracked": "trackedCompanies.edges.0.node.id",
            "tracked cursor": "trackedCompanies.edges.0.cursor",
        },
    ),
    Case(
        name="trackedCompanies: the page after",
        query=document("TrackedCompanies"),
        variables={"first": 1, "after": Kept("tracked cursor")},
        expect=Data(unlike={"trackedCompanies.edges.0.node.id": Kept("tracked")}),
    ),
)

PAID: Final = (
    Case(
        name="flatAdvancedSearch: the first page, with a cursor",
        query=document("FlatAdvancedSearchAfter"),
        variables={"input": _VPS},
        reach=Reach.PAID,
        source="guide",
        keep={
            "first person": "flatAdvancedSearch.people.0.id",
            "after": "flatAdvancedSearch.after",
        },
    ),
    Case(
        name="flatAdvancedSearch: the page after",
        query=document("FlatAdvancedSearchAfter"),
        variables={"input": {**_VPS, "after": Kept("after")}},
        expect=Data(unlike={"flatAdvancedSearch.people.0.id": Kept("first person")}),
        reach=Reach.PAID,
        source="guide",
    ),
    Case(
        name="flatAdvancedSearch: a page by skip",
        query=document("FlatAdvancedSearch"),
        variables={"input": {**_VPS, "skip": 1}},
        expect=Data(unlike={"flatAdvancedSearch.people.0.id": Kept("first person")}),
        reach=Reach.PAID,
    ),
    Case(
        name="groupedAdvancedSearch: the first page, with a cursor",
        query=document("GroupedAdvancedSearchAfter"),
        variables={"input": _VPS},
        reach=Reach.PAID,
        source="guide",
        keep={
            "first company": "groupedAdvancedSearch.companies.0.company.id",
            "after company": "groupedAdvancedSearch.after",
        },
    ),
    Case(
        name="groupedAdvancedSearch: the page after",
        query=document("GroupedAdvancedSearchAfter"),
        variables={"input": {**_VPS, "after": Kept("after company")}},
        expect=Data(unlike={"groupedAdvancedSearch.companies.0.company.id": Kept("first company")}),
        reach=Reach.PAID,
        source="guide",
    ),
    Case(
        name="an advanced search: nothing beyond the first 10,000",
        query=document("FlatAdvancedSearch"),
        variables={"input": {**_VPS, "skip": 10_000}},
        expect=Refused(400),
        reach=Reach.PAID,
        source="guide",
    ),
    Case(
        name="searchPeople: nothing behind the last of those found",
        query=document("SearchPeople"),
        variables={"input": {"id": Kept("person"), "limit": 1, "skip": 1}},
        expect=Data({"searchPeople.results": [], "searchPeople.hasMore": False}),
        reach=Reach.PAID,
    ),
    Case(
        name="searchPeople: somebody has to be identified",
        query=document("SearchPeople"),
        variables={"input": {"limit": 1}},
        expect=Refused(400),
        reach=Reach.PAID,
        source="unknown",
    ),
    Case(
        name="a search with filters and a sort of every kind",
        query=document("FlatAdvancedSearch", Unlock.COMPANY),
        variables={
            "input": {
                "contactFilter": {"seniorities": ["VP", "Director"]},
                "companyFilter": {"sizes": [{"min": 1, "max": 10_000}]},
                "companyExcludedFilter": {"industries": ["Space Mining"]},
                "sortContactsBy": ["SeniorityDesc", "NameAsc"],
                "limit": 25,
            }
        },
        reach=Reach.SANDBOX,
    ),
)

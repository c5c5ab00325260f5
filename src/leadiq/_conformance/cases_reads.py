"""Every query, asked for as the SDK does. They go on with people and companies that they found."""

from __future__ import annotations

from typing import Final

from .._core.pricing import Unlock
from .case import Case, Data, Kept, Reach
from .own import document

NOBODY: Final = "nobody@conformance.example.com"
_NO_PERSON: Final = "PersonID-00000000-0000-4000-8000-000000000000"
_NO_ROW: Final = "000000000000000000000000"
_VPS: Final = {"contactFilter": {"seniorities": ["VP"]}, "limit": 1}

FREE: Final = (
    Case(name="account: plans, balance and prices", query=document("GetAccount"), source="live"),
    Case(name="usage", query=document("Usage")),
    Case(
        name="usage since a day",
        query=document("Usage"),
        variables={"from": "2026-01-01T00:00:00Z"},
    ),
    Case(
        name="searchPeoplePreview of nobody",
        query=document("SearchPeoplePreview"),
        variables={"input": {"email": NOBODY}},
        source="live",
    ),
    Case(
        name="regeneratedTime of nobody",
        query=document("RegeneratedTime"),
        variables={"input": {"personId": _NO_PERSON}},
        expect=Data({"regeneratedTime.time": None}),
        source="unknown",
    ),
    Case(
        name="contactTrackingBalance",
        query=document("ContactTrackingBalance"),
        source="live",
    ),
    Case(name="icpDefinitions", query=document("IcpDefinitions"), source="live"),
    Case(
        name="icpDefinitions of a product line",
        query=document("IcpDefinitions"),
        variables={"productLines": ["Track"]},
        source="live",
    ),
    Case(
        name="list: null where there is none",
        query=document("GetList"),
        variables={"id": _NO_ROW, "limit": 1},
        expect=Data({"list": None}),
        source="unknown",
    ),
    Case(
        name="prospect: null where there is none",
        query=document("GetProspect"),
        variables={"id": _NO_ROW},
        expect=Data({"prospect": None}),
        source="unknown",
    ),
    Case(
        name="companyTrackingTask: null where there is none",
        query=document("GetCompanyTrackingTask"),
        variables={"id": _NO_ROW},
        expect=Data({"companyTrackingTask": None}),
        source="unknown",
    ),
    Case(
        name="trackedContacts",
        query=document("TrackedContacts"),
        variables={"limit": 1, "uniqueOnly": True},
        source="live",
    ),
)

PAID: Final = (
    Case(
        name="flatAdvancedSearch, with its total",
        query=document("FlatAdvancedSearch", total=True),
        variables={"input": _VPS},
        reach=Reach.PAID,
        keep={"person": "flatAdvancedSearch.people.0.id"},
    ),
    Case(
        name="groupedAdvancedSearch, with its total",
        query=document("GroupedAdvancedSearch", total=True),
        variables={"input": {**_VPS, "limitPerCompany": 1}},
        reach=Reach.PAID,
        keep={
            "company": "groupedAdvancedSearch.companies.0.company.id",
            "company name": "groupedAdvancedSearch.companies.0.company.name",
        },
    ),
    Case(
        name="searchPeople by id",
        query=document("SearchPeople"),
        variables={"input": {"id": Kept("person")}},
        expect=Data({"searchPeople.results.*.id": [Kept("person")]}),
        reach=Reach.PAID,
    ),
    Case(
        name="searchPeople with a work e-mail",
        query=document("SearchPeople", Unlock.WORK_EMAIL),
        variables={"input": {"id": Kept("person")}},
        reach=Reach.PAID,
    ),
    Case(
        name="searchPeople of nobody",
        query=document("SearchPeople"),
        variables={"input": {"email": NOBODY}},
        expect=Data({"searchPeople.results": [], "searchPeople.hasMore": False}),
        reach=Reach.PAID,
    ),
    Case(
        name="searchPeople with everything",
        query=document("SearchPeople", *Unlock),
        variables={"input": {"id": Kept("person")}},
        reach=Reach.SANDBOX,
    ),
    Case(
        name="searchCompany by id, its name alone",
        query=document("SearchCompany"),
        variables={"input": {"id": Kept("company")}},
        expect=Data({"searchCompany.results.*.id": [Kept("company")]}),
        reach=Reach.PAID,
    ),
    Case(
        name="searchCompany with everything",
        query=document("SearchCompany", Unlock.COMPANY),
        variables={"input": {"id": Kept("company")}},
        reach=Reach.SANDBOX,
    ),
    Case(
        name="searchCompany: its trends",
        query=document("SearchCompanyTrends"),
        variables={"input": {"id": Kept("company")}, "from": "2025-01-01T00:00:00Z"},
        reach=Reach.SANDBOX,
        source="live",
    ),
    Case(
        name="matchProfile of nobody",
        query=document("MatchProfile"),
        variables={"input": {"email": NOBODY}},
        expect=Data({"matchProfile.people": []}),
        reach=Reach.PAID,
    ),
    Case(
        name="workatoToken",
        query=document("WorkatoToken"),
        variables={"orgDomainUrl": "https://workato.example.com"},
        reach=Reach.SANDBOX,
        source="live",
    ),
)

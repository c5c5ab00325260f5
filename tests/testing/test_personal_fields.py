"""leadiq.testing._personal_fields: nothing of the contract is forgotten."""

from __future__ import annotations

from graphql import GraphQLScalarType, get_named_type

from leadiq._schema.packaged import packaged_schema
from leadiq.testing._personal_fields import PEOPLE, Kind, kind_of

#: Of the types that hold people: what was looked at, and is not about one.
KEPT = {
    *("title", "seniority", "function", "role", "status", "emailStatus", "updatedAt", "createdAt"),
    *("city", "state", "country", "areaLevel1", "countryCode2", "countryCode3", "contactCountry"),
    *("companyId", "company", "companyName", "companyDomain", "companyIndustry", "companySize"),
    *("companyCountry", "companyState", "companyLinkedIn", "lastKnownCompany", "titleDomain"),
    *("lastKnownCompanyDomain", "lastKnownTitle", "titleLevel", "titles", "roles", "listIds"),
    *("matchedICPIds", "duplicateAccountIds", "orgId", "batchJobId", "lastSeen", "jobStartDate"),
}
#: Ids of entries, not of people.
ENTRIES = {("TrackedContact", "id"), ("JobChange", "id"), ("Prospect", "id")}
#: Types with text in them that are about no person.
IMPERSONAL = {
    *("AbandonBatchResponse", "AddTrackedCompanyInput", "AddTrackedCompanyResult"),
    *("AddTrackedCompaniesResponse", "ApiPlan", "CancelCompanyTrackingResponse"),
    *("CancelCompanyTrackingTaskInput", "Company", "CompanyData", "CompanyDefinition"),
    *("CompanyDetails", "CompanyFilter", "CompanyHierarchyNode", "CompanyInfo"),
    *("CompanyTrackingTask", "ContactTrackingPlan", "CreateListInput", "DataHubPlan", "DateRange"),
    *("EducationRecord", "FundingInfo", "Group", "ICPDefinition", "JobChangeEdge"),
    *("JobDetectionFilters", "List", "ListConnection", "Location", "LocationFilterInput"),
    *("LocationInfo", "MatchingServiceCompany", "NAICSCode", "NAICSCodeFilter", "PageInfo"),
    *("PersonCurrentPosition", "PersonPreviousPosition", "PersonaDefinition", "Plan", "Position"),
    *("PositionRecord", "PreviousCompanyData", "PreviousCompanyFilter", "PreviousPosition"),
    *("PreviousPositionFilter", "ProspectConnection", "ProspectorCompany"),
    *("RemoveTrackedCompaniesInput", "RemoveTrackedCompaniesResponse"),
    *("RemoveTrackedCompanyResult", "RevenueRange", "SICCode", "SICCodeFilter"),
    *("SearchCompanyInput", "SearchCursorEntry", "SearchCursorEntryInput"),
    *("StartCompanyTrackingResponse", "StartCompanyTrackingTaskInput", "SubscriptionInfo"),
    *("TrackContactsInput", "TrackContactsResponse", "TrackedCompaniesConnection"),
    *("TrackedCompany", "TrackedCompanyEdge", "TrackedContactEdge", "TrackedContactsConnection"),
    *("TrialUsage", "UniversalPlan", "AddTrackedCompany", "TechnologyInfo", "PlanUsage"),
    *("WorkatoTokenResponseFailure", "RegeneratedTimeResult", "CompanyBusinessType"),
    *("Query", "Mutation", "RegenerateResponse", "TrendBucketCount"),
    "WorkatoTokenResponseSuccess",
}


def texts() -> set[tuple[str, str]]:
    """Every member of the contract that can hold text of somebody's."""
    free = {"String", "ID", "Json"}
    return {
        (name, field)
        for name, kind in packaged_schema().type_map.items()
        if not name.startswith("__")
        for field, member in getattr(kind, "fields", {}).items()
        if isinstance(scalar := get_named_type(member.type), GraphQLScalarType)
        and scalar.name in free
    }


def test_every_text_of_a_person_is_personal_or_was_looked_at() -> None:
    """A new member of a type about people has to be decided upon."""
    undecided = {
        (owner, field)
        for owner, field in texts()
        if owner in PEOPLE and kind_of(owner, field) is None and field not in KEPT
    }
    assert undecided == ENTRIES


def test_every_type_with_text_was_looked_at() -> None:
    """A new type is about people, or it is not, or some of its members are."""
    known = {*PEOPLE, *IMPERSONAL}
    others = {owner for owner, field in texts() if owner not in known and not kind_of(owner, field)}
    assert others == set()


def test_the_table_names_what_there_is() -> None:
    """No type of the table has left the contract."""
    assert set(PEOPLE) <= set(packaged_schema().type_map)


def test_kinds_are_of_places_and_not_of_names_alone() -> None:
    """A company's name is no person's, and its switchboard is a number all the same."""
    assert kind_of("NameInfo", "first") is Kind.NAME
    assert kind_of("CompanyInfo", "name") is None
    assert kind_of("CompanyInfo", "phones") is Kind.PHONE
    assert kind_of("SfdcExtraDetails", "companyName") is None

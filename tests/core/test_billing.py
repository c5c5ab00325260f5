"""The tables of what is charged, against the contract that they speak of."""

from __future__ import annotations

import pytest
from graphql import GraphQLObjectType

from leadiq._core import billing
from leadiq._core.pricing import DataPoint, Unlock
from schema_facts import load_schema

SCHEMA = load_schema()
CONTACT_WORDS = ("email", "phone")
#: Contact data that no selection is charged for, and why.
NOT_CHARGED = {
    "ContactInfo": "unlocked when the tracking task was started",
    "EmailValue": "unlocked when the tracking task was started",
    "JobDetectionFilters": "says how a task filters",
    "PersonData": "unlocked when the tracking task was started",
    "PersonalPhonesValue": "unlocked when the tracking task was started",
    "PhoneWithQuality": "unlocked when the tracking task was started",
    "Prospect": "the team's own list; list management is free",
    "ProspectorCompany": "the team's own list; list management is free",
    "SearchPeoplePreviewResult": "says only whether there is any",
    "TrackedContact": "unlocked when the contacts were sent for tracking",
    "WorkPhonesValue": "unlocked when the tracking task was started",
}


def object_type(name: str) -> GraphQLObjectType:
    """A type of the contract."""
    type_ = SCHEMA.type_map[name]
    assert isinstance(type_, GraphQLObjectType)
    return type_


def test_the_tables_name_what_there_is() -> None:
    """Every root field, type and field of the tables is in the contract, and current."""
    roots = {**SCHEMA.query_type.fields, **SCHEMA.mutation_type.fields}  # type: ignore[union-attr]
    assert set(billing.BASIS) <= set(roots)
    assert set(SCHEMA.mutation_type.fields) >= billing.REPEATABLE_WRITES  # type: ignore[union-attr]
    for name in billing.BILLED_TYPES:
        assert object_type(name).fields.keys() >= billing.FREE_COMPANY_FIELDS - {"__typename"}
    for name, field in billing.BILLED_FIELDS:
        assert object_type(name).fields[field].deprecation_reason is None


def test_every_kind_of_contact_data_is_accounted_for() -> None:
    """A current field that sounds like contact data is billed, or its type is listed as free of
    charge with the reason."""
    free = {
        name
        for name, type_ in SCHEMA.type_map.items()
        if isinstance(type_, GraphQLObjectType)
        for field, definition in type_.fields.items()
        if any(word in field.lower() for word in CONTACT_WORDS)
        and not definition.deprecation_reason
        and not billing.data_point(name, field)
    }
    assert free == set(NOT_CHARGED)


@pytest.mark.parametrize(
    ("type_name", "field", "point"),
    [
        ("CompanyInfo", "id", None),
        ("CompanyInfo", "name", None),
        ("CompanyInfo", "__typename", None),
        ("CompanyInfo", "domain", DataPoint.COMPANY),
        ("Company", "industry", DataPoint.COMPANY),
        ("MatchingServiceCompany", "city", DataPoint.COMPANY),
        ("PositionRecord", "emails", DataPoint.EMAIL),
        ("PositionRecord", "phones", DataPoint.PHONE),
        ("PositionRecord", "title", None),
        ("PersonRecord", "personalPhones", DataPoint.PHONE),
        ("Person", "name", None),
    ],
)
def test_what_a_field_is_charged_as(type_name: str, field: str, point: DataPoint | None) -> None:
    """Company information but id and name, addresses and numbers are charged; the rest is not."""
    assert billing.data_point(type_name, field) is point


def test_every_unlock_has_its_flag() -> None:
    """Flags and unlocks stand for each other, one to one."""
    assert set(billing.UNLOCKS.values()) == set(Unlock)
    assert all(unlock.flag == flag for flag, unlock in billing.UNLOCKS.items())


def test_only_reads_are_priced_by_result() -> None:
    """What is charged by result or page is a query; a write's price is published nowhere."""
    for root, basis in billing.BASIS.items():
        assert (root in SCHEMA.query_type.fields) is (basis != "unpublished")  # type: ignore[union-attr]

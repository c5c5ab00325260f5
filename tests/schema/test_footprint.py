"""What the SDK's operations depend on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from leadiq._generated.operations import ALL
from leadiq._schema.footprint import footprint
from schema_facts import load_schema

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def used() -> Mapping[str, frozenset[str]]:
    """The footprint of all operations."""
    return footprint(load_schema(), ALL)


@pytest.mark.parametrize(
    ("member", "roots"),
    [
        ("Query.usage", {"usage"}),
        ("SearchResult", {"searchPeople"}),
        ("SearchResult.hasMore", {"searchPeople"}),
        ("PositionRecord.phones", {"searchPeople"}),
        ("FlatSearchInput", {"flatAdvancedSearch"}),
        ("Seniority", {"flatAdvancedSearch", "groupedAdvancedSearch"}),
        ("ContactFilter.seniorities", {"flatAdvancedSearch", "groupedAdvancedSearch"}),
        ("ICPProductLine", {"icpDefinitions", "startCompanyTrackingTask"}),
    ],
)
def test_members_are_told_with_the_root_fields_that_use_them(member: str, roots: set[str]) -> None:
    """Types, fields that are selected or unlocked, inputs at any depth, and enums."""
    assert roots <= used()[member]


@pytest.mark.parametrize(
    "member", ["PersonRecord._id", "AddTrackedCompaniesResponse.total", "ApiPlan", "Person.score"]
)
def test_what_nothing_uses_is_not_told(member: str) -> None:
    """Deprecated members that no operation selects affect nothing."""
    assert member not in used()


def test_every_root_field_is_in_it() -> None:
    """Every operation leaves its mark."""
    assert frozenset().union(*used().values()) == {operation.root for operation in ALL}

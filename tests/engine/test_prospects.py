"""Prospects: what LeadIQ would refuse is refused before it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq import InputError
from leadiq._engine.prospects import MOST_NOTES, checked_prospects, same_name
from leadiq.types import CreateProspectInput, List


def prospect(**fields: Any) -> CreateProspectInput:
    return CreateProspectInput(**{"first_name": "Ada", "last_name": "Example"} | fields)


def test_good_prospects_go_as_they_are() -> None:
    """Names alone do, and everything else that LeadIQ takes."""
    full = prospect(
        work_email="ada@example.com",
        email_status="Verified",
        seniority="Manager",
        company_domain="example.com",
        linkedin_url="https://www.linkedin.com/in/ada",
        person_id="PersonID-0a1b2c3d-0000-4000-8000-00000000000f",
        notes="x" * MOST_NOTES,
    )
    given = [prospect(), full]
    assert checked_prospects(iter(given)) == given


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"first_name": " "}, "first_name"),
        ({"last_name": ""}, "last_name"),
        ({"work_email": "ada"}, "work_email"),
        ({"email_status": "Invalid"}, "email_status"),
        ({"seniority": "Boss"}, "seniority"),
        ({"linkedin_url": "me"}, "linkedin_url"),
        ({"person_id": "1"}, "person_id"),
        ({"company_domain": "x"}, "company_domain"),
        ({"notes": "x" * (MOST_NOTES + 1)}, "notes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-",
)
def test_a_bad_prospect_is_refused_by_its_place(fields: dict[str, Any], field: str) -> None:
    """The entry and the field are named."""
    with pytest.raises(InputError) as refused:
        checked_prospects([prospect(), prospect(**fields)])
    assert str(refused.value).startswith(f"prospects[1].{field}: ")


def test_what_is_no_prospect_is_refused() -> None:
    """A dictionary is told apart from the input that it could become."""
    with pytest.raises(InputError, match="CreateProspectInput"):
        checked_prospects([{"first_name": "Ada"}])  # type: ignore[list-item]


def test_names_are_compared_without_case() -> None:
    """One name in two cases is one name; another is another."""
    one = List(id="0" * 24, name="Q3 Straße", created_at="x", updated_at="x")
    assert same_name(one, "q3 STRASSE")
    assert not same_name(one, "Q4")

"""The rules of columns: a path of members, through what is missing and through lists."""

from __future__ import annotations

from leadiq._tables.columns import Column, Type, shape
from leadiq._tables.listed import COMPANY, PEOPLE_OF_COMPANY, PERSON_FOUND
from leadiq.types import CompanyInfo, CompanyWithPeople
from tables.items import WHEN, found


def test_a_column_shows_the_member_of_its_name_or_of_its_path() -> None:
    """A path leads into members, and ends with None where one is missing."""
    somebody = found(title="Clerk", company={"id": "c", "name": "Example Inc"})
    assert Column("title").of(somebody) == "Clerk"
    assert Column("company", path="company.name").of(somebody) == "Example Inc"
    assert Column("company", path="company.name").of(found()) is None


def test_a_path_through_a_list_gives_a_list() -> None:
    """Each entry's member, in their order."""
    company = CompanyWithPeople.model_validate(
        {
            "company": {"id": "c"},
            "people": [{"id": "a", "companyId": "c"}, {"id": "b", "companyId": "c"}],
            "totalContactsInCompany": 3,
        }
    )
    assert shape(PEOPLE_OF_COMPANY).row(company) == ["c", None, 3, ["a", "b"]]


def test_a_shape_has_names_types_and_values_of_one_length() -> None:
    """What is null stays None; times are times."""
    people = shape(PERSON_FOUND)
    row = dict(zip(people.names, people.row(found()), strict=True))
    assert row["id"] == "p"
    assert row["updated_at"] == WHEN
    assert dict(zip(people.names, people.types, strict=True))["updated_at"] is Type.TIME


def test_a_company_has_its_industry_codes_and_technologies() -> None:
    """What people filter by is in columns, from wherever it stands."""
    company = CompanyInfo.model_validate(
        {
            "id": "c",
            "name": "Example Inc",
            "naicsCode": {"code": "0111", "description": "Soybeans"},
            "technologies": [{"name": "Python", "attributes": [], "categories": []}],
        }
    )
    row = dict(zip(shape(COMPANY).names, shape(COMPANY).row(company), strict=True))
    assert (row["naics"], row["technologies"], row["city"]) == ("0111", ["Python"], None)

"""What the searches show of people and companies, as columns. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._core.pricing import Unlock
from ._formats import Sheet
from ._show import json_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..types import Company, CompanyWithPeople, Person

_PERSON = (
    "id",
    "name",
    "title",
    "seniority",
    "function",
    "company",
    "company_id",
    "city",
    "state",
    "country",
    "linkedin_url",
    "updated_at",
)
_COMPANY = (
    "company_domain",
    "company_industry",
    "company_employees",
    "company_country",
    "company_city",
)


def people_sheet(unlock: Collection[Unlock] = ()) -> Sheet[Person]:
    """Return the columns of people, with those of their companies if they were paid for."""
    more = Unlock.COMPANY in unlock

    def cells(person: Person) -> list[object]:
        company = person.company
        found: list[object] = [
            person.id,
            person.name,
            person.title,
            person.seniority,
            person.role,
            company and company.name,
            person.company_id,
            person.city,
            person.state,
            person.country,
            person.linkedin_url,
            person.updated_at,
        ]
        return found + (_company_cells(company) if more else [])

    columns = _PERSON + (_COMPANY if more else ())
    return Sheet(columns, cells, ("name", "title", "company", "city", "country"), json_of)


def companies_sheet(unlock: Collection[Unlock] = ()) -> Sheet[CompanyWithPeople]:
    """Return the columns of companies: how many people fit, and the ids of those listed."""
    more = Unlock.COMPANY in unlock

    def cells(found: CompanyWithPeople) -> list[object]:
        company = found.company
        people = [person.id for person in found.people]
        told: list[object] = [company.id, company.name, found.total_contacts_in_company, people]
        return told + (_company_cells(company) if more else [])

    columns = ("company_id", "company", "people", "people_ids") + (_COMPANY if more else ())
    brief = ("company_domain", "company_industry", "company_country") if more else ()
    return Sheet(columns, cells, ("company", "people", *brief), json_of)


def _company_cells(company: Company | None) -> list[object]:
    if company is None:
        return [None] * len(_COMPANY)
    return [
        company.domain,
        company.industry,
        company.employee_count,
        company.country,
        company.city,
    ]

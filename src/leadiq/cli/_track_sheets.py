"""What tracking shows, as columns: companies, job changes, contacts, and the fate of writes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ._formats import Sheet
from ._show import json_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .._engine.writes import WriteRow
    from ..types import (
        AddTrackedCompanyInput,
        JobChange,
        RemoveTrackedCompanyResult,
        TrackedCompany,
        TrackedContact,
    )


def _company(company: TrackedCompany) -> list[object]:
    return [company.id, company.name, company.domain]


def _added(row: WriteRow[AddTrackedCompanyInput, TrackedCompany]) -> list[object]:
    answer = row.answer
    return [answer and answer.id, row.given.name, row.given.domain, row.status.value, row.reason]


def _removed(row: WriteRow[str, RemoveTrackedCompanyResult]) -> list[object]:
    answer = row.answer
    named = [answer and answer.name, answer and answer.domain]
    return [row.given, *named, row.status.value, row.reason]


def _change(change: JobChange) -> list[object]:
    person, now = change.person, change.current_position
    return [
        change.id,
        change.job_change_type,
        person.first_name,
        person.last_name,
        now.title,
        change.current_company.input_name,
        change.current_company.input_domain,
        now.start_date,
        change.previous_position.title,
        change.previous_company.name,
        person.email,
        person.email_status,
        person.work_phones,
        person.personal_phones,
        person.linkedin_url,
        person.country,
    ]


def _contact(contact: TrackedContact) -> list[object]:
    return [
        contact.id,
        contact.job_change_type,
        contact.first_name,
        contact.last_name,
        contact.title,
        contact.company,
        contact.company_domain,
        contact.job_start_date,
        contact.last_known_title,
        contact.last_known_company,
        contact.email,
        contact.email_status,
        contact.work_phones,
        contact.phones,
        contact.linked_in,
        contact.contact_country,
        contact.reference_id,
        contact.external_record_id,
    ]


_COMPANY: Final = ("id", "name", "domain")
_WRITE: Final = (*_COMPANY, "status", "reason")
_MOVE: Final = (
    "id",
    "change",
    "first_name",
    "last_name",
    "title",
    "company",
    "company_domain",
    "since",
    "previous_title",
    "previous_company",
    "email",
    "email_status",
    "work_phones",
    "phones",
    "linkedin_url",
    "country",
)
_BRIEF: Final = ("change", "first_name", "last_name", "title", "company", "previous_company")


def _named(cells: Callable[[Any], list[object]], row: Any) -> dict[str, object]:
    return dict(zip(_WRITE, cells(row), strict=True))


COMPANIES: Final = Sheet(_COMPANY, _company, _COMPANY, json_of)
ADDED: Final = Sheet(
    _WRITE, _added, ("name", "domain", "status", "reason"), partial(_named, _added)
)
REMOVED: Final = Sheet(_WRITE, _removed, ("id", "status", "reason"), partial(_named, _removed))
CHANGES: Final = Sheet(_MOVE, _change, _BRIEF, json_of)
CONTACTS: Final = Sheet((*_MOVE, "reference_id", "external_record_id"), _contact, _BRIEF, json_of)

"""The columns of what is listed: people and companies found, and what is tracked. Pure.

Where a model has more than fits a table, the columns are what people sort, filter and join by.
"""

from __future__ import annotations

from typing import Final

from .columns import Column, Type

#: What a company that an advanced search found has, if it was paid for.
COMPANY_FOUND: Final = (
    Column("company_domain", path="company.domain"),
    Column("company_industry", path="company.industry"),
    Column("company_employees", Type.COUNT, "company.employee_count"),
    Column("company_country", path="company.country"),
    Column("company_city", path="company.city"),
)
PERSON_FOUND: Final = (
    Column("id"),
    Column("name"),
    Column("title"),
    Column("seniority"),
    Column("function", path="role"),
    Column("company", path="company.name"),
    Column("company_id"),
    Column("city"),
    Column("state"),
    Column("country"),
    Column("linkedin_url"),
    Column("updated_at", Type.TIME),
)
PEOPLE_OF_COMPANY: Final = (
    Column("company_id", path="company.id"),
    Column("company", path="company.name"),
    Column("people", Type.COUNT, "total_contacts_in_company"),
    Column("people_ids", Type.TEXTS, "people.id"),
)
COMPANY: Final = (
    Column("id"),
    Column("name"),
    Column("domain"),
    Column("industry"),
    Column("employees", Type.COUNT, "number_of_employees"),
    Column("employee_range"),
    Column("revenue", Type.COUNT),
    Column("revenue_least", Type.COUNT, "revenue_range.start"),
    Column("revenue_most", Type.COUNT, "revenue_range.end"),
    Column("funding_usd", Type.COUNT, "funding_info.funding_total_usd"),
    Column("founded", Type.COUNT, "founded_year"),
    Column("city", path="location_info.city"),
    Column("state", path="location_info.area_level_1"),
    Column("country", path="location_info.country"),
    Column("naics", path="naics_code.code"),
    Column("sic", path="sic_code.code"),
    Column("technologies", Type.TEXTS, "technologies.name"),
    Column("linkedin_url"),
    Column("updated_at", Type.TIME, "updated_date"),
)
TRACKED_COMPANY: Final = (Column("id"), Column("name"), Column("domain"))
JOB_CHANGE: Final = (
    Column("id"),
    Column("change", path="job_change_type"),
    Column("first_name", path="person.first_name"),
    Column("last_name", path="person.last_name"),
    Column("title", path="current_position.title"),
    Column("company", path="current_company.input_name"),
    Column("company_domain", path="current_company.input_domain"),
    Column("since", Type.DAY, "current_position.start_date"),
    Column("previous_title", path="previous_position.title"),
    Column("previous_company", path="previous_company.name"),
    Column("email", path="person.email"),
    Column("email_status", path="person.email_status"),
    Column("work_phones", Type.TEXTS, "person.work_phones"),
    Column("phones", Type.TEXTS, "person.personal_phones"),
    Column("linkedin_url", path="person.linkedin_url"),
    Column("country", path="person.country"),
)
TRACKED_CONTACT: Final = (
    Column("id"),
    Column("change", path="job_change_type"),
    Column("first_name"),
    Column("last_name"),
    Column("title"),
    Column("company"),
    Column("company_domain"),
    Column("since", Type.DAY, "job_start_date"),
    Column("previous_title", path="last_known_title"),
    Column("previous_company", path="last_known_company"),
    Column("email"),
    Column("email_status"),
    Column("work_phones", Type.TEXTS),
    Column("phones", Type.TEXTS),
    Column("linkedin_url", path="linked_in"),
    Column("country", path="contact_country"),
    Column("reference_id"),
    Column("external_record_id"),
)

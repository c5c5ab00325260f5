"""The rules of search columns: as many cells as columns, whatever LeadIQ knows."""

from __future__ import annotations

import pytest

from leadiq import Unlock
from leadiq.cli._search_sheets import companies_sheet, people_sheet
from leadiq.types import CompanyWithPeople, Person


@pytest.mark.parametrize("unlock", [(), (Unlock.COMPANY,)])
def test_who_has_nothing_has_empty_cells(unlock: tuple[Unlock, ...]) -> None:
    """A person without anything, and a company with an id alone, fill their row."""
    people, companies = people_sheet(unlock), companies_sheet(unlock)
    person = people.texts(Person.model_validate({"id": "p", "companyId": "c"}))
    assert dict(zip(people.columns, person, strict=True))["company_id"] == "c"
    found = CompanyWithPeople.model_validate(
        {"company": {"id": "c"}, "people": [], "totalContactsInCompany": 0}
    )
    assert companies.texts(found)[:4] == ["c", "", "0", ""]
    for sheet in (people, companies):
        assert {*sheet.brief} <= {*sheet.columns}

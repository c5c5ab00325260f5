"""The rules of tracking columns: as many cells as columns, whatever LeadIQ knows."""

from __future__ import annotations

from leadiq.cli._track_sheets import CHANGES, COMPANIES, CONTACTS
from leadiq.types import TrackedContact


def test_who_moved_has_both_jobs() -> None:
    """A contact's row has the new job, the one before, and references of one's own."""
    contact = TrackedContact.model_validate(
        {
            "id": "c",
            "firstName": "Ann",
            "lastName": "Example",
            "company": "Example Inc",
            "lastKnownCompany": "Other",
            "phones": ["+15550100", "+15550101"],
            "phonesWithQuality": [],
            "workPhones": [],
            "referenceId": "7",
            "jobChangeType": "JobChange",
            "duplicateRecordIds": [],
            "duplicateAccountIds": [],
            "matchedICPIds": [],
        }
    )
    row = dict(zip(CONTACTS.columns, CONTACTS.texts(contact), strict=True))
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": "c",
        "change": "JobChange",
        "first_name": "Ann",
        "last_name": "Example",
        "company": "Example Inc",
        "previous_company": "Other",
        "phones": "+15550100; +15550101",
        "reference_id": "7",
    }


def test_a_table_shows_columns_that_there_are() -> None:
    """What a terminal shows is among the columns."""
    for sheet in (CHANGES, COMPANIES, CONTACTS):
        assert {*sheet.brief} <= {*sheet.columns}

"""The rules of result columns: what was bought, the best of it, nothing that may not be used."""

from __future__ import annotations

from typing import Any

import pytest

import records
from leadiq import Unlock
from leadiq._engine.cells import person_cells, person_columns, result_cells, result_columns
from leadiq._engine.enrich import Outcome, Status

ALL = frozenset(Unlock)


def cells(person: Any, *unlock: Unlock) -> dict[str, str]:
    """Return a person's cells by column."""
    return dict(zip(person_columns(unlock), person_cells(person, unlock), strict=True))


def test_columns_are_those_of_what_was_unlocked() -> None:
    """The header says what was bought, and every row has as many cells."""
    plain = result_columns(())
    assert plain[:4] == ["leadiq_status", "leadiq_reason", "leadiq_matches", "leadiq_shared"]
    assert plain == result_columns({Unlock.PROFILE})
    assert not any("email" in name or "phone" in name or "domain" in name for name in plain)
    work = result_columns({Unlock.WORK_EMAIL})
    assert [name for name in work if name not in plain] == [
        "leadiq_work_email",
        "leadiq_work_email_status",
    ]
    assert {name.partition("leadiq_")[0] for name in result_columns(ALL)} == {""}
    assert len(result_columns(ALL)) == len(set(result_columns(ALL))) == len(plain) + 8 + 7


def test_a_row_without_a_person_says_why() -> None:
    """The first cells hold status and reason, all others are empty."""
    invalid = result_cells(
        Outcome(line=2, row=None, status=Status.INVALID, reason="no identifier"), ALL
    )
    assert invalid == ["invalid", "no identifier"] + [""] * (len(result_columns(ALL)) - 2)
    found = Outcome(
        line=2, row=None, status=Status.FOUND, person=records.person(), matches=3, shared=True
    )
    assert result_cells(found, ())[:5] == ["found", "", "3", "yes", records.person().id]


def test_a_person_in_full() -> None:
    """Profile, company and place each go to their column."""
    company = {
        "id": "c",
        "name": "Example Inc",
        "domain": "example.com",
        "industry": "Toys",
        "numberOfEmployees": 0,
        "employeeRange": "1-10",
        "linkedinUrl": "https://www.linkedin.com/company/example",
        "foundedYear": 1999,
        "locationInfo": {"city": "Oslo", "country": "Norway"},
    }
    ann = records.person(
        currentPositions=[records.position(companyInfo=company)],
        linkedin={
            "linkedinUrl": "https://www.linkedin.com/in/ann",
            "type": "NotApplicable",
            "status": "Valid",
            "updatedAt": "2026-01-01T00:00:00Z",
        },
        location={
            "city": "Bergen",
            "areaLevel1": "Vestland",
            "country": "Norway",
            "type": "NotApplicable",
            "status": "Valid",
            "updatedAt": "2026-01-01T00:00:00Z",
        },
    )
    assert cells(ann, Unlock.COMPANY) == {
        "id": ann.id,
        "first_name": "Ann",
        "last_name": "Example",
        "title": "Clerk",
        "company": "Example Inc",
        "company_id": "Example Inc",
        "linkedin_url": "https://www.linkedin.com/in/ann",
        "city": "Bergen",
        "state": "Vestland",
        "country": "Norway",
        "company_domain": "example.com",
        "company_industry": "Toys",
        "company_employees": "0",
        "company_country": "Norway",
        "company_city": "Oslo",
        "company_linkedin_url": "https://www.linkedin.com/company/example",
        "company_founded": "1999",
    }
    del company["numberOfEmployees"]
    ann = records.person(currentPositions=[records.position(companyInfo=company)])
    assert cells(ann, Unlock.COMPANY)["company_employees"] == "1-10"


def test_a_person_without_anything() -> None:
    """Whoever has no position, place, profile or contact has empty cells for them."""
    nobody = records.person(
        currentPositions=[], name={"first": "Ann", "fullName": "Ann"}, personalEmails=None
    )
    assert set(person_cells(nobody, ALL)) == {nobody.id, "Ann", ""}


def test_the_position_that_was_asked_for_comes_first() -> None:
    """Title and company are those of the position that matched the query, else the first."""
    jobs = [records.position("First"), records.position("Asked", matchedQuery=True, title="Boss")]
    assert cells(records.person(currentPositions=jobs))["company"] == "Asked"
    assert cells(records.person(currentPositions=jobs))["title"] == "Boss"
    assert cells(records.person(currentPositions=jobs[:1]))["company"] == "First"


@pytest.mark.parametrize(
    ("statuses", "best"),
    [
        (["Unverified", "VerifiedLikely", "Verified"], "Verified"),
        (["Unverified", "Invalid", "VerifiedLikely"], "VerifiedLikely"),
        (["Suppressed", "Unverified"], "Unverified"),
    ],
)
def test_the_best_email_wins(statuses: list[str], best: str) -> None:
    """Verified beats VerifiedLikely beats Unverified, over all current positions."""
    mails = [records.contact(f"{status}@example.com", status) for status in statuses]
    jobs = [records.position(emails=[mail]) for mail in mails[:-1]]
    jobs.append(records.position(workEmail=mails[-1]))
    found = cells(records.person(currentPositions=jobs), Unlock.WORK_EMAIL)
    assert (found["work_email"], found["work_email_status"]) == (f"{best}@example.com", best)


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        (["Invalid"], "Invalid"),
        (["Invalid", "Suppressed"], "Suppressed"),
        (["SuppressedByAdminPrivacy"], "SuppressedByAdminPrivacy"),
        (["Tomorrow"], "Tomorrow"),
        ([], ""),
    ],
)
def test_what_may_not_be_used_is_not_written(statuses: list[str], said: str) -> None:
    """Wrong, suppressed and unheard-of values leave the cell empty; the status says why."""
    mails = [records.contact("x@example.com", status, "PersonalEmail") for status in statuses]
    phones = [records.contact("+15550100", status, "PersonalMobile") for status in statuses]
    ann = records.person(personalEmails=mails, personalPhones=phones)
    found = cells(ann, Unlock.PERSONAL_EMAIL, Unlock.PERSONAL_PHONE)
    assert (found["personal_email"], found["personal_email_status"]) == ("", said)
    assert (found["personal_phone"], found["personal_phone_status"]) == ("", said)


def test_a_fax_is_no_phone() -> None:
    """Phones are taken by status, and a fax never."""
    phones = [
        records.contact("+15550101", "Verified", "Fax"),
        records.contact("+15550102", "Unverified", "WorkPhone"),
        records.contact("+15550103", "LikelyAccurate", "WorkMobile"),
    ]
    found = cells(
        records.person(currentPositions=[records.position(phones=phones)]), Unlock.WORK_PHONE
    )
    assert (found["work_phone"], found["work_phone_status"]) == ("+15550103", "LikelyAccurate")

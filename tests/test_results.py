"""Picking out of a record: the best first, the wrong never, the suppressed as what it is."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from leadiq.results import (
    Suppressed,
    best_personal_email,
    best_work_email,
    current_position,
    current_positions,
    direct_phones,
)
from leadiq.types import EmailVerificationStatusType, PersonRecord, PhoneVerificationStatusType

NOW = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
# Best first; what is not here is never given.
EMAILS = ["Verified", "VerifiedLikely", "Unverified", "CheckedTwice"]


def email(status: str, value: str = "") -> dict[str, Any]:
    """An address whose value says its status, unless another is given."""
    value = value or f"{status.lower()}@example.com"
    return {"type": "WorkEmail", "status": status, "updatedAt": NOW, "value": value}


def phone(
    status: str, verification: str = "None", *, kind: str = "WorkMobile", value: str = ""
) -> dict[str, Any]:
    """A phone whose value says its states, unless another is given."""
    return {
        "type": kind,
        "status": status,
        "verificationStatus": verification,
        "updatedAt": NOW,
        "value": value or f"{status}/{verification}",
    }


def job(title: str = "CTO", *, matched: bool = False, **contacts: Any) -> dict[str, Any]:
    """A current position."""
    return {
        "companyId": "MergedCompany-1",
        "title": title,
        "updatedAt": NOW,
        "matchedQuery": matched,
        **contacts,
    }


def person(*jobs: dict[str, Any], **contacts: Any) -> PersonRecord:
    """Somebody with these positions and personal contacts, as LeadIQ answers."""
    return PersonRecord.model_validate(
        {
            "id": "PersonID-1",
            "name": {"first": "Ada", "last": "Example", "fullName": "Ada Example"},
            "currentPositions": jobs,
            "pastPositions": [],
            "profiles": [],
            "education": [],
            **contacts,
        }
    )


@pytest.mark.parametrize("emails", list(permutations(EMAILS, 2)), ids="-".join)
def test_the_best_verified_address_wins(emails: tuple[str, str]) -> None:
    """Whatever the order of the answer; a status that nobody knows ranks below the known ones."""
    somebody = person(job(emails=[email(status) for status in emails]))
    best = best_work_email(somebody)
    assert best is not None
    assert not isinstance(best, Suppressed)
    assert best.status == min(emails, key=EMAILS.index)


def test_every_status_of_an_address_has_its_place() -> None:
    """A status that the contract gains has to be ranked here, or is taken for unknown."""
    ranked = {*EMAILS[:3], "Invalid", "Suppressed"}
    assert {status.value for status in EmailVerificationStatusType} == ranked


def test_every_status_of_a_phone_has_its_place() -> None:
    """A status that the contract gains has to be ranked here, or is taken for unknown."""
    ranked = {"Verified", "LikelyAccurate", "Unverified", "Invalid", "Suppressed"}
    assert {status.value for status in PhoneVerificationStatusType} == ranked


def test_the_main_position_wins_between_equals() -> None:
    """Of addresses that are verified alike, that of the position that was asked for is given."""
    somebody = person(
        job(emails=[email("Verified", "one@example.com")]),
        job(matched=True, emails=[email("Verified", "two@example.com")]),
    )
    best = best_work_email(somebody)
    assert not isinstance(best, Suppressed)
    assert best
    assert best.value == "two@example.com"


def test_an_address_of_leadiqs_choice_counts() -> None:
    """`workEmail` is considered beside `emails`, and first between equals."""
    somebody = person(
        job(workEmail=email("Verified", "chosen@example.com"), emails=[email("Verified")])
    )
    best = best_work_email(somebody)
    assert not isinstance(best, Suppressed)
    assert best
    assert best.value == "chosen@example.com"


@pytest.mark.parametrize(
    ("statuses", "found"),
    [
        ([], None),
        (["Invalid"], None),
        (["Suppressed"], Suppressed("Suppressed")),
        (["Invalid", "SuppressedByAdminPrivacy"], Suppressed("SuppressedByAdminPrivacy")),
    ],
)
def test_nothing_and_suppressed_are_two_things(statuses: list[str], found: Any) -> None:
    """Withheld is never missing, and what is known to be wrong is never given."""
    emails = [email(status) for status in statuses]
    assert best_work_email(person(job(emails=emails))) == found
    assert best_personal_email(person(personalEmails=emails)) == found


def test_what_may_be_used_goes_before_what_is_withheld() -> None:
    """One withheld address does not hide another one that may be used."""
    emails = [email("Suppressed"), email("Unverified")]
    best = best_personal_email(person(personalEmails=emails))
    assert not isinstance(best, Suppressed)
    assert best
    assert best.status is EmailVerificationStatusType.Unverified


def test_what_was_not_unlocked_is_nothing() -> None:
    """Contacts that were not selected are none, for every helper."""
    somebody = person(job())
    assert best_work_email(somebody) is None
    assert best_personal_email(somebody) is None
    assert direct_phones(somebody) == []


def test_phones_come_best_verified_first() -> None:
    """By status and verification; work before personal between equals; unknown states last."""
    work = [
        phone("Tested", "Odd"),
        phone("Unverified"),
        phone("Invalid"),
        phone("Tested", "LikelyAccurate"),
        phone("Suppressed"),
        phone("Verified", "LikelyAccurate"),
    ]
    somebody = person(
        job(phones=work), personalPhones=[phone("LikelyAccurate", kind="PersonalMobile")]
    )
    phones = direct_phones(somebody)
    assert not isinstance(phones, Suppressed)
    assert [found.value for found in phones] == [
        "Verified/LikelyAccurate",
        "Tested/LikelyAccurate",
        "LikelyAccurate/None",
        "Unverified/None",
        "Tested/Odd",
    ]


@pytest.mark.parametrize("kind", ["WorkHQ", "WorkBranch", "Fax"])
def test_switchboards_and_machines_are_not_direct(kind: str) -> None:
    """A phone that does not reach the person is not among the direct ones."""
    assert direct_phones(person(job(phones=[phone("Verified", kind=kind)]))) == []


@pytest.mark.parametrize("kind", ["WorkPhone", "WorkMobile", "Satellite"])
def test_a_phone_of_a_new_kind_is_direct(kind: str) -> None:
    """A kind that nobody knows is not left out: it was paid for."""
    phones = direct_phones(person(job(phones=[phone("Verified", kind=kind)])))
    assert not isinstance(phones, Suppressed)
    assert len(phones) == 1


def test_withheld_phones_are_not_missing_ones() -> None:
    """With nothing else to give, suppression is what is told."""
    assert direct_phones(person(job(phones=[phone("Suppressed")]))) == Suppressed()
    by_verification = person(personalPhones=[phone("LikelyAccurate", "SuppressedByAdminPrivacy")])
    assert direct_phones(by_verification) == Suppressed("SuppressedByAdminPrivacy")


def test_the_current_position_is_the_one_that_was_asked_for() -> None:
    """Else the first, as LeadIQ orders them; none when there is none."""
    jobs = [job("One"), job("Two", matched=True), job("Three")]
    titles = [position.title for position in current_positions(person(*jobs))]
    assert titles == ["Two", "One", "Three"]
    main = current_position(person(*jobs))
    assert main
    assert main.title == "Two"
    assert current_position(person()) is None

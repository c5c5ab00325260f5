"""Rules of what a look-up shows of a person: statuses, qualities, and nothing suppressed."""

from __future__ import annotations

import pytest

from leadiq.sandbox._company_records import CompanyRecords
from leadiq.sandbox._dates import Calendar
from leadiq.sandbox._person_records import PersonRecords, Shown
from leadiq.sandbox._values import EmailAddress, PhoneNumber
from leadiq.sandbox._world import World

STATUSES = ("Verified", "VerifiedLikely", "Unverified", "Invalid", "Suppressed")
PHONES = ("Verified", "LikelyAccurate", "Unverified", "Invalid", "Suppressed")


def shown_work(shown: Shown) -> set[str]:
    return {s for s in STATUSES if shown.work_email(EmailAddress("x", s, 1))}


def shown_phones(shown: Shown) -> set[str]:
    return {s for s in PHONES if shown.phone(PhoneNumber("x", "WorkPhone", s, "None", 1))}


def test_invalid_addresses_appear_on_request() -> None:
    """Invalid addresses are left out unless includeInvalid, or their status, is asked for [ref]."""
    assert shown_work(Shown()) == set(STATUSES) - {"Invalid"}
    assert shown_work(Shown(invalid=True)) == set(STATUSES)
    assert shown_work(Shown(work_statuses=frozenset({"Invalid"}))) == {"Invalid"}
    assert shown_work(Shown(work_statuses=frozenset({"Verified"}))) == {"Verified"}
    private = EmailAddress("x", "Invalid", 1)
    assert Shown().personal_email(private) is None
    assert Shown(invalid=True).personal_email(private) is private
    assert Shown().work_email(None) is Shown().personal_email(None) is None


@pytest.mark.parametrize(
    ("quality", "statuses"),
    [
        ("AllPhones", {"Verified", "LikelyAccurate", "Unverified"}),
        ("HigherQualityPhones", {"Verified", "LikelyAccurate"}),
        ("HighestQualityPhones", {"Verified"}),
    ],
)
def test_phone_qualities(quality: str, statuses: set[str]) -> None:
    """A quality leaves out worse numbers; a suppressed entry stays, for it holds nothing."""
    assert shown_phones(Shown(phone_quality=quality)) == statuses | {"Suppressed"}
    also = {"Invalid"} if quality == "AllPhones" else set()
    assert (
        shown_phones(Shown(phone_quality=quality, invalid=True)) == statuses | {"Suppressed"} | also
    )
    assert Shown().phone(None) is None


def test_matched_query_marks_the_company_that_was_asked_for(
    world: World, calendar: Calendar
) -> None:
    """Only positions at the company that the query named are marked."""
    records = PersonRecords(world, calendar, CompanyRecords(world, calendar))
    person = world.person(next(i for i in range(2000) if world.person(i).job_change == "JobChange"))
    for asked in (person.current[0].company, person.past[0].company, None):
        record = records.record(person, Shown(), confidence=1, matched=asked)
        marks = [
            job["matchedQuery"] for job in (*record["currentPositions"], *record["pastPositions"])
        ]
        jobs = (*person.current, *person.past)
        assert marks == [job.company == asked for job in jobs]

"""The rules of merging: what the one answer left open the other fills in, and nothing is lost."""

from __future__ import annotations

from leadiq._engine.merging import merged
from records import contact, person, position

MAIL = contact("ann@example.com", "Verified")
PHONE = contact("+15550100", "Verified", "WorkDirect")


def test_data_points_of_both_are_there() -> None:
    """Mail of the first and phones of the second end in one position."""
    first = person(currentPositions=[position(emails=[MAIL])])
    second = person(currentPositions=[position(phones=[PHONE])], personalPhones=[PHONE])
    (job,) = merged(first, second).current_positions
    assert job.emails
    assert job.phones
    assert (job.emails[0].value, job.phones[0].value) == ("ann@example.com", "+15550100")
    assert merged(first, second).personal_phones
    assert first.current_positions[0].phones is None


def test_what_both_have_stays_as_it_was() -> None:
    """The first word counts, for a value as for a list."""
    first = person(currentPositions=[position(title="Clerk", emails=[MAIL])])
    second = person(
        currentPositions=[position(title="Boss", emails=[contact("b@example.com", "Verified")])]
    )
    (job,) = merged(first, second).current_positions
    assert job.emails
    assert (job.title, len(job.emails), job.emails[0].value) == ("Clerk", 1, "ann@example.com")


def test_positions_find_each_other() -> None:
    """By company and title, else by company; one that is new is added."""
    first = person(
        currentPositions=[position("A", title="one"), position("A", title="two"), position("B")]
    )
    second = person(
        currentPositions=[
            position("A", title="two", phones=[PHONE]),
            position("C", phones=[PHONE]),
        ]
    )
    jobs = merged(first, second).current_positions
    assert [(job.company_id, job.title, bool(job.phones)) for job in jobs] == [
        ("A", "one", False),
        ("A", "two", True),
        ("B", "Clerk", False),
        ("C", "Clerk", True),
    ]


def test_the_company_is_filled_in() -> None:
    """A company of which only the name was known gets the rest."""
    known = {"id": "Example Inc", "name": "Example Inc", "domain": "example.com"}
    (job,) = merged(
        person(), person(currentPositions=[position(companyInfo=known)])
    ).current_positions
    assert job.company_info
    assert job.company_info.domain == "example.com"

"""The rules of the survey: it counts rows and lookups, and keeps no more than it must."""

from __future__ import annotations

from leadiq._engine.identity import InvalidLead, Lead
from leadiq.cli._survey import Survey


def test_a_file_is_counted() -> None:
    """Rows, invalid ones, different leads, and how many rows each lead has."""
    emails = ["ann@example.com", "bob@example.com", "ANN@example.com", "ann@example.com"]
    leads = [Lead.from_text(email=email) for email in emails]
    survey = Survey([*leads, InvalidLead("no identifier")])
    assert (survey.rows, survey.invalid, survey.lookups) == (5, 1, 2)
    assert [survey.repeats(lead.key) for lead in leads] == [3, 1, 3, 3]
    assert len(survey._repeated) == 1


def test_an_empty_file_is_counted() -> None:
    """No rows, no lookups."""
    survey = Survey([])
    assert (survey.rows, survey.invalid, survey.lookups) == (0, 0, 0)

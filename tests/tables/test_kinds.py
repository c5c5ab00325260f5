"""The rules of kinds: of which items there is a table, and what an answer holds."""

from __future__ import annotations

import pytest

from leadiq import InputError, Outcome, Page
from leadiq._tables.kinds import held_by, kind_of, yielded_by
from leadiq.types import (
    CompanyInfo,
    CompanySearchPage,
    CompanySearchResult,
    CompanyWithPeople,
    Person,
    PersonRecord,
    PersonSearchPage,
    SearchResult,
)


def test_a_subclass_is_of_the_kind_of_its_base() -> None:
    """What users derive from a model has its columns."""

    class Colleague(Person):
        pass

    assert kind_of(Colleague).base is Person
    assert kind_of(PersonRecord).base is PersonRecord


def test_other_items_are_refused_by_their_class() -> None:
    """The text says of what there are tables, and nothing was sent."""
    with pytest.raises(InputError, match="no table of dict: it takes items of Outcome") as refused:
        kind_of(dict)
    assert not refused.value.sent


def test_an_answer_tells_its_items_and_their_kind() -> None:
    """Also where it is empty; a page of a listing holds what it holds."""
    more = {"totalResults": 0, "hasMore": False, "results": []}
    answers = [
        (PersonSearchPage(people=[]), Person),
        (CompanySearchPage(companies=[]), CompanyWithPeople),
        (SearchResult.model_validate(more), PersonRecord),
        (CompanySearchResult.model_validate(more), CompanyInfo),
        (Page([], None, ""), None),
    ]
    for answer, kind in answers:
        assert held_by(answer) == (kind, [])
    assert held_by([]) is None


def test_only_a_job_tells_what_it_yields() -> None:
    """The columns of a job are known before its first outcome."""
    from leadiq import Run

    assert yielded_by(object.__new__(Run)) is Outcome
    assert yielded_by(iter(())) is None

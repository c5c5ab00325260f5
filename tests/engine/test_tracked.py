"""Companies and contacts: refused before they are sent, and matched with their results."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq import InputError
from leadiq._engine import tracked
from leadiq._engine.writes import WriteStatus
from leadiq.types import (
    AddTrackedCompanyInput,
    AddTrackedCompanyResult,
    RemoveTrackedCompaniesResponse,
    TrackContactInput,
    TrackContactsInput,
)
from team_replies import add_result, removed

DONE, REFUSED, UNKNOWN = WriteStatus.DONE, WriteStatus.REFUSED, WriteStatus.UNKNOWN


def company(name: str, domain: str | None = None) -> AddTrackedCompanyInput:
    return AddTrackedCompanyInput(name=name, domain=domain or f"{name}.example.com")


def result(name: str, *errors: str, domain: str | None = None) -> AddTrackedCompanyResult:
    raw = add_result(name, domain or f"{name}.example.com", *errors)
    return AddTrackedCompanyResult.model_validate(raw)


def test_companies_go_with_canonical_domains() -> None:
    """A web address becomes its host; the caller's own input is left as it is."""
    given = company("a", "https://www.A.example.com/x")
    (sent,) = tracked.checked_companies([given])
    assert (sent.name, sent.domain) == ("a", "a.example.com")
    assert given.domain == "https://www.A.example.com/x"


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (company(" "), "companies[1].name"),
        (company("b", "nowhere"), "companies[1].domain"),
        ({"name": "b", "domain": "b.example.com"}, "companies[1]"),
    ],
    ids=["name", "domain", "type"],
)
def test_a_bad_company_is_refused_by_its_place(bad: Any, field: str) -> None:
    """The entry and the field are named, so that a thousand rows can be mended."""
    with pytest.raises(InputError) as refused:
        tracked.checked_companies([company("a"), bad])
    assert str(refused.value).startswith(f"{field}: ")


def test_results_find_their_companies_in_any_order() -> None:
    """Each company gets its own result, whatever the order, with LeadIQ's reasons redacted."""
    rows = tracked.added(
        [company("a"), company("b"), company("c")],
        [result("c"), result("A"), result("b", "unknown domain of ada@example.com")],
    )
    assert [(row.given.name, row.status) for row in rows] == [
        ("a", DONE),
        ("b", REFUSED),
        ("c", DONE),
    ]
    assert rows[0].answer is not None
    assert rows[0].answer.id == "id-A"
    assert rows[1].reason == "unknown domain of <hidden>"


def test_doubles_keep_their_order() -> None:
    """The same company twice: the first one has the first result."""
    rows = tracked.added([company("a"), company("a")], [result("a"), result("a", "there already")])
    assert [row.status for row in rows] == [DONE, REFUSED]


def test_results_that_were_respelt_are_matched_in_order() -> None:
    """What cannot be matched by name goes by its place when the numbers agree."""
    rows = tracked.added(
        [company("a"), company("b"), company("c")],
        [result("a"), result("B Inc."), result("C Ltd.", "no")],
    )
    assert [row.status for row in rows] == [DONE, DONE, REFUSED]


def test_a_company_that_the_answer_leaves_out_is_unknown() -> None:
    """No result is no proof that it was not added; nobody gets another's result."""
    rows = tracked.added([company("a"), company("b"), company("b")], [result("b"), result("x")])
    assert [row.status for row in rows] == [UNKNOWN, DONE, UNKNOWN]
    assert [row.status for row in tracked.added([company("a")], [])] == [UNKNOWN]


def test_every_removed_id_gets_its_result() -> None:
    """Gone, not there, and left out of the answer are told apart."""
    raw = removed("1", not_found=("2",))["data"]["removeTrackedCompanies"]
    rows = tracked.removed(["2", "1", "3"], RemoveTrackedCompaniesResponse.model_validate(raw))
    assert [row.status for row in rows] == [WriteStatus.NOT_FOUND, DONE, UNKNOWN]


def contacts(**changed: Any) -> TrackContactsInput:
    import_id = changed.pop("import_id", "import-1")
    fields = {"company_name": "A", "first_name": "Ada", "last_name": "Example"} | changed
    return TrackContactsInput(import_id=import_id, contacts=[TrackContactInput(**fields)])


def test_good_contacts_pass() -> None:
    """Every identifier may be given, or none but the names."""
    tracked.check_contacts(contacts())
    tracked.check_contacts(
        contacts(
            email="ada@example.com",
            company_domain="a.example.com",
            personal_linked_in_url="https://www.linkedin.com/in/ada-example",
        )
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"import_id": ""}, "import_id"),
        ({"first_name": ""}, "contacts[0].first_name"),
        ({"email": "ada"}, "contacts[0].email"),
        ({"company_domain": "a"}, "contacts[0].company_domain"),
        ({"personal_linked_in_url": "me"}, "contacts[0].personal_linked_in_url"),
    ],
)
def test_a_bad_contact_is_refused_by_its_place(changed: dict[str, str], field: str) -> None:
    """The entry and the field are named."""
    with pytest.raises(InputError) as refused:
        tracked.check_contacts(contacts(**changed))
    assert str(refused.value).startswith(f"{field}: ")


def test_no_contacts_are_nothing_to_track() -> None:
    """An empty run would begin nothing."""
    with pytest.raises(InputError, match="at least one"):
        tracked.check_contacts(TrackContactsInput(import_id="x", contacts=[]))

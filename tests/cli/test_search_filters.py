"""The rules of filters: every option reaches its member, and contradictions are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leadiq import InputError
from leadiq.cli._problems import Problem
from leadiq.cli._search_filters import Filters
from leadiq.types import ContactSortingOption, FlatSearchInput

ID = "MergedCompany-0123456789abcdef01234567"
DAY_MS = 1_769_817_600_000  # 2026-01-31


def wire(filters: Filters, **more: Any) -> Any:
    """Return what would be sent."""
    asked = filters.search(FlatSearchInput, more, everyone=False)
    return asked.model_dump(mode="json", by_alias=True, exclude_unset=True)


@pytest.mark.parametrize(
    ("option", "value", "where", "member", "sent"),
    [
        ("title", ["CTO"], "contact", "titles", ["CTO"]),
        ("seniority", ["vp"], "contact", "seniorities", ["VP"]),
        ("function", ["Sales"], "contact", "roles", ["Sales"]),
        ("name", [" Ann "], "contact", "names", ["Ann"]),
        ("linkedin_url", ["linkedin.com/in/Ann"], "contact", "linkedinUrls", None),
        ("country", ["Norway"], "contact", "locations", [{"country": "Norway"}]),
        ("work_email", ["verified"], "contact", "containsWorkEmails", ["Verified"]),
        ("hired_since", "2026-01-31", "contact", "newHireFrom", DAY_MS),
        ("promoted_since", "2026-01-31", "contact", "newPromotionFrom", DAY_MS),
        ("updated_since", "2026-01-31", "contact", "updatedAt", {"start": DAY_MS}),
        ("company", ["Example Inc"], "company", "names", ["Example Inc"]),
        ("company_domain", ["https://www.Example.com/x"], "company", "domains", ["example.com"]),
        ("company_id", [ID], "company", "ids", [ID]),
        ("industry", ["Toys"], "company", "industries", ["Toys"]),
        ("size", ["5+"], "company", "sizes", [{"min": 5}]),
        ("technology", ["Rust"], "company", "technologies", ["Rust"]),
        ("company_country", ["Norway"], "company", "locations", [{"country": "Norway"}]),
    ],
)
def test_each_option_is_its_member(
    option: str, value: Any, where: str, member: str, sent: Any
) -> None:
    """An option alone is a search with that member alone."""
    found = wire(Filters(**{option: value}))
    (only,) = found.values()
    assert found.keys() == {f"{where}Filter"}
    assert only.keys() == {member}
    assert sent is None or only[member] == sent


def test_what_is_left_out() -> None:
    """Exclusions stand beside a condition."""
    found = wire(Filters(title=["CTO"], not_title=["Intern"], not_company_domain=["example.com"]))
    assert found["contactExcludedFilter"] == {"titles": ["Intern"]}
    assert found["companyExcludedFilter"] == {"domains": ["example.com"]}


def test_places_narrow_each_other() -> None:
    """Cities are those of the state and country beside them."""
    found = wire(Filters(city=["A", "B"], state=["S"], country=["C"], company_state=["T", "U"]))
    within = {"areaLevel1": "S", "country": "C"}
    assert found["contactFilter"]["locations"] == [{"city": name, **within} for name in ("A", "B")]
    states = found["companyFilter"]["locations"]
    assert [one["areaLevel1"] for one in states] == ["T", "U"]


def test_the_whole_input_as_json(tmp_path: Path) -> None:
    """--filter takes the contract's input, from the command line or a file, and an order beside."""
    given = {"contactFilter": {"titles": ["CTO"]}, "companyFilter": {"names": ["Example Inc"]}}
    (tmp_path / "f.json").write_text(json.dumps(given))
    assert wire(Filters(filter=json.dumps(given))) == given
    order = [ContactSortingOption.NameAsc]
    found = wire(Filters(filter=f"@{tmp_path / 'f.json'}"), sort_contacts_by=order)
    assert found == {**given, "sortContactsBy": ["NameAsc"]}


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        ({}, "no filter says what to find"),
        ({"not_title": ["CTO"]}, "no filter says what to find"),
        ({"filter": "{}"}, "no filter says what to find"),
        ({"filter": "{}", "company_id": [ID]}, "put --company-id into it"),
        ({"filter": "nope"}, "--filter is no JSON, line 1"),
        ({"filter": "[]"}, "has to be a JSON object"),
        ({"filter": "@/nowhere/f.json"}, "cannot read"),
        ({"filter": '{"skip": 1}'}, "skip is no filter; leave it out and use --resume"),
        ({"filter": '{"contactFilter": {"titel": ["x"]}}'}, "--filter: .*did you mean titles"),
        ({"filter": '{"sortContactsBy": ["NameAsc"]}'}, "an option says it too"),
        ({"city": ["A"], "country": ["B", "C"]}, "--country says several"),
        ({"company_state": ["A"], "company_country": ["B", "C"]}, "--company-country says several"),
        ({"title": [""]}, "--title is empty"),
    ],
)
def test_what_cannot_be_meant_is_refused(filters: dict[str, Any], says: str) -> None:
    """Contradictions and empty searches name the option and what would do."""
    with pytest.raises(Problem, match=says):
        wire(Filters(**filters), sort_contacts_by=[ContactSortingOption.IdAsc])


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        ({"company_domain": ["Example Inc"]}, "--company-domain: "),
        ({"company_id": ["7"]}, "--company-id: "),
        ({"linkedin_url": ["example.com"]}, "--linkedin-url: "),
        ({"filter": '{"contactFilter": {"titles": []}}'}, "empty list"),
    ],
)
def test_malformed_values_are_refused(filters: dict[str, Any], says: str) -> None:
    """Values that LeadIQ cannot take name their option or member, and are not in the text."""
    with pytest.raises(InputError, match=says) as refused:
        wire(Filters(**filters))
    assert refused.value.sent is False
    assert "Example Inc" not in str(refused.value)


def test_everything_needs_its_word() -> None:
    """A search without conditions is allowed when it is said."""
    assert Filters().search(FlatSearchInput, {}, everyone=True).contact_filter is None

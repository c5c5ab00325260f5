"""Variables of a user's own document: what is refused, in words without values."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import parse

from leadiq._core.errors import InputError
from leadiq._schema.packaged import packaged_schema
from leadiq._schema.selection import operation_of
from leadiq._schema.values import check_values, nearest

HEAD = (
    "query($who: SearchPeopleInput!, $limit: Int = 3, $lines: [ICPProductLine!], "
    "$add: AddTrackedCompaniesInput) { __typename }"
)


def check(**variables: Any) -> None:
    """Hold variables against the operation above."""
    check_values(packaged_schema(), operation_of(parse(HEAD), None), variables)


@pytest.mark.parametrize(
    "variables",
    [
        {"who": {}},
        {"who": {"email": "ada@example.com", "limit": None}, "limit": None},
        {"who": {"workEmailStatusIn": ["Verified"]}, "limit": 5, "lines": []},
        {"who": {}, "add": {"companies": [{"name": "A", "domain": "b", "customData": [1]}]}},
    ],
)
def test_what_fits_is_taken(variables: dict[str, Any]) -> None:
    """Optional ones may be left out or be null, and JSON is anything."""
    check(**variables)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, r"\$who is missing; it has to be SearchPeopleInput!"),
        ({"who": None}, "who: it has to be SearchPeopleInput!, not null"),
        ({"who": ["Ada"]}, "who: it has to be SearchPeopleInput!, not list"),
        ({"whom": {}}, r"no \$whom. Did you mean 'who'"),
        ({"who": {"emial": "Ada"}}, "'emial' is not defined by .* Did you mean 'email'"),
        ({"who": {"limit": "Ada"}}, "who.limit: it has to be Int, not str"),
        ({"who": {"company": {"name": 7}}}, "who.company.name: it has to be String, not int"),
        (
            {"who": {"workEmailStatusIn": ["Verifed"]}},
            "workEmailStatusIn.0: not a value of EmailVerif.*Did you mean 'Verified'",
        ),
        ({"who": {"workEmailStatusIn": [3]}}, "workEmailStatusIn.0: it has to be Email.*, not int"),
        ({"who": {}, "add": {"companies": [{"name": "Ada"}]}}, "'domain' of required type"),
        ({"who": {}, "lines": "Ada"}, "lines: not a value of ICPProductLine|lines: it has to be"),
    ],
)
def test_what_does_not_fit_is_named(variables: dict[str, Any], words: str) -> None:
    """The place, the type and the nearest name are told; never the value."""
    with pytest.raises(InputError, match=words) as caught:
        check(**variables)
    assert "Ada" not in str(caught.value)
    assert not caught.value.sent


@pytest.mark.parametrize(
    "variables",
    [
        {"who": {"\u0130": 1}},
        {"who": {}, "lines": ["\u0130"]},
        {"who": {}, "\u0130": 1},
    ],
    ids=["member", "enum", "variable"],
)
def test_a_word_that_grows_in_lower_case_is_refused_as_any_other(variables: dict[str, Any]) -> None:
    """graphql-core measures its distance to known names wrongly, which is nobody's business."""
    with pytest.raises(InputError, match=r"^variables: "):
        check(**variables)


def test_the_nearest_name_is_hinted_at() -> None:
    """Where the word could be a name of GraphQL's."""
    assert nearest("emial", ["email", "phone"]) == " Did you mean 'email'?"
    assert nearest("\u0130mail", ["email"]) == nearest("zzzzzzz", ["email"]) == ""

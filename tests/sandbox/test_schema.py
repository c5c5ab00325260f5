"""Rules of the executable schema: the packaged text, scalars that check, roots that answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_composite_type,
    is_input_object_type,
    is_required_argument,
    is_required_input_field,
)

from leadiq.sandbox import _schema
from leadiq.sandbox._resolvers import RESOLVERS
from leadiq.sandbox._schema import executable, load_schema_text


def test_a_package_without_its_schema_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The message tells how to make the file."""
    monkeypatch.setattr(_schema, "files", lambda _package: tmp_path)
    with pytest.raises(FileNotFoundError, match="make generate"):
        load_schema_text()


def roots() -> list[tuple[str, str]]:
    schema = executable(load_schema_text())
    assert schema.query_type
    assert schema.mutation_type
    return [
        *(("query", name) for name in schema.query_type.fields),
        *(("mutation", name) for name in schema.mutation_type.fields),
    ]


def test_no_root_field_is_missing() -> None:
    """Every root field of the contract has a resolver, and nothing else has: 18 and 11."""
    assert len(roots()) == 29
    assert {name for _, name in roots()} == set(RESOLVERS)


@pytest.mark.parametrize(("word", "name"), roots())
def test_every_root_field_answers(make: Callable[..., Any], word: str, name: str) -> None:
    """With the least input each field answers with data or as a client error, never as a fault."""
    schema = executable(load_schema_text())
    root = schema.query_type if word == "query" else schema.mutation_type
    assert root
    body = make().ask(f"{word} {{ {call(name, root.fields[name])} }}")
    for error in body.get("errors", ()):
        assert error["extensions"]["response"]["status"] in (400, 404)
        assert error["path"] == [name]


@pytest.mark.parametrize(
    "document",
    [
        '{ flatAdvancedSearch(input: {companyFilter: {cities: ["Paris"]}}) { totalPeople } }',
        '{ flatAdvancedSearch(input: {companyFilter: {descriptions: ["x"]}}) { totalPeople } }',
        '{ searchCompany(input: {source: "x"}) { totalResults } }',
        "mutation { addTrackedCompanies(input: {companies: []}) { total } }",
        "mutation { removeTrackedCompanies(input: {ids: []}) { totalRemaining } }",
    ],
)
def test_what_only_the_reference_has_is_not_there(make: Callable[..., Any], document: str) -> None:
    """A document that names a member that live servers lack fails as a whole."""
    body = make().ask(document)
    assert "data" not in body or body["data"] is None
    assert body["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_no_member_left_is_marked_as_the_references() -> None:
    """No type or input shows a member that only the published reference has."""
    for kind in executable(load_schema_text()).type_map.values():
        for member in getattr(kind, "fields", {}).values():
            assert "published reference" not in (member.deprecation_reason or "")


def call(name: str, field: Any) -> str:
    """Write a call of a root field with the least arguments and selection."""
    arguments = ", ".join(
        f"{key}: {value(argument.type)}"
        for key, argument in field.args.items()
        if is_required_argument(argument)
    )
    inside = " { __typename }" if is_composite_type(get_named_type(field.type)) else ""
    return name + (f"({arguments})" if arguments else "") + inside


def value(kind: Any) -> str:
    """Write the least value of an input type."""
    if isinstance(kind, GraphQLNonNull):
        return value(kind.of_type)
    if isinstance(kind, GraphQLList):
        return "[]"
    if is_input_object_type(kind):
        parts = [
            f"{k}: {value(f.type)}" for k, f in kind.fields.items() if is_required_input_field(f)
        ]
        return "{" + ", ".join(parts) + "}"
    return {"Int": "1", "Long": "1"}.get(kind.name, '"x"')


def test_a_schema_of_ones_own(make: Callable[..., Any]) -> None:
    """The settings may hold another schema, even one without mutations or scalars of LeadIQ's."""
    sandbox = make(
        schema="type Query { account: Account hello: String } type Account { plans: [Int] }"
    )
    assert sandbox.data("{ account { __typename } }") == {"account": {"__typename": "Account"}}
    assert sandbox.ask("{ hello }")["errors"][0]["extensions"]["code"] == "NOT_IMPLEMENTED"


FLAT = (
    "query($v: Long) { flatAdvancedSearch(input: {contactFilter: {newHireFrom: $v}})"
    " { totalPeople } }"
)
TRENDS = (
    'query($v: ZonedDateTime) { searchCompany(input: {id: "x"})'
    " { results { functionTrends(from: $v) { time } } } }"
)
CURSOR = "query($v: Cursor) { trackedContacts(limit: 1, cursor: $v) { isProcessing } }"


def test_enums_are_read_from_variables_and_documents(make: Callable[..., Any]) -> None:
    """An enum value is as good in a variable as in the document, and an unknown one in neither."""
    query = (
        "query($v: Seniority!) { flatAdvancedSearch(input: {contactFilter: {seniorities: [$v]}})"
    )
    fields = " { totalPeople people { seniority } } }"
    given = make().data(query + fields, {"v": "VP"})
    written = make().data(query.replace("($v: Seniority!)", "").replace("$v", "VP") + fields)
    assert given == written
    assert {row["seniority"] for row in given["flatAdvancedSearch"]["people"]} == {"VP"}
    assert "errors" in make().ask(query + fields, {"v": "Emperor"})


@pytest.mark.parametrize("good", [0, -1, 2**62, 5.0, None])
def test_long_takes_whole_numbers(make: Callable[..., Any], good: Any) -> None:
    """A Long is a whole number of 64 bits; JSON may write it with a point."""
    assert "errors" not in make().ask(FLAT, {"v": good})


@pytest.mark.parametrize("bad", [2**63, -(2**63) - 1, 1.5, "5", True, [1], {}])
def test_long_refuses_the_rest(make: Callable[..., Any], bad: Any) -> None:
    """Anything else is a GraphQL error, not a failure."""
    (error,) = make().ask(FLAT, {"v": bad})["errors"]
    assert error["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize("bad", ["yesterday", "2026-01-01T00:00:00", 5, ["x"]])
def test_moments_need_a_zone(make: Callable[..., Any], bad: Any) -> None:
    """A ZonedDateTime is ISO 8601 with a zone."""
    assert "errors" in make().ask(TRENDS, {"v": bad})
    assert "errors" not in make().ask(TRENDS, {"v": "2026-01-01T00:00:00Z"})
    assert "errors" in make().ask(CURSOR, {"v": 5})


@pytest.mark.parametrize(
    ("query", "literal", "fine"),
    [(FLAT, "5", True), (FLAT, '"5"', False), (FLAT, "1.5", False), (FLAT, str(2**63), False),
     (TRENDS, '"2026-01-01T00:00:00+02:00"', True), (TRENDS, '"2026"', False),
     (TRENDS, "5", False)],
)  # fmt: skip
def test_literals_are_checked_alike(
    make: Callable[..., Any], query: str, literal: str, fine: bool
) -> None:
    """A value in the document obeys the same rules as a variable."""
    head, _, rest = query.partition("{")
    assert head.startswith("query($v")
    body = make().ask("{" + rest.replace("$v", literal))
    assert ("errors" not in body) == fine

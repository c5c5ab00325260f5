"""Differences between schemas: their grade, their member, and what they affect."""

from __future__ import annotations

import pytest
from graphql import GraphQLSchema, build_schema

from leadiq._generated.operations import ALL
from leadiq._schema.changes import Change, Grade, changes
from leadiq._schema.footprint import footprint
from leadiq._schema.packaged import packaged_schema, schema_text
from schema_facts import live_schema

USED = footprint(packaged_schema(), ALL)

OURS = """
directive @ours on FIELD
type Query { find(by: In, at: Int = 1): Found  old: Int @deprecated  now: Int  maybe: Int }
input In { a: String  b: Int! }
type Found implements Node { id: ID  kind: Kind  any: Any }
interface Node { id: ID }
interface Other { id: ID }
enum Kind { ONE TWO }
type A { x: Int }
type B { x: Int }
union Any = A | B
scalar When
"""


def between(theirs: str | GraphQLSchema, **options: bool) -> list[Change]:
    """The differences of a schema from the packaged one, but for the known ones."""
    there = build_schema(theirs) if isinstance(theirs, str) else theirs
    found = changes(packaged_schema(), there, USED, **options)
    return [change for change in found if change.grade is not Grade.KNOWN]


@pytest.mark.parametrize(
    ("old", "new", "grade", "member", "text"),
    [
        ("a: String", "", "breaking", "In.a", "In.a was removed."),
        ("a: String", "a: Int", "breaking", "In.a", "In.a changed type from String to Int."),
        ("a: String", "a: String  c: Int!", "breaking", "In", "A required field c on input"),
        ("a: String", "a: String  c: Int", "dangerous", "In.c", "An optional field c on input"),
        ("b: Int!", "b: Int", "safe", "In.b", "In.b changed type from Int! to Int."),
        ("kind: Kind", "", "breaking", "Found.kind", "Found.kind was removed."),
        ("id: ID  kind", "id: ID  more: Int  kind", "safe", "Found.more", "Found.more was added."),
        ("maybe: Int", "maybe: Int!", "safe", "Query.maybe", "changed type from Int to Int!."),
        (
            "now: Int",
            'now: Int @deprecated(reason: "so")',
            "safe",
            "Query.now",
            "is deprecated: so",
        ),
        ("old: Int @deprecated", "old: Int", "safe", "Query.old", "is no longer deprecated."),
        ("by: In, ", "", "breaking", "Query.find", "Query.find arg by was removed."),
        ("by: In, ", "by: Int, ", "breaking", "Query.find", "Query.find arg by has changed type"),
        ("by: In, ", "by: In, to: Int!, ", "breaking", "Query.find", "A required arg to on"),
        ("by: In, ", "by: In, to: Int, ", "dangerous", "Query.find(to)", "An optional arg to on"),
        ("at: Int = 1", "at: Int = 2", "dangerous", "Query.find", "has changed defaultValue"),
        ("ONE TWO", "ONE", "breaking", "Kind", "TWO was removed from enum type Kind."),
        ("ONE TWO", "ONE TWO SIX", "dangerous", "Kind", "SIX was added to enum type Kind."),
        ("= A | B", "= A", "breaking", "Any", "B was removed from union type Any."),
        ("= A", "= Found | A", "dangerous", "Any", "Found was added to union type Any."),
        ("scalar When", "", "breaking", "When", "When was removed."),
        ("scalar When", "scalar When  scalar New", "safe", "New", "New was added."),
        ("scalar When", "enum When { X }", "breaking", "When", "When changed from"),
        (" implements Node", "", "breaking", "Found", "Found no longer implements interface Node."),
        ("ts Node", "ts Node & Other", "dangerous", "Found", "Other added to interfaces"),
    ],
)
def test_every_kind_of_change_has_its_grade(
    old: str, new: str, grade: str, member: str, text: str
) -> None:
    """One change gives one line, with the member that it is about."""
    theirs = OURS.replace(old, new, 1)
    found = changes(build_schema(OURS), build_schema(theirs), {member: frozenset({"find"})})
    assert [(c.grade, c.member, c.affects) for c in found] == [(grade, member, ("find",))]
    assert text in found[0].text


@pytest.mark.parametrize(
    "change", [("directive @ours on FIELD", ""), ("scalar When", '"Some time." scalar When')]
)
def test_directives_and_descriptions_are_no_changes(change: tuple[str, str]) -> None:
    """No operation names a directive, and texts are for people."""
    assert changes(build_schema(OURS), build_schema(OURS.replace(*change)), {}) == []


def test_the_same_schema_has_no_changes() -> None:
    """Not even known ones."""
    assert changes(packaged_schema(), build_schema(schema_text()), USED) == []


@pytest.mark.parametrize("cursors", [False, True])
def test_production_differs_in_nothing_but_what_is_known(cursors: bool) -> None:
    """Members of the reference, cursors and plans are what the SDK was made to do without."""
    assert between(live_schema(cursors=cursors)) == []
    everything = changes(packaged_schema(), live_schema(cursors=cursors), USED)
    assert len(everything) == (11 if cursors else 17)


def test_cursors_may_be_called_otherwise() -> None:
    """The names of their types are ours; what they hold is not."""
    renamed = schema_text().replace("SearchCursorEntry", "Cursors")
    assert {change.grade for change in between(renamed)} == {Grade.SAFE}
    emptied = renamed.replace("key: String!", "name: String!")
    assert {c.member for c in between(emptied) if c.grade is Grade.BREAKING} == {
        "CompanySearchResponse.after",
        "FlatSearchInput.after",
        "GroupedSearchInput.after",
        "PersonSearchResponse.after",
    }


def test_a_server_may_keep_its_deprecated_inputs_to_itself() -> None:
    """Where it cannot be asked for them, their absence says nothing; that of others does."""
    hidden = build_schema(schema_text())
    del hidden.type_map["SearchCompanyInput"].fields["source"]  # type: ignore[attr-defined]
    del hidden.type_map["SearchPeopleInput"].fields["phone"]  # type: ignore[attr-defined]
    del hidden.type_map["PersonRecord"].fields["_id"]  # type: ignore[attr-defined]
    del hidden.type_map["SfdcExtraDetails"]
    found = between(hidden, deprecated_inputs=False)
    assert [change.member for change in found] == [
        "PersonRecord._id",
        "SearchPeopleInput.phone",
        "SfdcExtraDetails",
    ]


def test_the_worst_comes_first() -> None:
    """Breaking, dangerous, safe, known; each by member."""
    theirs = OURS.replace("now: Int", "new: Int").replace("ONE TWO", "ONE SIX")
    found = changes(build_schema(OURS), build_schema(theirs), {})
    assert [(c.grade, c.member) for c in found] == [
        ("breaking", "Kind"),
        ("breaking", "Query.now"),
        ("dangerous", "Kind"),
        ("safe", "Query.new"),
    ]

"""Each document from which the generator would make wrong code is refused, with what to write."""

from __future__ import annotations

import pytest
from graphql import GraphQLField, GraphQLSchema, build_schema, parse

from leadiq_codegen.traps import Trap, check, condition, unique

SCHEMA = build_schema(
    """
    interface Plan { name: String }
    type Gold implements Plan { name: String gold: Int }
    type Silver implements Plan { name: String silver: Int }
    union Metal = Gold | Silver
    type Thing { id: ID _id: ID name: String metal: Metal plan: Plan thing: Thing }
    type Query { thing(id: ID): Thing metal: Metal plans: [Plan!]! }
    """
)


def refusal(document: str, schema: GraphQLSchema = SCHEMA) -> str:
    """The message with which a document is refused."""
    with pytest.raises(Trap) as caught:
        check(schema, parse(document))
    return str(caught.value)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("query A { metal { ... on Gold { gold } } }", "abstract type Metal needs an explicit"),
        ("query A { plans { name } }", "abstract type Plan needs an explicit __typename"),
        (
            "query A { thing { ...T } } fragment T on Thing { metal { ... on Gold { gold } } }",
            "abstract type Metal needs",
        ),
        ("query A { plans { kind: __typename name } }", "abstract type Plan needs"),
        ("query A { plans { typename: name } }", "abstract type Plan needs"),
        ("query A { thing { id _id } }", "Thing: two fields of one selection get the same"),
        ("query A { thing { id a: name a: id } }", "two fields of one selection"),
        (
            "query A($x: Boolean!) { thing { ...T @include(if: $x) } } fragment T on Thing { id }",
            "...T: a directive here would leave its fields required",
        ),
        (
            "query A($x: Boolean!) { thing { id ... @include(if: $x) { name } } }",
            "inline fragments need a type condition, and cannot carry directives",
        ),
        (
            "query A($x: Boolean!) { thing { id ... on Thing @include(if: $x) { name } } }",
            "inline fragments need a type condition",
        ),
        ("query A { thing { id ... { name } } }", "inline fragments need a type condition"),
        ("query A($x: Boolean! = true) { thing { id } }", "$x: a default on a non-null variable"),
        (
            "query A($x: Boolean!) { thing { id name @skip(if: $x) } }",
            "name: only one @include(if: $variable) is supported",
        ),
        (
            "query A($x: Boolean!) { thing { id name @include(if: $x) @skip(if: $x) } }",
            "name: only one @include",
        ),
        (
            "query A { thing { id name @include(if: true) } }",
            "name: @include needs a variable, not a constant",
        ),
        ("query A { thing { id } plans { __typename } }", "operation A has to select exactly one"),
        ("query A { a: thing { id } }", "operation A has to select exactly one root field"),
        (
            "query A { ...Q } fragment Q on Query { thing { id } }",
            "operation A has to select exactly one root field, without an alias",
        ),
        (
            "query A($x: Boolean!) { thing @include(if: $x) { id } }",
            "operation A and its root field cannot carry directives",
        ),
        ("query A @live { thing { id } }", "operation A and its root field cannot carry"),
        ("{ thing { id } plans { __typename } }", "operation  has to select exactly one"),
    ],
)
def test_a_trap_is_refused(document: str, message: str) -> None:
    """What would compile into something silently wrong is an error that names the place."""
    assert message in refusal(document)


@pytest.mark.parametrize(
    "document",
    [
        "query A { thing { id name } }",
        "query A { thing { id legacy: _id } }",
        "query A($x: Boolean = true) { thing { id name @include(if: $x) } }",
        "query A { metal { __typename ... on Gold { ...G } } } fragment G on Gold { gold }",
        "query A { plans { __typename ...P } } fragment P on Plan { name }",
        "query A($id: ID!) { thing(id: $id) { id } }",
    ],
)
def test_what_compiles_faithfully_passes(document: str) -> None:
    """Documents in the house's form are not refused."""
    check(SCHEMA, parse(document))


def test_a_fields_condition_is_its_variable() -> None:
    """The condition of a field is the name of its variable, or nothing."""
    (operation,) = parse("{ a b @include(if: $flag) }").definitions
    first, second = operation.selection_set.selections  # type: ignore[attr-defined]
    assert condition(first) is None
    assert condition(second) == "flag"


def test_public_names_are_unique() -> None:
    """Two modules cannot define one class: one would overwrite the other without a word."""
    unique([("List", "fragments"), ("GetList", "operations"), ("List", "fragments")])
    with pytest.raises(Trap, match=r"List is defined in fragments and in operations: rename"):
        unique([("List", "fragments"), ("List", "operations")])


def test_the_schema_of_these_tests_has_what_they_refuse() -> None:
    """A document is refused for being a trap, and not for naming what does not exist."""
    thing = SCHEMA.type_map["Thing"]
    assert isinstance(thing.fields["_id"], GraphQLField)  # type: ignore[attr-defined]

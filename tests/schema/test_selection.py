"""Rules of reading a selection; the bill's tests cover what documents of the contract can do."""

from __future__ import annotations

from graphql import build_schema, parse

from leadiq._schema.selection import Selection, operation_of

SCHEMA = build_schema(
    """
    interface Node { id: ID }
    union Thing = Apple | Pear
    type Apple implements Node { id: ID name: String }
    type Pear { name: String }
    type Query { apple: Apple }
    """
)


def fields(text: str, kind: str = "Apple", name: str | None = None) -> list[str]:
    document = parse(text)
    selection = Selection(SCHEMA, document, operation_of(document, name), {})
    below = selection.below(kind, [node for nodes in selection.root().values() for node in nodes])
    return list(below)


def test_fragments_on_abstract_types_apply_to_their_members() -> None:
    """An interface or union takes its own types in, and no others."""
    text = "{ apple { ... on Node { id } ... on Thing { __typename } ... on Pear { name } } }"
    assert fields(text) == ["id", "__typename"]
    assert fields(text, kind="Pear") == ["__typename", "name"]
    assert fields(text, kind="Gone") == []


def test_fragments_may_have_no_type_and_be_spread_twice() -> None:
    """A group without a type condition is part of the selection, and a fragment counts once."""
    text = "{ apple { ... { id } ...F ...F } } fragment F on Apple { name ...F }"
    assert fields(text) == ["id", "name"]


def test_directives_may_say_so_themselves() -> None:
    """`@include` and `@skip` with a literal need no variable."""
    text = "{ apple { id @include(if: false) name @skip(if: false) other: id @skip(if: true) } }"
    assert fields(text) == ["name"]


def test_the_named_operation_is_read() -> None:
    """Of several operations only the one that runs counts, and its name is told."""
    text = "query A { apple { id } } query B { apple { name } }"
    assert fields(text, name="B") == ["name"]
    document = parse(text)
    assert Selection(SCHEMA, document, operation_of(document, "A"), {}).operation_name == "A"
    plain = parse("{ apple { id } }")
    assert Selection(SCHEMA, plain, operation_of(plain, None), {}).operation_name is None


def test_a_missing_root_type_selects_by_condition_only() -> None:
    """An operation of a kind that the schema lacks is read without failing."""
    document = parse("mutation { apple { id } }")
    selection = Selection(SCHEMA, document, operation_of(document, None), {})
    assert list(selection.root()) == ["apple"]

"""Fields of inputs: which take times, and which warn."""

from __future__ import annotations

import ast

import pytest
from graphql import GraphQLInputObjectType, build_schema

from leadiq_codegen import inputs

SCHEMA = build_schema('''
scalar Long
input I {
  """Since when. Unix milliseconds [samples]."""
  since: Long
  """A plain count."""
  count: Long
  """A span. Unix milliseconds."""
  span: I
  bare: Long
  gone: [String!] @deprecated(reason: "Use `since`.\\n  It is newer.")
}
''')
TYPE = SCHEMA.type_map["I"]
assert isinstance(TYPE, GraphQLInputObjectType)
FIELDS = TYPE.fields


def rewritten(code: str, field: str) -> str:
    """A field's assignment after both rules were applied."""
    (node,) = ast.parse(code).body
    assert isinstance(node, ast.AnnAssign)
    inputs.take_times(node, FIELDS[field])
    inputs.deprecate(node, FIELDS[field])
    return ast.unparse(ast.fix_missing_locations(node))


@pytest.mark.parametrize(
    ("field", "kind"), [("since", "UnixMilliseconds"), ("count", "int"), ("bare", "int")]
)
def test_a_number_is_a_time_if_its_description_says_so(field: str, kind: str) -> None:
    """GraphQL has one type for counts and for times; the words of the schema tell them apart."""
    before = f"{field}: Optional[int] = None"
    assert rewritten(before, field) == f"{field}: Optional[{kind}] = None"


def test_a_span_of_times_keeps_its_type() -> None:
    """Only numbers become times, not the objects that hold them."""
    assert rewritten("span: Optional[I] = None", "span") == "span: Optional[I] = None"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("gone: str = None", "gone: str = Field(default=None, deprecated='{}')"),
        ("gone: str", "gone: str = Field(deprecated='{}')"),
        ("gone: str = Field(default=1)", "gone: str = Field(default=1, deprecated='{}')"),
    ],
)
def test_a_deprecated_field_knows_why(before: str, after: str) -> None:
    """The reason of the schema, in one line, whatever default the field has."""
    assert rewritten(before, "gone") == after.format("Use `since`. It is newer.")


def test_the_type_of_times_is_imported() -> None:
    """The module of inputs takes it from the ground."""
    assert ast.unparse(inputs.import_of_times()) == (
        "from leadiq._ground.scalars import UnixMilliseconds"
    )

"""The executable schema: the project's SDL with scalars and resolvers bound to it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ariadne import MutationType, QueryType, ScalarType
from graphql import (
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    assert_valid_schema,
    build_schema,
)
from graphql.language import IntValueNode, StringValueNode, ValueNode

from leadiq.sandbox._errors import NotImplementedHere
from leadiq.sandbox._resolvers import RESOLVERS, Info

_LONG = 2**63
# How the contract marks a member that no live server has.
_REFERENCE_ONLY = "Only in the published reference"


def load_schema_text() -> str:
    """Return the SDL that the package carries.

    Raises:
        FileNotFoundError: the package was built without it.
    """
    resource = files("leadiq").joinpath("_generated", "schema.graphql")
    if not resource.is_file():
        raise FileNotFoundError(
            "leadiq/_generated/schema.graphql is missing; run `make generate` in the source tree."
        )
    return resource.read_text(encoding="utf-8")


def _parse_long(value: object) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not -_LONG <= value < _LONG:
        raise GraphQLError("Long must be a whole number of 64 bits.")
    return value


def _parse_long_literal(node: ValueNode, _variables: object = None) -> int:
    if not isinstance(node, IntValueNode):
        raise GraphQLError("Long must be a whole number of 64 bits.")
    return _parse_long(int(node.value))


def _parse_text(value: object) -> str:
    if not isinstance(value, str):
        raise GraphQLError("This scalar must be a string.")
    return value


def _parse_moment(value: object) -> str:
    text = _parse_text(value)
    try:
        aware = datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        aware = False
    if not aware:
        raise GraphQLError("ZonedDateTime must be ISO 8601 with a zone.")
    return text


def _parse_moment_literal(node: ValueNode, variables: object = None) -> str:
    return _parse_moment(_parse_text_literal(node, variables))


def _parse_text_literal(node: ValueNode, _variables: object = None) -> str:
    if not isinstance(node, StringValueNode):
        raise GraphQLError("This scalar must be a string.")
    return node.value


def _serialize_decimal(value: Decimal | str) -> float | str:
    return float(value) if isinstance(value, Decimal) else value


_SCALARS = (
    ScalarType("Long", value_parser=_parse_long, literal_parser=_parse_long_literal),
    ScalarType("BigDecimal", serializer=_serialize_decimal),
    *(
        ScalarType(name, value_parser=_parse_text, literal_parser=_parse_text_literal)
        for name in ("Cursor", "Instant", "LocalDate")
    ),
    ScalarType("ZonedDateTime", value_parser=_parse_moment, literal_parser=_parse_moment_literal),
)


@lru_cache(maxsize=8)
def executable(text: str) -> GraphQLSchema:
    """Return the schema of `text` with every root field bound (about 0.3 s; the latest are kept).

    Members that only the published reference has are left out, as live servers lack them.

    A root field that the sandbox does not know of answers that it is not implemented, so the list
    of those is the schema's own.
    """
    # Bound one by one instead of by make_executable_schema, whose patch of enums (ariadne 1.1.1)
    # makes graphql-core 3.2.14 refuse every enum in a variable.
    schema = build_schema(text)
    _drop_reference_only(schema)
    for scalar in _SCALARS:
        if schema.get_type(scalar.name):
            scalar.bind_to_schema(schema)
    for root, kind in ((QueryType(), schema.query_type), (MutationType(), schema.mutation_type)):
        for name in kind.fields if kind else ():
            resolver = RESOLVERS.get(name) or _not_implemented
            root.set_field(name, resolver)  # pyright: ignore[reportUnknownMemberType] - ariadne's
        if kind:
            root.bind_to_schema(schema)
    assert_valid_schema(schema)
    return schema


def _drop_reference_only(schema: GraphQLSchema) -> None:
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType):
            for name, member in [*kind.fields.items()]:
                if (member.deprecation_reason or "").startswith(_REFERENCE_ONLY):
                    del kind.fields[name]


def _not_implemented(_root: object, info: Info, **_arguments: Any) -> None:
    raise NotImplementedHere(info.field_name)

"""What a server's schema is asked with, and how its answer is read. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLError, GraphQLSchema, build_client_schema, get_introspection_query

from .._core.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Mapping

QUERY: Final = get_introspection_query(input_value_deprecation=True)
"""Everything, deprecated arguments and input fields included."""

OLDER_QUERY: Final = get_introspection_query()
"""For servers that do not know of deprecated inputs: they leave those out of their answer."""


def schema_from(data: Mapping[str, Any]) -> GraphQLSchema:
    """Give the schema that an introspection's `data` describes.

    Raises:
        ServerError: it describes none.
    """
    try:
        found = build_client_schema(data)  # type: ignore[arg-type]
    except (AttributeError, GraphQLError, KeyError, TypeError, ValueError):
        found = None
    if found is None or found.query_type is None:
        raise ServerError("the server's introspection does not describe a schema")
    return found

"""The schema that the package carries, as text and as graphql-core has it."""

from __future__ import annotations

from functools import lru_cache, partial
from importlib.resources import files
from typing import Any, Final

from graphql import GraphQLError, GraphQLSchema, build_schema

# What JSON each scalar of LeadIQ's is written as; it takes no other. The rest take anything.
_JSON: Final[dict[str, type]] = {
    "Cursor": str,
    "Instant": str,
    "LocalDate": str,
    "Long": int,
    "ZonedDateTime": str,
}


def schema_text() -> str:
    """Give the SDL."""
    return files("leadiq").joinpath("_generated", "schema.graphql").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def packaged_schema() -> GraphQLSchema:
    """Give the schema that documents are held against (0.2 seconds; then it is kept)."""
    schema = build_schema(schema_text())
    for name, kind in _JSON.items():
        scalar: Any = schema.type_map[name]
        scalar.parse_value = partial(_checked, kind)
    return schema


def _checked(kind: type, value: Any) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise GraphQLError("Not what this scalar is written as.")
    return value

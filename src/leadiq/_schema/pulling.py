"""A server's schema as files for review: the SDL, and what it was. Pure."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from graphql import GraphQLNamedType, GraphQLSchema, is_introspection_type, print_schema

if TYPE_CHECKING:
    from datetime import date

SCHEMA_FILE: Final = "schema.graphql"
LOCK_FILE: Final = "schema.lock.json"


def files_of(schema: GraphQLSchema, endpoint: str, day: date) -> dict[str, str]:
    """Give the text of each file: exactly what the server has, nothing added and nothing kept.

    Args:
        schema: the server's.
        endpoint: where it was asked; what a URL can have of credentials is left out.
        day: when.
    """
    sdl = print_schema(schema) + "\n"
    kinds = [kind for kind in schema.type_map.values() if not _is_built_in(kind)]
    lock = {
        "counts": {
            "members": sum(len(_members(kind)) for kind in kinds),
            "mutations": len(_members(schema.mutation_type)),
            "queries": len(_members(schema.query_type)),
            "types": len(kinds),
        },
        "schema": {"file": SCHEMA_FILE, "sha256": hashlib.sha256(sdl.encode()).hexdigest()},
        "sources": [{"date": day.isoformat(), "name": "introspection", "url": _bare(endpoint)}],
    }
    return {SCHEMA_FILE: sdl, LOCK_FILE: json.dumps(lock, indent=2, sort_keys=True) + "\n"}


def _is_built_in(kind: GraphQLNamedType) -> bool:
    return is_introspection_type(kind) or kind.name in {"Boolean", "Float", "ID", "Int", "String"}


def _members(kind: GraphQLNamedType | None) -> dict[str, object]:
    return getattr(kind, "fields", None) or getattr(kind, "values", {})


def _bare(endpoint: str) -> str:
    url = urlsplit(endpoint)
    return f"{url.scheme}://{url.netloc.rpartition('@')[2]}{url.path}"

"""Asking a server for its schema."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import execute_sync, parse, print_schema, validate

from leadiq._core.errors import ServerError
from leadiq._schema.introspection import OLDER_QUERY, QUERY, schema_from
from schema_facts import load_schema


def answer(query: str) -> Any:
    """What a server with the whole contract answers."""
    return execute_sync(load_schema(), parse(query)).data


def test_the_answer_is_the_schema() -> None:
    """Deprecated arguments and input fields included, nothing is lost on the way."""
    assert print_schema(schema_from(answer(QUERY))) == print_schema(load_schema())


def test_the_older_query_names_nothing_that_old_servers_lack() -> None:
    """It asks for inputs without `includeDeprecated`, and so gets none that are deprecated."""
    assert validate(load_schema(), parse(OLDER_QUERY)) == []
    assert "inputFields {" in OLDER_QUERY
    assert "inputFields(includeDeprecated" in QUERY
    found = schema_from(answer(OLDER_QUERY)).type_map["SearchCompanyInput"]
    assert "source" not in found.fields  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "data", [{}, {"__schema": None}, {"__schema": {"types": []}}, {"__schema": {"types": [7]}}]
)
def test_what_describes_no_schema_is_an_error(data: dict[str, Any]) -> None:
    """A server that answers something else has failed."""
    with pytest.raises(ServerError, match="does not describe a schema"):
        schema_from(data)

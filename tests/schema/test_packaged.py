"""The schema that the package carries."""

from __future__ import annotations

import pytest
from graphql import GraphQLError, GraphQLScalarType

from leadiq._schema.packaged import packaged_schema, schema_text
from schema_facts import SCHEMA_FILE


def test_the_package_carries_the_schema() -> None:
    """It is the project's own, word by word."""
    assert schema_text() == SCHEMA_FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("scalar", "good", "bad"),
    [
        ("Long", 2**40, ["1", 1.5, True]),
        ("ZonedDateTime", "2026-01-01T00:00:00Z", [0, True]),
        ("Cursor", "abc", [3]),
    ],
)
def test_scalars_take_what_they_are_written_as(
    scalar: str, good: object, bad: list[object]
) -> None:
    """A number is no text, and text no number."""
    kind = packaged_schema().type_map[scalar]
    assert isinstance(kind, GraphQLScalarType)
    assert kind.parse_value(good) == good
    for value in bad:
        with pytest.raises(GraphQLError):
            kind.parse_value(value)

"""Replies with every selected field filled, made from a document and the schema."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    build_schema,
    get_named_type,
    is_list_type,
    is_non_null_type,
    parse,
)

_SCALARS: dict[str, Any] = {
    "BigDecimal": "0.1",
    "Boolean": True,
    "Int": 7,
    "Long": 4_000_000_000,
    "Float": 0.5,
    "LocalDate": "2026-03-01",
    "Instant": "2026-03-01T12:00:00Z",
    "ZonedDateTime": "2026-03-01T12:00:00.000Z",
    "Json": {"crm": "1"},
}


class Filler:
    """Fills selections; lists have two entries unless `lengths` says otherwise.

    Args:
        schema: what the document is written for.
        document: one operation and its fragments, without abstract selections.
        lengths: how many entries the list of a field has.
    """

    def __init__(self, schema: GraphQLSchema, document: str, lengths: dict[str, int]) -> None:
        self._schema = schema
        self._document: DocumentNode = parse(document, no_location=True)
        self._lengths = lengths
        self._number = count()
        self._fragments = {
            d.name.value: d
            for d in self._document.definitions
            if isinstance(d, FragmentDefinitionNode)
        }

    def body(self) -> bytes:
        """Give the reply to the document."""
        (operation,) = (
            d for d in self._document.definitions if isinstance(d, OperationDefinitionNode)
        )
        root = self._schema.get_root_type(operation.operation)
        assert root
        data = self._object(root.name, operation.selection_set)
        return json.dumps({"data": data}, separators=(",", ":")).encode()

    def _object(self, on: str, selection: SelectionSetNode) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for node in selection.selections:
            if isinstance(node, FragmentSpreadNode):
                fragment = self._fragments[node.name.value]
                found |= self._object(fragment.type_condition.name.value, fragment.selection_set)
            else:
                assert isinstance(node, FieldNode)
                found[node.name.value] = self._field(on, node)
        return found

    def _field(self, on: str, node: FieldNode) -> Any:
        parent = self._schema.type_map[on]
        assert isinstance(parent, GraphQLObjectType)
        type_: Any = parent.fields[node.name.value].type
        named = get_named_type(type_)
        plain = type_.of_type if is_non_null_type(type_) else type_

        def one() -> Any:
            if node.selection_set:
                return self._object(named.name, node.selection_set)
            if isinstance(named, GraphQLEnumType):
                return next(iter(named.values))
            return _SCALARS.get(named.name, f"{node.name.value} {next(self._number)}")

        if not is_list_type(plain):
            return one()
        return [one() for _ in range(self._lengths.get(node.name.value, 2))]


# -- what is asked for, by the path of the server ----------------------------------------------


def person_document() -> str:
    """A look-up with everything that can be unlocked."""
    from leadiq._generated.operations import SEARCH_PEOPLE

    return SEARCH_PEOPLE.render(frozenset(SEARCH_PEOPLE.flags))


def people_document() -> str:
    """A page of people, with everything that it can have."""
    from leadiq._generated.operations import FLAT_ADVANCED_SEARCH

    return FLAT_ADVANCED_SEARCH.render(frozenset(FLAT_ADVANCED_SEARCH.flags))


DOCUMENTS: Final = {"person": person_document, "people": people_document}
_LENGTHS: Final = {
    "person": {"results": 1, "currentPositions": 1, "pastPositions": 2},
    "people": {"people": 100},
}


def body(page: str) -> bytes:
    """Give the reply to a document, every field filled: one person, or a page of a hundred."""
    schema = build_schema(Path("schema.graphql").read_text(encoding="utf-8"))
    return Filler(schema, DOCUMENTS[page](), _LENGTHS[page]).body()

"""Parsed and validated documents, the latest of them kept.

Parsing and validating take ten times as long as answering; clients send the same few documents over
and over. The store is bounded and keyed by the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
    validate,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SLOW = frozenset({"flatAdvancedSearch", "groupedAdvancedSearch"})


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its validation errors.

    `is_introspection`: every root field asks about the schema, so it needs no credentials [live].
    `is_slow`: it may scan the world, so it must not run on the event loop.
    """

    node: DocumentNode | None
    errors: tuple[GraphQLError, ...]
    is_introspection: bool = False
    is_slow: bool = False


class Documents:
    """Parses and validates for one schema, keeping the latest `size` documents."""

    def __init__(self, schema: GraphQLSchema, size: int) -> None:
        self._schema = schema
        self.read = lru_cache(maxsize=size)(self._read)

    def _read(self, text: str) -> Document:
        try:
            node = parse(text)
            errors = tuple(validate(self._schema, node))
        except GraphQLError as error:
            return Document(None, (error,))
        except RecursionError:  # older releases of graphql-core
            return Document(None, (GraphQLError("The document is nested too deeply."),))
        names = _root_names(node)
        return Document(
            node,
            errors,
            is_introspection=bool(names) and all(name.startswith("__") for name in names),
            is_slow=bool(names & _SLOW),
        )


def _root_names(document: DocumentNode) -> set[str]:
    """Return the names of every field that stands at the top of an operation or fragment.

    A fragment's own top counts too, wherever it is spread: the answer may only err towards asking
    for credentials.
    """
    names: set[str] = set()
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode) or (
            isinstance(definition, FragmentDefinitionNode)
            and not definition.type_condition.name.value.startswith("__")
        ):
            names.update(_top_names(definition.selection_set))
    return names


def _top_names(selection_set: SelectionSetNode) -> Iterator[str]:
    for node in selection_set.selections:
        if isinstance(node, FieldNode):
            yield node.name.value
        elif isinstance(node, InlineFragmentNode):
            yield from _top_names(node.selection_set)

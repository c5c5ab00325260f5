"""Parsed and validated documents, the latest of them kept.

Parsing and validating take ten times as long as answering; clients send the same few documents over
and over. The store is bounded and keyed by the text.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    Visitor,
    parse,
    specified_rules,
    validate,
    visit,
)

from leadiq._schema.selection import Selection, operation_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphql import FragmentSpreadNode

    from leadiq._schema.selection import Fields

_KEPT_SELECTIONS = 32
_EMPTY = DocumentNode(definitions=())
_SLOW = frozenset(
    {
        "abandonBatch",
        "cancelCompanyTrackingTask",
        "companyTrackingTask",
        "flatAdvancedSearch",
        "groupedAdvancedSearch",
        "startCompanyTrackingTask",
        "trackedContacts",
    }
)


class Document:
    """A document with its validation errors.

    `is_introspection`: every root field asks about the schema, so it needs no credentials [live].
    `is_slow`: it may scan the world, so it must not run on the event loop.
    """

    __slots__ = (
        "_conditions",
        "_roots",
        "_select",
        "errors",
        "is_introspection",
        "is_slow",
        "node",
    )

    def __init__(
        self, schema: GraphQLSchema, node: DocumentNode | None, errors: Sequence[GraphQLError]
    ) -> None:
        self.node = node
        self.errors = tuple(errors)
        names = _root_names(node) if node else set[str]()
        self.is_introspection = bool(names) and all(name.startswith("__") for name in names)
        self.is_slow = bool(names & _SLOW)
        valid = node if node and not self.errors else _EMPTY
        self._conditions = _conditions_of(valid)
        self._roots = _roots_of(valid)
        select = partial(_select, schema, valid)
        self._select = lru_cache(maxsize=_KEPT_SELECTIONS)(select)

    def roots(self, name: str | None) -> int:
        """Return how many root fields an operation names, included or not; 0 if it is broken."""
        return self._roots.get(name, 0) if name else sum(self._roots.values())

    def selection(self, name: str | None, variables: Mapping[str, Any]) -> Selection:
        """Return what the operation `name`, or the only one, selects of a valid document.

        Raises:
            StopIteration: there is no such operation.
        """
        given = frozenset(
            (key, bool(variables.get(key))) for key in self._conditions & {*variables}
        )
        return self._select(name, given)


class Documents:
    """Parses and validates for one schema, keeping the latest `size` documents."""

    def __init__(self, schema: GraphQLSchema, size: int, *, introspection: bool = True) -> None:
        self._schema = schema
        hidden = () if introspection else (NoSchemaIntrospectionCustomRule,)
        self._rules = (*specified_rules, *hidden)
        self.read = lru_cache(maxsize=size)(self._read)

    def _read(self, text: str) -> Document:
        try:
            node = parse(text)
            return Document(self._schema, node, validate(self._schema, node, self._rules))
        except GraphQLError as error:
            return Document(self._schema, None, [error])
        except RecursionError:  # older releases of graphql-core
            deep = GraphQLError("The document is nested too deeply.")
            return Document(self._schema, None, [deep])


class _KeptSelection(Selection):
    """A selection that serves every request with its document, operation and conditions."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> None:
        super().__init__(schema, document, operation, variables)
        self._root = super().root()
        # By identity of the nodes, which the entry keeps alive.
        self._kept: dict[tuple[str, int], tuple[Iterable[FieldNode], Fields]] = {}

    def root(self) -> Fields:
        return self._root

    def below(self, type_name: str, nodes: Iterable[FieldNode]) -> Fields:
        place = (type_name, id(nodes))
        if place not in self._kept:
            self._kept[place] = (nodes, super().below(type_name, nodes))
        return self._kept[place][1]


def _select(
    schema: GraphQLSchema,
    document: DocumentNode,
    name: str | None,
    conditions: frozenset[tuple[str, bool]],
) -> Selection:
    operation = operation_of(document, name)
    return _KeptSelection(schema, document, operation, dict(conditions))


class _Conditions(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        values = [argument.value for argument in node.arguments]
        self.names.update(value.name.value for value in values if isinstance(value, VariableNode))


def _conditions_of(document: DocumentNode) -> frozenset[str]:
    """Return the names of the variables that decide about what is selected."""
    finder = _Conditions()
    visit(document, finder)
    return frozenset(finder.names)


def _roots_of(document: DocumentNode) -> dict[str, int]:
    """Return how many root fields each operation has, by name."""
    fragments = {
        node.name.value: node.selection_set
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    return {
        node.name.value if node.name else "": len(_top_keys(node.selection_set, fragments))
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
    }


def _top_keys(
    selection_set: SelectionSetNode, fragments: Mapping[str, SelectionSetNode]
) -> set[str]:
    keys: set[str] = set()
    seen: set[str] = set()
    left = list(selection_set.selections)
    while left:
        node = left.pop()
        if isinstance(node, FieldNode):
            keys.add((node.alias or node.name).value)
        elif isinstance(node, InlineFragmentNode):
            left.extend(node.selection_set.selections)
        elif (name := cast("FragmentSpreadNode", node).name.value) not in seen:
            seen.add(name)
            left.extend(fragments[name].selections)
    return keys


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

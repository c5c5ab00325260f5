"""The documents of `queries/`, as the tests need them: read, taken apart, pruned, answered."""

from __future__ import annotations

from functools import cache
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from graphql import (
    REMOVE,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    is_abstract_type,
    parse,
    print_ast,
    visit,
)

from schema_facts import ROOT, live_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

QUERY_FILES = sorted((ROOT / "queries").glob("*.graphql"))
#: What stands in this file asks for `after`, which servers of 2026-08 do not have.
CURSOR_FILE = "search_after.graphql"


@cache
def definitions() -> dict[str, OperationDefinitionNode | FragmentDefinitionNode]:
    """Every operation and fragment of `queries/`, by name."""
    found: dict[str, OperationDefinitionNode | FragmentDefinitionNode] = {}
    for node in chain.from_iterable(parsed(file).definitions for file in QUERY_FILES):
        assert isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)
        assert node.name
        assert node.name.value not in found, node.name.value
        found[node.name.value] = node
    return found


@cache
def parsed(file: Path) -> DocumentNode:
    """Parse one file of `queries/`."""
    return parse(file.read_text(encoding="utf-8"), no_location=True)


def operations() -> dict[str, OperationDefinitionNode]:
    """Every operation of `queries/`, by name."""
    return {n: d for n, d in definitions().items() if isinstance(d, OperationDefinitionNode)}


def fragments() -> dict[str, FragmentDefinitionNode]:
    """Every fragment of `queries/`, by name."""
    return {n: d for n, d in definitions().items() if isinstance(d, FragmentDefinitionNode)}


def cursor_operations() -> set[str]:
    """The operations that need a server newer than the introspection."""
    (file,) = (file for file in QUERY_FILES if file.name == CURSOR_FILE)
    return {
        node.name.value
        for node in parsed(file).definitions
        if isinstance(node, OperationDefinitionNode) and node.name
    }


@cache
def schema_of_servers(*, cursors: bool) -> GraphQLSchema:
    """The contract of production servers; built once."""
    return live_schema(cursors=cursors)


def document(operation: str) -> DocumentNode:
    """An operation with the fragments that it needs, from whichever file."""
    node = operations()[operation]
    needed = (fragments()[name] for name in sorted(reachable(node, fragments())))
    return DocumentNode(definitions=(node, *needed))


def reachable(
    node: OperationDefinitionNode, table: dict[str, FragmentDefinitionNode]
) -> frozenset[str]:
    """The names of the fragments that an operation spreads, directly or not."""
    found: set[str] = set()
    waiting = list(spreads(node))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += spreads(table[name])
    return frozenset(found)


def spreads(node: OperationDefinitionNode | FragmentDefinitionNode) -> Iterator[str]:
    """The names of the fragments that a definition spreads itself."""
    sets = [node.selection_set]
    while sets:
        for selection in sets.pop().selections:
            if isinstance(selection, FragmentSpreadNode):
                yield selection.name.value
            elif isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set:
                sets.append(selection.selection_set)


def combinations_of(flags: Iterable[str]) -> Iterator[frozenset[str]]:
    """All 2^n subsets."""
    every = sorted(flags)
    for size in range(len(every) + 1):
        yield from map(frozenset, combinations(every, size))


class _Pruning(Visitor):
    def __init__(self, flags: Iterable[str], on: frozenset[str]) -> None:
        super().__init__()
        self.flags = set(flags)
        self.on = on

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> Any:
        return REMOVE if node.variable.name.value in self.flags else None

    def enter_field(self, node: FieldNode, *_: Any) -> Any:
        if not node.directives:
            return None
        (directive,) = node.directives
        assert directive.name.value == "include"
        condition = directive.arguments[0].value
        assert isinstance(condition, VariableNode)
        if condition.name.value not in self.on:
            return REMOVE
        bare = FieldNode(name=node.name, alias=node.alias, arguments=node.arguments)
        bare.directives = ()
        bare.selection_set = node.selection_set
        return bare


def pruned(operation: str, flags: Iterable[str], on: frozenset[str]) -> DocumentNode:
    """What is left of a document when the conditions are decided before it is sent."""
    table: dict[str, FragmentDefinitionNode] = {}
    kept: OperationDefinitionNode | None = None
    for node in visit(document(operation), _Pruning(flags, on)).definitions:
        if isinstance(node, OperationDefinitionNode):
            kept = node
        else:
            table[node.name.value] = node
    assert kept
    needed = (table[name] for name in sorted(reachable(kept, table)))
    return DocumentNode(definitions=(kept, *needed))


class _Sorting(Visitor):
    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode:
        return SelectionSetNode(selections=tuple(sorted(node.selections, key=print_ast)))


def normal(tree: DocumentNode) -> list[str]:
    """A document without its order: equal lists, equal requests."""
    return sorted(print_ast(node) for node in visit(tree, _Sorting()).definitions)


class Selected(NamedTuple):
    """A field that a document selects."""

    parent: str
    field: str
    node: FieldNode
    definition: GraphQLField | None
    path: tuple[str, ...]


def selected(schema: GraphQLSchema, tree: DocumentNode) -> Iterator[Selected]:
    """Every field that an operation selects, through its fragments, with the fields above it."""
    (operation,) = (d for d in tree.definitions if isinstance(d, OperationDefinitionNode))
    table = {d.name.value: d for d in tree.definitions if isinstance(d, FragmentDefinitionNode)}

    def walk(node: SelectionSetNode, on: GraphQLNamedType, path: tuple[str, ...]) -> Any:
        for selection in node.selections:
            if isinstance(selection, FragmentSpreadNode):
                fragment = table[selection.name.value]
                type_ = schema.type_map[fragment.type_condition.name.value]
                yield from walk(fragment.selection_set, type_, path)
            elif isinstance(selection, InlineFragmentNode):
                type_ = schema.type_map[selection.type_condition.name.value]
                yield from walk(selection.selection_set, type_, path)
            else:
                yield from field(selection, on, path)

    def field(node: SelectionNode, on: Any, path: tuple[str, ...]) -> Any:
        assert isinstance(node, FieldNode)
        name = node.name.value
        definition = None if name == "__typename" else on.fields[name]
        yield Selected(on.name, name, node, definition, path)
        if node.selection_set and definition:
            yield from walk(node.selection_set, _named(definition.type), (*path, name))

    root = schema.get_root_type(operation.operation)
    assert root
    yield from walk(operation.selection_set, root, ())


def abstract_selections(
    schema: GraphQLSchema, tree: DocumentNode
) -> Iterator[tuple[str, list[str]]]:
    """Each selection of a field whose type is a union or an interface: the type, its fields."""
    found: list[tuple[str, list[str]]] = []
    info = TypeInfo(schema)

    class Sets(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            type_ = _named(info.get_type())
            if node.selection_set and is_abstract_type(type_):
                fields = (s for s in node.selection_set.selections if isinstance(s, FieldNode))
                found.append((type_.name, [f.name.value for f in fields if not f.alias]))

    visit(tree, TypeInfoVisitor(info, Sets()))
    yield from found


def _named(type_: Any) -> Any:
    while isinstance(type_, GraphQLList | GraphQLNonNull):
        type_ = type_.of_type
    return type_


SCALARS: dict[str, Any] = {
    "BigDecimal": "0.1",
    "Boolean": True,
    "Cursor": "MA==",
    "Float": 0.5,
    "ID": "0123456789abcdef01234567",
    "Instant": "2021-10-02T00:00:00Z",
    "Int": 1,
    "Json": {"a": [1, None]},
    "LocalDate": "2021-10-02",
    "Long": 2**40,
    "String": "text",
    "ZonedDateTime": "2021-10-02T00:00:00+02:00",
}


class Answer:
    """Makes what a server of this schema answers to a document.

    Args:
        schema: the server's.
        tree: the document, without conditions.
        full: whether nullable fields have values, and lists a member.
        novel: whether the server is newer than the schema: it sends fields, enum values and union
            members that the schema lacks.
    """

    def __init__(
        self, schema: GraphQLSchema, tree: DocumentNode, *, full: bool, novel: bool = False
    ) -> None:
        self.schema = schema
        self.full = full
        self.novel = novel
        defs = tree.definitions
        self.table = {d.name.value: d for d in defs if isinstance(d, FragmentDefinitionNode)}
        (self.operation,) = (d for d in defs if isinstance(d, OperationDefinitionNode))

    def data(self) -> dict[str, Any]:
        """The answer's `data`."""
        root = self.schema.get_root_type(self.operation.operation)
        assert root
        return self._object(root, self.operation.selection_set)

    def _object(self, type_: GraphQLObjectType, node: SelectionSetNode) -> dict[str, Any]:
        found: dict[str, Any] = {"addedLater": {"a": [1]}} if self.novel else {}
        for field in self._fields(type_, node):
            key = (field.alias or field.name).value
            if field.name.value == "__typename":
                found[key] = type_.name
            else:
                definition = type_.fields[field.name.value]
                found[key] = self._value(definition.type, field.selection_set)
        return found

    def _fields(self, type_: GraphQLObjectType, node: SelectionSetNode) -> Iterator[FieldNode]:
        for selection in node.selections:
            if isinstance(selection, FieldNode):
                yield selection
                continue
            inner = (
                self.table[selection.name.value]
                if isinstance(selection, FragmentSpreadNode)
                else selection
            )
            assert isinstance(inner, FragmentDefinitionNode | InlineFragmentNode)
            on = self.schema.type_map[inner.type_condition.name.value]
            if on is type_ or is_abstract_type(on):
                yield from self._fields(type_, inner.selection_set)

    def _value(self, type_: Any, node: SelectionSetNode | None) -> Any:
        if not isinstance(type_, GraphQLNonNull):
            return self._present(type_, node) if self.full else None
        return self._present(type_.of_type, node)

    def _present(self, type_: Any, node: SelectionSetNode | None) -> Any:
        if isinstance(type_, GraphQLList):
            return [self._value(type_.of_type, node)] if self.full else []
        if isinstance(type_, GraphQLScalarType):
            return SCALARS[type_.name]
        if isinstance(type_, GraphQLEnumType):
            return "AddedLater" if self.novel else next(iter(type_.values))
        assert node
        if is_abstract_type(type_):
            return self._abstract(type_, node)
        return self._object(type_, node)

    def _abstract(self, type_: Any, node: SelectionSetNode) -> dict[str, Any]:
        possible = self.schema.get_possible_types(type_)
        if possible and not self.novel:
            return self._object(possible[0], node)
        # production lists no implementer of the interface Plan, and answers with some all the same
        later = GraphQLObjectType("AddedLater", getattr(type_, "fields", {}))
        return self._object(later, node)


def schema_for(operation: str) -> GraphQLSchema:
    """The schema of the servers that an operation is for."""
    return schema_of_servers(cursors=operation in cursor_operations())

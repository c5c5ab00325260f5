"""What a document selects: fields merged as GraphQL merges them.

Pure functions of the parsed document, honouring aliases, fragments, and `@include` and `@skip` with
variables and their defaults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,  # pyright: ignore[reportUnknownVariableType] - graphql-core's
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphql import GraphQLNamedType

Fields = dict[str, list[FieldNode]]


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """Return the operation that has run: the named one, or the only one."""
    return next(
        node
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
        and (name is None or (node.name is not None and node.name.value == name))
    )


class Selection:
    """The selections of one operation, run with `variables`."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._variables = {**_defaults(operation), **variables}
        self._operation = operation
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }

    @property
    def operation_name(self) -> str | None:
        """Return the operation's name, if it has one."""
        return self._operation.name.value if self._operation.name else None

    @property
    def root_type(self) -> str:
        """Return the name of the type that the root fields belong to."""
        kind = self._schema.get_root_type(self._operation.operation)
        return kind.name if kind else ""

    def root(self) -> Fields:
        """Return the root fields by response key."""
        return self._collect(self.root_type, [self._operation.selection_set])

    def below(self, type_name: str, nodes: Iterable[FieldNode]) -> Fields:
        """Return what is selected below a field of object type `type_name`, by response key."""
        return self._collect(type_name, [node.selection_set for node in nodes])

    def each_below(self, owner: str, nodes: list[FieldNode]) -> Iterator[tuple[str, Fields]]:
        """Give what is selected below a field of `owner`, by each type that it may turn out to be.

        `nodes` are those of one response key, whose field has a selection.
        """
        parent = cast("GraphQLObjectType", self._schema.type_map[owner])
        kind = cast("GraphQLNamedType", get_named_type(parent.fields[nodes[0].name.value].type))
        names = [kind.name]
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            names = [possible.name for possible in self._schema.get_possible_types(kind)]
        for name in names:
            yield name, self.below(name, nodes)

    def _collect(self, type_name: str, sets: Iterable[SelectionSetNode | None]) -> Fields:
        fields: Fields = {}
        for selection_set in sets:
            for node in self._flat(type_name, selection_set, set()):
                fields.setdefault((node.alias or node.name).value, []).append(node)
        return fields

    def _flat(
        self, type_name: str, selection_set: SelectionSetNode | None, seen: set[str]
    ) -> Iterator[FieldNode]:
        for node in selection_set.selections if selection_set else ():
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
                continue
            fragment = self._fragment(node, seen)
            if fragment and self._applies(fragment, type_name):
                yield from self._flat(type_name, fragment.selection_set, seen)

    def _fragment(
        self, node: SelectionNode, seen: set[str]
    ) -> InlineFragmentNode | FragmentDefinitionNode | None:
        if isinstance(node, InlineFragmentNode):
            return node
        # By the grammar it is a spread, the third and last kind of selection.
        name = cast("FragmentSpreadNode", node).name.value
        if name in seen:
            return None
        seen.add(name)
        return self._fragments[name]

    def _applies(
        self, fragment: InlineFragmentNode | FragmentDefinitionNode, type_name: str
    ) -> bool:
        if not fragment.type_condition:
            return True
        wanted = fragment.type_condition.name.value
        kind, actual = self._schema.get_type(wanted), self._schema.get_type(type_name)
        if not isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            return wanted == type_name
        return isinstance(actual, GraphQLObjectType) and self._schema.is_sub_type(kind, actual)

    def _included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            if directive.name.value == "skip" and self._condition(directive):
                return False
            if directive.name.value == "include" and not self._condition(directive):
                return False
        return True

    def _condition(self, directive: DirectiveNode) -> bool:
        values = [self._value(argument.value) for argument in directive.arguments or ()]
        return any(values)

    def _value(self, node: ValueNode) -> object:
        if isinstance(node, VariableNode):
            return self._variables.get(node.name.value)
        return isinstance(node, BooleanValueNode) and node.value


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        node.variable.name.value: node.default_value.value
        for node in operation.variable_definitions or ()
        if isinstance(node.default_value, BooleanValueNode)
    }

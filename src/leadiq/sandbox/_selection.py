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
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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

    def root(self) -> Fields:
        """Return the root fields by response key."""
        kind = self._schema.get_root_type(self._operation.operation)
        return self._collect(kind.name if kind else "", [self._operation.selection_set])

    def below(self, type_name: str, nodes: Iterable[FieldNode]) -> Fields:
        """Return what is selected below a field of object type `type_name`, by response key."""
        return self._collect(type_name, [node.selection_set for node in nodes])

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

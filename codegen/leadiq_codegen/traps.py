"""Documents from which ariadne-codegen would make code that is silently wrong are refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    is_abstract_type,
    visit,
)


class Trap(Exception):
    """The generator would have made code that is silently wrong; the message says what to write."""


def condition(node: FieldNode) -> str | None:
    """Give the variable of a field's `@include(if: $...)`, or None.

    Raises:
        Trap: for every other directive; only this form is compiled into templates.
    """
    if not node.directives:
        return None
    if len(node.directives) > 1 or node.directives[0].name.value != "include":
        raise Trap(f"{node.name.value}: only one @include(if: $variable) is supported on a field")
    value = node.directives[0].arguments[0].value
    if not isinstance(value, VariableNode):
        raise Trap(f"{node.name.value}: @include needs a variable, not a constant")
    return value.name.value


class _Traps(Visitor):
    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        condition(node)

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        if node.directives:
            raise Trap(f"...{node.name.value}: a directive here would leave its fields required")

    def enter_inline_fragment(self, node: InlineFragmentNode, *_: Any) -> None:
        if node.directives or node.type_condition is None:
            raise Trap("inline fragments need a type condition, and cannot carry directives")

    def enter_selection_set(self, node: SelectionSetNode, _key: Any, parent: Any, *_: Any) -> None:
        type_ = self.info.get_parent_type()
        names = [
            (s.alias or s.name).value.lstrip("_")
            for s in node.selections
            if isinstance(s, FieldNode)
        ]
        if len(names) != len(set(names)):
            raise Trap(f"{type_}: two fields of one selection get the same Python name; alias one")
        abstract = isinstance(parent, FieldNode) and is_abstract_type(type_)
        named = any(
            isinstance(s, FieldNode) and s.name.value == "__typename" and not s.alias
            for s in node.selections
        )
        if abstract and not named:
            raise Trap(f"a selection on the abstract type {type_} needs an explicit __typename")

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:
        if isinstance(node.type, NonNullTypeNode) and node.default_value is not None:
            raise Trap(f"${node.variable.name.value}: a default on a non-null variable is ignored")


def check(schema: GraphQLSchema, document: DocumentNode) -> None:
    """Refuse what cannot be compiled faithfully.

    Raises:
        Trap: naming the field or type and what to write instead.
    """
    info = TypeInfo(schema)
    visit(document, TypeInfoVisitor(info, _Traps(info)))
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            _check_operation(definition)


def _check_operation(operation: OperationDefinitionNode) -> None:
    root = operation.selection_set.selections
    if len(root) != 1 or not isinstance(root[0], FieldNode) or root[0].alias:
        _refuse(operation, "has to select exactly one root field, without an alias")
    if operation.directives or root[0].directives:
        _refuse(operation, "and its root field cannot carry directives")


def _refuse(operation: OperationDefinitionNode, why: str) -> NoReturn:
    raise Trap(f"operation {operation.name.value if operation.name else ''} {why}")


def unique(names: Iterable[tuple[str, str]]) -> None:
    """Refuse two public classes of one name: one would silently overwrite the other."""
    seen: dict[str, str] = {}
    for name, module in names:
        if seen.setdefault(name, module) != module:
            raise Trap(f"{name} is defined in {seen[name]} and in {module}: rename the operation")

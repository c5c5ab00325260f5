"""What the operations of this SDK select and send, member by member. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    FieldNode,
    GraphQLInputObjectType,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    parse,
    visit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .._core.documents import Operation


def footprint(
    schema: GraphQLSchema, operations: Iterable[Operation]
) -> Mapping[str, frozenset[str]]:
    """Tell which root fields depend on a type (`Seniority`) or a member (`PersonRecord.name`).

    Args:
        schema: what the operations were written for.
        operations: taken with everything that they can unlock.
    """
    users: defaultdict[str, set[str]] = defaultdict(set)
    for operation in operations:
        members: set[str] = set()
        _add_selected(schema, operation, members)
        for signature in operation.variables.values():
            _add_sent(schema, _name(signature), members)
        for member in members:
            users[member].add(operation.root)
    return {member: frozenset(roots) for member, roots in users.items()}


def _add_selected(schema: GraphQLSchema, operation: Operation, members: set[str]) -> None:
    types = TypeInfo(schema)

    class Selected(Visitor):
        def enter_field(self, node: FieldNode, *_: object) -> None:
            owner, kind = str(types.get_parent_type()), _name(cast("Any", types).get_type())
            members.update((owner, f"{owner}.{node.name.value}", kind))

    visit(
        parse(operation.render(frozenset(operation.flags))),
        TypeInfoVisitor(types, Selected()),
    )


def _add_sent(schema: GraphQLSchema, name: str, members: set[str]) -> None:
    """Add an input type with all that can stand in it."""
    if name in members:
        return
    members.add(name)
    kind = schema.type_map[name]
    if isinstance(kind, GraphQLInputObjectType):
        for field_name, field in kind.fields.items():
            members.add(f"{name}.{field_name}")
            _add_sent(schema, _name(field.type), members)


def _name(signature: object) -> str:
    """Give the type's name, without the marks of lists and of what is required."""
    return re.sub(r"\W", "", str(signature))

"""Compiles operation documents into the templates of `leadiq._core.documents`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    get_named_type,
    print_ast,
)
from graphql.utilities import strip_ignored_characters

from leadiq._core import billing
from leadiq._core.documents import Needed, Segment
from leadiq._core.pricing import Bill, DataPoint

from .traps import Trap, condition


class Compiled(NamedTuple):
    """An operation, ready to be written down."""

    name: str
    kind: str
    root: str
    text: str
    variables: dict[str, str]
    needs: tuple[Needed, ...]
    flags: tuple[str, ...]
    repeatable: bool
    bill: Bill


def split(
    document: DocumentNode,
) -> tuple[OperationDefinitionNode, dict[str, FragmentDefinitionNode]]:
    """Take apart a document of one operation and its fragments."""
    fragments = {
        d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
    }
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    return operation, fragments


def segments(fragment: FragmentDefinitionNode) -> tuple[Segment, ...]:
    """Cut a fragment into text that is always there and text that depends on a flag."""
    name, on = fragment.name.value, fragment.type_condition.name.value
    parts = [f"fragment {name} on {on}", *_selection(fragment.selection_set, name)]
    return tuple(_joined(parts))


def _selection(selection: SelectionSetNode, where: str) -> Iterator[Segment]:
    always = [s for s in selection.selections if _flag(s) is None]
    if not always:
        raise Trap(f"{where}: a selection needs a field that does not depend on a flag")
    yield "{"
    last = "{"
    for node in always:
        if last[-1].isalnum():  # LeadIQ's names end in nothing else
            yield " "
        for part in _node(node, where):
            yield part
            last = part[0] if isinstance(part, tuple) else part
    for node in selection.selections:
        flag = _flag(node)
        if flag is not None:
            inner = list(_joined(_node(node, where)))
            if len(inner) != 1 or not isinstance(inner[0], str):
                raise Trap(f"{where}: a field behind ${flag} contains another condition")
            yield (" " + inner[0], flag)
    yield "}"


def _node(node: SelectionNode, where: str) -> Iterator[Segment]:
    if isinstance(node, FragmentSpreadNode):
        yield f"...{node.name.value}"
    elif isinstance(node, InlineFragmentNode):
        yield f"...on {node.type_condition.name.value}"
        yield from _selection(node.selection_set, where)
    else:
        assert isinstance(node, FieldNode)
        bare = FieldNode(name=node.name, alias=node.alias, arguments=node.arguments, directives=())
        yield strip_ignored_characters(print_ast(bare))
        if node.selection_set:
            yield from _selection(node.selection_set, where)


def _flag(node: SelectionNode) -> str | None:
    return condition(node) if isinstance(node, FieldNode) else None


def _joined(parts: Iterable[Segment]) -> Iterator[Segment]:
    """Join neighbours that are there under the same condition."""
    for flag, group in groupby(parts, key=lambda p: None if isinstance(p, str) else p[1]):
        text = "".join(p if isinstance(p, str) else p[0] for p in group)
        yield text if flag is None else (text, flag)


@dataclass
class _Walk:
    """What a walk through an operation's selection has met."""

    fragments: dict[str, FragmentDefinitionNode]
    schema: GraphQLSchema
    reached: dict[str, set[str] | None] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    always: set[DataPoint] = field(default_factory=set)

    def walk(self, selection: SelectionSetNode, on: str, flag: str | None) -> None:
        for node in selection.selections:
            if isinstance(node, FieldNode):
                self._field(node, on, flag)
            elif isinstance(node, InlineFragmentNode):
                self.walk(node.selection_set, node.type_condition.name.value, flag)
            else:
                assert isinstance(node, FragmentSpreadNode)
                self._spread(node, flag)

    def _field(self, node: FieldNode, on: str, flag: str | None) -> None:
        own = condition(node)
        if own and flag and own != flag:
            raise Trap(f"{on}.{node.name.value}: ${own} lies within ${flag}")
        flag = flag or own
        if flag:
            self.flags.add(flag)
        point = billing.data_point(on, node.name.value)
        if point and not flag:
            self.always.add(point)
        unlock = billing.UNLOCKS.get(flag or "")
        if point and flag and (unlock is None or unlock.data_point is not point):
            raise Trap(f"{on}.{node.name.value} is billed as {point}, but stands behind ${flag}")
        if node.selection_set and node.name.value != "__typename":
            type_ = self.schema.type_map[on]
            assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
            inner = get_named_type(type_.fields[node.name.value].type)
            self.walk(node.selection_set, inner.name, flag)

    def _spread(self, node: FragmentSpreadNode, flag: str | None) -> None:
        name = node.name.value
        flags = self.reached.setdefault(name, set())
        if flag is None:
            self.reached[name] = None
        elif flags is not None:
            flags.add(flag)
        fragment = self.fragments[name]
        self.walk(fragment.selection_set, fragment.type_condition.name.value, flag)


def compile_operation(schema: GraphQLSchema, document: DocumentNode) -> Compiled:
    """Compile a document of one operation and its fragments.

    Raises:
        Trap: when the document cannot be compiled faithfully, or a billed field is selected
            behind a flag that stands for something else.
    """
    operation, fragments = split(document)
    (root,) = operation.selection_set.selections
    assert isinstance(root, FieldNode)
    assert operation.name
    root_type = schema.get_root_type(operation.operation)
    assert root_type
    walk = _Walk(fragments, schema)
    walk.walk(operation.selection_set, root_type.name, None)
    needs = tuple(
        (name, None if flags is None else tuple(sorted(flags)))
        for name, flags in walk.reached.items()
    )
    name, kind = root.name.value, operation.operation.value
    return Compiled(
        name=operation.name.value,
        kind=kind,
        root=name,
        text=_text(operation, walk.flags),
        variables={
            variable.variable.name.value: strip_ignored_characters(print_ast(variable.type))
            for variable in operation.variable_definitions
            if variable.variable.name.value not in walk.flags
        },
        needs=needs,
        flags=tuple(sorted(walk.flags)),
        repeatable=kind == "query" or name in billing.REPEATABLE_WRITES,
        bill=_bill(name, walk),
    )


def _text(operation: OperationDefinitionNode, flags: set[str]) -> str:
    """The operation without its fragments and without the variables that are flags.

    Raises:
        Trap: when its own selection has conditions; only fragments are cut into segments.
    """
    assert operation.name
    if any(isinstance(part, tuple) for part in _selection(operation.selection_set, "operation")):
        name = operation.name.value
        raise Trap(f"operation {name}: what stands behind a flag has to be in a fragment")
    kept: list[VariableDefinitionNode] = [
        v for v in operation.variable_definitions if v.variable.name.value not in flags
    ]
    bare = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=tuple(kept),
        directives=(),
        selection_set=operation.selection_set,
    )
    return strip_ignored_characters(print_ast(bare))


def _bill(root: str, walk: _Walk) -> Bill:
    basis = billing.BASIS.get(root, "free")
    unlocks = tuple(u for f, u in billing.UNLOCKS.items() if f in walk.flags)
    if basis in {"free", "unpublished"}:
        if walk.always or unlocks:
            raise Trap(f"{root} is {basis}, but selects billed fields")
        return Bill(basis)
    return Bill(basis, (DataPoint.PROFILE, *sorted(walk.always)), unlocks)

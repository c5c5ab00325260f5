"""A contract that has drifted: another SDL, and resolvers to match.

GraphQL itself does the rest, so nulls travel as they should, a document that names what is gone
fails as a whole, and introspection shows what there is.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache, singledispatchmethod
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    GraphQLNonNull,
    GraphQLResolveInfo,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NameNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    UnionTypeDefinitionNode,
    get_named_type,
    parse,
    print_ast,
)
from graphql.language import TypeDefinitionNode, TypeNode

from leadiq.sandbox._errors import FieldFailed
from leadiq.sandbox._faults import (
    NoCursor,
    NoIntrospection,
    Nullable,
    Partial,
    Removed,
    Renamed,
    UnknownEnum,
    UnknownMember,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from graphql import GraphQLType, NamedTypeNode

    from leadiq.sandbox._faults import Drift

    _Holder = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | InputObjectTypeDefinitionNode
    _Member = FieldDefinitionNode | InputValueDefinitionNode

_CURSORS = frozenset({"SearchCursorEntry", "SearchCursorEntryInput"})
_ROOTS = frozenset({"Query", "Mutation"})


@dataclass(frozen=True)
class Changes:
    """What resolvers do differently; the keys are `Type.field` as drifted, or a type's name."""

    nulls: set[str] = field(default_factory=set[str])
    failing: set[str] = field(default_factory=set[str])
    sources: dict[str, str] = field(default_factory=dict[str, str])
    enums: dict[str, str] = field(default_factory=dict[str, str])
    members: dict[str, str] = field(default_factory=dict[str, str])


class Drifted:
    """An SDL with its drifts applied.

    Raises:
        ValueError: a drift names what the SDL does not have; the sentence says what.
    """

    def __init__(self, text: str, drifts: Iterable[Drift]) -> None:
        self.changes = Changes()
        self.fails_first = False
        self.introspection = True
        document = deepcopy(_parsed(text))
        self._types = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, TypeDefinitionNode)
        }
        self._added: list[TypeDefinitionNode] = []
        for drift in drifts:
            self._apply(drift)
        document.definitions = (*document.definitions, *self._added)
        # A text that is the same is a schema that is built already.
        self.text = text if document == _parsed(text) else print_ast(document)

    @singledispatchmethod
    def _apply(self, drift: Drift) -> None:
        raise AssertionError(drift)

    @_apply.register
    def _(self, drift: Partial) -> None:
        if drift.field is None:
            self.fails_first = True
        else:
            self._member(drift.field)
            self.changes.failing.add(drift.field)

    @_apply.register
    def _(self, drift: UnknownEnum) -> None:
        for node in self._of(EnumTypeDefinitionNode, drift.enum):
            known = {value.name.value for value in node.values}
            if drift.value not in known:
                node.values = (*node.values, *_enum(f"enum E {{ {drift.value} }}").values)
            self.changes.enums[node.name.value] = drift.value

    @_apply.register
    def _(self, drift: UnknownMember) -> None:
        kinds = UnionTypeDefinitionNode, InterfaceTypeDefinitionNode
        for node in self._of(kinds, drift.of):
            name = node.name.value
            made = f"{drift.type}Of{name}" if drift.of is None else drift.type
            if made in self._types:
                raise ValueError(f"faults: the schema has a type {made}.")
            self._added.append(_new_member(made, node))
            self.changes.members[name] = made

    @_apply.register
    def _(self, drift: Removed) -> None:
        self._remove(drift.field)

    @_apply.register
    def _(self, drift: Renamed) -> None:
        holder, member = self._member(drift.field)
        if isinstance(member, InputValueDefinitionNode) or holder.name.value in _ROOTS:
            raise ValueError("faults: only fields below the root can be renamed.")
        if any(one.name.value == drift.to for one in holder.fields or ()):
            raise ValueError(f"faults: {holder.name.value} has a field {drift.to}.")
        self.changes.sources[f"{holder.name.value}.{drift.to}"] = member.name.value
        member.name = NameNode(value=drift.to)

    @_apply.register
    def _(self, drift: Nullable) -> None:
        _, member = self._member(drift.field)
        if isinstance(member.type, NonNullTypeNode):
            member.type = member.type.type
        self.changes.nulls.add(drift.field)

    @_apply.register
    def _(self, _: NoIntrospection) -> None:
        self.introspection = False

    @_apply.register
    def _(self, _: NoCursor) -> None:
        for holder in list(self._types.values()):
            for member in getattr(holder, "fields", None) or ():
                if _named(member.type) in _CURSORS and holder.name.value not in _CURSORS:
                    self._remove(f"{holder.name.value}.{member.name.value}")

    def _remove(self, where: str) -> None:
        holder, member = self._member(where)
        left = tuple(one for one in holder.fields or () if one is not member)
        if not left:
            raise ValueError(f"faults: {where} is all that its type has.")
        holder.fields = cast("Any", left)

    def _member(self, where: str) -> tuple[_Holder, _Member]:
        name, _, wanted = where.partition(".")
        holder = cast("_Holder", self._types.get(name))
        for member in getattr(holder, "fields", None) or ():
            if member.name.value == wanted:
                return holder, member
        raise ValueError(f"faults: the schema has no {where}.")

    def _of(self, kinds: Any, name: str | None) -> Iterator[Any]:
        found = [node for node in self._types.values() if isinstance(node, kinds)]
        if name is not None:
            found = [node for node in found if node.name.value == name]
        if not found:
            raise ValueError(f"faults: the schema has no {name} of that kind.")
        yield from found


@lru_cache(maxsize=2)
def _parsed(text: str) -> DocumentNode:
    return parse(text, no_location=True)


class Middleware:
    """The resolvers of one request to a drifted server: a middleware in GraphQL's sense."""

    def __init__(self, drifted: Drifted) -> None:
        self._changes = drifted.changes
        self._fails_first = drifted.fails_first

    def resolve(
        self, inner: Callable[..., Any], root: Any, info: GraphQLResolveInfo, **arguments: Any
    ) -> Any:
        """Return a field's value as the drifted server has it.

        Raises:
            FieldFailed: it is this field's turn.
        """
        where = f"{info.parent_type.name}.{info.field_name}"
        if where in self._changes.failing or self._is_first(info):
            raise FieldFailed
        if where in self._changes.nulls:
            return None
        source = self._changes.sources.get(where)
        if source is None:
            value = inner(root, info, **arguments)
        else:
            value = root.get(source)
            value = value(info, **arguments) if callable(value) else value
        return self._changed(value, get_named_type(cast("GraphQLType", info.return_type)).name)

    def _is_first(self, info: GraphQLResolveInfo) -> bool:
        """Tell, once a request, of the first nullable field below a root field."""
        below = info.path.prev is not None and not isinstance(
            cast("GraphQLType", info.return_type), GraphQLNonNull
        )
        first = self._fails_first and below
        self._fails_first = self._fails_first and not first
        return first

    def _changed(self, value: Any, kind: str) -> Any:
        if isinstance(value, list):
            return [self._changed(one, kind) for one in cast("Sequence[Any]", value)]
        if value is None:
            return None
        if kind in self._changes.members:
            return {**value, "__typename": self._changes.members[kind]}
        return self._changes.enums.get(kind, value)


def _enum(text: str) -> EnumTypeDefinitionNode:
    return cast("EnumTypeDefinitionNode", parse(text).definitions[0])


def _new_member(
    name: str, of: UnionTypeDefinitionNode | InterfaceTypeDefinitionNode
) -> ObjectTypeDefinitionNode:
    """Return a new object type and make it a member of a union or interface."""
    head = f" implements {of.name.value}" if isinstance(of, InterfaceTypeDefinitionNode) else ""
    node = cast(
        "ObjectTypeDefinitionNode", parse(f"type {name}{head} {{ sandbox: String }}").definitions[0]
    )
    if isinstance(of, InterfaceTypeDefinitionNode):
        node.fields = of.fields
    else:
        reference = cast("UnionTypeDefinitionNode", parse(f"union U = {name}").definitions[0])
        of.types = (*of.types, *reference.types)
    return node


def _named(node: TypeNode) -> str:
    while isinstance(node, ListTypeNode | NonNullTypeNode):
        node = node.type
    return cast("NamedTypeNode", node).name.value

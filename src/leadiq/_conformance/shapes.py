"""Whether data is what a document selects: no field too few, none too many, each of its type. Pure.

What does not fit is told by its place and by the type that was promised, never by its value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
)

from .._ground.json import mapping, sequence
from .._schema.selection import Fields, Selection, operation_of
from .leaves import is_written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import DocumentNode, FieldNode, GraphQLSchema


def misfits(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: str | None,
    variables: Mapping[str, Any],
    data: object,
) -> list[str]:
    """Tell where `data` is not what one operation of a valid document selects.

    Raises:
        StopIteration: the document has no such operation.
    """
    selection = Selection(schema, document, operation_of(document, operation), variables)
    return list(
        _Fit(schema, selection).of_object("data", selection.root_type, selection.root(), data)
    )


class _Fit:
    def __init__(self, schema: GraphQLSchema, selection: Selection) -> None:
        self._schema = schema
        self._selection = selection

    def of_object(self, place: str, owner: str, fields: Fields, value: object) -> Iterator[str]:
        """Give what does not fit of an object of type `owner`."""
        if not isinstance(value, dict):
            yield f"{place}: no object, where {owner} is promised"
            return
        members = mapping(value)
        yield from (f"{place}.{key}: not asked for" for key in members if key not in fields)
        for key, nodes in fields.items():
            if key in members:
                yield from self._field(f"{place}.{key}", owner, nodes, members[key])
            else:
                yield f"{place}.{key}: missing"

    def _field(
        self, place: str, owner: str, nodes: list[FieldNode], value: object
    ) -> Iterator[str]:
        name = nodes[0].name.value
        if name == "__typename":
            if value != owner:
                yield f"{place}: not {owner}"
        elif not name.startswith("__"):  # what introspection answers is the library's to judge
            parent = cast("GraphQLObjectType", self._schema.type_map[owner])
            yield from self._value(place, parent.fields[name].type, nodes, value)

    def _value(
        self, place: str, promised: Any, nodes: list[FieldNode], value: object
    ) -> Iterator[str]:
        kind: Any = promised
        while isinstance(kind, GraphQLNonNull):
            kind = cast("Any", kind).of_type
        if value is None and kind is not promised:
            yield f"{place}: null, where {promised} is promised"
        if value is None:
            return
        if isinstance(kind, GraphQLList):
            yield from self._items(place, kind, nodes, value)
        elif isinstance(kind, GraphQLEnumType | GraphQLScalarType):
            if not is_written(kind, value):
                yield f"{place}: not what {promised} is written as"
        else:
            yield from self._composite(place, kind, nodes, value)

    def _items(self, place: str, kind: Any, nodes: list[FieldNode], value: object) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{place}: no list, where {kind} is promised"
            return
        for index, item in enumerate(sequence(value)):
            yield from self._value(f"{place}[{index}]", kind.of_type, nodes, item)

    def _composite(
        self, place: str, kind: Any, nodes: list[FieldNode], value: object
    ) -> Iterator[str]:
        """Hold an object against its type, or against that of the possible ones it fits best."""
        tried = [
            tuple(self.of_object(place, name, self._selection.below(name, nodes), value))
            for name in self._names(kind)
        ]
        yield from min(tried, key=len, default=())

    def _names(self, kind: Any) -> list[str]:
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            return [possible.name for possible in self._schema.get_possible_types(kind)]
        return [kind.name]

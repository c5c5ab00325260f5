"""Every text of an exchange, given to a function that knows of what kind it is.

A document is held against the schema of this SDK, so that aliases, fragments and literals hide
nothing. Of a document that does not fit the schema every text counts as personal. Pure.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    ListValueNode,
    ObjectFieldNode,
    OperationDefinitionNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    get_named_type,  # pyright: ignore[reportUnknownVariableType] - graphql-core's
    parse,
    type_from_ast,  # pyright: ignore[reportUnknownVariableType] - graphql-core's
    validate,
    visit,
)

from .._ground.json import mapping, sequence
from .._schema.packaged import packaged_schema
from .._schema.selection import Selection, operation_of
from ._exchange import Exchange
from ._personal_fields import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphql import Location

    Rewrite = Callable[[Kind | None, str], str]
    Places = list[tuple[str, list[FieldNode]]]
    """Where a value may stand: types, and the nodes that select a field of them."""

_LATEST = 256


class _Literal(NamedTuple):
    """A string that is written into a document."""

    start: int
    end: int
    text: str
    kind: Kind | None


class _Read(NamedTuple):
    """What a document says of the texts in and around it."""

    node: DocumentNode | None
    """None: it does not fit the schema."""
    literals: tuple[_Literal, ...] | None
    """None: it is no GraphQL."""
    variables: dict[str, Kind]
    """Variables that are themselves a member of an input."""


def rewritten(exchange: Exchange, rewrite: Rewrite) -> Exchange:
    """Give an exchange with each text as `rewrite` makes it; `rewrite` gets None for other kinds.

    Names, enum values and what follows from the document are left alone.
    """
    read = _read(exchange.document)
    document = _literals(exchange.document, read, rewrite)
    reply = exchange.reply
    if read.node is None:
        variables = _every(exchange.variables, Kind.TEXT, rewrite)
        data = _every(mapping(reply).get("data"), Kind.TEXT, rewrite)
    else:
        variables, data = _known(exchange, read.node, read, rewrite)
    if isinstance(reply, dict):
        rest = {k: _every(v, None, rewrite) for k, v in mapping(reply).items() if k != "data"}
        reply = {**({"data": data} if "data" in reply else {}), **rest}
    else:
        reply = _every(reply, Kind.TEXT, rewrite)
    return Exchange(document, exchange.operation_name, variables, exchange.status, reply)


def _known(
    exchange: Exchange, node: DocumentNode, read: _Read, rewrite: Rewrite
) -> tuple[dict[str, Any], Any]:
    operation = operation_of(node, exchange.operation_name)
    variables = _variables(operation, read, exchange.variables, rewrite)
    selection = Selection(packaged_schema(), node, operation, exchange.variables)
    fields = selection.root()
    data = mapping(exchange.reply).get("data")
    if isinstance(data, dict):
        data = {
            key: _value(value, selection, _places(key, [(selection.root_type, fields)]), rewrite)
            for key, value in mapping(data).items()
        }
    return variables, data


def _value(value: Any, selection: Selection, places: Places, rewrite: Rewrite) -> Any:
    if isinstance(value, str):
        kinds = [kind_of(owner, nodes[0].name.value) for owner, nodes in places]
        return rewrite(next(filter(None, kinds), None), value)
    if isinstance(value, list):
        return [_value(item, selection, places, rewrite) for item in sequence(value)]
    if not isinstance(value, dict):
        return value
    below = [pair for owner, nodes in places for pair in selection.each_below(owner, nodes)]
    record = mapping(value)
    if not any(fields for _, fields in below):  # a scalar that is an object: anybody's JSON
        return _every(record, Kind.TEXT, rewrite)
    return {
        key: _value(inner, selection, _places(key, below), rewrite) for key, inner in record.items()
    }


def _places(key: str, below: Iterable[tuple[str, dict[str, list[FieldNode]]]]) -> Places:
    return [(owner, fields[key]) for owner, fields in below if key in fields]


def _variables(
    operation: OperationDefinitionNode, read: _Read, given: dict[str, Any], rewrite: Rewrite
) -> dict[str, Any]:
    kinds: dict[str, Any] = {
        definition.variable.name.value: _named(
            type_from_ast(packaged_schema(), cast("Any", definition.type))
        )
        for definition in operation.variable_definitions or ()
    }
    return {
        name: _input(value, kinds.get(name), read.variables.get(name), rewrite)
        for name, value in given.items()
    }


def _input(value: Any, wanted: Any, kind: Kind | None, rewrite: Rewrite) -> Any:
    if isinstance(value, list):
        return [_input(item, wanted, kind, rewrite) for item in sequence(value)]
    if isinstance(value, dict) and isinstance(wanted, GraphQLInputObjectType):
        return {
            name: _input(
                inner,
                _named(wanted.fields[name].type) if name in wanted.fields else None,
                kind_of(wanted.name, name) if name in wanted.fields else Kind.TEXT,
                rewrite,
            )
            for name, inner in mapping(value).items()
        }
    if isinstance(wanted, GraphQLEnumType):
        return cast("Any", value)
    return _every(value, kind, rewrite)


def _named(kind: Any) -> Any:
    """Give a type without what it is wrapped in."""
    return cast("Any", get_named_type(kind))


def _every(value: Any, kind: Kind | None, rewrite: Rewrite) -> Any:
    """Rewrite every text of a value as of one kind."""
    if isinstance(value, str):
        return rewrite(kind, value)
    if isinstance(value, list):
        return [_every(item, kind, rewrite) for item in sequence(value)]
    if isinstance(value, dict):
        return {name: _every(inner, kind, rewrite) for name, inner in mapping(value).items()}
    return value


@lru_cache(maxsize=_LATEST)
def _read(document: str) -> _Read:
    try:
        node = parse(document)
    except (GraphQLError, RecursionError):
        return _Read(None, None, {})
    fits = not validate(packaged_schema(), node)
    finder = _Finder(TypeInfo(packaged_schema()), fits)
    visit(node, TypeInfoVisitor(finder.types, finder))
    return _Read(node if fits else None, tuple(finder.literals.values()), finder.variables)


class _Finder(Visitor):
    """Notes the strings and variables of a document, and what they are."""

    def __init__(self, types: TypeInfo, fits: bool) -> None:
        super().__init__()
        self.types = types
        self.literals: dict[int, _Literal] = {}
        self.variables: dict[str, Kind] = {}
        self._otherwise = None if fits else Kind.TEXT

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        """Note what the value of an input's member is."""
        types: Any = self.types
        owner = _named(types.get_parent_input_type())
        kind = kind_of(owner.name, node.name.value) if owner else None
        listed = node.value.values if isinstance(node.value, ListValueNode) else (node.value,)
        for value in listed:
            if isinstance(value, StringValueNode):
                self._note(value, kind or self._otherwise)
            elif isinstance(value, VariableNode) and kind:
                self.variables[value.name.value] = kind

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        """Note a string that is no member of an input."""
        self._note(node, self._otherwise)

    def _note(self, node: StringValueNode, kind: Kind | None) -> None:
        place = cast("Location", node.loc)
        found = _Literal(place.start, place.end, node.value, kind)
        self.literals.setdefault(found.start, found)


def _literals(document: str, read: _Read, rewrite: Rewrite) -> str:
    if read.literals is None:
        return rewrite(Kind.TEXT, document)
    parts: list[str] = []
    at = 0
    for start, end, text, kind in sorted(read.literals):
        parts += [document[at:start], json.dumps(rewrite(kind, text), ensure_ascii=False)]
        at = end
    return "".join([*parts, document[at:]])

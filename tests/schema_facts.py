"""The facts of the LeadIQ contract, as the tests need them.

`tests/data/contract.tsv` is the whole contract, one member a row, and where each is known from.
`schema.graphql` is the same contract in SDL, with descriptions of ours. This module reads both into
one form, so that they can be compared, and builds the schema of a production server from them.

Run as a script it rewrites the computed parts of `schema.lock.json`.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from graphql import (
    ArgumentNode,
    DefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    GraphQLSchema,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    StringValueNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
    build_ast_schema,
    parse,
    print_ast,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SCHEMA_FILE = ROOT / "schema.graphql"
LOCK_FILE = ROOT / "schema.lock.json"
FACTS_FILE = ROOT / "tests" / "data" / "contract.tsv"

#: The table gives the shape of a search cursor; LeadIQ has published no type names, these are ours.
CURSOR_TYPES = {
    "[{key, value}] or null": "[SearchCursorEntry!]",
    "[{key: String!, value: String!}]": "[SearchCursorEntryInput!]",
}
OUR_TYPES = frozenset({"SearchCursorEntry", "SearchCursorEntryInput"})

#: Types that have all fields of `Plan`; the introspection lists no implementer, the schema does.
PLAN_TYPES = frozenset({"ApiPlan", "DataHubPlan", "UniversalPlan"})

MemberNode = EnumValueDefinitionNode | FieldDefinitionNode | InputValueDefinitionNode
_F = TypeVar("_F", FieldDefinitionNode, InputValueDefinitionNode)
_Composite = InputObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode
_KINDS: dict[type[DefinitionNode], str] = {
    EnumTypeDefinitionNode: "enum",
    InputObjectTypeDefinitionNode: "input",
    InterfaceTypeDefinitionNode: "interface",
    ObjectTypeDefinitionNode: "type",
    ScalarTypeDefinitionNode: "scalar",
    UnionTypeDefinitionNode: "union",
}


class Row(NamedTuple):
    """One row of the facts table: a member of a type, or a whole scalar or union."""

    kind: str  #: enum, input, interface, scalar, type or union
    owner: str  #: the type
    member: str  #: empty for a scalar or union
    signature: str  #: the member's type in SDL; the members of a union; empty for an enum value
    arguments: str  #: as in SDL, without parentheses
    deprecated: str  #: LeadIQ's hint, such as `use id`; empty when it is current
    in_reference: str  #: yes, no, or what the stored page had lost
    in_live: str  #: yes, no, or `newer (...)`

    @property
    def reference_only(self) -> bool:
        """True when only the published reference has the member."""
        return self.in_live == "no"

    @property
    def newer(self) -> bool:
        """True for cursor paging, which is newer than the introspection of 2026-08."""
        return self.in_live.startswith("newer")

    @property
    def name(self) -> str:
        """`Type.member`, as people write it."""
        return f"{self.owner}.{self.member}"


class Fact(NamedTuple):
    """What table and schema both say of one member. Equal facts, equal contracts."""

    kind: str
    owner: str
    member: str
    signature: str
    arguments: str
    deprecated: bool


def load_rows() -> list[Row]:
    """Read the facts table, in its order."""
    with FACTS_FILE.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter="\t")
        next(reader)
        return [Row(*line) for line in reader]


def row_fact(row: Row) -> Fact:
    """Say what a row demands of the schema: its own names for cursors, its own deprecations."""
    signature = CURSOR_TYPES[row.signature] if row.newer else row.signature
    deprecated = bool(row.deprecated) or row.reference_only
    return Fact(row.kind, row.owner, row.member, signature, row.arguments, deprecated)


def load_document() -> DocumentNode:
    """Parse `schema.graphql`. The document is new at every call, so it may be changed."""
    return parse(SCHEMA_FILE.read_text(encoding="utf-8"), no_location=True)


def load_schema() -> GraphQLSchema:
    """Build the whole contract, reference-only members and search cursors included."""
    return build_ast_schema(load_document())


def live_document(*, cursors: bool = False) -> DocumentNode:
    """Parse the contract as production answered it in 2026-08; with `after` if `cursors`.

    Reference-only members are gone, and so is `implements Plan`: a document that passes asks a
    production server for nothing that it lacks.
    """
    rows = load_rows()
    gone = {(r.owner, r.member) for r in rows if r.reference_only or (r.newer and not cursors)}
    document = load_document()
    document.definitions = tuple(
        _without(node, gone)
        for node in document.definitions
        if cursors or type_name(node) not in OUR_TYPES
    )
    return document


def live_schema(*, cursors: bool = False) -> GraphQLSchema:
    """Build the contract as production answered it in 2026-08; with `after` if `cursors`."""
    return build_ast_schema(live_document(cursors=cursors))


def document_facts(document: DocumentNode) -> Iterator[Fact]:
    """Read a schema document as facts, member by member."""
    for node in document.definitions:
        kind, owner = _KINDS[type(node)], type_name(node)
        if isinstance(node, ScalarTypeDefinitionNode):
            yield Fact(kind, owner, "", "", "", deprecated=False)
        elif isinstance(node, UnionTypeDefinitionNode):
            signature = " | ".join(member.name.value for member in node.types)
            yield Fact(kind, owner, "", signature, "", deprecated=False)
        else:
            for member in members(node):
                yield _member_fact(kind, owner, member)


def type_name(node: DefinitionNode) -> str:
    """Return the name of the type that a definition defines."""
    assert isinstance(node, TypeDefinitionNode), "only type definitions stand in schema.graphql"
    return node.name.value


def members(node: DefinitionNode) -> tuple[MemberNode, ...]:
    """Return fields of a type, interface or input, or values of an enum; others have none."""
    if isinstance(node, EnumTypeDefinitionNode):
        return tuple(node.values)
    return tuple(node.fields) if isinstance(node, _Composite) else ()


def arguments(member: MemberNode) -> tuple[InputValueDefinitionNode, ...]:
    """Return the arguments of a field; every other member has none."""
    return tuple(member.arguments) if isinstance(member, FieldDefinitionNode) else ()


def deprecation_reason(member: MemberNode) -> str | None:
    """Return the reason of `@deprecated`, or None when the member is current."""
    for directive in member.directives:
        if directive.name.value == "deprecated":
            return _string(directive.arguments[0])
    return None


def lock() -> dict[str, Any]:
    """Compute what `schema.lock.json` has to say: its own sources, and the rest anew."""
    sources = json.loads(LOCK_FILE.read_text(encoding="utf-8"))["sources"]
    return {
        "counts": counts(load_document()),
        "facts": {
            "file": FACTS_FILE.relative_to(ROOT).as_posix(),
            "rows": len(load_rows()),
            "sha256": _sha256(FACTS_FILE),
        },
        "schema": {
            "file": SCHEMA_FILE.relative_to(ROOT).as_posix(),
            "sha256": _sha256(SCHEMA_FILE),
        },
        "sources": sources,
    }


def render(value: dict[str, Any]) -> str:
    """Write a lock as it stands in the file."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def counts(document: DocumentNode) -> dict[str, int]:
    """Count a schema document: definitions by kind, members, arguments, deprecations."""
    facts = list(document_facts(document))
    kinds = [_KINDS[type(node)] for node in document.definitions]
    fields = [member for node in document.definitions for member in members(node)]
    return {
        "arguments": sum(len(arguments(member)) for member in fields),
        "deprecated": sum(fact.deprecated for fact in facts),
        "enumValues": sum(fact.kind == "enum" for fact in facts),
        "enums": kinds.count("enum"),
        "fields": sum(fact.kind in {"interface", "type"} for fact in facts),
        "inputFields": sum(fact.kind == "input" for fact in facts),
        "inputs": kinds.count("input"),
        "interfaces": kinds.count("interface"),
        "mutations": sum(fact.owner == "Mutation" for fact in facts),
        "queries": sum(fact.owner == "Query" for fact in facts),
        "scalars": kinds.count("scalar"),
        "types": kinds.count("type"),
        "unions": kinds.count("union"),
    }


def _member_fact(kind: str, owner: str, member: MemberNode) -> Fact:
    """Read one member as a fact. A default belongs to its argument, or to the input member."""
    signature = "" if isinstance(member, EnumValueDefinitionNode) else print_ast(member.type)
    if isinstance(member, InputValueDefinitionNode) and member.default_value:
        signature += f" = {print_ast(member.default_value)}"
    rendered = ", ".join(_argument(node) for node in arguments(member))
    deprecated = deprecation_reason(member) is not None
    return Fact(kind, owner, member.name.value, signature, rendered, deprecated)


def _argument(node: InputValueDefinitionNode) -> str:
    default = f" = {print_ast(node.default_value)}" if node.default_value else ""
    return f"{node.name.value}: {print_ast(node.type)}{default}"


def _without(node: DefinitionNode, gone: set[tuple[str, str]]) -> DefinitionNode:
    """Take fields and `implements` out of a definition; the node itself is changed."""
    if isinstance(node, ObjectTypeDefinitionNode):
        node.interfaces = ()
        node.fields = _kept(node.fields, type_name(node), gone)
    elif isinstance(node, InputObjectTypeDefinitionNode):
        node.fields = _kept(node.fields, type_name(node), gone)
    return node


def _kept(fields: tuple[_F, ...], owner: str, gone: set[tuple[str, str]]) -> tuple[_F, ...]:
    return tuple(field for field in fields if (owner, field.name.value) not in gone)


def _string(argument: ArgumentNode) -> str:
    assert isinstance(argument.value, StringValueNode)
    return argument.value.value


def _sha256(path: Path) -> str:
    """Hash a text file as it is committed, whatever line ends the checkout has."""
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()


if __name__ == "__main__":
    LOCK_FILE.write_text(render(lock()), encoding="utf-8")

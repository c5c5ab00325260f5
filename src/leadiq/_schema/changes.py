"""How a server's schema differs from the one that this SDK was compiled from. Pure.

What breaks and what is dangerous is graphql-core's judgement; what is safe is found here. Texts of
descriptions are no changes, and directives are left out: no operation of the SDK names one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    find_breaking_changes,
    find_dangerous_changes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Grade(StrEnum):
    """What a change does to a client, the worst last."""

    KNOWN = "known"
    """The SDK is made for servers with and without it."""
    SAFE = "safe"
    DANGEROUS = "dangerous"
    """It may change what a client does, as a new enum value may."""
    BREAKING = "breaking"


class Change(NamedTuple):
    """One difference, seen from this SDK's schema."""

    grade: Grade
    member: str
    """`Type`, or `Type.member`."""
    text: str
    affects: tuple[str, ...] = ()
    """Root fields whose operations select or send it."""


# Reasons of `@deprecated` in the packaged schema that begin so mark what production never had.
_REFERENCE_ONLY: Final = "Only in the published reference"
# LeadIQ has published no type names for search cursors, and not every server has cursors.
_CURSORS: Final = frozenset(
    {
        "CompanySearchResponse.after",
        "FlatSearchInput.after",
        "GroupedSearchInput.after",
        "PersonSearchResponse.after",
        "SearchCursorEntry",
        "SearchCursorEntryInput",
    }
)
# Production says of no type that it is a plan; the fields of these are those of `Plan`.
_PLANS: Final = frozenset({"ApiPlan", "DataHubPlan", "UniversalPlan"})

_MEMBER: Final = (
    (re.compile(r"(\w+) was (?:added to|removed from) (?:enum|union) type (\w+)\."), r"\2"),
    (re.compile(r"An optional field (\w+) on input type (\w+) was added\."), r"\2.\1"),
    (re.compile(r"A required field \w+ on input type (\w+) was added\."), r"\1"),
    (re.compile(r"An optional arg (\w+) on (\w+\.\w+) was added\."), r"\2(\1)"),
    (re.compile(r"A required arg \w+ on (\w+\.\w+) was added\."), r"\1"),
    (re.compile(r"\w+ added to interfaces implemented by (\w+)\."), r"\1"),
    (re.compile(r"(?:Standard scalar )?(\w+(?:\.\w+)?) .*", re.DOTALL), r"\1"),
)


def changes(
    ours: GraphQLSchema,
    theirs: GraphQLSchema,
    used: Mapping[str, frozenset[str]],
    *,
    deprecated_inputs: bool = True,
) -> list[Change]:
    """Compare two schemas.

    Args:
        ours: what the SDK was compiled from.
        theirs: what a server has.
        used: which root fields depend on a type or member of ours; see `footprint`.
        deprecated_inputs: whether `theirs` tells of deprecated arguments and input fields.

    Returns:
        The worst first.
    """
    found = list(_graded(ours, theirs, deprecated_inputs))
    found += _safe(ours, theirs, {change.member for change in found})
    listed = [c._replace(affects=tuple(sorted(used.get(c.member, ())))) for c in found]
    worst_first = list(Grade)[::-1]
    return sorted(listed, key=lambda c: (worst_first.index(c.grade), c.member, c.text))


def _graded(
    ours: GraphQLSchema, theirs: GraphQLSchema, deprecated_inputs: bool
) -> Iterator[Change]:
    found: list[tuple[Grade, Any]] = [
        *((Grade.BREAKING, change) for change in find_breaking_changes(ours, theirs)),
        *((Grade.DANGEROUS, change) for change in find_dangerous_changes(ours, theirs)),
    ]
    for grade, change in found:
        kind, text = change.type.name, change.description
        if "DIRECTIVE" in kind:
            continue
        member = _member(text)
        hidden = not deprecated_inputs and _is_deprecated_input(ours, member)
        if hidden or _is_known(ours, theirs, kind, member):
            grade = Grade.KNOWN
        yield Change(grade, member, text)


def _member(text: str) -> str:
    match, form = next((m, form) for p, form in _MEMBER if (m := p.fullmatch(text)))
    return match.expand(form)


def _is_known(ours: GraphQLSchema, theirs: GraphQLSchema, kind: str, member: str) -> bool:
    if kind == "IMPLEMENTED_INTERFACE_REMOVED":
        return member in _PLANS
    if kind == "FIELD_CHANGED_KIND" and member in _CURSORS:
        entry = theirs.type_map[re.sub(r"\W", "", str(_field(theirs, member).type))]
        return set(getattr(entry, "fields", ())) == {"key", "value"}
    if kind not in {"FIELD_REMOVED", "TYPE_REMOVED"}:
        return False
    reason = "." in member and _field(ours, member).deprecation_reason
    return member in _CURSORS or (reason or "").startswith(_REFERENCE_ONLY)


def _is_deprecated_input(ours: GraphQLSchema, member: str) -> bool:
    owner = ours.type_map.get(member.split(".")[0])
    if not isinstance(owner, GraphQLInputObjectType) or "." not in member:
        return False
    return bool(_field(ours, member).deprecation_reason)


def _field(schema: GraphQLSchema, member: str) -> Any:
    owner, name = member.split(".")
    kind: Any = schema.type_map[owner]
    return kind.fields[name]


def _safe(ours: GraphQLSchema, theirs: GraphQLSchema, graded: set[str]) -> Iterator[Change]:
    """Give what is new, deprecated, or narrower than it was, and not graded already."""
    for name in sorted(theirs.type_map.keys() - ours.type_map.keys()):
        yield _safe_change(name, "was added.")
    for name in sorted(theirs.type_map.keys() & ours.type_map.keys()):
        new = theirs.type_map[name]
        old_members, new_members = _members(ours.type_map[name]), _members(new)
        for member, there in new_members.items():
            here = old_members.get(member)
            if here:
                yield from _moved(member, here, there, member in graded)
            elif isinstance(new, GraphQLObjectType | GraphQLInterfaceType):
                yield _safe_change(member, "was added.")


def _safe_change(member: str, text: str) -> Change:
    return Change(Grade.SAFE, member, f"{member} {text}")


def _members(kind: Any) -> dict[str, Any]:
    """Give fields, or values, by `Type.member`."""
    own: dict[str, Any] = getattr(kind, "fields", None) or getattr(kind, "values", {})
    return {f"{kind.name}.{name}": member for name, member in own.items()}


def _moved(member: str, old: Any, new: Any, graded: bool) -> Iterator[Change]:
    was, is_ = getattr(old, "type", None), getattr(new, "type", None)
    if str(was) != str(is_) and not graded:
        yield _safe_change(member, f"changed type from {was} to {is_}.")
    if new.deprecation_reason and not old.deprecation_reason:
        yield _safe_change(member, f"is deprecated: {new.deprecation_reason}")
    if old.deprecation_reason and not new.deprecation_reason:
        yield _safe_change(member, "is no longer deprecated.")

"""`schema.graphql` against the table of facts, both ways, and its descriptions and lock file."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
from graphql import (
    DirectiveNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    Visitor,
    validate_schema,
    visit,
)

from schema_facts import (
    CURSOR_TYPES,
    LOCK_FILE,
    OUR_TYPES,
    PLAN_TYPES,
    SCHEMA_FILE,
    Fact,
    Row,
    arguments,
    counts,
    deprecation_reason,
    document_facts,
    live_document,
    live_schema,
    load_document,
    load_rows,
    load_schema,
    lock,
    members,
    render,
    row_fact,
    type_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = load_rows()
DEPRECATED = [row for row in ROWS if row.deprecated]
REFERENCE_ONLY = [row for row in ROWS if row.reference_only]
CURSORS = [row for row in ROWS if row.newer]

#: What production calls a member that only the published reference has; None: nothing like it.
SUCCESSORS = {
    "AddTrackedCompaniesResponse.total": "totalAdded",
    "CompanyFilter.cities": "locations",
    "CompanyFilter.countries": "locations",
    "CompanyFilter.descriptions": None,
    "CompanyFilter.postalCodes": "locations",
    "CompanyFilter.states": "locations",
    "RemoveTrackedCompaniesResponse.totalRemaining": "totalRemoved",
    "SearchCompanyInput.source": "id",
}
REFERENCE_ONLY_REASON = "Only in the published reference; live servers do not have it."
#: Mutations that can be sent again after a timeout; all others could happen twice.
REPEATABLE_MUTATIONS = {
    "Mutation.cancelCompanyTrackingTask",
    "Mutation.removeAllTrackedCompanies",
    "Mutation.removeTrackedCompanies",
}
SOURCE_TAGS = {"ref", "guide", "samples", "live", "unknown"}
#: Less than this share of the fields, input members and enum values would be a gap in the docs.
DESCRIBED_SHARE = 0.95


def facts_of_the_schema() -> set[Fact]:
    """Everything that the schema says, but for the two types that are ours."""
    return {fact for fact in document_facts(load_document()) if fact.owner not in OUR_TYPES}


@cache
def reasons() -> dict[str, str]:
    """The deprecation reason of each deprecated member, by `Type.member`."""
    found = {
        f"{type_name(node)}.{member.name.value}": deprecation_reason(member)
        for node in load_document().definitions
        for member in members(node)
    }
    return {name: reason for name, reason in found.items() if reason is not None}


class Described(NamedTuple):
    """A part of the schema and its description."""

    kind: str  #: type, root (a field of Query or Mutation), member or argument
    name: str  #: `Type`, `Type.member` or `Type.member(argument)`
    text: str  #: empty when there is none


@cache
def descriptions() -> tuple[Described, ...]:
    """Read the descriptions of everything in the schema."""
    return tuple(_descriptions())


def _descriptions() -> Iterator[Described]:
    for node in load_document().definitions:
        owner = type_name(node)
        yield Described("type", owner, _text(node))
        kind = "root" if owner in {"Query", "Mutation"} else "member"
        for member in members(node):
            name = f"{owner}.{member.name.value}"
            yield Described(kind, name, _text(member))
            for argument in arguments(member):
                yield Described("argument", f"{name}({argument.name.value})", _text(argument))


def _text(node: object) -> str:
    description = getattr(node, "description", None)
    return description.value.strip() if description else ""


def test_the_table_says_nothing_twice() -> None:
    """A row of the table is about one member, and no other row is about it."""
    assert len({(row.owner, row.member) for row in ROWS}) == len(ROWS)


def test_every_fact_of_the_table_is_in_the_schema() -> None:
    """Each row is in the schema with its kind, type, arguments, defaults and deprecation."""
    assert sorted({row_fact(row) for row in ROWS} - facts_of_the_schema()) == []


def test_the_schema_says_nothing_that_the_table_lacks() -> None:
    """Nothing is in the schema without a row, but for the two types that are ours."""
    assert sorted(facts_of_the_schema() - {row_fact(row) for row in ROWS}) == []


def test_exactly_the_plans_implement_the_plan_interface() -> None:
    """`implements` stands at the three types that have all fields of `Plan`, nowhere else."""
    implementers = {
        (type_name(node), interface.name.value)
        for node in load_document().definitions
        for interface in getattr(node, "interfaces", ())
    }
    assert implementers == {(name, "Plan") for name in PLAN_TYPES}


def test_no_directive_but_deprecated_is_used() -> None:
    """The table knows of deprecations only, so the schema carries no other directive."""
    used: set[str] = set()

    class Names(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: object) -> None:
            used.add(node.name.value)

    visit(load_document(), Names())
    assert used == {"deprecated"}


def test_the_schema_is_valid() -> None:
    """graphql-core accepts the whole contract, and each live form of it, as a schema."""
    schemas = [load_schema(), live_schema(), live_schema(cursors=True)]
    assert [validate_schema(schema) for schema in schemas] == [[], [], []]


def test_search_cursors_have_types_of_ours() -> None:
    """The four `after` members take and give lists of `key` and `value`, both required."""
    facts = {fact.owner: fact for fact in document_facts(load_document()) if fact.member == "after"}
    assert {row.owner: CURSOR_TYPES[row.signature] for row in CURSORS} == {
        owner: fact.signature for owner, fact in facts.items()
    }
    assert {row.owner for row in CURSORS} == {
        "CompanySearchResponse",
        "FlatSearchInput",
        "GroupedSearchInput",
        "PersonSearchResponse",
    }
    ours = {fact for fact in document_facts(load_document()) if fact.owner in OUR_TYPES}
    kinds = {"SearchCursorEntry": "type", "SearchCursorEntryInput": "input"}
    assert ours == {
        Fact(kind, owner, member, "String!", "", deprecated=False)
        for owner, kind in kinds.items()
        for member in ("key", "value")
    }


@pytest.mark.parametrize("name", [*sorted(OUR_TYPES), *(row.name for row in CURSORS)])
def test_what_is_ours_says_so(name: str) -> None:
    """Each cursor type and each `after` says that the name is ours and which servers lack it."""
    text = next(" ".join(d.text.split()) for d in descriptions() if d.name == name)
    assert "name is ours" in text
    assert "2026-08" in text


@pytest.mark.parametrize("row", DEPRECATED, ids=lambda row: row.name)
def test_a_deprecation_ends_with_its_replacement(row: Row) -> None:
    """A reason says what the table says, and its last word is the member to use instead."""
    reason = reasons()[row.name]
    match = re.fullmatch(r"(?:use|moved to) (\S+)", row.deprecated)
    if match is None:
        assert reason == "No longer supported."
        return
    replacement = match[1]
    assert reason.endswith(f" `{replacement}`.")
    assert set(replacement.split(".")) <= {other.member for other in ROWS if not other.deprecated}


@pytest.mark.parametrize("row", REFERENCE_ONLY, ids=lambda row: row.name)
def test_a_reference_only_member_says_so(row: Row) -> None:
    """Its reason says that production lacks it, and ends with production's member, if any."""
    successor = SUCCESSORS[row.name]
    hint = f" Use `{successor}`." if successor else ""
    assert reasons()[row.name] == REFERENCE_ONLY_REASON + hint
    siblings = {
        other.member for other in ROWS if other.owner == row.owner and other.in_live == "yes"
    }
    assert successor is None or successor in siblings


def test_the_live_schema_is_what_production_answered() -> None:
    """`live_schema()` has the facts of the introspection of 2026-08, all of them and no other."""
    expected = {row_fact(row) for row in ROWS if row.in_live == "yes"}
    assert set(document_facts(live_document())) == expected
    schema = live_schema()
    plan = schema.get_type("Plan")
    assert isinstance(plan, GraphQLInterfaceType)
    assert schema.get_possible_types(plan) == []
    assert not OUR_TYPES & set(schema.type_map)


def test_the_live_schema_can_have_search_cursors() -> None:
    """`live_schema(cursors=True)` adds the four `after` members and their types, no more."""
    added = set(document_facts(live_document(cursors=True))) - set(document_facts(live_document()))
    ours = {fact for fact in document_facts(load_document()) if fact.owner in OUR_TYPES}
    assert added == {row_fact(row) for row in CURSORS} | ours


@pytest.mark.parametrize("kind", ["type", "root", "argument"])
def test_every_type_root_field_and_argument_is_described(kind: str) -> None:
    """What becomes a class, a method or a parameter has a docstring."""
    assert [d.name for d in descriptions() if d.kind == kind and not d.text] == []


def test_nearly_every_member_is_described() -> None:
    """A member without a description is one of which nothing is known but its name."""
    texts = [d.text for d in descriptions() if d.kind == "member"]
    assert sum(map(bool, texts)) / len(texts) >= DESCRIBED_SHARE


@pytest.mark.parametrize(
    "field", [d for d in descriptions() if d.kind == "root"], ids=lambda field: field.name
)
def test_a_root_field_tells_price_and_repeatability(field: Described) -> None:
    """Each root field says what it costs, and whether it may be sent twice without harm."""
    text = " ".join(field.text.split())
    harmless = field.name.startswith("Query.") or field.name in REPEATABLE_MUTATIONS
    assert re.search(r"\b(Free|Price|prices)\b", text)
    assert bool(re.search(r"\bRepeatable\b", text)) is harmless
    assert bool(re.search(r"\bNot repeatable\b", text)) is not harmless


def test_every_description_starts_with_a_sentence() -> None:
    """The first line stands alone in an editor: a capital or a code word, then a full stop."""
    heads = {d.name: " ".join(d.text.split("\n\n")[0].split()) for d in descriptions() if d.text}
    assert [n for n, head in heads.items() if not re.fullmatch(r"[A-Z0-9`].*\.", head)] == []


def test_sources_are_tagged_with_known_words() -> None:
    """A tag in brackets is one of those that the file's header explains."""
    tags = {tag for d in descriptions() for tag in re.findall(r"\[(\w+)\]", d.text)}
    assert tags <= SOURCE_TAGS
    header = SCHEMA_FILE.read_text(encoding="utf-8").split("\n\n")[0]
    assert set(re.findall(r"\[(\w+)\]", header)) == SOURCE_TAGS


def test_lines_are_at_most_100_characters_long() -> None:
    """The file reads without scrolling sideways, like the Python files do."""
    lines = SCHEMA_FILE.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 100] == []


def test_the_lock_file_tells_the_truth() -> None:
    """Hashes, counts and rows in `schema.lock.json` are those of the files beside it."""
    assert LOCK_FILE.read_text(encoding="utf-8") == render(lock())


def test_the_lock_file_names_every_source_with_its_date() -> None:
    """The three sources of the contract stand in the lock file, each with a date."""
    sources = {source["name"]: source["date"] for source in lock()["sources"]}
    assert sources == {
        "cursor paging notes": "2026-10",
        "production introspection": "2026-08",
        "published reference": "before 2026-08",
    }


def test_the_counts_are_those_of_the_schema() -> None:
    """What the lock file counts agrees with a count by graphql-core's own schema."""
    schema, found = load_schema(), counts(load_document())
    objects = [t for t in schema.type_map.values() if isinstance(t, GraphQLObjectType)]
    assert found["types"] == sum(not t.name.startswith("__") for t in objects)
    assert schema.query_type is not None
    assert schema.mutation_type is not None
    assert found["queries"] == len(schema.query_type.fields) == 18
    assert found["mutations"] == len(schema.mutation_type.fields) == 11

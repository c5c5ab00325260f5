"""The documents of `queries/`, and what they are compiled into, against contract and bill."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import GraphQLObjectType, OperationType, parse, validate

from leadiq._core import billing
from leadiq._core.documents import Operation
from leadiq._core.pricing import DataPoint, Unlock
from leadiq._generated.operations import ALL, FRAGMENTS
from leadiq_codegen.templates import compile_operation, segments
from query_facts import (
    CURSOR_FILE,
    QUERY_FILES,
    abstract_selections,
    combinations_of,
    cursor_operations,
    document,
    fragments,
    normal,
    operations,
    parsed,
    pruned,
    schema_for,
    schema_of_servers,
    selected,
)
from schema_facts import live_schema, load_schema

SCHEMA = load_schema()
BY_NAME = {operation.name: operation for operation in ALL}
CASES = [
    pytest.param(operation, on, id="-".join([operation.name, *sorted(on)]))
    for operation in ALL
    for on in combinations_of(operation.flags)
]
#: Head count trends are company information and nothing else: they cannot be had without paying.
BILLED_BY_ITSELF = {"SearchCompanyTrends": {DataPoint.COMPANY}}

#: Fragments that are not named after their type, and why the type has a second one.
SECOND_FRAGMENTS = {
    "CompanyReference": "past positions name a company, and must not be billed for it",
    "CompanySearchPage": "`after`, which older servers lack",
    "CompanyTrackingTaskWithJobChanges": "job changes come in pages; polling does not need them",
    "CompanyTrends": "head count trends take a period, and are billed",
    "CompanyTrendsResult": "the result whose companies are the ones above",
    "JobChangeCompany": "a job change names its companies, and must not be billed for them",
    "ListWithProspects": "prospects come in pages; a list among lists has none",
    "PastPositionRecord": "past positions never have contact data",
    "PersonSearchPage": "`after`, which older servers lack",
}
#: Types of the contract that no root field gives.
OUT_OF_REACH = {
    "ApiPlan": "production lists no implementer of Plan: `... on ApiPlan` is invalid there",
    "ContactTrackingPlan": "no field of the contract has this type",
}


def billed(tree: str, operation: str) -> set[tuple[str, str, DataPoint]]:
    """The billed fields that a rendering selects."""
    fields = selected(schema_for(operation), parse(tree))
    points = ((f.parent, f.field, billing.data_point(f.parent, f.field)) for f in fields)
    return {(parent, field, point) for parent, field, point in points if point}


@pytest.mark.parametrize("file", QUERY_FILES, ids=lambda file: file.name)
def test_every_document_is_valid(file: Path) -> None:
    """Each document validates on the whole contract and on that of the servers it is for."""
    names = [n for n, node in operations().items() if node in parsed(file).definitions]
    assert names
    for name in names:
        assert validate(SCHEMA, document(name)) == []
        assert validate(schema_for(name), document(name)) == []


def test_cursors_are_in_a_file_of_their_own() -> None:
    """Only the documents of one file fail on servers that do not have `after`, and all of them."""
    older = live_schema()
    refused = {name for name in operations() if validate(older, document(name))}
    assert refused == cursor_operations()
    assert CURSOR_FILE in {file.name for file in QUERY_FILES}


def test_every_root_field_has_an_operation() -> None:
    """All 29 root fields of Query and Mutation can be called."""
    roots = {
        (kind, name)
        for kind in (OperationType.QUERY, OperationType.MUTATION)
        for name in SCHEMA.get_root_type(kind).fields  # type: ignore[union-attr]
    }
    assert len(roots) == 29
    assert {(OperationType(o.kind), o.root) for o in ALL} == roots


def test_every_operation_is_compiled() -> None:
    """What stands in `queries/` is what the package has, and in the table's order."""
    assert [o.name for o in ALL] == sorted(operations())


@pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)
def test_the_package_is_what_queries_compile_to(operation: Operation) -> None:
    """The generated templates are those that the documents of today compile to."""
    compiled = compile_operation(SCHEMA, document(operation.name))
    assert compiled._asdict() == {field: getattr(operation, field) for field in compiled._asdict()}
    for name, _ in operation.needs:
        assert FRAGMENTS[name] == segments(fragments()[name])


def test_every_fragment_is_used() -> None:
    """No fragment is left over that no operation needs."""
    assert {name for o in ALL for name, _ in o.needs} == set(fragments()) == set(FRAGMENTS)


def test_one_fragment_for_each_type() -> None:
    """Each type has one fragment named after it; each further one, and each type without, has a
    reason."""
    types = {
        name
        for name, type_ in SCHEMA.type_map.items()
        if isinstance(type_, GraphQLObjectType) and not name.startswith("__")
    } - {"Query", "Mutation"}
    own = {name for name, node in fragments().items() if node.type_condition.name.value == name}
    assert own - {"Plan"} == types - set(OUT_OF_REACH)
    assert set(fragments()) - own == set(SECOND_FRAGMENTS)


@pytest.mark.parametrize(("operation", "on"), CASES)
def test_every_rendering_is_valid(operation: Operation, on: frozenset[str]) -> None:
    """What leaves the machine is valid on the servers it is for, whatever was unlocked."""
    assert validate(schema_for(operation.name), parse(operation.render(on))) == []


@pytest.mark.parametrize(("operation", "on"), CASES)
def test_a_rendering_is_the_pruned_document(operation: Operation, on: frozenset[str]) -> None:
    """A rendering is, but for order, what a GraphQL library leaves of the document."""
    expected = pruned(operation.name, operation.flags, on)
    assert normal(parse(operation.render(on))) == normal(expected)


@pytest.mark.parametrize("name", sorted(operations()))
def test_nothing_deprecated_is_selected(name: str) -> None:
    """No document selects a field, or gives an argument, that the contract deprecates."""
    for field in selected(SCHEMA, document(name)):
        if field.definition is None:
            continue
        assert field.definition.deprecation_reason is None, f"{field.parent}.{field.field}"
        for argument in field.node.arguments:
            definition = field.definition.args[argument.name.value]
            assert definition.deprecation_reason is None


@pytest.mark.parametrize("cursors", [False, True])
def test_every_abstract_selection_has_typename(cursors: bool) -> None:
    """A union or an interface cannot be decoded without `__typename`, so every one selects it."""
    found = [
        (type_, fields)
        for name in operations()
        if cursors or name not in cursor_operations()
        for type_, fields in abstract_selections(schema_of_servers(cursors=cursors), document(name))
    ]
    assert {type_ for type_, _ in found} == {
        "Email",
        "PersonalPhones",
        "Plan",
        "WorkPhones",
        "WorkatoTokenResponse",
    }
    assert [type_ for type_, fields in found if "__typename" not in fields] == []


@pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)
def test_nothing_is_billed_unasked(operation: Operation) -> None:
    """Without an unlock no billed field is selected, except where nothing else can be had."""
    points = {point for _, _, point in billed(operation.render(), operation.name)}
    assert points == BILLED_BY_ITSELF.get(operation.name, set())
    assert points <= set(operation.bill.always)


@pytest.mark.parametrize(
    ("operation", "unlock"),
    [pytest.param(o, u, id=f"{o.name}-{u}") for o in ALL for u in Unlock if u.flag in o.flags],
)
def test_an_unlock_selects_its_own_data_point(operation: Operation, unlock: Unlock) -> None:
    """One unlock adds billed fields of its data point only, work and private ones apart."""
    fields = billed(operation.render(frozenset({unlock.flag})), operation.name)
    assert {point for _, _, point in fields} == {unlock.data_point}
    if unlock.data_point is not DataPoint.COMPANY:
        private = unlock.value.startswith("personal")
        assert {"personal" in field.lower() for _, field, _ in fields} == {private}


@pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)
def test_a_bill_names_what_can_be_unlocked(operation: Operation) -> None:
    """Every unlock of a bill is a flag of the document, and every other flag is free."""
    unlocks = {unlock.flag for unlock in operation.bill.unlocks}
    free = set(operation.flags) - unlocks
    assert unlocks <= set(operation.flags)
    assert free <= {"total"}
    assert not billed(operation.render(frozenset(free)), operation.name) or (
        operation.name in BILLED_BY_ITSELF
    )


@pytest.mark.parametrize(("operation", "on"), CASES)
def test_past_positions_have_no_contact_data(operation: Operation, on: frozenset[str]) -> None:
    """Below a past position no address and no phone number is ever selected."""
    for field in selected(schema_for(operation.name), parse(operation.render(on))):
        if {"pastPositions", "previousPosition"} & {*field.path}:
            point = billing.data_point(field.parent, field.field)
            assert point not in {DataPoint.EMAIL, DataPoint.PHONE}
            assert "pastPositions" not in field.path or point is None


def test_totals_are_asked_for_only_on_demand() -> None:
    """Totals are slow on large results [guide]: no advanced search selects them unasked."""
    searches = [o for o in ALL if o.bill.basis == "page"]
    assert len(searches) == 4
    for operation in searches:
        assert totals(operation, frozenset()) == set()
        assert totals(operation, frozenset({"total"})) in ({"totalPeople"}, {"totalCompanies"})


def totals(operation: Operation, on: frozenset[str]) -> set[str]:
    """The totals of a search's result that a rendering selects."""
    fields = selected(schema_for(operation.name), parse(operation.render(on)))
    return {f.field for f in fields if f.field.startswith("total") and len(f.path) == 1}


def test_only_harmless_writes_are_repeatable() -> None:
    """A read can be sent again; of the writes only those that the guide names."""
    writes = {o.root for o in ALL if o.kind == "mutation" and o.repeatable}
    assert writes == billing.REPEATABLE_WRITES
    assert all(o.repeatable for o in ALL if o.kind == "query")


def test_flags_that_an_operation_does_not_know_are_ignored() -> None:
    """Unlocking what a document does not have leaves it as it is."""
    operation = BY_NAME["GetAccount"]
    assert operation.render(frozenset({"company", "workEmail"})) == operation.render()

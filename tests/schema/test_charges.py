"""What a document can be charged for is what the SDK's own operations can be charged for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from graphql import build_schema, parse

from leadiq._core.documents import Operation
from leadiq._core.pricing import Bill, DataPoint, Unlock, price
from leadiq._generated.operations import ALL
from leadiq._schema.charges import bill_of
from leadiq._schema.packaged import packaged_schema
from leadiq._schema.selection import Selection, operation_of

PRICED = [
    (operation, unlock)
    for operation in ALL
    for unlock in [(), *((u,) for u in operation.bill.unlocks), operation.bill.unlocks]
]


def bill(text: str, variables: dict[str, Any] | None = None, schema: Any = None) -> Bill:
    """The bill of a document with one operation."""
    node = parse(text)
    selected = Selection(
        schema or packaged_schema(), node, operation_of(node, None), variables or {}
    )
    return bill_of(selected)


def most(text: str, variables: dict[str, Any] | None = None) -> Decimal:
    """The most that a document costs for one result."""
    return price(bill(text, variables)).maximum


@pytest.mark.parametrize(
    ("operation", "unlock"), PRICED, ids=[f"{o.name}-{'-'.join(u)}" for o, u in PRICED]
)
def test_a_document_costs_what_the_operation_costs_that_selects_the_same(
    operation: Operation, unlock: tuple[Unlock, ...]
) -> None:
    """For every operation and every unlock: the same price for any numbers."""
    text = operation.render(frozenset(u.flag for u in unlock))
    for sizes in ({}, {"results": 7, "companies": 3}):
        assert price(bill(text), **sizes) == price(operation.bill, unlock, **sizes)


@pytest.mark.parametrize(
    ("fields", "credits"),
    [
        ("totalResults hasMore", "0"),
        ("results { id }", "0.1"),
        ("results { personalEmails { value } }", "1"),
        ("results { personalEmails { value } personalPhones { value } }", "11"),
        ("results { currentPositions { companyInfo { id name } } }", "0.1"),
        ("results { currentPositions { companyInfo { alias: domain } } }", "3"),
        ("...F", "10"),
        ("... on SearchResult { results { ...G } }", "10"),
        ("results { personalPhones @include(if: $no) { value } }", "0.1"),
        ("results { personalPhones @skip(if: $no) { value } }", "10"),
        ("results { personalPhones @skip(if: $default) { value } }", "0.1"),
    ],
)
def test_the_selection_is_the_bill(fields: str, credits: str) -> None:  # noqa: A002
    """Aliases, fragments and directives are honoured, with variables and their defaults."""
    text = (
        "query($no: Boolean!, $default: Boolean = true)"
        f'{{ searchPeople(input: {{id: "1"}}) {{ {fields} }} }}'
        "fragment F on SearchResult { results { ...G } }"
        "fragment G on PersonRecord { phones: personalPhones { value } }"
    )
    assert most(text, {"no": False}) == Decimal(credits)


def test_every_root_field_is_charged_by_itself() -> None:
    """Aliases of one root field add up, free ones add nothing, an unpublished one is the limit."""
    one = 'searchPeople(input: {id: "1"}) { results { id } }'
    page = "flatAdvancedSearch(input: {}) { people { company { domain } } }"
    assert most(f"{{ a: {one} b: {one} usage {{ subscription {{ status }} }} }}") == Decimal("0.2")
    assert most(f"{{ a: {one} {page} }}") == Decimal("4.1")
    assert most('mutation { regenerate(input: {personId: "1"}) }') == Decimal("Infinity")
    assert bill("{ usage { subscription { status } } }") == Bill("free")
    assert bill("{ __typename __schema { types { name } } }") == Bill("free")


def test_a_field_of_several_types_is_charged_for_each() -> None:
    """What a result may turn out to be counts as if it did."""
    schema = build_schema(
        "type Query { searchPeople: Found } type Found { results: [Any!] } "
        "union Any = PersonRecord | CompanyInfo "
        "type PersonRecord { personalPhones: [Phone] } type Phone { value: String } "
        "type CompanyInfo { domain: String }"
    )
    text = """{ searchPeople { results {
        ... on PersonRecord { personalPhones { value } } ... on CompanyInfo { domain } } } }"""
    assert set(bill(text, schema=schema).always) == {
        DataPoint.PROFILE,
        DataPoint.PHONE,
        DataPoint.COMPANY,
    }

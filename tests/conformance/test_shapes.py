"""Rules of shapes: data is exactly what a document selects, or it is told where it is not."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import build_schema, parse

from leadiq._conformance.shapes import misfits

SCHEMA = build_schema(
    """
    type Query { who: Person! whom: [Person!]! pet: Pet owner: Owner grid: [[Int!]] }
    type Person implements Owner { name: String! age: Int friends: [Person] sex: Sex }
    type Firm implements Owner { name: String! domain: String! }
    type Cat { lives: Int! } type Dog { tricks: [String!]! }
    union Pet = Cat | Dog
    interface Owner { name: String! }
    interface Nobody { name: String! }
    extend type Query { nobody: Nobody }
    enum Sex { F M }
    """
)
ANN = {"name": "Ann", "age": 3}


def found(query: str, data: Any, variables: dict[str, Any] | None = None) -> list[str]:
    return misfits(SCHEMA, parse(query), None, variables or {}, data)


@pytest.mark.parametrize(
    ("query", "data"),
    [
        ("{ who { name age } }", {"who": ANN}),
        ("{ who { name age } }", {"who": {"name": "Ann", "age": None}}),
        ("{ a: who { name } b: who { age } }", {"a": {"name": "Ann"}, "b": {"age": 1}}),
        ("{ whom { name } }", {"whom": []}),
        ("{ whom { name } }", {"whom": [{"name": "A"}, {"name": "B"}]}),
        ("{ who { friends { name } } }", {"who": {"friends": [None, {"name": "B"}]}}),
        ("{ who { ...F } } fragment F on Person { name }", {"who": {"name": "A"}}),
        ("{ who { name @skip(if: true) age } }", {"who": {"age": 1}}),
        ("{ pet { ... on Cat { lives } ... on Dog { tricks } } }", {"pet": {"tricks": ["x"]}}),
        ("{ pet { __typename ... on Cat { lives } } }", {"pet": {"__typename": "Dog"}}),
        ("{ owner { name ... on Firm { domain } } }", {"owner": {"name": "x", "domain": "y"}}),
        ("{ owner { name ... on Firm { domain } } }", {"owner": {"name": "x"}}),
        ("{ owner { name } pet { __typename } }", {"owner": None, "pet": None}),
        ("{ grid }", {"grid": [[1, 2], None, []]}),
        ("{ __typename who { sex } }", {"__typename": "Query", "who": {"sex": "F"}}),
        ("{ __schema { types { name } } }", {"__schema": "whatever"}),
        ("{ who @skip(if: true) { name } }", {}),
        ("{ nobody { name } }", {"nobody": {"name": "x"}}),
    ],
)  # fmt: skip
def test_what_fits(query: str, data: Any) -> None:
    """Aliases, fragments, directives, lists, unions, interfaces and nulls fit where they may."""
    assert found(query, data) == []


@pytest.mark.parametrize(
    ("query", "data", "told"),
    [
        ("{ who { name } }", None, "data: no object, where Query is promised"),
        ("{ who { name } }", [], "data: no object, where Query is promised"),
        ("{ who { name } }", {}, "data.who: missing"),
        ("{ who { name } }", {"who": None}, "data.who: null, where Person! is promised"),
        ("{ who { name } }", {"who": 5}, "data.who: no object, where Person is promised"),
        ("{ who { name } }", {"who": {"name": None}},
         "data.who.name: null, where String! is promised"),
        ("{ who { name } }", {"who": ANN}, "data.who.age: not asked for"),
        ("{ who { age } }", {"who": {"age": "3"}}, "data.who.age: not what Int is written as"),
        ("{ who { sex } }", {"who": {"sex": "X"}}, "data.who.sex: not what Sex is written as"),
        ("{ whom { name } }", {"whom": {"name": "A"}},
         "data.whom: no list, where [Person!] is promised"),
        ("{ whom { name } }", {"whom": [{"name": "A"}, None]},
         "data.whom[1]: null, where Person! is promised"),
        ("{ grid }", {"grid": [[1], [None]]}, "data.grid[1][0]: null, where Int! is promised"),
        ("{ pet { __typename } }", {"pet": {"__typename": "Fish"}}, "data.pet.__typename: not Cat"),
        ("{ pet { ... on Cat { lives } } }", {"pet": {"lives": "9"}},
         "data.pet.lives: not what Int! is written as"),
        ("{ owner { name ... on Firm { domain } } }", {"owner": {"name": "x", "domain": 1}},
         "data.owner.domain: not asked for"),
        ("{ __typename }", {"__typename": "Mutation"}, "data.__typename: not Query"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_by_its_place(query: str, data: Any, told: str) -> None:
    """One sentence for each place, without the value that stands there."""
    assert found(query, data) == [told]


def test_variables_decide_what_is_selected() -> None:
    """With their values, or their defaults."""
    query = "query($n: Boolean = true) { who { name @include(if: $n) age } }"
    assert found(query, {"who": ANN}) == []
    assert found(query, {"who": {"age": 3}}, {"n": False}) == []
    assert found(query, {"who": ANN}, {"n": False}) == ["data.who.name: not asked for"]


def test_the_named_operation_is_the_one() -> None:
    """Where there are several, the others select nothing."""
    document = parse("query A { a: __typename } query B { b: __typename }")
    assert misfits(SCHEMA, document, "B", {}, {"b": "Query"}) == []
    with pytest.raises(StopIteration):
        misfits(SCHEMA, document, "C", {}, {})

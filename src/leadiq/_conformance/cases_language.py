"""GraphQL itself: aliases, fragments, directives, nulls, enums, introspection. All is free."""

from __future__ import annotations

from functools import partial
from typing import Final

from .case import Case, Data, Who

_spec = partial(Case, source="graphql")
_MANY: Final = 25
_INTROSPECTION: Final = "{ __schema { queryType { name } mutationType { name } } }"

CASES: Final = (
    _spec(
        name="aliases: a field twice",
        query="{ a: account { plans { name } } b: account { universalPlan { used } } }",
    ),
    Case(
        name=f"aliases: {_MANY} root fields in one request",
        query="{" + " ".join(f"a{n}: account {{ __typename }}" for n in range(_MANY)) + "}",
        source="samples",
    ),
    _spec(
        name="a field named twice is answered once",
        query="{ account { plans { name } } account { plans { status } } }",
    ),
    _spec(
        name="@include and @skip by variables",
        query=(
            "query($yes: Boolean!, $no: Boolean = false) { account {"
            " plans @include(if: $yes) { name status @skip(if: $yes) }"
            " universalPlan @include(if: $no) { used } } }"
        ),
        variables={"yes": True},
    ),
    _spec(
        name="@skip on a fragment",
        query=(
            "{ account { ...Plans @skip(if: true) ... @include(if: true) { __typename } } }"
            " fragment Plans on Account { plans { name } }"
        ),
    ),
    _spec(
        name="every root field left out",
        query="{ account @skip(if: true) { __typename } }",
        expect=Data({}),
    ),
    _spec(
        name="fragments in fragments",
        query=(
            "{ account { ...A } } fragment A on Account { ...B plans { name } }"
            " fragment B on Account { universalPlan { ...C } } fragment C on UniversalPlan { used }"
        ),
    ),
    _spec(
        name="an inline fragment on one type of an interface",
        query="{ account { plans { __typename name ... on UniversalPlan { available } } } }",
    ),
    _spec(
        name="__typename at the root",
        query="{ __typename }",
        expect=Data({"__typename": "Query"}),
    ),
    _spec(
        name="several operations, one named",
        query="query A { a: __typename } query B { b: __typename }",
        operation="B",
    ),
    _spec(
        name="comments, commas and a byte order mark",
        query="\ufeff# nothing\nquery,,{ account, { __typename }, } # nothing",
    ),
    _spec(
        name="an enum as a literal",
        query="{ icpDefinitions(productLines: [Track, Scribe]) { __typename } }",
    ),
    _spec(
        name="one value where a list is wanted",
        query="query($p: [ICPProductLine!]) { icpDefinitions(productLines: $p) { __typename } }",
        variables={"p": "Track"},
    ),
    _spec(
        name="null for what may be null",
        query="query($n: Int, $c: ID) { lists(limit: $n, cursor: $c) { __typename } }",
        variables={"n": None, "c": None},
    ),
    _spec(
        name="null as a literal",
        query="{ lists(limit: null, cursor: null) { __typename } }",
    ),
    _spec(
        name="a variable left out takes its default",
        query="query($n: Int = 1) { lists(limit: $n) { __typename } }",
    ),
    _spec(
        name="a whole number where an ID is wanted",
        query="query($i: ID!) { prospect(id: $i) { id } }",
        variables={"i": 7},
        expect=Data({"prospect": None}),
    ),
    _spec(name="variables: null", query="{ account { __typename } }", variables=None),
    _spec(
        name="a variable that no operation has is ignored",
        query="{ account { __typename } }",
        variables={"nobody": 1},
    ),
    Case(
        name="introspection without a key",
        query=_INTROSPECTION,
        who=Who.NOBODY,
        source="live",
    ),
    Case(name="introspection with a key", query=_INTROSPECTION, source="live"),
    Case(
        name="introspection of a type, with what is deprecated",
        query=(
            '{ __type(name: "PersonRecord") { kind fields(includeDeprecated: true)'
            " { name isDeprecated type { name kind ofType { name } } } } }"
        ),
        who=Who.NOBODY,
        expect=Data({"__type.kind": "OBJECT"}),
        source="live",
    ),
)

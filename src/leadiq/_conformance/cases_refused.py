"""What a server has to refuse: keys, bodies, methods, documents, variables, limits."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, Final

from .case import Case, Invalid, Raw, Reach, Refused, Who

_ACCOUNT: Final = "{ account { plans { name } } }"
_WRONG: Final = partial(Case, expect=Invalid(), source="graphql")
_TOO_LARGE: Final = 1_100_000


def _sent(body: Any, **how: str) -> Raw:
    return Raw(json.dumps(body).encode(), **how)


KEYS: Final = (
    Case(
        name="no key is a 401",
        query=_ACCOUNT,
        who=Who.NOBODY,
        expect=Refused(401),
        source="guide",
    ),
    Case(
        name="a wrong key is a 401",
        query=_ACCOUNT,
        who=Who.WRONG,
        expect=Refused(401),
        source="guide",
    ),
    Case(
        name="the key encoded once more is a 401",
        query=_ACCOUNT,
        who=Who.TWICE,
        expect=Refused(401),
        source="guide",
    ),
    Case(
        name="one request too many is a 429",
        query=_ACCOUNT,
        who=Who.LIMITED,
        reach=Reach.SANDBOX,
        times=2,
        expect=Refused(429),
        source="guide",
    ),
    Case(
        name="without credits a search is a 402",
        query="{ flatAdvancedSearch(input: {limit: 1}) { people { id } } }",
        who=Who.POOR,
        reach=Reach.SANDBOX,
        expect=Refused(402),
        source="guide",
    ),
    Case(
        name="without credits the account is still told",
        query=_ACCOUNT,
        who=Who.POOR,
        reach=Reach.SANDBOX,
        source="guide",
    ),
)

BODIES: Final = (
    Case(
        name="a body without a query",
        raw=_sent({}),
        expect=Refused(400, "MISSING_QUERY_STRING"),
        source="samples",
    ),
    Case(
        name="an empty query",
        raw=_sent({"query": ""}),
        expect=Refused(400, "MISSING_QUERY_STRING"),
        source="unknown",
    ),
    Case(name="an empty body", raw=Raw(b""), expect=Refused(400), source="unknown"),
    Case(
        name="a body that is cut off",
        raw=Raw(b'{"query": "{ __typ'),
        expect=Refused(400),
        source="unknown",
    ),
    Case(
        name="a body that is no UTF-8",
        raw=Raw(b'{"query": "\xff\xfe"}'),
        expect=Refused(400),
        source="unknown",
    ),
    Case(
        name="a number that is none",
        raw=Raw(b'{"query": "{ __typename }", "variables": {"n": NaN}}'),
        expect=Refused(400),
        source="unknown",
    ),
    Case(
        name="a batch of operations",
        raw=_sent([{"query": _ACCOUNT}, {"query": _ACCOUNT}]),
        expect=Refused(400),
        source="unknown",
    ),
    Case(
        name="variables that are no object",
        raw=_sent({"query": _ACCOUNT, "variables": [1]}),
        expect=Refused(400),
        source="unknown",
    ),
    Case(
        name="an operation name that is no text",
        raw=_sent({"query": _ACCOUNT, "operationName": 7}),
        expect=Refused(400),
        source="unknown",
    ),
    Case(
        name="GET",
        raw=Raw(b"", method="GET"),
        expect=Refused(405),
        source="unknown",
    ),
    Case(
        name="another content type",
        raw=_sent({"query": _ACCOUNT}, content_type="text/plain"),
        expect=Refused(415),
        source="unknown",
    ),
    Case(
        name="a form",
        raw=Raw(b"query=%7B__typename%7D", content_type="application/x-www-form-urlencoded"),
        expect=Refused(415),
        source="unknown",
    ),
    Case(
        name="a body that is too large",
        raw=_sent({"query": _ACCOUNT, "variables": {"x": "x" * _TOO_LARGE}}),
        reach=Reach.SANDBOX,
        expect=Refused(413),
        source="unknown",
    ),
    Case(
        name="a document that is too large",
        raw=_sent({"query": _ACCOUNT + " " * (_TOO_LARGE // 10)}),
        reach=Reach.SANDBOX,
        expect=Refused(400),
        source="unknown",
    ),
)

DOCUMENTS: Final = (
    _WRONG(name="a document that ends too early", query="{ account { plans { name }"),
    _WRONG(name="no GraphQL at all", query="select * from people"),
    _WRONG(name="a character that GraphQL does not have", query="{ account ? }"),
    Case(
        name="an unknown field fails the document as a whole",
        query="{ account { plans { name } nothingOfTheKind } }",
        expect=Invalid(),
        source="ref",
    ),
    _WRONG(name="an unknown root field", query="{ nothingOfTheKind }"),
    _WRONG(name="an unknown argument", query="{ account(of: 1) { plans { name } } }"),
    _WRONG(name="an unknown type in a fragment", query="{ account { ... on Nothing { name } } }"),
    _WRONG(name="an unknown fragment", query="{ account { ...Nothing } }"),
    _WRONG(
        name="a fragment that nobody uses",
        query="{ account { __typename } } fragment A on Account { plans { name } }",
    ),
    _WRONG(
        name="fragments in a circle",
        query=(
            "{ account { ...A } } fragment A on Account { ...B } fragment B on Account { ...A }"
        ),
    ),
    _WRONG(name="an object without a selection", query="{ account }"),
    _WRONG(name="an empty selection", query="{ account { } }"),
    _WRONG(name="a selection on a scalar", query="{ account { plans { name { x } } } }"),
    _WRONG(
        name="two fields under one name",
        query="{ account { a: plans { name } a: universalPlan { used } } }",
    ),
    _WRONG(name="an unknown directive", query="{ account @nothing { __typename } }"),
    _WRONG(name="@include without its condition", query="{ account @include { __typename } }"),
    _WRONG(name="a subscription", query="subscription { account { __typename } }"),
    _WRONG(name="a document without an operation", query="fragment A on Account { __typename }"),
    _WRONG(
        name="several operations, none named",
        query="query A { __typename } query B { __typename }",
    ),
    _WRONG(
        name="an operation that is not there",
        query="query A { __typename }",
        operation="B",
    ),
    _WRONG(name="a selection 100 levels too deep", query="{account" * 100 + "}" * 100),
)

_LISTS: Final = "query($n: Int) { lists(limit: $n) { __typename } }"
_ICPS: Final = "query($p: [ICPProductLine!]) { icpDefinitions(productLines: $p) { __typename } }"
_PREVIEW: Final = (
    "query($i: SearchPeoplePreviewInput!) { searchPeoplePreview(input: $i) { hasEmail } }"
)

VARIABLES: Final = (
    _WRONG(name="a variable of a wrong type", query=_LISTS, variables={"n": "many"}),
    _WRONG(name="a number beyond 32 bits", query=_LISTS, variables={"n": 2**31}),
    _WRONG(name="a fraction where a whole number is wanted", query=_LISTS, variables={"n": 1.5}),
    _WRONG(name="a variable that has to be there", query=_PREVIEW),
    _WRONG(name="null where a value has to be", query=_PREVIEW, variables={"i": None}),
    _WRONG(
        name="an unknown member of an input",
        query=_PREVIEW,
        variables={"i": {"emial": "nobody@conformance.example.com"}},
    ),
    _WRONG(name="a list where an object is wanted", query=_PREVIEW, variables={"i": ["x", "y"]}),
    _WRONG(name="an unknown value of an enum", query=_ICPS, variables={"p": ["Nothing"]}),
    _WRONG(name="null in a list that has none", query=_ICPS, variables={"p": [None]}),
    _WRONG(
        name="an enum written as text",
        query='{ icpDefinitions(productLines: ["Track"]) { __typename } }',
    ),
    _WRONG(name="a variable that is not declared", query="{ lists(limit: $n) { __typename } }"),
    _WRONG(
        name="a variable of a type that does not fit",
        query="query($n: String) { lists(limit: $n) { __typename } }",
    ),
    _WRONG(
        name="a variable of an unknown type",
        query="query($n: Nothing) { lists(limit: 1) { __typename } }",
    ),
    _WRONG(
        name="a variable that nobody uses",
        query="query($n: Int) { lists(limit: 1) { __typename } }",
    ),
)

"""Requests that nobody should send: broken GraphQL, wrong types, nesting, bytes, odd headers."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from hypothesis import strategies as st

from . import words

#: Documents that the mutations begin with; each is valid, and touches another part of the language.
SEEDS = (
    "{ account { plans { __typename name ... on UniversalPlan { costs { sku } } } } }",
    "query Q($n: Int = 1, $c: ID) { lists(limit: $n, cursor: $c) @skip(if: false) { __typename } }",
    'mutation { createList(input: {name: "\\u0041 \\"b\\""}) { id } }',
    "{ a: account { ...F } b: account { ...F } } fragment F on Account { __typename }",
    '{ searchPeople(input: {company: {name: "x", strict: true}, skip: 0}) { results { id } } }',
    "query A { __typename } query B { __schema { types { name fields { name } } } }",
    '{ flatAdvancedSearch(input: {contactFilter: {seniorities: [VP]}}) { people { id } } } """d"""',
)
TOKENS = (
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "!",
    "$",
    "@",
    "...",
    "|",
    "&",
    "=",
    '"',
    '"""',
    "#",
    "\\u",
    "\\uD800",
    "on",
    "fragment",
    "query",
    "subscription",
    "null",
    "1e999",
    "-",
    "0x",
    "\x00",
    "\ufeff",
    "é",
    "account",
    "__schema",
    "__typename",
    "99999999999999999999",
    "1" * 5_000,
)


class Request(NamedTuple):
    """A request as it is sent."""

    content: bytes
    method: str = "POST"
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


def _body(value: Any) -> bytes:
    return json.dumps(value).encode()


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A document with some of its tokens cut out, doubled, exchanged or put in."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 12))
        put = draw(st.sampled_from(TOKENS) | st.text(max_size=4) | st.just(text[at : at + length]))
        text = text[:at] + put + text[at + length * draw(st.booleans()) :]
    return text


@st.composite
def deep(draw: st.DrawFn) -> str:
    """A document that is nested, long or circular beyond all reason, up to the largest allowed."""
    size = draw(st.sampled_from([10, 100, 1_000, 5_000]))
    names = [f"F{number}" for number in range(size)]
    fields = " ".join(f"a{number}: __typename" for number in range(size))
    circle = " ".join(
        f"fragment {name} on Account {{ ...{following} }}"
        for name, following in zip(names, [*names[1:], names[0]], strict=True)
    )
    chain = circle.replace(f"...{names[0]} }}", "__typename }")
    return draw(
        st.sampled_from(
            [
                "{ account " * size + "}" * size,
                "{" * size,
                "{ a(x: " + "[" * size + "]" * size + ") }",
                "{ a(x: " + "{a: " * size + "1" + "}" * size + ") }",
                "query($a: " + "[" * size + "Int" + "]" * size + ") { __typename }",
                "{ " + "... { " * size + "__typename" + " }" * size + " }",
                "{ " + fields + " }",
                "{ account { ...F0 } } " + circle,
                "{ account { ...F0 } } " + chain,
                "{ " + "account { __typename } " * size + "}",
                "{ __typename " + "@skip(if: false) " * size + "}",
                "{ __schema "
                + "{ types { fields { type " * (size // 10)
                + "}}}" * (size // 10)
                + "}",
                "#" * size,
                '{ account(x: "' + "\\u0041" * size + '") }',
            ]
        )
    )


_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | words.texts([])
    | st.binary().map(repr)
)
values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words.texts([]), inner, max_size=4),
    max_leaves=12,
)

_TYPED = (
    ("searchPeople", "SearchPeopleInput!", "{ results { id } }"),
    ("flatAdvancedSearch", "FlatSearchInput!", "{ people { id } after { key value } }"),
    ("searchCompany", "SearchCompanyInput!", "{ results { id } }"),
    ("trackContacts", "TrackContactsInput!", "{ importId }"),
    ("createList", "CreateListInput!", "{ id }"),
    ("submitPersonFeedback", "ApiPersonFeedback!", ""),
    ("addTrackedCompanies", "AddTrackedCompaniesInput!", "{ totalAdded }"),
)
_MEMBERS = (
    "id",
    "name",
    "email",
    "company",
    "limit",
    "skip",
    "after",
    "contactFilter",
    "contacts",
    "companies",
    "importId",
    "value",
    "status",
    "lastSeen",
    "sizes",
    "seniorities",
)


@st.composite
def wrong_values(draw: st.DrawFn) -> dict[str, Any]:
    """A document whose variable holds anything at all."""
    field, kind, rest = draw(st.sampled_from(_TYPED))
    is_write = field in {
        "trackContacts",
        "createList",
        "submitPersonFeedback",
        "addTrackedCompanies",
    }
    members = st.dictionaries(st.sampled_from(_MEMBERS), values, max_size=5)
    word = "mutation" if is_write else "query"
    return {
        "query": f"{word} Q($i: {kind}) {{ {field}(input: $i) {rest} }}",
        "variables": draw(st.fixed_dictionaries({"i": members | values}) | values),
        "operationName": draw(st.sampled_from(["Q", "R", "", None]) | values),
    }


documents = (broken() | deep()).map(lambda text: {"query": text})
bodies = wrong_values() | documents | values | st.lists(documents, max_size=3)
"""Anything that JSON can say, valid as JSON."""


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """A request of any kind: bodies cut off, bytes, other methods, types, headers."""
    whole = draw(bodies.map(_body) | st.binary(max_size=200))
    content = whole[: draw(st.integers(0, len(whole)))] if draw(st.booleans()) else whole
    method = draw(st.sampled_from(["POST"] * 6 + ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"]))
    kinds = ["application/json"] * 4 + [
        "text/plain",
        "",
        "application/graphql",
        "multipart/form-data",
        "application/json; charset=utf-16",
        "application/x-www-form-urlencoded",
        ";;;",
    ]
    odd = st.sampled_from(
        ["X-Request-Id", "X-Sandbox-Fault", "Accept", "Content-Encoding", "Cookie"]
    )
    header = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40)
    headers = draw(st.lists(st.tuples(odd, header), max_size=2))
    return Request(content, method, draw(st.sampled_from(kinds)), tuple(headers))


#: What else a sandbox serves, and what it does not. A reset is left out: it would end the others.
PATHS = (
    "/",
    "/graphql/",
    "/graphql/x",
    "/favicon.ico",
    "/_sandbox",
    "/_sandbox/",
    "/_sandbox/about",
    "/_sandbox/faults",
    "/_sandbox/ledger",
    "/_sandbox/nothing",
    "/_sandbox/status",
    "/../etc/passwd",
    "/%00",
    "/%ff%fe",
)


@st.composite
def elsewhere(draw: st.DrawFn) -> tuple[str, Request]:
    """A request to any path but the endpoint's."""
    path = draw(st.sampled_from(PATHS))
    query = draw(
        st.sampled_from(["", "?", "?a=%ff", "?kinds", "?client_request_id=x&client_request_id="])
    )
    return path + query, draw(requests())


AUTHORIZATIONS = (
    "",
    "Basic",
    "Basic ",
    "Basic =",
    "Bearer x",
    "Basic \xff\xfe",
    "Basic " + "A" * 5_000,
    "Basic c2FuZGJveC1rZXk6 x",
    "Digest a=b",
    "\x01",
)
#: What is no HTTP, or HTTP at its edges; the server may close the connection, and says nothing.
BYTES = (
    b"\x00\xff\xfe\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"POST /graphql HTTP/9.9\r\nHost: x\r\n\r\n",
    b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{}",
    b"POST /graphql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
    b"POST /graphql\x00?query=ada@example.com HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /graphql HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64,
)

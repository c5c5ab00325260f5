"""Many lookups in one document, and what a reply says of each."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from graphql import build_schema, parse, validate
from hypothesis import given
from hypothesis import strategies as st

from leadiq import Unlock
from leadiq._core.pricing import price
from leadiq._engine.aliases import Share, aliased, shares
from leadiq._generated.operations import SEARCH_PEOPLE
from leadiq._schema.packaged import schema_text

ROOT = "searchPeople"
NOBODY = {"totalResults": 0, "hasMore": False, "results": []}


def told(data: Any, *errors: Any, places: int = 2) -> list[tuple[Any, bool]]:
    """What a reply says of each place: the value of its share, and whether it is told."""
    whole = {"data": data, **({"errors": [*errors]} if errors else {})}
    found = shares(json.dumps(whole).encode(), range(places), ROOT)
    return [(json.loads(share.reply), share.is_told) for share in found]


def test_one_lookup_is_the_operation_itself() -> None:
    """Nothing is renamed where nothing is joined."""
    assert aliased(SEARCH_PEOPLE, 1) is SEARCH_PEOPLE


@pytest.mark.parametrize("count", [2, 25])
def test_a_document_of_many_is_valid(count: int) -> None:
    """Each alias has an input of its own, the fragments stand once, and all of it is priced."""
    operation = aliased(SEARCH_PEOPLE, count)
    document = operation.render(frozenset({"workEmail"}))
    assert validate(build_schema(schema_text()), parse(document)) == []
    assert operation.name == f"SearchPeople{count}"
    assert operation.variables == {f"i{at}": "SearchPeopleInput!" for at in range(count)}
    assert document.count("fragment WorkEmailRecordType ") == 1
    assert f"a{count - 1}:searchPeople(input:$i{count - 1})" in document
    most = price(operation.bill, [Unlock.WORK_EMAIL]).maximum
    assert most == count * price(SEARCH_PEOPLE.bill, [Unlock.WORK_EMAIL]).maximum == Decimal(count)


def test_each_has_its_own_answer() -> None:
    """As LeadIQ would have written it to that lookup alone."""
    found = told({"a0": NOBODY, "a1": {**NOBODY, "hasMore": True}})
    assert found == [
        ({"data": {ROOT: NOBODY}}, True),
        ({"data": {ROOT: {**NOBODY, "hasMore": True}}}, True),
    ]


def test_answers_stay_as_they_came() -> None:
    """Byte for byte: a number keeps its digits, and a space its place."""
    answer = b'{"x":1.50, "y":[ 12345678901234567890.10 ]}'
    body = b'\xef\xbb\xbf {"data" : {"a0": %s , "a1":null}}' % answer
    first, second = shares(body, [0, 1], ROOT)
    assert first == Share(b'{"data":{"searchPeople":%s}}' % answer, is_told=True)
    assert second == Share(b'{"data":null}', is_told=False)


def test_an_error_belongs_to_whom_it_names() -> None:
    """Its path begins with the field then; the others are told nothing, or what is said to all."""
    mine, everybodys = {"message": "x", "path": ["a1", "results", 0]}, {"message": "y"}
    first, second = told(None, mine, everybodys)
    assert first == ({"data": None, "errors": [everybodys]}, False)
    own = {**mine, "path": [ROOT, "results", 0]}
    assert second == ({"data": None, "errors": [own, everybodys]}, True)


@pytest.mark.parametrize(
    "path", [None, [], [1], ["searchPeople"], ["b1"], "a1x", {"a1": 1}], ids=str
)
def test_a_path_that_names_no_alias_is_everybodys(path: Any) -> None:
    """What cannot be told apart is said to all."""
    error = {"message": "x", "path": path}
    assert told(None, error) == [({"data": None, "errors": [error]}, False)] * 2


def test_an_answer_beside_an_error_is_both() -> None:
    """What came is kept with the error that came with it."""
    error = {"message": "x", "path": ["a0", "results"]}
    (first, is_told), second = told({"a0": NOBODY, "a1": NOBODY}, error)
    assert is_told
    assert first["data"] == {ROOT: NOBODY}
    assert first["errors"] == [{"message": "x", "path": [ROOT, "results"]}]
    assert second == ({"data": {ROOT: NOBODY}}, True)


@pytest.mark.parametrize("errors", [None, []])
def test_no_errors_may_be_said_in_any_way(errors: Any) -> None:
    """A list of none, or null, is no error."""
    body = json.dumps({"errors": errors, "data": {"a0": NOBODY}}).encode()
    assert json.loads(shares(body, [0], ROOT)[0].reply) == {"data": {ROOT: NOBODY}}


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"<html>", b"[]", b'{"data":{"a0":{}', b'{"data":{"a0" 1}}', b'{"data":1 "x"}'),
        *(b"\xff{}", b'{"data":' + b"[" * 200_000),
    ],
    ids=["empty", "html", "list", "cut", "colon", "comma", "bytes", "deep"],
)
def test_what_is_no_whole_reply_tells_nobody_anything(body: bytes) -> None:
    """Nothing of it can be told apart."""
    assert shares(body, range(3), ROOT) == [Share(b"", is_told=False)] * 3


@pytest.mark.parametrize("body", [b'{"data":null}', b'{"data":[]}', b"{}", b'{"errors":null}'])
def test_a_reply_without_answers_tells_nobody_anything(body: bytes) -> None:
    """Each has a reply without an answer."""
    assert shares(body, [0], ROOT) == [Share(b'{"data":null}', is_told=False)]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.lists(values, min_size=1, max_size=4), st.booleans())
def test_whatever_the_answers_are_each_gets_its_own(answers: list[Any], is_pretty: bool) -> None:
    """Whatever stands in the other answers, and however it is written."""
    data = {f"a{at}": answer for at, answer in enumerate(answers)}
    body = json.dumps({"extensions": {}, "data": data}, indent=2 if is_pretty else None).encode()
    found = shares(body, range(len(answers)), ROOT)
    got = [json.loads(share.reply)["data"] for share in found]
    assert got == [None if answer is None else {ROOT: answer} for answer in answers]
    assert [share.is_told for share in found] == [answer is not None for answer in answers]

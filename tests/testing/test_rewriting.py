"""leadiq.testing._rewriting: every text of an exchange, and of what kind it is."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq.testing._exchange import Exchange
from leadiq.testing._personal_fields import Kind
from leadiq.testing._rewriting import rewritten


def seen(
    document: str, variables: dict[str, Any] | None = None, reply: Any = None, name: str = ""
) -> tuple[Exchange, list[tuple[str, str]]]:
    """Rewrite an exchange, and give what was rewritten, by kind."""
    found: list[tuple[str, str]] = []

    def note(kind: Kind | None, value: str) -> str:
        found.append((kind.name if kind else "", value))
        return f"<{value}>"

    given = Exchange(document, name or None, variables or {}, 200, reply)
    return rewritten(given, note), found


def test_inputs_are_known_by_their_members() -> None:
    """Variables of any depth, lists and enums: each text by the member that it is."""
    document = "query Q($i: FlatSearchInput!) { flatAdvancedSearch(input: $i) { totalPeople } }"
    asked = {
        "contactFilter": {"names": ["Ada"], "titles": ["CEO"], "seniorities": ["VP"]},
        "companyFilter": {"names": ["Example Inc"]},
        "limit": 3,
        "newer": {"x": "Eve"},
    }
    new, found = seen(document, {"i": asked})
    assert found == [("NAME", "Ada"), ("", "CEO"), ("", "Example Inc"), ("TEXT", "Eve")]
    assert new.variables["i"]["contactFilter"]["seniorities"] == ["VP"]
    assert new.variables["i"]["contactFilter"]["names"] == ["<Ada>"]
    assert new.document == document


def test_lists_of_inputs_and_nothing_are_inputs_too() -> None:
    """Each member of each, and what is no text stays what it is."""
    document = "mutation M($i: TrackContactsInput!) { trackContacts(input: $i) { __typename } }"
    asked = {"importId": "7", "contacts": [{"firstName": "Ada", "companyName": "Ex"}, None]}
    new, found = seen(document, {"i": asked, "n": 3})
    assert found == [("", "7"), ("NAME", "Ada"), ("", "Ex")]
    assert new.variables["i"]["contacts"][1] is None
    assert new.variables["n"] == 3
    assert seen(document, {"i": None})[0].variables == {"i": None}


def test_variables_inside_an_input_are_its_members() -> None:
    """`email: $e` makes `$e` an address; a variable that is no member is of no kind."""
    document = """query Q($e: String, $n: [String!], $id: ID!) {
      searchPeople(input: {email: $e}) { totalResults }
      flatAdvancedSearch(input: {contactFilter: {names: $n}}) { totalPeople }
      list(id: $id) { id } }"""
    _, found = seen(document, {"e": "a@example.com", "n": ["Ada"], "id": "0123", "more": "x"})
    assert found == [("EMAIL", "a@example.com"), ("NAME", "Ada"), ("", "0123"), ("", "x")]


def test_literals_are_rewritten_in_place() -> None:
    """Strings of a document, alone and in lists, blocks too; the rest of it stays."""
    document = (
        'query Q { a: searchPeople(input: {fullName: """Ada""", company: {name: "Ex"}}) '
        '{ totalResults } b: flatAdvancedSearch(input: {contactFilter: {linkedinUrls: ["u"]}}) '
        '{ totalPeople } list(id: "9") { id } }'
    )
    new, found = seen(document)
    assert found == [("NAME", "Ada"), ("", "Ex"), ("PROFILE", "u"), ("", "9")]
    assert new.document == (
        'query Q { a: searchPeople(input: {fullName: "<Ada>", company: {name: "<Ex>"}}) '
        '{ totalResults } b: flatAdvancedSearch(input: {contactFilter: {linkedinUrls: ["<u>"]}}) '
        '{ totalPeople } list(id: "<9>") { id } }'
    )


def test_data_is_known_by_where_it_stands() -> None:
    """Behind aliases, fragments and unions; numbers, nulls and what is of no person stay."""
    document = """query Q { x: searchPeople(input: {}) { y: results { ...P } } }
    fragment P on PersonRecord {
      confidence n: name { l: last } currentPositions { t: title companyInfo { name } } }"""
    person = {
        "n": {"l": "Ada"},
        "confidence": 7,
        "currentPositions": [{"t": "CEO", "companyInfo": {"name": "Ex"}}, None],
    }
    new, found = seen(document, reply={"data": {"x": {"y": [person]}}})
    assert found == [("NAME", "Ada"), ("", "CEO"), ("", "Ex")]
    assert new.reply["data"]["x"]["y"][0]["n"] == {"l": "<Ada>"}
    assert new.reply["data"]["x"]["y"][0]["confidence"] == 7
    union = """{ trackedContacts(limit: 1) { edges { node { contactInfo {
      email { ... on EmailValue { email } } } } } } }"""
    listed = {"edges": [{"node": {"contactInfo": {"email": {"email": "a@example.com"}}}}]}
    assert seen(union, reply={"data": {"trackedContacts": listed}})[1] == [
        ("EMAIL", "a@example.com")
    ]


def test_somebodys_json_is_personal() -> None:
    """What a team hangs on its companies may be anything, so all of it counts."""
    document = """{ companyTrackingTask(id: 1) {
      jobChanges(first: 1) { edges { node { currentCompany { customData } } } } } }"""
    change = {"currentCompany": {"customData": {"owner": "Ada", "n": 1}}}
    task = {"jobChanges": {"edges": [{"node": change}]}}
    _, found = seen(document, reply={"data": {"companyTrackingTask": task}})
    assert found == [("TEXT", "Ada")]


def test_the_operation_that_ran_counts() -> None:
    """Of several operations, the named one says what the reply means."""
    document = """query A { list(id: 1) { x: name } }
    query B { searchPeople(input: {}) { results { name { x: last } } } }"""
    assert seen(document, reply={"data": {"list": {"x": "A"}}}, name="A")[1] == [("", "A")]
    reply = {"data": {"searchPeople": {"results": [{"name": {"x": "B"}}]}}}
    assert seen(document, reply=reply, name="B")[1] == [("NAME", "B")]


@pytest.mark.parametrize(
    "document", ['{ newField(x: "s") { y } }', "no GraphQL {", '{ a: searchPeople(input: {id: "s"}']
)
def test_what_nobody_understands_is_personal(document: str) -> None:
    """A document that does not fit the schema: every text in and around it counts."""
    reply = {"data": {"newField": {"y": ["r", 1]}}, "errors": [{"message": "m"}]}
    new, found = seen(document, {"v": {"w": "v"}}, reply)
    kinds = {value: kind for kind, value in found}
    assert (kinds["v"], kinds["r"], kinds["m"]) == ("TEXT", "TEXT", "")
    assert kinds.get("s", "TEXT") == "TEXT"
    assert "<" in new.document


def test_every_literal_of_what_nobody_understands_is_personal() -> None:
    """Inside inputs that nobody knows, in lists, and in inputs that are known; in their order."""
    document = """query Q($v: X) { newField(x: {y: "a", z: $v}, w: [{b: "b"}, "ç"]) { z }
      flatAdvancedSearch(input: {companyFilter: {names: ["d"]}}) { totalPeople } }"""
    new, found = seen(document, {"v": 3})
    assert found == [("TEXT", letter) for letter in "abçd"]
    assert '{y: "<a>", z: $v}, w: [{b: "<b>"}, "<ç>"])' in new.document
    assert new.variables == {"v": 3}


@pytest.mark.parametrize(
    "reply", [None, "text", {"errors": [{"message": "m"}]}, {"data": None}, {"data": []}]
)
def test_replies_of_any_shape_are_kept(reply: Any) -> None:
    """Without data, without JSON, and with errors only."""
    new, _ = seen("{ usage { plans { name } } }", reply=reply)
    assert (new.reply or {}) == (
        {"errors": [{"message": "<m>"}]}
        if isinstance(reply, dict) and "errors" in reply
        else "<text>"
        if reply == "text"
        else reply or {}
    )

"""Rules of a drifted contract: the document fails or the answer differs, as a server's would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadiq.sandbox import (
    NoCursor,
    NoIntrospection,
    Nullable,
    Partial,
    Removed,
    Renamed,
    UnknownEnum,
    UnknownMember,
)
from leadiq.sandbox._faults_drift import Drifted
from leadiq.sandbox._schema import load_schema_text
from leadiq.sandbox._world import World

Make = Callable[..., Any]


def person(sandbox: Any, world: World, selection: str) -> Any:
    query = f"query($id: String!) {{ searchPeople(input: {{id: $id}}) {{ results {{ {selection} }} }} }}"  # noqa: E501
    return sandbox.ask(query, {"id": world.person(5).id})


def first(body: Any) -> Any:
    return body["data"]["searchPeople"]["results"][0]


def test_a_removed_field_fails_the_document(make: Make, world: World) -> None:
    """A document that names it fails as a whole and costs nothing, others go on."""
    sandbox = make(faults=(Removed(field="PersonRecord.confidence"),))
    body = person(sandbox, world, "id confidence")
    assert "data" not in body
    assert "confidence" in body["errors"][0]["message"]
    assert sandbox.app.ledger() == []
    assert first(person(sandbox, world, "id"))


def test_a_removed_input_is_refused(make: Make, world: World) -> None:
    """A member of an input that is gone is refused in literals and variables."""
    sandbox = make(faults=(Removed(field="SearchPeopleInput.id"),))
    assert "errors" in person(sandbox, world, "id")


def test_a_renamed_field_answers_by_its_new_name(make: Make, world: World) -> None:
    """The old name fails the document, the new one has the value, lazy ones too."""
    sandbox = make(
        faults=(
            Renamed(field="PersonRecord.linkedin", to="linkedIn"),
            Renamed(field="PositionRecord.companyInfo", to="firm"),
        )
    )
    assert "errors" in person(sandbox, world, "linkedin { linkedinId }")
    body = person(sandbox, world, "linkedIn { linkedinId } currentPositions { firm { name } }")
    assert first(body)["linkedIn"]
    assert first(body)["currentPositions"][0]["firm"]["name"]


def test_a_nullable_field_is_null(make: Make, world: World) -> None:
    """What the contract has as non-null comes as null, and the rest as it was."""
    sandbox = make(
        faults=(Nullable(field="PersonRecord.id"), Nullable(field="PersonRecord.location"))
    )
    assert first(person(sandbox, world, "id location { city } confidence")) == {
        "id": None, "location": None, "confidence": 100,
    }  # fmt: skip
    shown = '{ __type(name: "PersonRecord") { fields { name type { kind } } } }'
    fields = sandbox.data(shown)["__type"]["fields"]
    assert {"name": "id", "type": {"kind": "OBJECT"}} not in fields
    assert next(f for f in fields if f["name"] == "id")["type"]["kind"] == "SCALAR"


def test_what_came_as_null_is_not_charged(make: Make, world: World) -> None:
    """Lists that are null hand nothing over; the walk of the bill survives them."""
    for field in ("SearchResult.results", "PersonRecord.currentPositions"):
        sandbox = make(faults=(Nullable(field=field),))
        person(sandbox, world, "currentPositions { title emails { value } }")
        assert sandbox.spent() == []


def test_a_failing_field_leaves_partial_data(make: Make, world: World) -> None:
    """The field is null, the error has its path and a status, the rest is charged."""
    sandbox = make(faults=(Partial(field="PersonRecord.location"),))
    body = person(sandbox, world, "id location { city }")
    (error,) = body["errors"]
    assert error["path"] == ["searchPeople", "results", 0, "location"]
    assert error["extensions"]["response"]["status"] == 500
    assert first(body) == {"id": world.person(5).id, "location": None}
    assert sandbox.spent() == ["1 Profile 0.1"]


def test_without_a_name_the_first_field_that_may_be_null_fails(make: Make, world: World) -> None:
    """One field of each request, and never a root field."""
    sandbox = make(faults=(Partial(),))
    for _ in range(2):
        body = person(sandbox, world, "id linkedin { linkedinId } location { city }")
        (error,) = body["errors"]
        assert error["path"] == ["searchPeople", "results", 0, "linkedin"]


def test_an_enum_has_grown(make: Make, world: World) -> None:
    """Every field of the enum, or of all enums, has a value that the contract lacks."""
    query = "{ account { plans { product status } } }"
    plans = make(faults=(UnknownEnum(enum="PlanStatus", value="Paused"),)).data(query)
    assert plans["account"]["plans"][0] == {"product": "Universal", "status": "Paused"}
    plans = make(faults=(UnknownEnum(),)).data(query)["account"]["plans"]
    assert plans[0] == {"product": "SandboxUnknown", "status": "SandboxUnknown"}
    known = make(faults=(UnknownEnum(enum="PlanStatus", value="Inactive"),)).data(query)
    assert known["account"]["plans"][0]["status"] == "Inactive"
    phones = "{ __type(name: \"MobilePhoneStatus\") { enumValues { name } } }"  # fmt: skip
    values = make(faults=(UnknownEnum(),)).data(phones)["__type"]["enumValues"]
    assert {"name": "SandboxUnknown"} in values


def test_an_interface_has_a_new_member(make: Make) -> None:
    """Its objects are of a type that the contract lacks, with the interface's fields."""
    query = "{ account { plans { __typename name ... on ApiPlan { usage { units } } } } }"
    plans = make(faults=(UnknownMember(of="Plan", type="Barter"),)).data(query)["account"]["plans"]
    assert plans[0] == {"__typename": "Barter", "name": "Sandbox Universal"}
    plans = make(faults=(UnknownMember(),)).data(query)["account"]["plans"]
    assert plans[0]["__typename"] == "SandboxUnknownMemberOfPlan"


def test_a_union_has_a_new_member(make: Make) -> None:
    """A union's objects are of the new type; a null stays null."""
    sandbox = make(faults=(UnknownMember(of="WorkatoTokenResponse", type="Barter"),))
    query = 'query { workatoToken(orgDomainUrl: "https://a.example.com") { __typename } }'
    assert sandbox.data(query) == {"workatoToken": {"__typename": "Barter"}}


def test_introspection_is_off(make: Make) -> None:
    """Asking for the schema fails; __typename does not."""
    sandbox = make(faults=(NoIntrospection(),))
    assert "data" not in sandbox.ask("{ __schema { queryType { name } } }")
    assert sandbox.data("{ __typename }")


def test_an_older_server_has_no_cursors(make: Make) -> None:
    """`after` is unknown in answers and inputs of both advanced searches, and nowhere else."""
    sandbox = make(faults=(NoCursor(),))
    for field in ("flatAdvancedSearch", "groupedAdvancedSearch"):
        assert "errors" in sandbox.ask(f"{{ {field}(input: {{}}) {{ after {{ key }} }} }}")
        assert "errors" in sandbox.ask(f"{{ {field}(input: {{after: []}}) {{ __typename }} }}")
        assert "errors" not in sandbox.ask(f"{{ {field}(input: {{}}) {{ __typename }} }}")
    assert "errors" not in sandbox.ask("{ trackedCompanies(first: 1) { pageInfo { endCursor } } }")


def test_only_what_changes_the_contract_makes_a_schema() -> None:
    """A drift of answers alone leaves the text as it is, so nothing is built anew."""
    text = load_schema_text()
    assert Drifted(text, [Partial(), NoIntrospection()]).text is text
    assert Drifted(text, [Nullable(field="PersonRecord.id")]).text is not text


@pytest.mark.parametrize(
    "drift",
    [
        Removed(field="Nobody.id"),
        Removed(field="PersonRecord.nope"),
        Removed(field="EmailStatus.id"),
        Renamed(field="Query.account", to="x"),
        Renamed(field="SearchPeopleInput.id", to="x"),
        Renamed(field="PersonRecord.id", to="confidence"),
        Partial(field="PersonRecord.nope"),
        Nullable(field="PersonRecord.nope"),
        UnknownEnum(enum="Plan"),
        UnknownMember(of="PersonRecord"),
        UnknownMember(of="Plan", type="Account"),
    ],
    ids=str,
)
def test_a_drift_of_what_is_not_there_is_refused(make: Make, drift: Any) -> None:
    """Setting it is a ValueError that names the place, and changes nothing."""
    sandbox = make()
    with pytest.raises(ValueError, match=r"^faults: .*\.$"):
        sandbox.app.set_faults([drift])
    assert sandbox.app.faults == ()


def test_a_schema_that_would_not_hold_is_refused(make: Make) -> None:
    """A member that an interface wants cannot go from its type, nor a type's last field."""
    sandbox = make()
    with pytest.raises(ValueError, match="Plan"):
        sandbox.app.set_faults([Removed(field="UniversalPlan.name")])
    with pytest.raises(ValueError, match="all that its type has"):
        Drifted("type Query { a: Int }", [Removed(field="Query.a")])
    assert Drifted(load_schema_text(), []).text

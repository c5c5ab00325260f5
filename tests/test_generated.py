"""The generated package: open when reading, strict when writing, documented, loaded late."""

from __future__ import annotations

import ast
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from inspect import signature
from itertools import pairwise
from typing import Any, get_args

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, parse
from pydantic import BaseModel as PydanticBaseModel
from pydantic import TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

import leadiq.types
from leadiq import LeadIQ, types
from leadiq._core.documents import Operation
from leadiq._core.errors import LeadIQError
from leadiq._core.protocol import Envelope, read_reply
from leadiq._generated import operations as compiled
from leadiq._generated.client import GeneratedClient
from leadiq._ground.base import BaseModel, InputModel, UnknownVariant, to_wire
from leadiq._ground.enums import OpenEnum
from query_facts import Answer, combinations_of, schema_for
from schema_facts import ROOT, load_schema

SCHEMA = load_schema()
PACKAGE = ROOT / "src" / "leadiq" / "_generated"
MODULES = {o.name: name.lower() for name, o in vars(compiled).items() if isinstance(o, Operation)}
PUBLIC = {name: getattr(types, name) for name in types.__all__}
MODELS = [c for c in PUBLIC.values() if issubclass(c, BaseModel)]
INPUTS = [c for c in PUBLIC.values() if issubclass(c, InputModel)]
ENUMS = [c for c in PUBLIC.values() if issubclass(c, OpenEnum)]
METHODS = {n: f for n, f in vars(GeneratedClient).items() if callable(f) and n[0] != "_"}
MARKER = "ada@example.com"


def decoded(operation: Operation, data: Any) -> Any:
    """Read an answer with the operation's model."""
    module = import_module(f"leadiq._generated.{MODULES[operation.name]}")
    model = getattr(module, operation.name)
    return read_reply(Envelope[model], 200, json.dumps({"data": data}).encode())


def answer(operation: Operation, on: frozenset[str], **mood: bool) -> dict[str, Any]:
    """What a server answers to a rendering."""
    tree = parse(operation.render(on))
    return Answer(schema_for(operation.name), tree, **mood).data()  # type: ignore[arg-type]


def leaves(value: Any) -> Iterator[Any]:
    """Every value in a decoded answer, models' fields and lists' members included."""
    yield value
    if isinstance(value, PydanticBaseModel):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)


# -- answers


@pytest.mark.parametrize(
    ("operation", "on"),
    [
        pytest.param(o, on, id="-".join([o.name, *sorted(on)]))
        for o in compiled.ALL
        for on in combinations_of(o.flags)
        if len(on) in {0, 1, len(o.flags)}
    ],
)
@pytest.mark.parametrize("full", [True, False], ids=["full", "empty"])
@pytest.mark.parametrize("novel", [False, True], ids=["known", "novel"])
def test_every_answer_is_decoded(
    operation: Operation, on: frozenset[str], full: bool, novel: bool
) -> None:
    """Whatever a server of this schema answers to a rendering fits its model: all fields or none
    of the optional ones; and that of a newer server too, with fields, enum values and union
    members that nobody knows."""
    reply = decoded(operation, answer(operation, on, full=full, novel=novel))
    assert not isinstance(reply, LeadIQError), reply
    for leaf in leaves(reply):
        if isinstance(leaf, datetime):
            assert leaf.tzinfo is not None
        if isinstance(leaf, OpenEnum):
            assert leaf.is_known is not novel


@pytest.mark.parametrize("operation", compiled.ALL, ids=lambda o: o.name)
def test_an_answer_survives_a_pickle(operation: Operation) -> None:
    """Answers can be sent to another process, unknown variants and values included."""
    for novel in (False, True):
        data = answer(operation, frozenset(operation.flags), full=True, novel=novel)
        reply = decoded(operation, data)
        assert pickle.loads(pickle.dumps(reply)) == reply  # noqa: S301


def contact(email: dict[str, Any] | None) -> Any:
    """Decode contact information with this e-mail."""
    return types.ContactInfo.model_validate_json(json.dumps({"email": email}))


def test_a_known_union_member_is_its_class() -> None:
    """`__typename` decides which class a union member is."""
    value = contact({"__typename": "EmailValue", "email": MARKER, "status": "Verified"}).email
    assert isinstance(value, types.EmailValue)
    assert value.email == MARKER
    suppressed = contact({"__typename": "EmailSuppressed", "reason": "SuppressedByUser"}).email
    assert isinstance(suppressed, types.EmailSuppressed)
    assert contact(None).email is None


def test_an_unknown_union_member_is_kept() -> None:
    """A member that LeadIQ added later does not fail the answer; its fields can be read."""
    value = contact({"__typename": "EmailPending", "until": "later"}).email
    assert isinstance(value, UnknownVariant)
    assert value.typename__ == "EmailPending"
    assert value.until == "later"  # type: ignore[attr-defined]
    assert MARKER not in repr(value)


def test_a_union_without_a_typename_does_not_fit() -> None:
    """Openness ends where there is nothing to tell members apart by."""
    with pytest.raises(ValidationError):
        contact({"email": MARKER})


def test_unions_at_the_root_are_open_too() -> None:
    """A root field's union is as open as any."""
    token = {"__typename": "WorkatoTokenResponseFailure", "message": "no"}
    reply = decoded(compiled.WORKATO_TOKEN, {"workatoToken": token})
    assert isinstance(reply.workato_token, types.WorkatoTokenResponseFailure)
    reply = decoded(compiled.WORKATO_TOKEN, {"workatoToken": {"__typename": "Later"}})
    assert isinstance(reply.workato_token, UnknownVariant)


@pytest.mark.parametrize("typename", ["UniversalPlan", "DataHubPlan", "AddedLater"])
def test_plans_may_be_of_any_type(typename: str) -> None:
    """Production lists no implementer of the interface Plan: any type name is taken and kept."""
    plan = {"__typename": typename, "name": "a", "product": "b", "status": "c"}
    reply = decoded(compiled.GET_ACCOUNT, {"account": {"plans": [plan]}})
    (read,) = reply.account.plans
    assert read.typename__ == typename
    assert read.name == "a"
    assert read.status == "c"
    assert not read.status.is_known


def test_what_was_not_selected_is_none() -> None:
    """A field behind an unlock is None without it, and there with it."""
    operation = compiled.SEARCH_PEOPLE
    plain = decoded(operation, answer(operation, frozenset(), full=True))
    person = plain.search_people.results[0]
    assert person.personal_emails is None
    assert person.current_positions[0].emails is None
    assert person.current_positions[0].company_info.domain is None
    assert person.current_positions[0].company_info.name == "text"
    every = decoded(operation, answer(operation, frozenset(operation.flags), full=True))
    person = every.search_people.results[0]
    assert person.personal_emails[0].value == "text"
    assert person.current_positions[0].emails[0].value == "text"
    assert person.current_positions[0].company_info.domain == "text"
    assert not hasattr(person.past_positions[0], "emails")


def test_an_answer_shows_no_value() -> None:
    """Repr, str and format of an answer show no field's value, at any depth."""
    name = types.NameInfo.model_validate({"first": MARKER, "fullName": MARKER})
    for model in (name, types.PersonRecord.model_construct(name=name, id=MARKER)):
        assert MARKER not in f"{model} {model!r} {[model]} {{'a': model}}"
        assert repr(model) == f"{type(model).__name__}()"


def test_every_time_of_a_model_is_aware() -> None:
    """No field of a model or an input takes a time without leaving it with a zone."""
    seen = 0
    for model in (*MODELS, *INPUTS):
        for field in model.model_fields.values():
            kinds = set(_types(field.annotation))
            if datetime in kinds and int not in kinds:  # Unix milliseconds have no zone
                adapter: TypeAdapter[Any] = TypeAdapter(field.annotation)
                time = adapter.validate_json('"2021-10-02T00:00:00"')
                assert time == datetime(2021, 10, 2, tzinfo=UTC)
                seen += 1
    assert seen > 20


def _types(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in get_args(annotation):
        yield from _types(argument)


# -- inputs


@pytest.mark.parametrize("kind", INPUTS, ids=lambda c: c.__name__)
def test_an_input_forbids_typos_and_shows_no_value(kind: type[InputModel]) -> None:
    """A misspelt member of any input is refused, and no error repeats what was given."""
    with pytest.raises(ValidationError) as caught:
        kind.model_validate({"misspelt": MARKER, **{n: [[MARKER]] for n in kind.model_fields}})
    assert "misspelt" in str(caught.value)
    assert "Extra inputs are not permitted" in str(caught.value)
    assert MARKER not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "member"),
    [
        (types.DateRangeFilter, "start"),
        (types.DateRangeFilter, "end"),
        (types.ContactFilter, "newHireFrom"),
        (types.ContactFilter, "newPromotionFrom"),
        (types.JobChangeFilter, "startedAfter"),
    ],
)
def test_a_time_in_unix_milliseconds_may_be_a_datetime(kind: type[InputModel], member: str) -> None:
    """Wherever the contract counts milliseconds, a datetime is taken and milliseconds are sent."""
    needed = {"jobChangeTypes": []} if kind is types.JobChangeFilter else {}
    built = kind.model_validate({**needed, member: datetime(2026, 1, 1, tzinfo=UTC)})
    assert to_wire(built)[member] == 1_767_225_600_000


def test_no_other_number_is_taken_for_a_time() -> None:
    """Counts and ranges of money stay numbers."""
    timed = {
        (kind.__name__, name)
        for kind in INPUTS
        for name, field in kind.model_fields.items()
        if {int, datetime} <= set(_types(field.annotation))
    }
    assert len(timed) == 5


def test_a_deprecated_member_warns_where_it_is_set() -> None:
    """What live servers lack still type-checks; setting it warns once, at the caller's line."""
    gone = r"CompanyFilter\.cities: .* Use `locations`"
    with pytest.warns(DeprecationWarning, match=gone) as seen:
        filter_ = types.CompanyFilter(cities=["Berlin"])
    types.FlatSearchInput(company_filter=filter_)
    assert [warning.filename for warning in seen] == [__file__]
    assert to_wire(filter_) == {"cities": ["Berlin"]}


def test_every_deprecated_member_of_an_input_is_known_as_such() -> None:
    """The reason in the schema is the warning's, for each of them."""
    reasons = {
        (kind, name): " ".join(field.deprecation_reason.split())
        for kind, type_ in SCHEMA.type_map.items()
        if isinstance(type_, GraphQLInputObjectType)
        for name, field in type_.fields.items()
        if field.deprecation_reason
    }
    assert reasons == {
        (kind.__name__, field.serialization_alias or to_camel(name)): field.deprecation_message
        for kind in INPUTS
        for name, field in kind.model_fields.items()
        if field.deprecated
    }
    assert len(reasons) == 6


def test_a_wrong_time_is_not_shown() -> None:
    """The text of an error about a time does not repeat what was given for one."""
    with pytest.raises(ValidationError) as caught:
        types.ApiPersonFeedback.model_validate({"value": "a", "last_seen": MARKER})
    assert MARKER not in str(caught.value)


def test_inputs_take_both_spellings() -> None:
    """Python's and GraphQL's names mean the same, at every depth; GraphQL's are sent."""
    snake = types.SearchPeopleInput(first_name="Ada", company=types.CompanyDetails(company_id="a"))
    camel = types.SearchPeopleInput.model_validate(
        {"firstName": "Ada", "company": {"companyId": "a"}}
    )
    assert snake == camel
    assert to_wire(snake) == {"firstName": "Ada", "company": {"companyId": "a"}}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("kind", INPUTS, ids=lambda c: c.__name__)
def test_inputs_send_the_names_of_the_contract(kind: type[InputModel]) -> None:
    """Each member goes by its GraphQL name, also where Python needed another one (`type_`)."""
    type_ = SCHEMA.type_map[kind.__name__]
    assert isinstance(type_, GraphQLInputObjectType)
    built = kind.model_construct(**dict.fromkeys(kind.model_fields))
    assert set(to_wire(built)) == set(type_.fields)


def test_only_what_was_set_is_sent() -> None:
    """An unset member is not sent; None is sent as null."""
    assert to_wire(types.SearchPeopleInput()) == {}
    assert to_wire(types.SearchPeopleInput(email=None)) == {"email": None}
    feedback = types.ApiPersonFeedback(value="a", type_=None)
    assert to_wire(feedback) == {"value": "a", "type": None}


# -- names and docs


def test_everything_public_is_importable() -> None:
    """`leadiq.types` names its classes in order, gives each, and nothing else."""
    assert types.__all__ == sorted(set(types.__all__))
    assert dir(types) == types.__all__
    for name, kind in PUBLIC.items():
        assert kind.__name__ == name
        assert getattr(leadiq.types, name) is kind
    with pytest.raises(AttributeError, match="Typo"):
        types.Typo  # type: ignore[attr-defined]
    with pytest.raises(ImportError):
        from leadiq.types import Typo  # type: ignore[attr-defined]  # noqa: F401


def test_everything_public_is_a_model_an_input_or_an_enum() -> None:
    """The contract's inputs and enums are there in full, and every class is one of three kinds."""
    assert len(MODELS) + len(INPUTS) + len(ENUMS) == len(PUBLIC)
    inputs = {n for n, t in SCHEMA.type_map.items() if isinstance(t, GraphQLInputObjectType)}
    enums = {
        n
        for n, t in SCHEMA.type_map.items()
        if isinstance(t, GraphQLEnumType) and not n.startswith("__")
    }
    assert {c.__name__ for c in INPUTS} == inputs
    assert {c.__name__ for c in ENUMS} == enums


@pytest.mark.parametrize("kind", ENUMS, ids=lambda c: c.__name__)
def test_enums_have_the_values_of_the_contract(kind: type[OpenEnum]) -> None:
    """Each enum has its known values, in order, and says of them that they are known."""
    type_ = SCHEMA.type_map[kind.__name__]
    assert isinstance(type_, GraphQLEnumType)
    assert [member.value for member in kind] == list(type_.values)
    assert all(member.is_known for member in kind)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_class_has_a_docstring(name: str) -> None:
    """Each public class says itself what it is."""
    assert (PUBLIC[name].__dict__.get("__doc__") or "").strip()


def test_every_method_has_a_docstring() -> None:
    """Each generated method says what it does, what it costs, and whether it is repeated."""
    assert len(METHODS) == len(compiled.ALL)
    for name, method in METHODS.items():
        doc = method.__doc__ or ""
        assert doc.strip(), name
        assert "Price" in doc, name
        assert max(map(len, doc.split("\n"))) <= 100


def test_writes_say_that_they_are_not_repeated() -> None:
    """The docstring of a write that must not be sent twice says so."""
    warned = {n for n, m in METHODS.items() if "Not repeated by itself" in (m.__doc__ or "")}
    assert len(warned) == sum(not o.repeatable for o in compiled.ALL)
    assert {"add_prospect_to_list", "create_list", "regenerate"} <= warned
    assert "search_people" not in warned


def test_no_field_is_undocumented() -> None:
    """Nearly every field of a model and member of an input has its description below it."""
    documented = total = 0
    for module in ("fragments.py", "inputs.py"):
        for kind in ast.parse((PACKAGE / module).read_text()).body:
            body = kind.body if isinstance(kind, ast.ClassDef) else []
            for here, below in pairwise([*body, None]):
                if isinstance(here, ast.AnnAssign) and ast.unparse(here.target) != "typename__":
                    total += 1
                    documented += isinstance(below, ast.Expr)
    assert total > 500
    assert documented / total > 0.95


def test_no_class_is_rebuilt() -> None:
    """Classes stand in the order of their use: no forward reference, no `model_rebuild`."""
    for file in PACKAGE.glob("*.py"):
        assert "model_rebuild" not in file.read_text()
        assert file.read_text().startswith("# @generated")


def test_the_schema_is_shipped() -> None:
    """The package carries the contract that it was compiled from."""
    assert (PACKAGE / "schema.graphql").read_bytes() == (ROOT / "schema.graphql").read_bytes()


# -- loading

HEAVY = {"ariadne", "cyclopts", "graphql", "httpx", "pydantic", "rich", "uvicorn"}
MODEL_MODULES = {f"leadiq._generated.{name}" for name in ("enums", "fragments", "inputs")}


def loaded(code: str) -> set[str]:
    """The modules that a fresh interpreter has after running some code."""
    script = f"{code}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, encoding="utf-8"
    )
    return set(json.loads(done.stdout))


def test_importing_the_package_loads_nothing_heavy() -> None:
    """`import leadiq` loads no client, no model, no command line and no server."""
    modules = loaded("import leadiq; leadiq.__version__; dir(leadiq)")
    assert not modules & HEAVY
    assert {m for m in modules if m.startswith("leadiq")} == {"leadiq", "leadiq._version"}


def test_the_package_has_what_it_names() -> None:
    """`leadiq` names what is public in order, gives each, and has no other name."""
    assert leadiq.__all__ == sorted(set(leadiq.__all__)) == dir(leadiq)
    for name in leadiq.__all__:
        assert getattr(leadiq, name)
    with pytest.raises(AttributeError, match="Typo"):
        leadiq.Typo  # type: ignore[attr-defined]


def test_importing_the_types_loads_no_model() -> None:
    """`leadiq.types` is a list of names; a module behind it loads with its first name."""
    modules = loaded("import leadiq.types; leadiq.types.__all__")
    assert not modules & (HEAVY | MODEL_MODULES)
    modules = loaded("from leadiq.types import Seniority")
    assert modules & MODEL_MODULES == {"leadiq._generated.enums"}


def test_importing_the_client_loads_no_model() -> None:
    """`from leadiq import LeadIQ` loads httpx and pydantic, and no module of models."""
    modules = loaded("from leadiq import LeadIQ")
    assert not modules & MODEL_MODULES
    assert not (modules - loaded("import httpx, pydantic")) & HEAVY  # httpx may load rich itself
    assert not {f"leadiq._generated.{m}" for m in MODULES.values()} & modules


def test_the_client_has_every_method() -> None:
    """What users meet has each generated method, or one that takes all that it takes and more."""
    for name, method in METHODS.items():
        assert (
            signature(method).parameters.keys()
            <= signature(getattr(LeadIQ, name)).parameters.keys()
        )

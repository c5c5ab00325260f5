"""The ground of all models: what is dropped, what is refused, what is sent, what is shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from leadiq._ground.base import UNSET, BaseModel, InputModel, UnknownVariant, UnsetType, to_wire
from leadiq._ground.json import mapping, sequence

MARKER = "ada@example.com"


class Answer(BaseModel):
    full_name: str
    nick_name: str | None = None


class Part(InputModel):
    city_name: str | None = None


class Question(InputModel):
    first_name: str | None = None
    parts: list[Part] | None = None
    seen_at: datetime | None = None


def test_unset_is_neither_none_nor_true() -> None:
    """An argument that was not given is false, names itself, and is not `None`."""
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert isinstance(UNSET, UnsetType)


def test_an_answer_drops_what_it_does_not_know() -> None:
    """A field that LeadIQ added later does not fail an answer; what was not selected is None."""
    answer = Answer.model_validate({"fullName": "Ada", "addedLater": 1})
    assert answer.full_name == "Ada"
    assert answer.nick_name is None
    assert not hasattr(answer, "addedLater")


@pytest.mark.parametrize(
    ("model", "shown"),
    [
        (Answer(full_name=MARKER), "Answer()"),
        (Question(first_name=MARKER), "Question(first_name=...)"),
        (
            UnknownVariant.model_validate({"__typename": "Later", "a": MARKER}),
            "UnknownVariant(typename__='Later')",
        ),
    ],
)
def test_no_value_is_shown(model: BaseModel, shown: str) -> None:
    """Repr, str and format show types and names of fields, never a value."""
    assert repr(model) == str(model) == f"{model}" == shown


@pytest.mark.parametrize("kind", [Answer, Question])
def test_an_error_does_not_repeat_the_value(kind: type[BaseModel]) -> None:
    """A validation error says where and why, without what was given."""
    with pytest.raises(ValidationError) as caught:
        kind.model_validate({"full_name": [MARKER], "first_name": [MARKER]})
    assert MARKER not in str(caught.value)


@pytest.mark.parametrize("name", ["frist_name", "fristName", "First_name"])
def test_a_misspelt_input_is_refused(name: str) -> None:
    """What a caller misspells is an error and never dropped."""
    with pytest.raises(ValidationError, match=r"extra_forbidden|Extra inputs"):
        Question.model_validate({name: "Ada"})


@pytest.mark.parametrize("name", ["first_name", "firstName"])
def test_both_spellings_are_taken(name: str) -> None:
    """Inputs take the Python name and the GraphQL name, and send the GraphQL name."""
    assert to_wire(Question.model_validate({name: "Ada"})) == {"firstName": "Ada"}


def test_only_what_was_set_is_sent() -> None:
    """Unset fields stay out of a request, at every depth; `None` is sent as null."""
    question = Question(first_name=None, parts=[Part(), Part(city_name=None)])
    assert to_wire(question) == {"firstName": None, "parts": [{}, {"cityName": None}]}


def test_values_are_made_ready_for_json() -> None:
    """Lists of inputs are sent member by member; times as text; plain values as they are."""
    seen = datetime(2021, 10, 2, tzinfo=UTC)
    assert to_wire([Question(seen_at=seen), 1]) == [{"seenAt": "2021-10-02T00:00:00Z"}, 1]
    assert to_wire("text") == "text"


def test_an_unknown_variant_keeps_everything() -> None:
    """A union member of a type that is not known can still be read field by field."""
    variant = UnknownVariant.model_validate({"__typename": "Later", "a": [1]})
    assert variant.typename__ == "Later"
    assert variant.a == [1]  # type: ignore[attr-defined]
    assert variant.model_dump(by_alias=True) == {"__typename": "Later", "a": [1]}


def test_foreign_json_has_a_type_afterwards() -> None:
    """Whatever stands where an object or an array is expected can be walked."""
    assert mapping({"a": 1}) == {"a": 1}
    assert mapping([1]) == mapping(None) == mapping("a") == {}
    assert sequence([1]) == [1]
    assert sequence("a") == ["a"]
    assert sequence(None) == [None]

"""Open enums: known values are members, unknown ones are kept."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from leadiq._ground import enums
from leadiq._ground.enums import OpenEnum
from leadiq.types import Seniority, VerificationStatusType


class Level(OpenEnum):
    Low = "low"
    High = "High"


class Other(OpenEnum):
    Low = "low"


def test_a_known_value_is_the_member() -> None:
    """A value of the schema gives the member itself, which says that it is known."""
    assert Level("low") is Level.Low
    assert Level.Low.is_known


@given(st.text())
def test_any_text_has_a_member(text: str) -> None:
    """Every string that a server sends is kept as it is, and equals itself."""
    level = Level(text)
    assert isinstance(level, Level)
    assert level == text
    assert level.value == level.name == text or level in list(Level)
    assert hash(level) == hash(text)
    assert f"{level}" == text
    assert level.is_known == (text in {"low", "High"})


@pytest.mark.parametrize("value", [None, 1, 1.5, True, b"low", [], Other("unknown")])
def test_only_text_is_a_value(value: object) -> None:
    """What is no plain string is refused as by any enum."""
    with pytest.raises(ValueError, match="Level"):
        Level(value)


def test_an_unknown_value_is_one_object() -> None:
    """The same unknown value is the same object, so that `is` works; each enum has its own."""
    assert Level("new") is Level("new")
    assert Level("new") is not Other("new")
    assert type(Other("new")) is Other


def test_a_value_that_is_a_members_name_is_unknown() -> None:
    """Names are Python's and values are LeadIQ's: `Low` is no value of an enum with `low`."""
    assert not Level("Low").is_known
    assert Level("Low") is not Level.Low
    assert VerificationStatusType("None").is_known
    assert not VerificationStatusType("None_").is_known


def test_iterating_gives_known_values_only() -> None:
    """What a server has sent does not become part of the enum."""
    Level("seen")
    assert list(Level) == [Level.Low, Level.High]
    assert "seen" not in Level.__members__


@pytest.mark.parametrize("level", [Level.Low, Level("new")])
def test_members_survive_copies_and_pickles(level: Level) -> None:
    """A copy of a member, known or not, is that member."""
    assert copy.copy(level) is copy.deepcopy(level) is level
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(level, protocol)) is level  # noqa: S301


def test_a_pickle_works_in_a_fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unpickling needs nothing that only the sender has seen."""
    sent = pickle.dumps(Level("new"))
    monkeypatch.setattr(enums, "_unknown", {})
    received = pickle.loads(sent)  # noqa: S301
    assert received == "new"
    assert not received.is_known


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that sends ever new values fills no memory; the values still work."""
    monkeypatch.setattr(enums, "_unknown", {})
    monkeypatch.setattr(enums, "_MAX_UNKNOWN", 2)
    levels = [Level(f"new {i}") for i in range(5)]
    assert len(enums._unknown) == 2
    assert levels == [f"new {i}" for i in range(5)]
    assert Level("new 4") is not levels[4]
    assert Level("new 0") is levels[0]


def test_models_take_unknown_values_in_both_modes() -> None:
    """Decoding keeps an unknown value from JSON and from Python, and refuses what is no text."""
    adapter = TypeAdapter(list[Seniority | None])
    (level, nothing) = adapter.validate_json('["CXO", null]')
    assert level is Seniority("CXO")
    assert nothing is None
    assert adapter.validate_python(["CXO"]) == [level]
    assert adapter.dump_json([level]) == b'["CXO"]'
    with pytest.raises(ValidationError):
        adapter.validate_json("[1]")

"""JSON that somebody else wrote has a type afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq._ground.json import mapping, sequence


@pytest.mark.parametrize("value", [{}, {"a": 1}])
def test_an_object_is_given_as_it_is(value: dict[str, Any]) -> None:
    """It is not copied."""
    assert mapping(value) is value


@pytest.mark.parametrize("value", [None, [], [{"a": 1}], "a", 1, True])
def test_anything_else_is_an_empty_object(value: Any) -> None:
    """So that what is looked for in it is not there."""
    assert mapping(value) == {}


@pytest.mark.parametrize("value", [[], [1, "a"]])
def test_an_array_is_given_as_it_is(value: list[Any]) -> None:
    """It is not copied."""
    assert sequence(value) is value


@pytest.mark.parametrize("value", [None, {}, {"a": 1}, "a", 1, (1,)])
def test_anything_else_is_the_only_member_of_an_array(value: Any) -> None:
    """Nothing that was said is lost."""
    assert sequence(value) == [value]

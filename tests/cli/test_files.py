"""The rules of files as arguments: - is one, and a misspelt option is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from leadiq.cli._files import a_file

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("word", ["--nope", "-n"])
def test_a_misspelt_option_is_no_file(leadiq: Callable[..., Any], word: str) -> None:
    """It is told as what it is."""
    ran = leadiq("plan", word)
    assert ran.code == 2
    assert f"Unknown option {word}" in ran.err


@pytest.mark.parametrize("word", ["-", "leads.csv", "no-option.csv"])
def test_files_are_taken(word: str) -> None:
    """Standard input and output too."""
    (validator,) = a_file("IN").validator
    validator(str, word)

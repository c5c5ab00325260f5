"""Rules of the list of guesses: what it names is there, and nothing that is guessed is missing."""

from __future__ import annotations

from dataclasses import fields
from inspect import getsource
from itertools import pairwise

from leadiq._conformance.cases import CASES
from leadiq._conformance.guesses import CLIENT, SANDBOX, guess_of
from leadiq.sandbox import SandboxSettings
from leadiq.sandbox import _settings as module


def test_every_setting_that_is_named_is_one() -> None:
    """A guess of the sandbox is changed by a field of its settings."""
    named = {word for guess in SANDBOX for word in guess.setting.split(", ") if word}
    assert named <= {field.name for field in fields(SandboxSettings)}


def test_every_setting_of_what_is_unknown_is_named() -> None:
    """A field whose docstring says [unknown] stands in the list."""
    lines = getsource(module.SandboxSettings).splitlines()
    unknown = {
        before.strip().split(":")[0]
        for before, line in pairwise(lines)
        if '"""' in line and "[unknown]" in line
    }
    assert unknown
    assert unknown <= {word for guess in SANDBOX for word in guess.setting.split(", ")}


def test_every_case_that_is_named_is_one() -> None:
    """And every case that nobody vouches for tells about a guess."""
    names = {case.name for case in CASES}
    assert {name for guess in (*SANDBOX, *CLIENT) for name in guess.told_by} <= names
    unknown = [case.name for case in CASES if case.source == "unknown"]
    assert [name for name in unknown if guess_of(name) is None] == []


def test_no_question_is_asked_twice() -> None:
    """One table, one place."""
    for guesses in (SANDBOX, CLIENT):
        questions = [guess.question for guess in guesses]
        assert len({*questions}) == len(questions)

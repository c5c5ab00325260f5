"""The rules of `--help`: every command explains itself, with examples to be typed as they are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from inspect import getdoc
from pathlib import Path
from typing import Any

import pytest
from cyclopts import App

from leadiq.cli._app import program
from leadiq.sandbox import Sandbox

Leadiq = Callable[..., Any]
Use = Callable[[Sandbox], Sandbox]
EXAMPLE = re.compile(r"^Example: leadiq (.+)$", re.MULTILINE)

#: Examples that end well on a fresh sandbox; the others name what a person has made before.
RUN = (
    *("account", "company", "doctor", "enrich", "person", "plan", "search people", "usage"),
    *("search companies", "jobs list", "budgets list", "schema diff", "schema pull", "completion"),
    *("track companies add", "track companies list", "track companies clear", "track start"),
)
#: Those of them that ask for what this test has not: a Redis, and a hundred documents.
NOT_RUN = ("--store", "--conformance", "--resume")


def commands(app: App, *above: str) -> Iterator[tuple[str, App]]:
    """All commands that do something, by what is typed."""
    for name in app:
        if name.startswith("-"):
            continue
        found = app[name]
        below = [*commands(found, *above, name)]
        yield from below or [(" ".join([*above, name]), found)]


ALL = dict(commands(program()))


def examples(name: str) -> list[list[str]]:
    """The examples of a command, as words; what goes into a file is left out."""
    found = EXAMPLE.findall(getdoc(ALL[name].default_command) or "")
    return [shlex.split(line.partition(" > ")[0]) for line in found]


EXAMPLES = [words for name in ALL for words in examples(name)]


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_an_example_of_itself(leadiq: Leadiq, name: str) -> None:
    """The help of each command shows how it is typed, and what each of its options means."""
    assert examples(name)
    assert all(words[: len(name.split())] == name.split() for words in examples(name))
    ran = leadiq(*name.split(), "--help")
    assert ran.code == 0
    assert f"Usage: leadiq {name}" in ran.out
    assert "Example: leadiq" in ran.out


@pytest.mark.parametrize("words", EXAMPLES, ids=" ".join)
def test_every_example_is_a_command_line(words: list[str]) -> None:
    """An example has no option that is misspelt, and none that is missing."""
    program(words[0]).parse_args(words, exit_on_error=False, print_error=False)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with the files that examples name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leads.csv").write_text("email\nada@example.com\n")
    (tmp_path / "accounts.csv").write_text("name,domain\nExample,example.com\n")
    (tmp_path / "newest").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        words
        for name in RUN
        for words in examples(name)
        if not any(word in words for word in NOT_RUN)
    ],
    ids=" ".join,
)
def test_examples_run_on_the_sandbox(
    leadiq: Leadiq, use: Use, shared_sandbox: Sandbox, place: Path, words: list[str]
) -> None:
    """What is shown does what it says: exit code 0, or 1 where nobody is found."""
    use(shared_sandbox)
    ran = leadiq(*words)
    assert ran.code in (0, 1), ran.err
    assert "should not have happened" not in ran.err

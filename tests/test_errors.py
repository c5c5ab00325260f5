"""The error tree: drawn, picklable, and of one shape."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

import leadiq
from leadiq import _errors
from leadiq._errors import ErrorItem, LeadIQError

LINE = re.compile(r"^(?P<indent>[ │]*)(?:[├└]── )?(?P<name>[A-Z]\w+)\b")


def subclasses(kind: type[LeadIQError]) -> list[type[LeadIQError]]:
    """A class and all below it."""
    return [kind, *(below for child in kind.__subclasses__() for below in subclasses(child))]


EVERY = subclasses(LeadIQError)


def drawn() -> list[tuple[str, str | None]]:
    """The classes that the module's docstring draws, each with the one above it."""
    assert _errors.__doc__
    found: list[tuple[str, str | None]] = []
    path: list[str] = []
    for line in _errors.__doc__.split("\n"):
        match = LINE.match(line)
        if not match or not line.startswith("    "):
            continue
        branch = len(match["indent"]) // 4 - 1 + ("── " in line)
        path[branch:] = [match["name"]]
        found.append((match["name"], path[branch - 1] if branch else None))
    return found


def test_the_tree_is_as_drawn() -> None:
    """The docstring draws every class of the module below the one that it derives from."""
    real = {(kind.__name__, kind.__base__.__name__) for kind in EVERY[1:] if kind.__base__}
    assert set(drawn()) == {("LeadIQError", None), *real}
    assert len(drawn()) == len(EVERY)


def test_every_branch_says_what_to_do() -> None:
    """Each drawn branch has a reason beside it, and each class a docstring of its own."""
    assert _errors.__doc__
    for kind in EVERY:
        assert kind.__dict__["__doc__"]
    for line in _errors.__doc__.split("\n"):
        assert "── " not in line or re.search(r"\w  +[a-zL]", line)


def test_every_error_is_public() -> None:
    """Each class is importable from `leadiq`."""
    for kind in EVERY:
        assert getattr(leadiq, kind.__name__) is kind
        assert kind.__name__ in leadiq.__all__


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_every_error_survives_a_pickle(kind: type[LeadIQError]) -> None:
    """Type, text and every attribute come back, from each protocol and from a copy."""
    item = ErrorItem("no", ("a", 0), "CODE", 402)
    error = kind(
        "text", status=402, errors=(item,), data={"a": 1}, sent=False, retry_after_s=1.5
    ).after("Operation", 3, 2.5)
    error.add_note("a note")
    pickles = [pickle.dumps(error, p) for p in range(pickle.HIGHEST_PROTOCOL + 1)]
    copies = [pickle.loads(p) for p in pickles]  # noqa: S301
    for twin in [*copies, copy.copy(error), copy.deepcopy(error)]:
        assert type(twin) is kind
        assert twin.__dict__ == error.__dict__
        assert twin.args == error.args
        assert str(twin) == str(error) == "Operation: text after 3 attempts"


def test_an_error_begins_empty() -> None:
    """Before anything is known an error says so, and that the request may have been taken."""
    error = LeadIQError("text")
    assert error.__dict__ == {
        "operation": None,
        "status": None,
        "errors": (),
        "data": None,
        "attempts": 0,
        "waited_s": 0.0,
        "sent": True,
        "retry_after_s": None,
    }


@pytest.mark.parametrize(
    ("attempts", "text"),
    [(0, "Find: no"), (1, "Find: no"), (2, "Find: no after 2 attempts")],
)
def test_the_text_names_the_operation(attempts: int, text: str) -> None:
    """An error that was given up says which operation, and how often it was tried if repeated."""
    error = LeadIQError("no")
    assert str(error) == "no"
    assert error.after("Find", attempts, 0.5) is error
    assert str(error) == text
    assert (error.operation, error.attempts, error.waited_s) == ("Find", attempts, 0.5)

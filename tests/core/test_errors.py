"""The error tree: drawn, picklable, and of one shape."""

from __future__ import annotations

import copy
import pickle
import re
from decimal import Decimal

import pytest

import leadiq
from leadiq._core import errors
from leadiq._core.errors import ErrorItem, LeadIQError
from leadiq._core.pricing import PriceRange
from leadiq._core.receipts import Receipt

LINE = re.compile(r"^(?P<indent>[ │]*)(?:[├└]── )?(?P<name>[A-Z]\w+)\b")


def subclasses(kind: type[LeadIQError]) -> list[type[LeadIQError]]:
    """A class and all below it."""
    return [kind, *(below for child in kind.__subclasses__() for below in subclasses(child))]


EVERY = [kind for kind in subclasses(LeadIQError) if kind.__module__ == errors.__name__]
"""Those of the library; the command line has one more for files that cannot be written."""


def drawn() -> list[tuple[str, str | None]]:
    """The classes that the module's docstring draws, each with the one above it."""
    assert errors.__doc__
    found: list[tuple[str, str | None]] = []
    path: list[str] = []
    for line in errors.__doc__.split("\n"):
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
    assert errors.__doc__
    for kind in EVERY:
        assert kind.__dict__["__doc__"]
    for line in errors.__doc__.split("\n"):
        assert "── " not in line or re.search(r"\w  +[a-zL]", line)


def receipt(attempts: int, waited_s: float) -> Receipt:
    free = PriceRange(Decimal(0), Decimal(0))
    return Receipt("00", "Find", (), free, attempts, waited_s, 9.0)


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
    ).after(receipt(3, 2.5), "given up")
    error.add_note("a note")
    pickles = [pickle.dumps(error, p) for p in range(pickle.HIGHEST_PROTOCOL + 1)]
    copies = [pickle.loads(p) for p in pickles]  # noqa: S301
    for twin in [*copies, copy.copy(error), copy.deepcopy(error)]:
        assert type(twin) is kind
        assert twin.__dict__ == error.__dict__
        assert twin.args == error.args
        assert str(twin) == str(error) == "Find: text; given up"


def test_an_error_begins_empty() -> None:
    """Before anything is known an error says so, and that the request may have been taken."""
    error = LeadIQError("text")
    assert error.__dict__ == {
        "receipt": None,
        "status": None,
        "errors": (),
        "data": None,
        "reason": "",
        "sent": True,
        "retry_after_s": None,
    }
    assert (error.operation, error.request_id, error.attempts, error.waited_s) == (None, None, 0, 0)


@pytest.mark.parametrize(("reason", "text"), [("", "Find: no"), ("too late", "Find: no; too late")])
def test_the_text_names_the_operation_and_why_it_was_given_up(reason: str, text: str) -> None:
    """An error says which operation, and why it was not tried again where that needs saying."""
    error = LeadIQError("no")
    assert str(error) == "no"
    assert error.after(receipt(2, 0.5), reason) is error
    assert str(error) == text
    assert (error.operation, error.request_id) == ("Find", "00")
    assert (error.attempts, error.waited_s) == (2, 0.5)

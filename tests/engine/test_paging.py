"""What a listing is asked for: refused before sending where it cannot be, or cannot be meant."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq._core.errors import InputError
from leadiq._engine.paging import filter_of, pages
from leadiq._engine.resume import Listing
from leadiq.types import ContactFilter, FlatSearchInput
from served import Served


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"page_size": 0}, "page_size has to be a whole number from 1 to 25"),
        ({"page_size": 26}, "page_size has to be a whole number from 1 to 25"),
        ({"page_size": True}, "page_size has to be a whole number"),
        ({"page_size": 2.5}, "page_size has to be a whole number"),
        ({"page_size": "5"}, "page_size has to be a whole number"),
        ({"max_items": -1}, "max_items has to be a whole number of 0 or more"),
        ({"look_ahead": -1}, "look_ahead has to be a whole number from 0 to 5"),
        ({"look_ahead": 6}, "look_ahead has to be a whole number from 0 to 5"),
        ({"resume": "x"}, "resume: it is not a token"),
    ],
)
def test_sizes_that_cannot_be_are_refused(given: dict[str, Any], text: str) -> None:
    """The error names the argument and what would do."""
    window: Any = {"resume": None, "page_size": 25, "max_items": None, **given}
    ahead = window.pop("look_ahead", 0)
    with pytest.raises(InputError, match=text) as refused:
        pages(Listing("lists", {}), Served("total", []).read, window, look_ahead=ahead)
    assert not refused.value.sent


@pytest.mark.parametrize("name", ["skip", "limit", "after"])
def test_an_input_says_whom_and_not_which_page(name: str) -> None:
    """A page in the input would be overruled in silence."""
    value = [] if name == "after" else 0
    with pytest.raises(InputError, match=rf"input.{name}: leave it out; use page_size="):
        filter_of(FlatSearchInput(**{name: value}))


def test_a_filter_is_what_was_set() -> None:
    """By LeadIQ's names; a null page is none, nor is a limit that we put there."""
    given = FlatSearchInput(contact_filter=ContactFilter(names=["Ada"]), skip=None, limit=25)
    query, wanted = filter_of(given, limit_is_ours=True)
    assert wanted == {"contactFilter": {"names": ["Ada"]}, "skip": None, "limit": None}
    assert query.contact_filter == given.contact_filter
    assert query.contact_filter is not given.contact_filter

"""Resume tokens: short, good for one listing only, and noticed when changed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._core.errors import InputError
from leadiq._engine import resume
from leadiq._engine.dialects import Place
from leadiq._engine.resume import Listing
from leadiq._engine.walk import Position

FILTER = {"contactFilter": {"names": ["Grace Marker"], "seniorities": ["VP"]}}
LISTING = Listing("flatAdvancedSearch", FILTER)
CURSORS = st.none() | st.text() | st.lists(st.tuples(st.text(), st.text())).map(tuple)
POSITIONS = st.builds(
    Position,
    st.builds(Place, st.integers(0, 10_000), CURSORS),
    st.integers(0, 25),
    st.booleans(),
)


@given(position=POSITIONS)
def test_a_position_comes_back_as_it_was(position: Position) -> None:
    """Any place, cursor and number of items passed survive the token, which is safe in a URL."""
    token = LISTING.token(position)
    assert re.fullmatch(r"[\w-]+", token)
    assert LISTING.position(token) == position


def test_a_token_is_short_and_holds_no_filter_value() -> None:
    """About 100 characters without a cursor; of what was searched for it holds a hash."""
    token = LISTING.token(Position(Place(250)))
    assert len(token) < 140
    assert "Grace" not in str(resume._unseal(token))


@given(position=POSITIONS, where=st.integers(0), letter=st.sampled_from("AaZz09-_=+/ \u00e9"))
def test_any_change_of_a_letter_is_noticed(position: Position, where: int, letter: str) -> None:
    """A token with one letter changed, or cut short, is refused before anything is sent."""
    token = LISTING.token(position)
    where %= len(token)
    for changed in (token[:where] + letter + token[where + 1 :], token[:where]):
        if changed != token:
            with pytest.raises(InputError, match=r"^resume: ") as refused:
                LISTING.position(changed)
            assert not refused.value.sent


@pytest.mark.parametrize(
    ("listing", "text"),
    [
        (Listing("searchPeople", FILTER), "belongs to another operation than searchPeople"),
        (Listing("flatAdvancedSearch", {}), "belongs to another filter or order"),
        (
            Listing("flatAdvancedSearch", {"contactFilter": {"names": ["Grace"]}}),
            "belongs to another filter or order; give those it was made with",
        ),
    ],
)
def test_a_token_of_another_listing_is_refused(listing: Listing, text: str) -> None:
    """Operation and filter have to be the token's; the error says which is not."""
    with pytest.raises(InputError, match=text):
        listing.position(LISTING.token(Position()))


def test_a_token_of_another_schema_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A listing of another edition of the schema may be in another order."""
    token = LISTING.token(Position())
    monkeypatch.setattr(resume, "schema_hash", lambda: "other")
    with pytest.raises(InputError, match="another edition of LeadIQ's schema; begin again"):
        LISTING.position(token)


@pytest.mark.parametrize(
    "same",
    [
        {"contactFilter": {"seniorities": ["VP"], "names": ["Grace Marker"]}},
        {**FILTER, "companyFilter": None, "sortContactsBy": []},
        {"contactFilter": {**FILTER["contactFilter"], "titles": []}, "companyFilter": {}},
    ],
)
def test_filters_that_ask_the_same_are_the_same(same: dict[str, Any]) -> None:
    """The order of members, nulls and empty members do not count."""
    Listing("flatAdvancedSearch", same).position(LISTING.token(Position()))


def test_the_order_of_a_sorting_counts() -> None:
    """Sorted by other things first, a position means something else."""
    by = ["NameAsc", "TitleAsc"]
    token = Listing("flatAdvancedSearch", {"sortContactsBy": by}).token(Position())
    with pytest.raises(InputError, match="another filter or order"):
        Listing("flatAdvancedSearch", {"sortContactsBy": by[::-1]}).position(token)


@pytest.mark.parametrize("token", ["", "lq", "lq-", "lq" + "A" * 30_000, "hello", 5, None, b"lq"])
def test_what_is_no_token_is_refused(token: Any) -> None:
    """Whatever is given, the answer is an InputError."""
    with pytest.raises(InputError, match=r"^resume: it "):
        LISTING.position(token)


def forged(*state: Any) -> str:
    """A token whose checksum is right, as somebody could make who read our code."""
    return resume._seal(json.dumps(state).encode())


GOOD: list[Any] = [1, "r", "f", "s", 0, None, 0, 0]


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (0, "1"),
        (0, True),
        (1, 5),
        (4, -1),
        (4, 1.5),
        (5, 5),
        (5, [5]),
        (5, [["a"]]),
        (5, [["a", 5]]),
        (6, None),
        (7, "x"),
    ],
)
def test_a_forged_token_cannot_hold_anything_odd(where: int, value: Any) -> None:
    """Types are checked although the checksum vouches for them."""
    state = [*GOOD[:where], value, *GOOD[where + 1 :]]
    with pytest.raises(InputError, match="not a token that this SDK made"):
        LISTING.position(forged(*state))


@pytest.mark.parametrize("data", [b"[", b"{}", b"[" * 5000, b"[1]", b"\xff"])
def test_a_forged_token_has_to_be_a_state(data: bytes) -> None:
    """Nor can it be anything but the list that tokens hold."""
    with pytest.raises(InputError, match="not a token that this SDK made"):
        LISTING.position(resume._seal(data))


def test_a_token_of_another_version_is_refused() -> None:
    """What another version wrote is not guessed at."""
    with pytest.raises(InputError, match="another version of this SDK"):
        LISTING.position(forged(2, *GOOD[1:]))


def test_the_reader_of_files_is_loaded_with_the_first_token_only() -> None:
    """It takes 10 ms to import, and most programs never page."""
    code = "import sys, leadiq._engine.resume; print('importlib.resources' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "False\n"

"""The rules of the sample: every lead is as likely as any other, and memory is bounded."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest

from leadiq._engine.identity import Lead
from leadiq._ground.base import to_wire
from leadiq._jobs.sample import FirstTime, Sample, can_preview, preview_of


def drawn(size: int, seed: int, keys: list[str]) -> list[str]:
    """What a sample keeps of keys."""
    sample: Sample[str] = Sample(size, seed)
    for key in keys:
        sample.offer(key, key)
        assert len(sample._kept) <= size
    assert sample.offered == len(keys)
    return sample.items


def test_the_same_seed_draws_the_same() -> None:
    """Whatever the order; another seed draws others, and a few are drawn whole."""
    keys = [f"k{number}" for number in range(200)]
    assert drawn(20, 7, keys) == drawn(20, 7, keys[::-1])
    assert len(set(drawn(20, 7, keys))) == 20
    assert set(drawn(20, 7, keys)) != set(drawn(20, 8, keys))
    assert sorted(drawn(20, 7, keys[:5])) == keys[:5]
    assert drawn(0, 7, keys) == []


def test_every_place_is_drawn_equally_often() -> None:
    """Over many seeds, each of 20 keys is drawn in about a quarter of the samples of 5."""
    keys = [f"k{number}" for number in range(20)]
    counts = Counter(key for seed in range(800) for key in drawn(5, seed, keys))
    assert all(150 < counts[key] < 250 for key in keys)


def test_a_long_seed_counts_too() -> None:
    """A number with more digits than a hash takes as its key is a seed like any other."""
    assert drawn(3, 10**80, ["a", "b", "c", "d"])


def test_what_comes_again_is_not_new() -> None:
    """It is told by its whole key."""
    with FirstTime() as is_new:
        assert [is_new(key) for key in ("a", "b", "a", "A", "b")] == [
            True,
            True,
            False,
            True,
            False,
        ]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (
            {"linkedin": "linkedin.com/in/ann", "email": "ann@example.com"},
            {"linkedinUrl": "https://www.linkedin.com/in/ann"},
        ),
        ({"email": "Ann@Example.com"}, {"email": "ann@example.com"}),
        (
            {"full_name": "Ann Example", "domain": "example.com", "company": "Example"},
            {"fullName": "Ann Example", "companyDomain": "example.com"},
        ),
        (
            {"first_name": "Ann", "last_name": "Example", "company": "Example"},
            {"firstName": "Ann", "lastName": "Example", "companyName": "Example"},
        ),
        ({"person_id": "PersonID-00000000-0000-4000-8000-000000000000"}, None),
        ({"linkedin_id": "12345"}, None),
        ({"hashed_email": sha256(b"ann@example.com").hexdigest()}, None),
        ({"phone": "+1 555 555 0100"}, None),
    ],
)
def test_a_preview_asks_for_whom_the_lookup_asks(
    given: dict[str, str], asked: dict[str, str] | None
) -> None:
    """By the same identifier and nothing else; there is none for the other identifiers."""
    lead = Lead.from_text(**given)
    assert can_preview(lead) == (asked is not None)
    assert not asked or to_wire(preview_of(lead)) == asked

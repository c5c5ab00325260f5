"""Rules of the request limit: three windows over the same number."""

from __future__ import annotations

import pytest

from leadiq.sandbox._limits import limit_of


@pytest.mark.parametrize("kind", ["fixed", "sliding", "bucket"])
def test_a_burst_is_cut_at_the_limit(kind: str) -> None:
    """A full burst passes at once, the next request does not, and refusals do not count."""
    limit = limit_of(kind, 3)  # type: ignore[arg-type]
    assert [limit.take(600.0) for _ in range(5)] == [True, True, True, False, False]
    assert [limit.take(660.0) for _ in range(4)] == [True, True, True, False]


def test_a_fixed_window_forgets_at_the_full_minute() -> None:
    """Twice the limit may pass around the turn of a minute."""
    limit = limit_of("fixed", 2)
    assert [limit.take(at) for at in (59.0, 59.5, 59.9, 60.0, 60.1, 60.2)] == [
        True, True, False, True, True, False,
    ]  # fmt: skip


def test_a_sliding_window_looks_back_a_minute() -> None:
    """A slot is free again exactly 60 seconds after its use."""
    limit = limit_of("sliding", 2)
    assert [limit.take(at) for at in (59.0, 59.5, 60.0, 118.9, 119.0, 119.4, 119.5)] == [
        True, True, False, False, True, False, True,
    ]  # fmt: skip


def test_a_bucket_refills_evenly() -> None:
    """After a burst one request passes per 60/limit seconds, and idling saves up to the limit."""
    limit = limit_of("bucket", 6)
    assert all(limit.take(0.0) for _ in range(6))
    assert [limit.take(at) for at in (5.0, 10.0, 15.0, 20.0)] == [False, True, False, True]
    assert [limit.take(10_000.0) for _ in range(7)].count(True) == 6


def test_a_token_that_arithmetic_left_short_is_whole() -> None:
    """An eleventh of a minute refills one token of eleven, though 60 / 11 * 11 / 60 is below 1."""
    limit = limit_of("bucket", 11)
    assert limit.take(0.0, 11)
    assert limit.left(60 / 11) == 1
    assert limit.take(60 / 11)


@pytest.mark.parametrize("kind", ["fixed", "sliding", "bucket"])
def test_several_are_taken_together_or_not_at_all(kind: str) -> None:
    """Of a limit of 3, 2 and then 2 are too many; the refused ones leave room for 1."""
    limit = limit_of(kind, 3)  # type: ignore[arg-type]
    assert [limit.take(600.0, n) for n in (2, 2, 1, 1)] == [True, False, True, False]
    assert not limit.take(10_000.0, 4)


@pytest.mark.parametrize("kind", ["fixed", "sliding", "bucket"])
def test_what_is_left_is_what_would_pass(kind: str) -> None:
    """At any moment exactly as many pass as are left, and asking takes none."""
    for now in (600.0, 609.0, 630.0, 659.0, 661.0):
        limit = limit_of(kind, 4)  # type: ignore[arg-type]
        for before in (590.0, 600.0, 600.0):
            limit.take(before)
        left = limit.left(now)
        assert limit.left(now) == left
        assert [limit.take(now) for _ in range(5)].count(True) == left
        assert limit.left(now) == 0

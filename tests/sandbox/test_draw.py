"""Rules of chance: keyed, reproducible, reversible."""

from __future__ import annotations

import pytest

from leadiq.sandbox._draw import Cipher, Draw, Shuffle, coprime


def test_draws_are_pinned() -> None:
    """A seed's draws never change: worlds in users' tests depend on them."""
    draw = Draw(1, "test", 7)
    assert [draw.below(1000) for _ in range(5)] == PINNED
    again = Draw(1, "test", 7)
    assert [again.between(5, 1004) - 5 for _ in range(5)] == PINNED


PINNED = [105, 346, 874, 239, 475]


def test_draws_differ_by_seed_kind_and_index() -> None:
    """Each part of the key matters."""
    keys = [(1, "a", 1), (2, "a", 1), (1, "b", 1), (1, "a", 2)]
    assert len({Draw(*key).below(2**64) for key in keys}) == 4


def test_weighted_follows_its_weights() -> None:
    """An entry is drawn as often as its permille says, the last one included."""
    table = (("a", 700), ("b", 200), ("c", 100))
    drawn = [Draw(1, "w", index).weighted(table) for index in range(4000)]
    for entry, permille in table:
        assert abs(drawn.count(entry) / 4 - permille) < 30
    assert 150 < sum(Draw(1, "c", index).chance(200) for index in range(1000)) < 250


@pytest.mark.parametrize("size", [1, 2, 97, 8160])
def test_a_shuffle_is_reversible(size: int) -> None:
    """Every number has one place, and back leads from it."""
    shuffle = Shuffle(3, "test", size)
    places = [shuffle.forth(number) for number in range(size)]
    assert sorted(places) == list(range(size))
    assert [shuffle.back(place) for place in places] == list(range(size))


@pytest.mark.parametrize("half", [4, 48, 60])
def test_a_cipher_is_reversible(half: int) -> None:
    """Scrambled numbers are distinct, in range, and lead back."""
    cipher = Cipher(3, "test", half)
    scrambled = [cipher.forth(number) for number in range(256)]
    assert len(set(scrambled)) == 256
    assert all(0 <= number < 1 << 2 * half for number in scrambled)
    assert [cipher.back(number) for number in scrambled] == list(range(256))


def test_coprime_steps_over_common_factors() -> None:
    """The result is at least 1 and shares no factor."""
    assert coprime(0, 10) == 1
    assert coprime(4, 10) == 7

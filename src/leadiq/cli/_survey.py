"""The first walk through a file: is it sound, and how many lookups will it take."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

from .._engine.identity import InvalidLead

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .._engine.identity import Lead


class Survey:
    """What a file holds, in numbers.

    Attributes:
        rows: rows after the header.
        invalid: rows that name nobody, or malformed.
        lookups: different leads among the others: what will be asked at most.
    """

    def __init__(self, leads: Iterable[Lead | InvalidLead]) -> None:
        """Walk through all leads; of each is kept no more than a hash, while walking."""
        counts: Counter[int] = Counter()
        self.rows = self.invalid = 0
        for lead in leads:
            self.rows += 1
            if isinstance(lead, InvalidLead):
                self.invalid += 1
            else:
                counts[_hash(lead.key)] += 1
        self.lookups = len(counts)
        self._repeated = {key: count for key, count in counts.items() if count > 1}

    def repeats(self, key: str) -> int:
        """Return how many rows have this key: at least 1, and hardly ever too many."""
        return self._repeated.get(_hash(key), 1)


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest())

"""What a file holds, counted while it is read once; memory does not grow with it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Self

from .._core.pricing import Unlock
from .._engine.identity import InvalidLead
from .plan import Counts
from .sample import FirstTime, Sample, can_preview, preview_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from .._engine.identity import Lead
    from ..types import SearchPeoplePreviewInput
    from .known import Known


class Census:
    """What a file holds, and a sample of the lookups that cost something.

    What an earlier job has looked up is free again, but not known to be so with company
    information: then it counts as if it were new.

    Use it as a context manager, and `add` each lead.

    Args:
        known: what earlier jobs have looked up.
        unlock: the selection.
        size: how many lookups to draw at most.
        seed: decides which.

    Attributes:
        unseen: lookups that cost something and of which no preview is possible.
        repeated: credits that the free ones cost when they were new, by what came back then.
    """

    def __init__(self, *, known: Known, unlock: Collection[Unlock], size: int, seed: int) -> None:
        self.unseen = 0
        self.repeated = Decimal(0)
        self._known_are_free = Unlock.COMPANY not in unlock
        self._known = known
        self._unlock = unlock
        self._rows = self._invalid = self._lookups = self._looked_up = self._unseen = 0
        self._sample: Sample[Lead] = Sample(size, seed)
        self._is_new = FirstTime()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_new.__exit__()

    def add(self, lead: Lead | InvalidLead) -> None:
        """Count one row."""
        self._rows += 1
        if isinstance(lead, InvalidLead):
            self._invalid += 1
        elif self._is_new(lead.key):
            self._count(lead)

    @property
    def counts(self) -> Counts:
        """The file in numbers."""
        return Counts(
            rows=self._rows,
            invalid=self._invalid,
            duplicates=self._rows - self._invalid - self._lookups,
            lookups=self._lookups,
            known=self._looked_up,
            unseen=self._unseen,
        )

    @property
    def new(self) -> int:
        """How many lookups the sample stands for."""
        return self._sample.offered

    @property
    def sample(self) -> list[SearchPeoplePreviewInput]:
        """Those that were drawn, as previews."""
        return [preview_of(lead) for lead in self._sample.items]

    def _count(self, lead: Lead) -> None:
        self._lookups += 1
        charged, is_seen = self._known.charged(lead, self._unlock), can_preview(lead)
        self._looked_up += charged is not None
        self._unseen += not is_seen
        if charged is not None and self._known_are_free:
            self.repeated += charged
        elif not is_seen:
            self.unseen += 1
        else:
            self._sample.offer(lead.key, lead)

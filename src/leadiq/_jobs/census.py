"""What a file holds, counted while it is read once; memory does not grow with it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from .._core.pricing import Unlock
from .._engine.identity import InvalidLead
from .plan import Counts
from .sample import FirstTime, Sample, can_preview, preview_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .._engine.identity import Lead
    from ..types import SearchPeoplePreviewInput
    from .known import Known


class Census:
    """What a file holds, and a sample of the lookups that cost something.

    What an earlier job has looked up is free again, but not known to be so with company
    information: then it counts as if it were new.

    Args:
        leads: those of the file, who are walked through once.
        known: what earlier jobs have looked up.
        unlock: the selection.
        size: how many lookups to draw at most.
        seed: decides which.

    Attributes:
        unseen: lookups that cost something and of which no preview is possible.
        repeated: credits that the free ones cost when they were new, by what came back then.
    """

    def __init__(
        self,
        leads: Iterable[Lead | InvalidLead],
        *,
        known: Known,
        unlock: Collection[Unlock],
        size: int,
        seed: int,
    ) -> None:
        self.unseen = 0
        self.repeated = Decimal(0)
        self._known_are_free = Unlock.COMPANY not in unlock
        self._known = known
        self._rows = self._invalid = self._lookups = self._looked_up = self._unseen = 0
        self._sample: Sample[Lead] = Sample(size, seed)
        with FirstTime() as is_new:
            for lead in leads:
                self._rows += 1
                if isinstance(lead, InvalidLead):
                    self._invalid += 1
                elif is_new(lead.key):
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
        charged, is_seen = self._known.charged(lead), can_preview(lead)
        self._looked_up += charged is not None
        self._unseen += not is_seen
        if charged is not None and self._known_are_free:
            self.repeated += charged
        elif not is_seen:
            self.unseen += 1
        else:
            self._sample.offer(lead.key, lead)

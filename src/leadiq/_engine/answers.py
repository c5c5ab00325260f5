"""What came of one lookup: the answer, the error, and the receipt that every lookup has."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from .._core.errors import LeadIQError
    from .._core.pricing import DataPoint, Unlock
    from ..types import SearchPeopleInput, SearchResult


class Source(StrEnum):
    """Where an answer came from."""

    API = "api"
    """LeadIQ was asked."""
    JOURNAL = "journal"
    """An earlier run of this job had it."""
    LEDGER = "ledger"
    """Another job had it."""
    COALESCED = "coalesced"
    """Another row asked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How an answer came about, without what it says: free of personal data."""

    source: Source | None = None
    """None: nothing was sent, and nothing was known."""
    reserved: Decimal = Decimal(0)
    """Credits that the lookup could cost at most."""
    charged: Decimal | None = Decimal(0)
    """Credits by what came back; None where nobody knows."""
    attempts: int = 0
    waited_s: float = 0.0
    """Seconds from the claim to the answer in which no request was under way."""
    request_id: str = ""
    unlocked: frozenset[DataPoint] = frozenset()
    updated_at: datetime | None = None
    """When LeadIQ last updated the newest data of the answer."""

    def _repr_html_(self) -> str:
        """What a notebook shows: nothing of a person."""
        from .._ground.notebook import html_table
        from .shown import receipt_rows

        return html_table("receipt", receipt_rows(self))


class Answer(NamedTuple):
    """What came of one lookup. With an error beside a result, the result may be incomplete."""

    result: SearchResult | None
    error: LeadIQError | None
    receipt: Receipt


class Searcher(Protocol):
    """Whoever answers lookups; what was answered is answered again without being sent."""

    async def look_up(
        self,
        asked: SearchPeopleInput,
        unlock: frozenset[Unlock],
        *,
        free: frozenset[DataPoint] = frozenset(),
    ) -> Answer:
        """Answer one lookup. No `LeadIQError` is raised: it is in the answer.

        Args:
            asked: whom to find.
            unlock: what to pay for beyond the profile.
            free: what was unlocked of the person before, and is not charged again.
        """
        ...

"""What was done for a call: for the caller's books, and for whoever watches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .pricing import PriceRange, Unlock


class Receipt(NamedTuple):
    """What one call did. It holds nothing of what was sent or answered."""

    request_id: str
    """Made by the client, since LeadIQ gives none: 16 hex digits."""
    operation: str
    unlock: tuple[Unlock, ...]
    """What was asked for beyond the cheapest tier."""
    price: PriceRange
    """What it can have cost for each result, at published prices, in universal credits."""
    attempts: int
    """How often it was sent."""
    waited_s: float
    """Seconds spent waiting for slots and between attempts."""
    elapsed_s: float
    """Seconds from the call to its end."""
    coalesced: bool = False
    """Whether another call's request answered this one too: then it cost nothing more."""

"""What the team keeps at LeadIQ: lists, prospects, feedback, refreshed records."""

from __future__ import annotations

from .._generated.client import GeneratedClient


class Records(GeneratedClient):
    """What the team keeps at LeadIQ: lists, prospects, feedback, refreshed records."""

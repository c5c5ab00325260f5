"""Who moved: tracked companies, tracked contacts and their job changes."""

from __future__ import annotations

from .._generated.client import GeneratedClient


class Tracking(GeneratedClient):
    """Who moved: tracked companies, tracked contacts and their job changes."""

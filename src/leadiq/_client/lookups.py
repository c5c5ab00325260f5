"""Who is this, and what is this company: one record at a time."""

from __future__ import annotations

from .._generated.client import GeneratedClient


class Lookups(GeneratedClient):
    """Who is this, and what is this company: one record at a time."""

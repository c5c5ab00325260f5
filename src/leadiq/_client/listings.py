"""Every result of a search or a list, page by page."""

from __future__ import annotations

from .._generated.client import GeneratedClient


class Listings(GeneratedClient):
    """Every result of a search or a list, page by page."""

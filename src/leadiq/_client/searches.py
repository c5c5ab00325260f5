"""Who fits these filters: a page of an advanced search."""

from __future__ import annotations

from .._generated.client import GeneratedClient


class Searches(GeneratedClient):
    """Who fits these filters: a page of an advanced search."""

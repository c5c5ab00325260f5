"""Documents of the user's own."""

from __future__ import annotations

from .._generated.client import GeneratedClient


class Documents(GeneratedClient):
    """Documents of the user's own."""

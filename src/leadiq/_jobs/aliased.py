"""What LeadIQ answers to many lookups at once, decoded in one pass."""

from __future__ import annotations

from pydantic import ConfigDict, RootModel

from ..types import SearchResult


class Aliased(RootModel[dict[str, SearchResult | None]]):
    """The whole `data`: an answer for each alias."""

    model_config = ConfigDict(defer_build=True, hide_input_in_errors=True)

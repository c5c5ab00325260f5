"""Every result of a search or a list, page by page."""

from __future__ import annotations

from .list_pages import ListPages
from .search_pages import SearchPages


class Listings(SearchPages, ListPages):
    """Every result of a search or a list: each `iter_...` gives a `Pages`."""

"""Looking at our pages in headless Chromium, over its DevTools protocol.

    def test_it_is_readable_on_a_phone(page: Page) -> None:
        page.view(width=360, height=740, dark=True)
        page.open(path_or_url)
        assert page.wide() == []
        assert page.problems == []

The fixtures `page` and `chromium` are there for every test (tests/conftest.py). A test that uses
one has the mark `browser`, and is skipped, with the reason, where Chromium is not installed. A page
can reach this machine and nothing else. Only the standard library is used.
"""

from __future__ import annotations

from .chromium import Chromium
from .page import Page
from .pixels import Image

__all__ = ["Chromium", "Image", "Page"]

"""The fixtures of tests that look, and the mark that they get."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .chromium import Chromium, installed
from .page import Page

MARK = "browser: looks at a page in headless Chromium (`make browser` runs only these)"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """A browser for all tests of this process."""
    program = installed()
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with Chromium(program) as browser:
        yield browser


@pytest.fixture
def page(chromium: Chromium) -> Iterator[Page]:
    """A blank page, 1280 pixels wide and light."""
    blank = chromium.page()
    yield blank
    blank.close()


def mark(items: list[pytest.Item]) -> None:
    """Mark the tests that look."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")

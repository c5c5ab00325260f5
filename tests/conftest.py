"""What holds for all tests."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

from browser.fixtures import MARK, chromium, mark, page

__all__ = ["chromium", "page"]

# A shell starts programs in the background with SIGINT ignored, and children inherit that: tests
# that press Ctrl-C in a child would wait for ever. A handler is not inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples in every run, so that a red test is the change's doing; HYPOTHESIS=explore looks
# for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS", "steady"))


def pytest_configure(config: pytest.Config) -> None:
    """Make known the marks that this suite gives by itself."""
    config.addinivalue_line("markers", MARK)


@pytest.hookimpl(tryfirst=True)  # before `-m browser` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that look at a page."""
    mark(items)

"""What holds for all tests."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from browser.fixtures import MARK, chromium, mark, page

__all__ = ["chromium", "page"]

TESTS = Path(__file__).parent

# Tests start some hundred programs: where Python keeps no bytecode, each compiles the SDK again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for a program or a server."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)  # before `-m browser` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that look at a page; the longest, which are in this folder, come first.

    At the end, all workers but one would wait for them.
    """
    mark(items)
    items.sort(key=lambda item: item.path.parent != TESTS)

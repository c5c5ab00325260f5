"""What holds for all tests of the fleet."""

from __future__ import annotations

import random

import pytest


@pytest.fixture(autouse=True)
def steady_dice() -> None:
    """Processes ask Redis at moments that they draw: the same in every run."""
    random.seed(1)

"""leadiq.testing: what is public, and what it loads."""

from __future__ import annotations

import subprocess
import sys

import pytest

import leadiq.testing


def test_the_public_names_are_pinned() -> None:
    """What is public is decided, sorted, and importable; everything else is not there."""
    assert leadiq.testing.__all__ == [
        "LocalSandbox",
        "PriceLock",
        "Recorder",
        "Script",
        "Spending",
        "assert_no_personal_data",
        "assert_spent",
        "no_spend",
        "replay",
    ]
    assert dir(leadiq.testing) == leadiq.testing.__all__
    assert all(getattr(leadiq.testing, name) is not None for name in leadiq.testing.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Sandbox'"):
        leadiq.testing.Sandbox  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["Script", "Recorder", "assert_spent", "assert_no_personal_data"])
def test_what_needs_no_sandbox_loads_none(name: str) -> None:
    """Scripts, recorders and assertions come without the sandbox's packages."""
    code = f"import sys; from leadiq.testing import {name}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not {"leadiq.sandbox", "graphql", "ariadne", "uvicorn", "pytest"} & {
        *done.stdout.split()
    }

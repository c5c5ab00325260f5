"""The sandbox that all clients share, as it is served to anybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leadiq.sandbox import Sandbox, SandboxSettings


@pytest.fixture(scope="session")
def served() -> Iterator[Sandbox]:
    """A sandbox over a socket."""
    with Sandbox(SandboxSettings(people=2_000, requests_per_minute=600)) as sandbox:
        yield sandbox

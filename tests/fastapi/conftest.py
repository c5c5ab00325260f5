"""What the tests of a FastAPI application share."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadiq.testing import LocalSandbox

pytest.importorskip("fastapi", reason="FastAPI is not installed: the extra [fastapi]")


@pytest.fixture(scope="session")
def world() -> LocalSandbox:
    """A sandbox that is made once: its schema takes half a second."""
    return LocalSandbox()


@pytest.fixture
def sandbox(world: LocalSandbox) -> LocalSandbox:
    """A sandbox as new."""
    world.reset()
    return world


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Jobs are kept apart from everybody else's."""
    folder = tmp_path / "state"
    monkeypatch.setenv("LEADIQ_STATE", str(folder))
    return folder

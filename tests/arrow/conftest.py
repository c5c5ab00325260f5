"""A sandbox, a ledger in a file, and rows as Arrow has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from leadiq import Ledger
from leadiq.testing import LocalSandbox
from redis_server import redis_server

__all__ = ["redis_server"]


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalSandbox]:
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("LEADIQ_API_KEY", raising=False)
    monkeypatch.delenv("LEADIQ_ENDPOINT", raising=False)
    with LocalSandbox() as sandbox:
        yield sandbox


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger("march", f"sqlite:///{tmp_path}/ledger.db", lease_s=3)


@pytest.fixture
def table(sandbox: LocalSandbox) -> Any:
    """Thirty people of the sandbox, and a number of each row."""
    emails = [one.work_email for one in sandbox.people() if one.work_email][:30]
    return pa.table({"email": emails, "score": range(30)})

"""The blocks of docs/clusters.md do what the page says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fake_ray import Dataset, FakeRay, fake_ray
from leadiq.testing import LocalSandbox
from redis_server import RedisServer

__all__ = ["fake_ray"]

PAGE = Path(__file__).parents[2] / "docs" / "clusters.md"


@pytest.fixture
def page() -> dict[str, Any]:
    """What the blocks define, one after the other."""
    names: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL):
        exec(compile(block, PAGE.name, "exec"), names)  # noqa: S102 - our own documentation
    return names


@pytest.fixture
def sandbox(state: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    with LocalSandbox() as sandbox:
        for name, value in sandbox.environ.items():
            monkeypatch.setenv(name, value)
        yield sandbox


@pytest.mark.anyio
async def test_batches(page: dict[str, Any], sandbox: LocalSandbox, tmp_path: Path) -> None:
    """Batches in a process of one's own."""
    batch = pa.table({"email": [next(sandbox.people()).work_email]})
    async with sandbox.client() as leadiq:
        (done,) = await page["batches"](leadiq, [batch], str(tmp_path / "ledger.db"))
    assert done["leadiq_status"].to_pylist() == ["found"]


def test_shared(
    page: dict[str, Any],
    fake_ray: FakeRay,
    sandbox: LocalSandbox,
    redis_server: RedisServer,
) -> None:
    """With everything in Redis no actor keeps anything."""
    dataset = Dataset([pa.table({"email": ["ada@example.com"]})])
    assert page["shared"](dataset, redis_server.url).mapped
    assert not fake_ray.actors


@pytest.mark.filterwarnings("ignore")
def test_enriched(
    page: dict[str, Any],
    cluster: Any,
    sandbox: LocalSandbox,
    tmp_path: Path,
) -> None:
    """A real cluster writes files of people."""
    emails = [one.work_email for one in sandbox.people() if one.work_email][:20]
    page["enriched"](emails, str(tmp_path))
    files = sorted(tmp_path.glob("*.parquet"))
    done = pa.concat_tables(map(pq.read_table, files))
    assert sorted(done["leadiq_work_email"].to_pylist()) == sorted(emails)

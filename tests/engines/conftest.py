"""A cluster of two machines on loopback addresses, and a sandbox that notes when it was asked.

`make test-engines` runs these tests in an environment of their own; elsewhere they are skipped.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine_sandbox import EngineSandbox, settings
from redis_server import redis_server

__all__ = ["redis_server"]

#: Bytes of each of the two object stores: Ray takes no less than 75 MB.
STORE_BYTES = 96 * 2**20
#: Not 127.0.0.1: Ray takes that for "this machine", and looks for its outward address instead.
NODES = ("127.0.0.2", "127.0.0.3")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """Two machines of one CPU each, and a driver that is connected to them."""
    ray = pytest.importorskip("ray", reason="Ray is not installed: the extra [ray]")
    pytest.importorskip("ray.data", reason="Ray Data is not installed: the extra [ray]")
    from ray.cluster_utils import Cluster

    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DATA_DISABLE_PROGRESS_BARS": "1"}
    folder = tempfile.mkdtemp(prefix="lq", dir="/tmp")  # the paths of sockets have to be short
    usual = {"num_cpus": 1, "object_store_memory": STORE_BYTES}
    head = {**usual, "node_ip_address": NODES[0], "include_dashboard": False, "temp_dir": folder}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    try:
        cluster.add_node(**usual, node_ip_address=NODES[1])
        ray.init(address=cluster.address, log_to_driver=False)
        yield cluster
    finally:
        ray.shutdown()
        cluster.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process keeps journals and ledgers."""
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def sandbox() -> Iterator[EngineSandbox]:
    """A LeadIQ of a test's own: 1,200 requests a minute, as many credits as anybody needs."""
    with EngineSandbox(settings(credits=Decimal(10**6))) as sandbox:
        yield sandbox

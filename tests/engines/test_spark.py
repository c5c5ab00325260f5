"""The same function in Spark, when pyspark and a Java are there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import pytest

from engine_sandbox import EngineSandbox, settings
from leadiq import Ledger
from leadiq.arrow import Enrichment, SharedQuota
from redis_server import RedisServer

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Two tasks at a time, on loopback, without pages."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
        "spark.driver.memory": "512m",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def test_map_in_arrow(
    spark: Any, sandbox: EngineSandbox, state: Path, redis_server: RedisServer
) -> None:
    """Rows out of four tasks, once for each action, and paid for once."""
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    from leadiq.testing import LocalSandbox

    with LocalSandbox(settings()) as local:
        emails = [one.work_email for one in local.people() if one.work_email][:400]
    frame = spark.createDataFrame([(email,) for email in emails], "email string").repartition(4)
    frame = frame.cache()
    ledger = Ledger("spark", redis_server.url)
    enrichment = Enrichment(
        unlock="work-email",
        budget=400,
        ledger=ledger,
        quota=SharedQuota(1_200, redis_server.url, processes=2),
        key=sandbox.key,
        endpoint=sandbox.url,
    )
    schema = enrichment.schema(to_arrow_schema(frame.schema))
    done = frame.mapInArrow(enrichment, from_arrow_schema(schema))
    for _ in range(2):
        rows = done.select("email", "leadiq_work_email", "leadiq_price_charged").collect()
        assert {row["email"] for row in rows} == {*emails}
        assert all(row["email"] == row["leadiq_work_email"] for row in rows)
        spent = sum((row["leadiq_price_charged"] for row in rows), Decimal(0))
        assert spent == sandbox.charged == anyio.run(ledger.totals).charged == 400
    assert sandbox.noting.limited == 0

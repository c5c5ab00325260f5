"""What `leadiq.ray.enrich` makes of its arguments, on a cluster that is not one."""

from __future__ import annotations

import logging
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import pyarrow as pa
import pytest

import leadiq.ray
from fake_ray import Dataset, FakeRay, RayError, fake_ray, moved
from leadiq import ConfigurationError, ConnectError, InputError, Ledger, LedgerError, SharedBudget
from leadiq.arrow import SharedQuota
from leadiq.testing import LocalSandbox
from redis_server import free_port

__all__ = ["fake_ray"]


@pytest.fixture
def sandbox(state: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    with LocalSandbox() as sandbox:
        for name, value in sandbox.environ.items():
            monkeypatch.setenv(name, value)
        yield sandbox


@pytest.fixture
def table(sandbox: LocalSandbox) -> Any:
    emails = [one.work_email for one in sandbox.people() if one.work_email][:6]
    return pa.table({"email": emails})


def worked(dataset: Dataset) -> Any:
    """What a worker in another process makes of the blocks, one after the other."""
    assert dataset.mapped
    kind, options = dataset.mapped
    worker = kind(*moved(options["fn_constructor_args"]))

    async def work() -> list[Any]:
        return [await worker(block) for block in dataset.blocks]

    return pa.concat_tables(anyio.run(work))


def charged(sandbox: LocalSandbox) -> Decimal:
    return sum((charge.credits for charge in sandbox.ledger()), Decimal(0))


def test_the_rows_come_out_with_receipts_that_add_up(
    fake_ray: FakeRay,
    sandbox: LocalSandbox,
    table: Any,
    state: Path,
) -> None:
    """Without Redis: actors keep quota, ledger and budget, and the files are the driver's."""
    dataset = Dataset([table.slice(0, 3), table.slice(3)])
    mapped = leadiq.ray.enrich(dataset, unlock="work-email", budget=4, quota=600_000, job="a")
    done = worked(mapped)
    assert done["leadiq_status"].to_pylist() == ["found"] * 4 + ["not_sent"] * 2
    ledger = Ledger("a", f"sqlite:///{state}/ledgers.db")
    spent = sum(filter(None, done["leadiq_price_charged"].to_pylist()))
    assert spent == charged(sandbox) == anyio.run(ledger.totals).charged == 4


def test_workers_take_next_to_no_cpu(
    fake_ray: FakeRay,
    sandbox: LocalSandbox,
    table: Any,
) -> None:
    """So that what reads the rows always finds one, however many workers there are."""
    _, options = leadiq.ray.enrich(Dataset([table]), workers=5).mapped
    assert options.pop("fn_constructor_args")[0].quota.processes == 5
    assert options == {
        "batch_size": 2_500,
        "batch_format": "pyarrow",
        "num_cpus": 0.01,
        "compute": {"min_size": 1, "max_size": 5, "initial_size": 5},
        "udf_modifying_row_count": False,
    }
    assert {actor["num_cpus"] for actor in fake_ray.actors} == {0}
    stores, quota = fake_ray.actors
    assert stores["scheduling_strategy"] == ("this-node", False)
    assert (quota["lifetime"], quota["namespace"]) == ("detached", "leadiq")


def test_a_job_without_a_name_gets_one(
    fake_ray: FakeRay,
    sandbox: LocalSandbox,
    table: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is logged, so that the job can be gone on with."""
    with caplog.at_level(logging.INFO, "leadiq"):
        _, options = leadiq.ray.enrich(Dataset([table])).mapped
    name = options["fn_constructor_args"][0].ledger.name
    assert name.startswith("ray-")
    assert name in caplog.text


def test_what_is_given_is_taken(
    fake_ray: FakeRay,
    sandbox: LocalSandbox,
    table: Any,
    tmp_path: Path,
) -> None:
    """A ledger and a budget of one's own: no actor keeps anything but the quota."""
    ledger = Ledger("a", f"sqlite:///{tmp_path}/a.db")
    team = SharedBudget.sqlite("team", 5)
    given = {"unlock": "work-email", "budget": team, "ledger": ledger}
    _, options = leadiq.ray.enrich(Dataset([table]), **given).mapped
    (enrichment,) = options["fn_constructor_args"]
    assert (enrichment.ledger, enrichment.budget) == (ledger, team)
    assert len(fake_ray.actors) == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"unlock": "work-email"}, "budget is missing"),
        ({"workers": 0}, "workers has to be"),
        ({"part_rows": 0}, "part_rows has to be"),
        ({"quota": 0}, "quota has to be"),
        ({"quota": None}, "quota is missing"),
        ({"job": "a b"}, "job takes"),
        ({"columns": {"email": "Contact"}}, "there is no column 'Contact'"),
    ],
)
def test_what_cannot_be_is_refused(
    fake_ray: FakeRay,
    sandbox: LocalSandbox,
    table: Any,
    given: dict[str, Any],
    words: str,
) -> None:
    """At once, and not when the dataset is worked on."""
    with pytest.raises(InputError, match=words):
        leadiq.ray.enrich(Dataset([table]), **given)
    assert not sandbox.exchanges


def test_a_dataset_has_to_be_one_with_usable_columns(
    fake_ray: FakeRay,
    sandbox: LocalSandbox,
    table: Any,
    tmp_path: Path,
) -> None:
    """Nothing begins for what is no dataset, is empty, or says nothing of people."""
    with pytest.raises(InputError, match=r"ray\.data\.Dataset, not Table"):
        leadiq.ray.enrich(table)
    for blocks in ([], [table.rename_columns(["score"])]):
        with pytest.raises(InputError, match="no usable columns"):
            leadiq.ray.enrich(Dataset(blocks))
    ledger = Ledger("a", f"sqlite:///{tmp_path}/a.db")
    with pytest.raises(InputError, match="give either"):
        leadiq.ray.enrich(Dataset([table]), ledger=ledger, job="a")
    assert not fake_ray.actors


def test_ray_has_to_run(
    fake_ray: FakeRay,
    sandbox: LocalSandbox,
    table: Any,
) -> None:
    """`ray.init()` is the caller's: no cluster is started behind anybody's back."""
    fake_ray.running = False
    with pytest.raises(ConfigurationError, match=r"call ray\.init\(\)"):
        leadiq.ray.enrich(Dataset([table]))


def test_without_ray_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module can be imported all the same."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'leadiq-sdk\[ray\]'"):
        leadiq.ray.enrich(None)


def test_without_a_key_nothing_begins(
    fake_ray: FakeRay,
    sandbox: LocalSandbox,
    table: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The driver's key is missed at the driver."""
    monkeypatch.delenv("LEADIQ_API_KEY")
    with pytest.raises(ConfigurationError, match="LEADIQ_API_KEY"):
        leadiq.ray.enrich(Dataset([table]))


def test_stores_that_do_not_answer_are_told_at_once(
    fake_ray: FakeRay,
    sandbox: LocalSandbox,
    table: Any,
) -> None:
    """Redis, the actor of the quota, and that of the ledger."""
    quota = SharedQuota(60, f"redis://127.0.0.1:{free_port()}", processes=2)
    with pytest.raises(ConnectError, match="the Redis of the quota does not answer"):
        leadiq.ray.enrich(Dataset([table]), quota=quota)
    fake_ray.failures = [RayError()]
    with pytest.raises(ConnectError, match="the actor of the quota does not answer"):
        leadiq.ray.enrich(Dataset([table]))
    fake_ray.failures = [RayError()]
    redis_free = {"quota": _Free()}
    with pytest.raises(LedgerError, match=r"cannot be reached \(RayError\)"):
        leadiq.ray.enrich(Dataset([table]), **redis_free)
    assert not sandbox.exchanges


class _Free:
    """A quota of somebody's own."""

    def pacer(self, key: str) -> Any:
        from leadiq.arrow._quota import OwnQuota

        return OwnQuota(60).pacer(key)

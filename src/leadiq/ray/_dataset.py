"""A dataset in, a dataset out."""

from __future__ import annotations

import logging
from decimal import Decimal
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final, Literal

from leadiq._core.errors import ConfigurationError
from leadiq._engine.inputs import check_count, refused
from leadiq._jobs.opening import checked_name
from leadiq.arrow import Enrichment
from leadiq.arrow._columns import check_columns
from leadiq.ray._quota import ActorQuota
from leadiq.ray._ray import ray_
from leadiq.ray._stores import Kept
from leadiq.ray._worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from leadiq._core.pricing import Unlock
    from leadiq._engine.stages import Stage
    from leadiq._jobs.ledger import Ledger
    from leadiq._jobs.shared_budget import SharedBudget
    from leadiq.arrow._quota import Quota

logger = logging.getLogger("leadiq")

CPUS: Final = 0.01
"""Of a worker: it waits for LeadIQ most of the time. A whole one each could take all that a cluster
has, and then nothing is left to read the rows for them."""


def enrich(
    dataset: Any,
    *,
    unlock: Iterable[Unlock | str] | str = (),
    budget: SharedBudget | Decimal | int | Literal["unlimited"] | None = None,
    quota: Quota | int = 60,
    ledger: Ledger | None = None,
    job: str | None = None,
    workers: int = 2,
    part_rows: int = 2_500,
    stages: Sequence[Stage] = (),
    columns: Mapping[str, str] | None = None,
    batch: int | Literal["auto"] = "auto",
    concurrency: int = 8,
    repeat_unknown: bool = False,
    key: str | None = None,
    endpoint: str | None = None,
) -> Any:
    """Look up the rows of a Ray dataset; gives a dataset with the results beside them.

    It is lazy, as datasets are. The rows are worked on in parts: see `leadiq.arrow.Enrichment`. A
    part that is worked on again, because a worker or a machine was lost, is not paid for again.

    Args:
        dataset: a `ray.data.Dataset`, with columns that say whom a row means.
        unlock: what to pay for beyond the profile.
        budget: credits that all may spend together; needed for anything beyond the profile.
        quota: requests a minute of all workers together, which an actor hands out, or a
            `SharedQuota` over Redis, which other programs share too.
        ledger: remembers what was paid for; default: a file on the driver's machine, beside the
            journals, that an actor keeps.
        job: name of that default ledger: the same call later pays for nothing that was answered.
            Without one it has a random name, which is logged.
        workers: how many actors look up at most, each with a hundredth of a CPU.
        part_rows: how many rows make a part at most. Small blocks are put together, since each
            part takes some requests of its own; large ones are divided.
        stages: what else to unlock of those who were found.
        columns: field -> column, where the name does not say it: {"email": "Contact"}.
        batch: lookups in one request, 1 to 25; "auto" finds out for free how many work.
        concurrency: requests of one worker under way at a time.
        repeat_unknown: whether to send again what may be charged again: company information.
        key: the API key; default: the driver's `LEADIQ_API_KEY`. The workers get it from here.
        endpoint: URL of the API; default: the driver's `LEADIQ_ENDPOINT`, or production.

    Raises:
        InputError: an argument that cannot be what it is, no budget, or no usable columns.
        ConfigurationError: no key, Ray is not there, or an extra is not installed.
        ConnectError: Redis does not answer.
        LedgerError: the ledger's store cannot be reached. Nothing was sent in any of these cases.
    """
    ray = ray_()
    _check(ray, dataset, columns)
    check_count("workers", workers, 1)
    check_count("part_rows", part_rows, 1)
    if isinstance(quota, int):
        quota = ActorQuota(quota, processes=workers)
    if ledger and job:
        raise refused("job names the ledger that is made here: give either, not both")
    if ledger is None:
        ledger, budget = _kept(checked_name(job or f"ray-{token_hex(6)}"), budget)
    enrichment = Enrichment(
        unlock=unlock,
        budget=budget,
        ledger=ledger,
        quota=quota,
        stages=stages,
        columns=columns,
        batch=batch,
        concurrency=concurrency,
        repeat_unknown=repeat_unknown,
        key=key,
        endpoint=endpoint,
    )
    enrichment.check()
    return _mapped(ray, dataset, enrichment, workers, part_rows)


def _kept(name: str, budget: Any) -> tuple[Ledger, Any]:
    """Give a ledger that an actor keeps, and a budget beside it."""
    logger.info("the job's ledger is '%s': with job= the same call goes on with it", name)
    kept = Kept(name)
    is_number = isinstance(budget, Decimal | int)
    return kept.ledger(), kept.budget(budget) if is_number else budget


def _check(ray: Any, dataset: Any, columns: Mapping[str, str] | None) -> None:
    if not isinstance(dataset, ray.data.Dataset):
        raise refused(f"dataset has to be a ray.data.Dataset, not {type(dataset).__name__}")
    if not ray.is_initialized():
        raise ConfigurationError("Ray is not running: call ray.init() first", sent=False)
    schema = dataset.schema()
    check_columns(schema.names if schema else [], columns)


def _mapped(ray: Any, dataset: Any, enrichment: Enrichment, workers: int, part_rows: int) -> Any:
    """Let actors work on batches: executed again, a task has the same ones."""
    return dataset.map_batches(
        Worker,
        fn_constructor_args=(enrichment,),
        batch_size=part_rows,
        batch_format="pyarrow",
        num_cpus=CPUS,
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=workers, initial_size=workers),
        udf_modifying_row_count=False,
    )

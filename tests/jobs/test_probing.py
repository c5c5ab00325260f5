"""The size of batches is asked for once, remembered, and corrected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anyio
import pytest

from leadiq import ConfigurationError, Unlock
from leadiq._engine.probing import Probe
from leadiq._jobs.budget import Budget
from leadiq._jobs.journal import Journal
from leadiq._jobs.lookups import PaidLookups
from leadiq._jobs.probing import FILE, Memory, batches_for
from leadiq._jobs.store import Store
from script import failed

from .alias_server import AliasServer, client_of, who
from .conftest import client

pytestmark = pytest.mark.anyio

DAY_S = 86_400.0
NOW = 1_700_000_000.0


def accounts(size: int) -> dict[str, Any]:
    return {"data": {f"a{at}": {"__typename": "Account"} for at in range(size)}}


class Days:
    """Unix time, in days."""

    def __init__(self) -> None:
        self.days = 0.0

    def __call__(self) -> float:
        return NOW + self.days * DAY_S


async def sizes(
    journal: Journal, clock: Days, *replies: Any, size: Any = "auto"
) -> tuple[int, int]:
    """The size of a job's batches, and how many requests it took to find out."""
    leadiq, script = client(*replies)
    store = Store(journal.path.parent)
    batches = await batches_for(size, leadiq, journal, store, clock=clock)
    return batches.size, len(script.sent)


async def test_it_is_asked_for_once_a_month(journal: Journal) -> None:
    """For each endpoint; until then it is remembered beside the journals."""
    clock = Days()
    assert await sizes(journal, clock, failed(400), accounts(12)) == (12, 2)
    clock.days = 29
    assert await sizes(journal, clock) == (12, 0)
    clock.days = 31
    assert await sizes(journal, clock, accounts(25)) == (25, 1)


async def test_a_429_is_remembered_for_a_day(journal: Journal) -> None:
    """It can have been meant for other requests with the same key."""
    clock = Days()
    assert await sizes(journal, clock, failed(429)) == (1, 1)
    clock.days = 0.9
    assert await sizes(journal, clock) == (1, 0)
    clock.days = 1.1
    assert await sizes(journal, clock, accounts(25)) == (25, 1)


async def test_a_failure_is_not_remembered(journal: Journal) -> None:
    """The next job asks again."""
    clock = Days()
    assert await sizes(journal, clock, failed(500)) == (25, 1)
    assert await sizes(journal, clock, accounts(25)) == (25, 1)


async def test_the_callers_word_is_taken_as_it_is(journal: Journal) -> None:
    """Nothing is asked; what cannot be is refused."""
    assert await sizes(journal, Days(), size=7) == (7, 0)
    with pytest.raises(ConfigurationError, match="1 to 25"):
        await sizes(journal, Days(), size=26)


@pytest.mark.parametrize(("size", "batched"), [("auto", False), (2, True)])
async def test_company_information_is_batched_by_the_callers_word_alone(
    journal: Journal, size: Any, batched: bool
) -> None:
    """What another lookup may take away would have to be paid for again."""
    leadiq, _ = client(accounts(25))
    batches = await batches_for(size, leadiq, journal, Store(journal.path.parent), clock=Days())
    assert batches._companies is batched


async def test_a_job_corrects_what_was_found_out(journal: Journal) -> None:
    """A size that LeadIQ refuses for lookups is not tried again by the next job."""
    clock, store = Days(), Store(journal.path.parent)
    server = AliasServer(most=2)
    leadiq = client_of(server)
    Memory(store.directory / FILE, server.host, clock).keep(Probe(4, counted=None))
    async with await batches_for("auto", leadiq, journal, store, clock=clock) as batches:
        paid = PaidLookups(leadiq, journal, Budget(None), batches=batches)
        async with anyio.create_task_group() as tasks:
            for number in range(4):
                asked = who(number), frozenset({Unlock.WORK_EMAIL})
                tasks.start_soon(paid.look_up, *asked)
    assert server.sizes == [4, 2, 2]
    assert await sizes(journal, clock) == (2, 0)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "[]",
        "{",
        json.dumps({"leadiq.example.com": 5}),
        json.dumps({"leadiq.example.com": {"size": 26, "until": NOW * 2}}),
        json.dumps({"leadiq.example.com": {"size": "9", "until": NOW * 2}}),
        json.dumps({"leadiq.example.com": {"size": 9, "until": None}}),
        json.dumps({"other.example.com": {"size": 9, "until": NOW * 2}}),
    ],
    ids=["empty", "list", "damaged", "number", "large", "text", "timeless", "other"],
)
def test_what_cannot_be_read_is_not_known(tmp_path: Path, kept: str) -> None:
    """It is asked for again, and written anew."""
    path = tmp_path / FILE
    path.write_text(kept)
    memory = Memory(path, "leadiq.example.com", Days())
    assert memory.recall() is None
    memory.keep(Probe(6, counted=False))
    assert memory.recall() == Probe(6, counted=False)
    assert [*tmp_path.iterdir()] == [path]


def test_what_cannot_be_written_is_asked_for_again(tmp_path: Path) -> None:
    """A directory that is not there stops no job."""
    memory = Memory(tmp_path / "nowhere" / FILE, "leadiq.example.com", Days())
    memory.keep(Probe(6, None))
    assert memory.recall() is None

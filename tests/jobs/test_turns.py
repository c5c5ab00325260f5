"""Slips that wait for their turn are written together."""

from __future__ import annotations

from decimal import Decimal

import anyio
import pytest

from leadiq._jobs.entries import Entry, State
from leadiq._jobs.ledger_rules import Change, Slip
from leadiq._jobs.turns import Turns

from .ledgers import MemoryStore

SLIP = Slip(Entry(State.CLAIMED, Decimal(1), "", None, None, None, {}), "one", "h1", None, 1)
LATE = SLIP._replace(version=3)


@pytest.mark.anyio
async def test_each_is_told_of_its_own_slips() -> None:
    """Of three that are written in one call, whose version before is not there is told so."""
    turns = Turns(MemoryStore())
    told: dict[bytes, list[bool]] = {}

    async def swap(*changes: Change) -> None:
        told[changes[0].question] = await turns.swap(*changes)

    async with anyio.create_task_group() as tasks, turns._turn:
        tasks.start_soon(swap, Change(b"a", SLIP), Change(b"b", LATE))
        tasks.start_soon(swap, Change(b"c", LATE))
        tasks.start_soon(swap, Change(b"d", SLIP))
        await anyio.wait_all_tasks_blocked()
    assert told == {b"a": [True, False], b"c": [False], b"d": [True]}

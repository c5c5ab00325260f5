"""The rules of what is known from earlier jobs: settled, of this selection, within a year."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from leadiq._core.pricing import Unlock
from leadiq._engine.identity import Lead
from leadiq._jobs.journal import Head, Journal
from leadiq._jobs.known import FREE_S, Known
from leadiq._jobs.lookups import question
from leadiq._jobs.store import Store

from .conftest import HEAD

ANN, BOB, EVE = (Lead.from_text(email=f"{name}@example.com") for name in ("ann", "bob", "eve"))
UNLOCK = frozenset({Unlock.WORK_EMAIL})
HEADS = replace(HEAD, operation="SearchPeople")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store without journals yet."""
    return Store(tmp_path / "state")


async def settled(store: Store, head: Head, **charged: str) -> None:
    """A job that has looked these people up."""
    journal = store.create(head)
    for name, amount in charged.items():
        asked = question(Lead.from_text(email=f"{name}@example.com").to_input(), UNLOCK)
        await journal.claim(asked, Decimal(1))
        await journal.sent(asked, "id")
        await journal.answered(asked, 200, b"{}")
        await journal.settle(asked, Decimal(amount), {})
    journal.close()


def told(store: Store, unlock: Iterable[Unlock], leads: Iterable[Lead], now: float) -> list[object]:
    """What is known of some leads."""
    with Known(store, frozenset(unlock), now) as known:
        return [known.charged(lead) for lead in leads]


def sent_at(path: Path) -> float:
    """When the first lookup of a job was sent."""
    with closing(sqlite3.connect(path)) as database:
        (moment,) = database.execute("select min(sent_at) from lookup").fetchone()
    return float(moment)


@pytest.mark.anyio
async def test_what_earlier_jobs_settled_is_known(store: Store) -> None:
    """At what it cost the last time; the profile is in every selection."""
    await settled(store, HEADS, ann="1", bob="1")
    await settled(store, replace(HEADS, began=HEAD.began + 100), bob="0.1")
    now = sent_at(store.paths()[0]) + 10
    assert told(store, UNLOCK, [ANN, BOB, EVE], now) == [Decimal(1), Decimal("0.1"), None]
    assert told(store, {*UNLOCK, Unlock.PROFILE}, [ANN], now) == [Decimal(1)]


@pytest.mark.anyio
async def test_what_does_not_count(store: Store) -> None:
    """Another selection, another operation, a year ago, what was never answered, a broken file."""
    await settled(store, HEADS, ann="1")
    await settled(store, replace(HEADS, operation="x", began=HEAD.began + 1), eve="1")
    journal = store.create(replace(HEADS, began=HEAD.began + 2))
    await journal.claim(question(BOB.to_input(), UNLOCK), Decimal(1))
    await journal.sent(question(BOB.to_input(), UNLOCK), "id")
    journal.close()
    moment = sent_at(store.paths()[0])
    (store.directory / "0.job").write_text("x" * 5000)
    (store.directory / "1.job").mkdir()
    assert told(store, UNLOCK, [ANN, BOB, EVE], moment + 10) == [Decimal(1), None, None]
    assert told(store, (), [ANN], moment + 10) == [None]
    assert told(store, UNLOCK, [ANN], moment + FREE_S + 1) == [None]


@pytest.mark.anyio
async def test_looking_changes_nothing(store: Store) -> None:
    """A job that is under way can be looked at, and stays as it is."""
    await settled(store, HEADS, ann="1")
    journal = Journal.open(store.paths()[0])
    assert told(store, UNLOCK, [ANN], 0.0) == [Decimal(1)]
    assert len(store.paths()) == 1
    journal.close()


def test_an_empty_store_knows_nobody(store: Store) -> None:
    """And does not come into being."""
    assert told(store, UNLOCK, [ANN], 0.0) == [None]
    assert not store.directory.exists()

"""The rules of what is known from earlier jobs: settled, of this selection, within a year."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadiq._core.pricing import DataPoint, Unlock
from leadiq._engine.identity import Lead
from leadiq._jobs.journal import Head, Journal
from leadiq._jobs.known import FREE_S, Known
from leadiq._jobs.lookups import question
from leadiq._jobs.notes import Note
from leadiq._jobs.store import Store

from .conftest import HEAD

ANN, BOB, EVE = (Lead.from_text(email=f"{name}@example.com") for name in ("ann", "bob", "eve"))
UNLOCK = frozenset({Unlock.WORK_EMAIL})
NOTE = Note(began=1.0, account="acme").to_json()
HEADS = replace(HEAD, operation="SearchPeople")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store without journals yet."""
    return Store(tmp_path / "state")


async def settled(store: Store, head: Head, **charged: str) -> None:
    """A job that has looked these people up."""
    journal = store.create(head)
    await journal.note(1.0, NOTE)
    for name, amount in charged.items():
        asked = question(Lead.from_text(email=f"{name}@example.com").to_input(), UNLOCK)
        await journal.claim(asked, Decimal(1))
        await journal.sent(asked, "id")
        await journal.answered(asked, 200, b"{}")
        await journal.settle(asked, Decimal(amount), {})
    journal.close()


def told(store: Store, unlock: Iterable[Unlock], leads: Iterable[Lead], now: float) -> list[object]:
    """What is known of some leads."""
    with Known(store, "acme", now) as known:
        return [known.charged(lead, frozenset(unlock)) for lead in leads]


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


EMAIL_TOO = frozenset({Unlock.WORK_EMAIL, Unlock.WORK_PHONE})
ADDRESSES = frozenset({Unlock.WORK_EMAIL, Unlock.PERSONAL_EMAIL})
FOUND = {"unlocked": ["company", "email", "profile"]}


async def answered(
    store: Store, head: Head, unlock: frozenset[Unlock], receipt: dict[str, Any], note: str = ""
) -> Path:
    """A job that has looked one person up."""
    journal = store.create(head)
    await journal.note(1.0, note or NOTE)
    asked = question(ANN.to_input(), unlock)
    await journal.claim(asked, Decimal(1), unlock)
    await journal.sent(asked, "id")
    await journal.answered(asked, 200, b'{"from": "%d"}' % head.began)
    await journal.settle(asked, Decimal(1), receipt)
    journal.close()
    return journal.path


@pytest.mark.anyio
async def test_what_a_job_unlocked_is_free_for_other_selections_too(store: Store) -> None:
    """But a kind of it that was not asked for then, and companies, are not; nor are strangers."""
    everything = frozenset({*EMAIL_TOO, Unlock.COMPANY})
    path = await answered(store, HEADS, frozenset({Unlock.WORK_EMAIL, Unlock.COMPANY}), FOUND)
    free = {DataPoint.PROFILE, DataPoint.EMAIL}
    with Known(store, "acme", sent_at(path) + 10) as known:
        assert known.unlocked(ANN.to_input(), UNLOCK) == free
        assert known.unlocked(ANN.to_input(), everything) == free
        assert known.unlocked(ANN.to_input(), ADDRESSES) == {DataPoint.PROFILE}
        assert known.unlocked(ANN.to_input(), ()) == free
        assert known.unlocked(BOB.to_input(), UNLOCK) == frozenset()
    with Known(store, "acme", sent_at(path) + FREE_S + 1) as known:
        assert known.unlocked(ANN.to_input(), UNLOCK) == frozenset()


@pytest.mark.anyio
async def test_what_several_jobs_unlocked_adds_up(store: Store) -> None:
    """An e-mail from one and a phone from another; stages of one job count each for itself."""
    phone = frozenset({Unlock.WORK_PHONE})
    path = await answered(store, HEADS, UNLOCK, {"unlocked": ["email", "profile"]})
    later = replace(HEADS, began=HEAD.began + 1)
    await answered(store, later, phone, {"unlocked": ["phone", "profile"]})
    with Known(store, "acme", sent_at(path) + 10) as known:
        points = {DataPoint.PROFILE, DataPoint.EMAIL, DataPoint.PHONE}
        assert known.unlocked(ANN.to_input(), EMAIL_TOO) == points


@pytest.mark.anyio
@pytest.mark.parametrize("account", ["", "other"])
async def test_another_account_is_another_matter(store: Store, account: str) -> None:
    """What is free for one is not for another, and nothing is where nobody knows whose it was."""
    note = Note(began=1.0, account=account).to_json()
    path = await answered(store, HEADS, UNLOCK, FOUND, note)
    now = sent_at(path) + 10
    for asking in ("acme", ""):
        with Known(store, asking, now, reuse_s=100) as known:
            assert known.unlocked(ANN.to_input(), UNLOCK) == frozenset()
            assert known.answer(ANN.to_input(), UNLOCK) is None
            assert known.charged(ANN, UNLOCK) is None


@pytest.mark.anyio
async def test_journals_of_the_first_version_do_not_count(store: Store) -> None:
    """They do not say whose they are."""
    path = await answered(store, HEADS, UNLOCK, {"unlocked": ["email", "profile"]})
    with closing(sqlite3.connect(path)) as database:
        database.execute("pragma user_version = 1")
        database.commit()
    with Known(store, "acme", sent_at(path) + 10) as known:
        assert known.unlocked(ANN.to_input(), UNLOCK) == frozenset()


@pytest.mark.anyio
async def test_a_free_repeat_does_not_renew_the_year(store: Store) -> None:
    """What the first job unlocked is free for a year from then, whoever asked again meanwhile."""
    first = await answered(store, HEADS, UNLOCK, {"unlocked": ["email", "profile"]})
    with closing(sqlite3.connect(first)) as database:
        database.execute("update lookup set sent_at = sent_at - ?", (FREE_S / 2,))
        database.commit()
    again = {"unlocked": ["email", "profile"], "repeated": ["email"]}
    path = await answered(store, replace(HEADS, began=HEAD.began + 1), UNLOCK, again)
    for later_s, free in ((0, {DataPoint.PROFILE, DataPoint.EMAIL}), (FREE_S * 0.75, set())):
        with Known(store, "acme", sent_at(path) + later_s) as known:
            assert known.unlocked(ANN.to_input(), UNLOCK) == free
            assert known.charged(ANN, UNLOCK) == Decimal(1)


@pytest.mark.anyio
async def test_the_job_itself_is_left_out(store: Store) -> None:
    """So that a run which goes on with a job knows no more than the first run of it did."""
    path = await answered(store, HEADS, UNLOCK, FOUND)
    with Known(store, "acme", sent_at(path) + 10, reuse_s=100, but=path) as known:
        assert known.unlocked(ANN.to_input(), UNLOCK) == frozenset()
        assert known.answer(ANN.to_input(), UNLOCK) is None
        assert known.charged(ANN, UNLOCK) is None


@pytest.mark.anyio
async def test_answers_are_taken_over_for_as_long_as_is_allowed(store: Store) -> None:
    """The newest job's, to the same question; without leave none is."""
    await answered(store, HEADS, UNLOCK, FOUND)
    path = await answered(store, replace(HEADS, began=HEAD.began + 1), UNLOCK, FOUND)
    now = sent_at(path) + 10
    with Known(store, "acme", now, reuse_s=60) as known:
        given = known.answer(ANN.to_input(), {*UNLOCK, Unlock.PROFILE})
        assert given is not None
        assert (given.status, given.reply) == (200, b'{"from": "1700000001"}')
        assert given.unlocked == {DataPoint.PROFILE, DataPoint.EMAIL, DataPoint.COMPANY}
        assert known.answer(BOB.to_input(), UNLOCK) is None
        assert known.answer(ANN.to_input(), EMAIL_TOO) is None
    for reuse_s in (5, 0):
        with Known(store, "acme", now, reuse_s=reuse_s) as known:
            assert known.answer(ANN.to_input(), UNLOCK) is None


@pytest.mark.anyio
async def test_what_is_gone_since_is_not_taken_over(store: Store) -> None:
    """A person who was forgotten, and a job that was removed, after this one had begun."""
    path = await answered(store, HEADS, UNLOCK, FOUND)
    with Known(store, "acme", sent_at(path) + 10, reuse_s=100) as known:
        with closing(Journal.open(path)) as journal:
            journal.forget([question(ANN.to_input(), UNLOCK)])
        assert known.answer(ANN.to_input(), UNLOCK) is None
        path.unlink()
        assert known.answer(ANN.to_input(), UNLOCK) is None
        assert not path.exists()

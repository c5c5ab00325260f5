"""The stores of ledgers: each of them does the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadiq import ConfigurationError, Ledger, Unlock
from leadiq._jobs import ledger_redis, ledger_sql
from leadiq._jobs.budget_rules import Unreachable
from leadiq._jobs.entries import Entry, State
from leadiq._jobs.ledger_redis import RedisStore
from leadiq._jobs.ledger_rules import Change, LedgerStore, Slip
from postgres_server import PostgresServer, postgres_session  # noqa: F401
from redis_server import RedisServer, redis_server  # noqa: F401

from .ledgers import KINDS, ledger_url, new_ledger

D = Decimal
DAY_S = 86_400.0
EMAIL = frozenset({Unlock.WORK_EMAIL})
CLAIMED = Slip(
    Entry(State.CLAIMED, D("1.5"), "", None, None, None, {"free": [], "unsure": False}, EMAIL),
    job="one",
    holder="h1",
    sent_at=None,
    version=1,
)
SETTLED = Slip(
    Entry(State.SETTLED, D(1), "r-1", 200, b'{"a":\n"\xc3\xa9"}\n\n', D("0.1"), {"x": [1]}, EMAIL),
    job="one",
    holder="",
    sent_at=1_700_000_000.123456,
    version=2,
)


def key(number: int) -> bytes:
    return number.to_bytes(32, "big")


@pytest.fixture(params=KINDS)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    with ledger_url(request.param, tmp_path, request) as url:
        yield new_ledger(url)


@pytest.fixture
def store(ledger: Ledger) -> Iterator[LedgerStore]:
    store = ledger.store()
    assert store.open("me", DAY_S)
    yield store
    store.close()


def test_what_was_written_is_found_as_it_was(store: LedgerStore) -> None:
    """Every member survives, also line breaks and bytes beyond ASCII in a reply."""
    assert store.find(key(1)) is None
    assert store.swap([Change(key(1), CLAIMED)]) == [True]
    assert store.find(key(1)) == CLAIMED
    assert store.swap([Change(key(1), SETTLED)]) == [True]
    assert store.find(key(1)) == SETTLED


def test_only_who_has_seen_the_last_version_writes(store: LedgerStore) -> None:
    """Of two who claim the same lookup one does; of many changes each stands for itself."""
    other = CLAIMED._replace(job="two", holder="h2")
    assert store.swap([Change(key(1), CLAIMED), Change(key(1), other)]) == [True, False]
    late = SETTLED._replace(version=3)
    changes = [Change(key(3), CLAIMED), Change(key(2), late), Change(key(1), SETTLED)]
    assert store.swap(changes) == [True, False, True]
    assert store.find(key(1)) == SETTLED
    assert store.find(key(2)) is None
    assert store.swap([Change(key(1), SETTLED)]) == [False]


def test_a_job_is_held_by_one_process(store: LedgerStore) -> None:
    """Until it ends its lease; slips of who holds it are open, and those of nobody else."""
    store.swap([Change(key(1), CLAIMED)])
    found = store.find(key(1))
    assert found
    assert not found.is_open
    assert store.lease("one", "h1", 60.0)
    assert store.lease("one", "h1", 60.0)
    assert not store.lease("one", "h2", 60.0)
    assert store.lease("two", "h2", 60.0)
    found = store.find(key(1))
    assert found
    assert found.is_open
    assert not store.lease("one", "h2", 0.0)
    assert store.lease("one", "h1", 0.0)
    assert store.lease("one", "h2", 60.0)
    assert store.find(key(1)) == CLAIMED


def test_a_lease_runs_out_by_itself(store: LedgerStore) -> None:
    """Then another process has the job."""
    assert store.lease("one", "h1", 0.001)
    while not store.lease("one", "h2", 60.0):
        pass
    assert not store.lease("one", "h1", 60.0)


def test_all_slips_can_be_gone_through(store: LedgerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """In pages, those of one job or all; what changed hands is its last owner's."""
    monkeypatch.setattr(ledger_sql, "PAGE", 4)
    monkeypatch.setattr(ledger_redis, "PAGE", 4)
    store.swap([Change(key(n), CLAIMED) for n in range(11)])
    store.swap([Change(key(n), CLAIMED._replace(job="two", version=2)) for n in range(3)])
    store.lease("two", "h1", 60.0)

    def walk(job: str | None) -> dict[bytes, Slip]:
        found: dict[bytes, Slip] = {}
        mark = b""
        while True:
            page = store.page(job, mark)
            found.update(page.slips)
            if not (mark := page.mark):
                return found

    assert sorted(walk(None)) == [key(n) for n in range(11)]
    assert sorted(walk("one")) == [key(n) for n in range(3, 11)]
    assert sorted(walk("two")) == [key(n) for n in range(3)]
    assert all(slip.is_open is (slip.job == "two") for slip in walk(None).values())
    assert walk("three") == {}


def test_ledgers_of_one_store_do_not_meet(ledger: Ledger, store: LedgerStore) -> None:
    """Not in lookups, jobs or accounts; and one is removed without the other."""
    other = Ledger(f"{ledger.name}-b", ledger.url).store()
    assert other.open("you", DAY_S)
    assert not store.open("you", DAY_S)
    assert store.open("me", DAY_S)
    for each in (store, other):
        assert each.find(key(1)) is None
        assert each.lease("one", "h1", 60.0)
        assert each.swap([Change(key(1), CLAIMED)]) == [True]
    store.remove()
    assert other.find(key(1)) is not None
    assert store.open("you", DAY_S)
    assert store.find(key(1)) is None
    assert store.lease("one", "h2", 60.0)
    other.remove()
    other.close()


def test_what_is_old_goes(ledger: Ledger, store: LedgerStore) -> None:
    """Slips that were not written for as long as they are kept are gone when it is opened."""
    with closing(ledger.store()) as brief:
        brief.open("me", 1.0)
        brief.swap([Change(key(1), CLAIMED)])
        while brief.find(key(1)):
            brief.open("me", 1.0)
        brief.open("me", DAY_S)
        assert brief.swap([Change(key(1), CLAIMED)]) == [True]


@pytest.mark.parametrize("ledger", ["sqlite", "postgres"], indirect=True)
def test_what_is_old_goes_some_at_a_time(
    store: LedgerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So no statement takes long; who opens it once has removed all of it."""
    monkeypatch.setattr(ledger_sql, "PAGE", 4)
    store.swap([Change(key(n), CLAIMED) for n in range(11)])
    store.open("me", -1.0)  # old is what was written up to a second from now
    monkeypatch.setattr(ledger_sql, "PAGE", 500)
    assert store.page(None, b"").slips == []


def test_another_account_removes_nothing(ledger: Ledger, store: LedgerStore) -> None:
    """Also not what would be old to it."""
    assert store.swap([Change(key(1), CLAIMED)]) == [True]
    with closing(ledger.store()) as other:
        assert not other.open("you", 1e-9)
        assert store.swap([Change(key(1), SETTLED)]) == [True]
        assert not other.open("you", 1e-9)
    assert store.find(key(1)) == SETTLED


def test_another_account_does_not_say_how_long_redis_keeps_it(
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """That is for the account whose ledger it is."""
    store = RedisStore("march", redis_server.url)
    assert store.open("me", DAY_S)
    assert not store.open("you", 1.0)
    store.swap([Change(key(1), CLAIMED)])
    assert store._link.client.ttl(store._lookup(key(1))) > 1
    store.close()


def test_nobody_waits_for_what_is_old(
    postgres_session: PostgresServer,  # noqa: F811
) -> None:
    """A line that somebody is writing is passed over: it is not old any more."""
    psycopg = pytest.importorskip("psycopg")
    ledger = new_ledger(postgres_session.url)
    lock = "select 1 from leadiq_lookup where ledger = %s and question = %s for update"
    with closing(ledger.store()) as store, closing(psycopg.connect(postgres_session.url)) as other:
        store.open("me", DAY_S)
        store.swap([Change(key(1), CLAIMED), Change(key(2), CLAIMED)])
        other.execute(lock, (ledger.name, key(1)))
        store.open("me", 1e-9)
        assert (store.find(key(1)), store.find(key(2))) == (CLAIMED, None)
        other.rollback()
        store.open("me", 1e-9)
        assert store.find(key(1)) is None


def test_a_lease_that_ends_between_two_reads(
    redis_server: RedisServer,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is told of a lookup is of one moment: a worker that tells its answer, and leaves, while
    another one looks, was never seen to leave without telling."""
    ledger = new_ledger(redis_server.url)
    worker, looker = ledger.store(), RedisStore(ledger.name, ledger.url)
    worker.open("me", DAY_S)
    worker.lease("one", "h1", 60.0)
    worker.swap([Change(key(1), CLAIMED)])
    read = looker._link.client.mget

    def mget(keys: list[bytes]) -> list[Any]:
        found = list(read(keys))
        worker.swap([Change(key(1), SETTLED)])
        worker.lease("one", "h1", 0.0)
        return found

    monkeypatch.setattr(looker._link.client, "mget", mget)
    assert looker.find(key(1)) == SETTLED
    worker.close()
    looker.close()


def test_a_later_version_is_refused(
    ledger: Ledger, store: LedgerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it has written cannot be read."""
    monkeypatch.setattr(ledger_sql, "FORM", 0)
    monkeypatch.setattr(ledger_redis, "FORM", "0")
    with closing(ledger.store()) as earlier, pytest.raises(ConfigurationError, match="later"):
        earlier.open("me", DAY_S)


def _race(ledger: Ledger, number: int) -> int:
    with closing(ledger.store()) as store:
        store.open("me", DAY_S)
        mine = CLAIMED._replace(job=f"j{number}")
        order = range(60) if number % 2 else reversed(range(60))
        return sum(store.swap([Change(key(n), mine) for n in order]))


def test_many_at_once(ledger: Ledger) -> None:
    """Eight who claim the same lookups in opposite orders, on a new store: each is one's."""
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda number: _race(ledger, number), range(8)))
    assert sum(won) == 60


def test_a_server_that_is_away_is_unreachable_until_it_is_back(
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """One that has lost its memory takes nothing of what was begun."""
    store = new_ledger(redis_server.url).store()
    store.open("me", DAY_S)
    store.swap([Change(key(1), CLAIMED)])
    redis_server.kill()
    with pytest.raises(Unreachable, match=r"^ConnectionError$"):
        store.find(key(1))
    redis_server.start()
    with pytest.raises(Unreachable, match=r"^it has lost the ledger$"):
        store.swap([Change(key(1), SETTLED)])
    store.close()


def test_a_file_that_cannot_be_is_unreachable(tmp_path: Path) -> None:
    """The reason is the system's, without the path."""
    store = new_ledger(f"sqlite:///{tmp_path / 'no' / 'ledger.db'}").store()
    with pytest.raises(Unreachable, match=r"^No such file or directory$"):
        store.open("me", DAY_S)


def test_a_file_is_its_owners_alone_and_is_scrubbed(tmp_path: Path) -> None:
    """What was replaced is nowhere in it."""
    path = tmp_path / "ledger.db"
    store = new_ledger(f"sqlite:///{path}").store()
    store.open("me", DAY_S)
    first = SETTLED._replace(version=1, entry=SETTLED.entry._replace(reply=b"to-be-gone" * 500))
    store.swap([Change(key(1), first)])
    store.swap([Change(key(1), SETTLED)])
    store.scrub()
    assert path.stat().st_mode & 0o777 == 0o600
    assert not any(b"to-be-gone" in file.read_bytes() for file in tmp_path.iterdir())
    store.close()


def test_another_process_that_writes_too_long_makes_it_unreachable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the failure the store is as usable as before."""
    monkeypatch.setattr(ledger_sql, "_TIMEOUT_S", 0)
    path = tmp_path / "ledger.db"
    store = new_ledger(f"sqlite:///{path}").store()
    store.open("me", DAY_S)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(Unreachable):
            store.swap([Change(key(1), CLAIMED)])
        other.execute("rollback")
    assert store.swap([Change(key(1), CLAIMED)]) == [True]
    store.close()

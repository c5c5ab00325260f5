"""The ledger as people meet it: named, refused, added up, forgotten from, and used by `enrich`."""

from __future__ import annotations

import json
import pickle
import sqlite3
import sys
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from leadiq import (
    ConfigurationError,
    InputError,
    JournalError,
    LeadIQ,
    Ledger,
    LedgerError,
    SharedBudget,
)
from leadiq._jobs import ledger_job
from leadiq._jobs.entries import Entry, State
from leadiq._jobs.forgetting import AUDIT_FILE, proves
from leadiq._jobs.ledger_job import LedgerJob
from leadiq._jobs.ledger_rules import Slip
from leadiq._jobs.store import Store
from leadiq.sandbox import SandboxSettings, build_app
from leadiq.sandbox._world import World
from redis_server import free_port

from .ledgers import MemoryStore

pytestmark = pytest.mark.anyio

SECRET = "not-to-be-shown"
PEOPLE = 40
WORLD = World(people=PEOPLE, seed=1)
D = Decimal


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(ledger_job, "_RETRY_AFTER_S", ())
    return Store(tmp_path / "state")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger("march", f"sqlite:///{tmp_path / 'ledger.db'}")


class Sandbox:
    """A client of a sandbox in this process, and what that has charged."""

    def __init__(self) -> None:
        self.app = build_app(SandboxSettings(people=PEOPLE, requests_per_minute=None, seed=1))

    @property
    def charged(self) -> Decimal:
        return sum((charge.credits for charge in self.app.ledger()), D(0))

    async def enrich(self, people: range, **options: Any) -> tuple[list[Any], Any]:
        """The outcomes of a job, and the run."""
        async with (
            httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app)) as http,
            LeadIQ(
                self.app.settings.key,
                endpoint="https://sandbox.example.com/graphql",
                http_client=http,
                requests_per_minute=60_000,
                burst=1_000,
            ) as leadiq,
            leadiq.enrich(
                [{"person_id": WORLD.person(n).id} for n in people],
                **{"unlock": "work-email", "budget": "unlimited", **options},
            ) as results,
        ):
            outcomes = [outcome async for outcome in results]
        return outcomes, results


@pytest.mark.parametrize("name", ["", "a b", "x" * 81, "../x", None, 5])
def test_a_name_is_one_word(name: Any) -> None:
    """It becomes part of the names of keys."""
    with pytest.raises(InputError, match="ledger's name takes"):
        Ledger(name, "sqlite:///x")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite:///",
        "sqlite://x",
        f"mysql://me:{SECRET}@host/x",
        f"/{SECRET}",
        f"redis://:{SECRET}@host:port",
        f"postgresql://me:{SECRET}@host/x?nonsense={SECRET}",
        None,
    ],
)
def test_a_url_of_something_else_is_refused(url: Any) -> None:
    """When the ledger is made, and without the text, which may hold a password."""
    if str(url).startswith("postgresql"):
        pytest.importorskip("psycopg", reason="psycopg is not installed: the extra [postgres]")
    with pytest.raises(ConfigurationError, match="write ") as refused:
        Ledger("march", url)
    assert SECRET not in repr(refused.value)
    assert not refused.value.sent


@pytest.mark.parametrize(("module", "extra"), [("redis", "redis"), ("psycopg", "postgres")])
def test_a_missing_driver_is_named(
    module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text is the command that helps."""
    monkeypatch.setitem(sys.modules, module, None)
    scheme = "redis" if module == "redis" else "postgresql"
    with pytest.raises(ConfigurationError, match=rf"pip install 'leadiq-sdk\[{extra}\]'"):
        Ledger("march", f"{scheme}://127.0.0.1")


@pytest.mark.parametrize(
    "settings", [{"lease_s": 2.9}, {"lease_s": 3601}, {"keep_days": 0}, {"keep_days": 1e9}]
)
def test_numbers_that_cannot_be(settings: dict[str, Any]) -> None:
    """The member is named."""
    with pytest.raises(InputError, match=next(iter(settings))):
        Ledger("march", "sqlite:///x", **settings)


def test_it_is_a_value(ledger: Ledger) -> None:
    """It goes to workers as it is, and shows no password."""
    assert pickle.loads(pickle.dumps(ledger)) == ledger  # noqa: S301 - our own
    assert SECRET not in repr(Ledger("march", f"redis://:{SECRET}@127.0.0.1"))


@pytest.mark.parametrize("scheme", ["redis", "postgresql"])
async def test_a_store_that_is_away_is_told_before_anything_is_spent(
    scheme: str, state: Store
) -> None:
    """By `enrich` and by what people ask of the ledger; the password is nowhere."""
    pytest.importorskip({"redis": "redis", "postgresql": "psycopg"}[scheme])
    ledger = Ledger("march", f"{scheme}://me:{SECRET}@127.0.0.1:{free_port()}/0")
    sandbox = Sandbox()
    for call in (partial(sandbox.enrich, range(3), ledger=ledger), ledger.totals, ledger.remove):
        with pytest.raises(LedgerError, match=r"'march' cannot be reached \(\w+Error\)") as refused:
            await call()
        assert SECRET not in repr(refused.value)
        assert not refused.value.sent
    assert sandbox.charged == 0
    assert state.paths() == []


async def test_what_is_no_ledger_is_refused(state: Store) -> None:
    """And a job's name is as it is without one."""
    sandbox = Sandbox()
    with pytest.raises(InputError, match=r"leadiq\.Ledger\(name, url\)"):
        await sandbox.enrich(range(3), ledger="redis://127.0.0.1")
    with pytest.raises(InputError, match="job takes"):
        await sandbox.enrich(range(3), ledger=Ledger("a", "sqlite:///a"), job="../x")
    assert state.paths() == []


async def test_jobs_share_what_was_paid(ledger: Ledger, state: Store) -> None:
    """The receipts of all jobs add up to what was charged, and no journal is left."""
    sandbox = Sandbox()
    first, run = await sandbox.enrich(range(10), ledger=ledger, job="one")
    second, _ = await sandbox.enrich(range(5, 15), ledger=ledger, job="two")
    third, nameless = await sandbox.enrich(range(15), ledger=ledger)
    paid = [sum(one.receipt.charged for one in each) for each in (first, second, third)]
    assert sum(paid) == sandbox.charged > 0
    assert paid[2] == 0
    totals = await ledger.totals()
    assert (totals.charged, totals.uncertain) == (sandbox.charged, 0)
    assert totals.states == {State.SETTLED: 15}
    assert totals.jobs == {"one": paid[0], "two": paid[1]}
    assert (run.job, run.summary.spent) == ("one", paid[0])
    assert nameless.job not in ("", "one", "two")
    assert state.paths() == []
    await ledger.remove()
    assert (await ledger.totals()).states == {}


async def test_a_job_that_goes_on_tells_what_it_paid_before(ledger: Ledger) -> None:
    """Its receipts are those of the first time, its own spending is none, and its budget holds."""
    sandbox = Sandbox()
    team = SharedBudget.sqlite("team", 100)
    options: dict[str, Any] = {"ledger": ledger, "job": "one", "budget": team}
    first, before = await sandbox.enrich(range(10), **options)
    again, run = await sandbox.enrich(range(10), **options)
    assert [one.receipt.charged for one in again] == [one.receipt.charged for one in first]
    assert run.summary.spent == 0
    assert run.summary.totals.charged == before.summary.spent == sandbox.charged
    assert run.budget.spent == sandbox.charged


async def test_a_journal_that_cannot_be_written_ends_the_job_at_its_begin(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the ledger has of the job needs room on the disk; nothing was sent."""

    async def full(self: LedgerJob, journal: object) -> None:
        raise sqlite3.OperationalError("disk is full")

    monkeypatch.setattr(LedgerJob, "restore", full)
    sandbox = Sandbox()
    with pytest.raises(JournalError, match="make room"):
        await sandbox.enrich(range(3), ledger=ledger, job="one")
    assert sandbox.charged == 0


async def test_a_person_is_forgotten(ledger: Ledger, state: Store) -> None:
    """With what is known of them by other names; the price stays, and nobody asks again."""
    sandbox = Sandbox()
    outcomes, _ = await sandbox.enrich(range(3), ledger=ledger, job="one")
    found = [one.person for one in outcomes if one.person and one.person.current_positions]
    address = found[0].current_positions[0].emails[0].value
    assert await ledger.forget(address) == 1
    assert await ledger.forget(address) == 0
    totals = await ledger.totals()
    assert totals.charged == sandbox.charged
    assert totals.states == {State.SETTLED: 2, State.FORGOTTEN: 1}
    raw = b"".join(path.read_bytes() for path in state.directory.parent.glob("ledger.db*"))
    assert address.encode() not in raw
    again, _ = await sandbox.enrich(range(3), ledger=ledger, job="two")
    assert sorted(one.status.value for one in again) == ["forgotten", "found", "found"]
    lines = (state.directory / AUDIT_FILE).read_text().splitlines()
    (first, _) = map(json.loads, lines)
    assert proves(first, address)
    assert (first["jobs"], first["complete"]) == ({"ledger march": 1}, True)
    with pytest.raises(InputError, match="no person"):
        await ledger.forget("nobody")


async def test_an_interrupted_forgetting_is_noted_as_such(state: Store) -> None:
    """It can be repeated."""
    store = MemoryStore()
    store.away = 1
    with pytest.raises(LedgerError):
        await Ledger.over("march", lambda: store).forget("jane@example.com")
    (line,) = map(json.loads, (state.directory / AUDIT_FILE).read_text().splitlines())
    assert (line["complete"], line["lookups"]) == (False, 0)


async def test_a_store_of_ones_own() -> None:
    """It is opened in each process; what can have been charged is added up too."""
    store = MemoryStore("another")
    ledger = Ledger.over("march", lambda: store, lease_s=5.0)
    with pytest.raises(ConfigurationError, match="another account"):
        await Sandbox().enrich(range(3), ledger=ledger)
    for number, state in enumerate((State.UNKNOWN, State.CLAIMED, State.FORGOTTEN)):
        entry = Entry(state, D(number + 1), "", None, None, None, {})
        store.slips[bytes([number])] = Slip(entry, "one", "", None, 1)
    totals = await ledger.totals()
    assert (totals.charged, totals.uncertain, totals.jobs) == (0, 4, {})


async def test_a_ledger_that_nobody_has_used_is_empty(ledger: Ledger) -> None:
    """Looking at it makes it nobody's."""
    await ledger.check()
    assert (await ledger.totals()).states == {}
    assert await ledger.forget("jane@example.com") == 0
    await ledger.remove()


async def test_answers_that_the_ledger_does_not_know_stay_in_the_journal(state: Store) -> None:
    """Nothing that was paid for is lost with the store."""
    store = MemoryStore()
    sandbox = Sandbox()

    class Leaving(MemoryStore):
        def open(self, account: str, keep_s: float) -> bool:
            return True

        def swap(self, changes: Any) -> list[bool]:
            if changes[0].slip.entry.state in (State.ANSWERED, State.SETTLED):
                self.away = 1
            return super().swap(changes)

    store = Leaving()
    ledger = Ledger.over("march", lambda: store)
    outcomes, run = await sandbox.enrich(range(1), ledger=ledger)
    assert outcomes[0].person
    assert isinstance(outcomes[0].error, LedgerError)
    assert isinstance(run.summary.stopped_by, LedgerError)
    assert len(state.paths()) == 1
    totals = await ledger.totals()
    assert (totals.charged, sandbox.charged > 0) == (0, True)

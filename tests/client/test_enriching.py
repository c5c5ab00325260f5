"""The rules of `leadiq.enrich`: one outcome a row, nothing paid twice, the same in every way."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import anyio
import httpx
import pytest
from anyio.lowlevel import checkpoint
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from leadiq import (
    Budget,
    BudgetError,
    ConnectError,
    InputError,
    InsufficientCreditsError,
    JournalError,
    Lead,
    LeadIQ,
    Outcome,
    Stage,
)
from leadiq._engine.answers import Source
from leadiq._jobs import trips
from leadiq._jobs.catalog import Condition, catalog
from leadiq._jobs.journal import Journal
from leadiq._jobs.readings import glance
from leadiq._jobs.store import Store
from leadiq.sandbox import SandboxApp, SandboxSettings, build_app
from leadiq.sandbox._world import World

PEOPLE = 60
WORLD = World(people=PEOPLE, seed=1)
EVERYBODY = [WORLD.person(index) for index in range(PEOPLE)]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Journals of a test are its own."""
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "state"))
    return Store(tmp_path / "state")


class Served(NamedTuple):
    """A client, and the sandbox that answers it."""

    leadiq: LeadIQ
    app: SandboxApp

    @property
    def charged(self) -> Decimal:
        return sum((charge.credits for charge in self.app.ledger()), Decimal(0))


@asynccontextmanager
async def served(**chosen: Any) -> AsyncGenerator[Served]:
    """A client of a sandbox in this process, whose ledger can be looked at."""
    options = {"people": PEOPLE, "requests_per_minute": None, "seed": 1, **chosen}
    app = build_app(SandboxSettings(**options))
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as http,
        LeadIQ(
            app.settings.key,
            endpoint="https://sandbox.example.com/graphql",
            http_client=http,
            requests_per_minute=60_000,
            burst=1_000,
        ) as leadiq,
    ):
        yield Served(leadiq, app)


def ids(*numbers: int) -> list[dict[str, Any]]:
    """Rows of people by their LeadIQ ids, with a score."""
    return [{"person_id": EVERYBODY[n].id, "score": n, "n": str(n)} for n in numbers]


async def all_of(leadiq: LeadIQ, rows: Any, **options: Any) -> list[Outcome[Any]]:
    """Every outcome of a job."""
    async with leadiq.enrich(rows, **{"budget": "unlimited", **options}) as results:
        return [outcome async for outcome in results]


def said(outcomes: Sequence[Outcome[Any]]) -> list[Any]:
    """What must be the same in every run: all but how it came about."""
    return [
        (one.line, one.row, one.status, one.reason, one.matches, one.shared, one.person)
        for one in outcomes
    ]


@dataclass
class Person:
    leadiq_id: str


class Model(BaseModel):
    person_id: str | None = None
    note: int = 7


@pytest.mark.anyio
async def test_rows_of_every_kind() -> None:
    """Leads, mappings, dataclasses and models are rows; what is none is an invalid one."""
    one = EVERYBODY[0].id
    rows = [
        Lead(person_id=one),
        {"Person ID": one},
        Person(one),
        Model(person_id=one),
        Model(),
        {"email": "a@example.com", "E-Mail": "b@example.com"},
        "a@example.com",
        None,
    ]
    async with served() as sandbox:
        got = await all_of(sandbox.leadiq, rows)
    assert [outcome.status.value for outcome in got] == ["found"] * 4 + ["invalid"] * 4
    assert [outcome.row for outcome in got] == rows
    assert [outcome.line for outcome in got] == [*range(1, 9)]
    assert "two members say email" in got[5].reason
    assert got[6].reason == "a row has to be a Lead, a mapping, a dataclass or a model, not str"
    assert sandbox.charged == Decimal("0.1")


@pytest.mark.anyio
async def test_columns_name_what_their_names_do_not() -> None:
    """`columns` says which member is what; of others that look like it nobody is confused."""
    rows = [{"who": EVERYBODY[0].id, "person_id": "garbage", "x": None}]
    async with served() as sandbox:
        (only,) = await all_of(sandbox.leadiq, rows, columns={"person_id": "who"})
        assert only.status == "found"
        with pytest.raises(InputError, match="columns knows no such field"):
            await all_of(sandbox.leadiq, rows, columns={"whom": "who"})


@pytest.mark.anyio
async def test_rows_can_come_one_by_one_from_anywhere() -> None:
    """An async generator is taken as the outcomes are, and closed at the end."""
    taken: list[int] = []

    async def coming() -> AsyncIterator[dict[str, Any]]:
        try:
            for row in ids(*range(50)):
                await checkpoint()
                taken.append(row["score"])
                yield row
        finally:
            taken.append(-1)

    async with served() as sandbox:
        options: Any = {"concurrency": 1, "batch": 1}
        async with sandbox.leadiq.enrich(coming(), **options) as results:
            assert (await anext(results)).line == 1
            assert len(taken) < 20
    assert taken[-1] == -1


@pytest.mark.anyio
async def test_a_budget_is_needed_for_what_costs_more() -> None:
    """Nothing is sent without one, and the profile alone needs none."""
    async with served() as sandbox:
        leadiq = sandbox.leadiq
        for options in ({"unlock": "work-email"}, {"stages": [Stage("company")]}):
            with pytest.raises(InputError, match="budget is missing") as refused:
                await all_of(leadiq, ids(1), budget=None, **options)
            assert not refused.value.sent
        assert len(await all_of(leadiq, ids(1), budget=None)) == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"unlock": "phone"}, "unlock takes profile, work-email"),
        ({"batch": 26}, "batch takes 1 to 25, or auto"),
        ({"batch": "all"}, "batch takes 1 to 25, or auto"),
        ({"concurrency": 0}, "concurrency has to be a whole number of at least 1"),
        ({"concurrency": True}, "concurrency has to be a whole number"),
        ({"reuse_days": -1}, "reuse_days has to be 0 or more"),
        ({"stages": ["work-phone"]}, "stages has to hold Stage, not str"),
        ({"unlock": "company", "stages": [Stage("company")]}, "which was asked before"),
        ({"stages": Stage("company")}, "stages has to be a list of Stage"),
        ({"concurrency": None}, "concurrency has to be a whole number of at least 1"),
        ({"reuse_days": "30"}, "reuse_days has to be 0 or more"),
        ({"first": 5}, "first takes the name of a number, or a function"),
        ({"columns": ["email"]}, "columns has to be a mapping"),
        ({"columns": {5: "x"}}, "columns knows no such field"),
        ({"job": "../etc"}, "job takes 1 to 80 letters"),
        ({"job": 5}, "job takes 1 to 80 letters"),
    ],
)
async def test_what_cannot_be_is_refused(options: dict[str, Any], why: str) -> None:
    """Each argument is checked before anything is sent, and leaves no journal."""
    async with served() as sandbox:
        with pytest.raises(InputError) as refused:
            await all_of(sandbox.leadiq, ids(1), **options)
    assert why in str(refused.value)
    assert not refused.value.sent
    assert not sandbox.app.ledger()
    assert not Store.default().paths()


@pytest.mark.anyio
@pytest.mark.parametrize("rows", ["a@example.com", {"email": "a"}, 7, Lead(person_id="x")])
async def test_rows_have_to_be_rows(rows: Any) -> None:
    """One row, or a text, is not taken for many."""
    async with served() as sandbox:
        with pytest.raises(InputError, match="rows has to be an iterable of rows"):
            await all_of(sandbox.leadiq, rows)


@pytest.mark.anyio
async def test_a_named_job_asks_nothing_twice(state: Store) -> None:
    """The same name goes on with the same journal; more rows cost only what they add."""
    async with served() as sandbox:
        leadiq = sandbox.leadiq
        first = await all_of(leadiq, ids(1, 2), unlock="work-email", job="team")
        paid = len(sandbox.app.ledger())
        again = await all_of(leadiq, ids(1, 2), unlock="work-email", job="team")
        assert len(sandbox.app.ledger()) == paid
        async with leadiq.enrich(ids(1, 2, 3), unlock="work-email", budget=9, job="team") as run:
            more = [outcome async for outcome in run]
    assert said(first) == said(again) == said(more[:2])
    assert {one.receipt.source for one in again} == {Source.JOURNAL}
    assert [one.receipt.source for one in more] == [Source.JOURNAL, Source.JOURNAL, Source.API]
    assert (run.job, run.summary.sent, run.summary.sources[Source.JOURNAL]) == ("team", 1, 2)
    assert [job.condition for job in catalog(state)] == [Condition.ENDED]


@pytest.mark.anyio
async def test_a_job_without_a_name_has_an_id() -> None:
    """Under it the job can be gone on with."""
    async with served() as sandbox:
        async with sandbox.leadiq.enrich(ids(1)) as results:
            await anext(results)
        (again,) = await all_of(sandbox.leadiq, ids(1), job=results.job)
    assert again.receipt.source is Source.JOURNAL


@pytest.mark.anyio
async def test_a_block_that_is_left_early_loses_no_answer() -> None:
    """What is under way is waited for, and a later run has it."""
    async with served() as sandbox:
        async with sandbox.leadiq.enrich(
            ids(*range(30)), job="left", concurrency=4, batch=1
        ) as results:
            async for _ in results:
                break
        charged = len(sandbox.app.ledger())
        assert results.summary.interrupted
        got = await all_of(sandbox.leadiq, ids(*range(30)), job="left")
    sources = [one.receipt.source for one in got]
    assert sources.count(Source.JOURNAL) == charged
    assert len(sandbox.app.ledger()) == 30


@pytest.mark.anyio
async def test_an_error_in_the_block_comes_out_as_it_is() -> None:
    """What the caller raises ends the job, which can be gone on with."""
    async with served() as sandbox:
        runs: list[Any] = []

        async def breaking() -> None:
            async with sandbox.leadiq.enrich(ids(*range(9)), job="broken") as results:
                runs.append(results)
                await anext(results)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await breaking()
        assert runs[0].summary.used_after is None
        assert len(await all_of(sandbox.leadiq, ids(*range(9)), job="broken")) == 9
    assert len(sandbox.app.ledger()) == 9


@pytest.mark.anyio
@pytest.mark.parametrize("first", [None, "score"])
async def test_rows_that_break_off_break_off_last(first: str | None) -> None:
    """What iterating the rows raises comes after the outcomes of all rows before it; the job has
    not ended then.
    """

    def broken() -> Iterator[dict[str, Any]]:
        yield from ids(1, 2)
        raise OSError("the file is gone")

    got: list[int] = []
    runs: list[Any] = []

    async def collect(leadiq: LeadIQ) -> None:
        async with leadiq.enrich(broken(), first=first) as results:
            runs.append(results)
            async for outcome in results:
                got.append(outcome.line)  # noqa: PERF401 - what came before counts

    async with served() as sandbox:
        with pytest.raises(OSError, match="the file is gone"):
            await collect(sandbox.leadiq)
    assert got == [1, 2]
    assert not runs[0].summary.settled
    (path,) = Store.default().paths()
    assert not glance(path).ended


@pytest.mark.anyio
async def test_stop_leaves_the_rest_unsent() -> None:
    """Every row has its outcome, and the summary says that the job was interrupted."""
    async with (
        served() as sandbox,
        sandbox.leadiq.enrich(ids(*range(40)), concurrency=2, batch=1) as results,
    ):
        first = await anext(results)
        results.stop()
        rest = [outcome.status.value async for outcome in results]
    assert first.status == "found"
    assert rest[-1] == "not_sent"
    assert len(rest) == 39
    assert results.summary.interrupted
    assert not results.summary.settled
    assert len(sandbox.app.ledger()) == rest.count("found") + 1


@pytest.mark.anyio
async def test_the_summary_is_there_afterwards() -> None:
    """It counts rows, lookups and credits, and is not there before."""
    async with served() as sandbox:
        rows = [*ids(1, 2, 1), {"x": 1}]
        async with sandbox.leadiq.enrich(rows, unlock="work-email", budget=50) as results:
            with pytest.raises(RuntimeError, match="when the `async with` block is left"):
                _ = results.summary
            got = [outcome async for outcome in results]
            assert (results.sent, results.budget.limit) == (2, 50)
    summary = results.summary
    assert (summary.rows, summary.shared, summary.sent, summary.settled) == (4, 1, 2, True)
    assert summary.spent == sandbox.charged == sum(one.receipt.charged or 0 for one in got)
    assert summary.charged is not None
    assert summary.charged >= 0


@pytest.mark.anyio
async def test_a_budget_stops_the_job_and_can_be_shared() -> None:
    """What does not fit any more is not sent, and the outcome's error says why."""
    async with served() as sandbox:
        budget = Budget(3)
        options: Any = {"unlock": "work-email", "budget": budget, "concurrency": 1, "batch": 1}
        first = await all_of(sandbox.leadiq, ids(*range(4)), **options)
        second = await all_of(sandbox.leadiq, ids(*range(10, 20)), **options)
        assert sandbox.charged <= 3
    assert {one.status.value for one in first} <= {"found", "not_sent"}
    assert second[-1].status == "not_sent"
    assert any(isinstance(one.error, BudgetError) for one in second)


def score_of(row: dict[str, Any]) -> float:
    return float(row["score"])


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("first", "wanted"),
    [
        ("score", {9, 8, 7}),
        ("-score", {0, 1, 2}),
        (score_of, {9, 8, 7}),
        (lambda row: 1 / (row["score"] - 5) if row["score"] != 9 else None, {6, 7, 8}),
        ("no such", {4, 9, 0}),
    ],
)
async def test_the_first_rows_are_looked_up_first(first: Any, wanted: set[int]) -> None:
    """When a budget does not reach for all, it reaches for them; the order of outcomes stays."""
    order = [4, 9, 0, 7, 2, 5, 8, 1, 6, 3]
    async with served() as sandbox:
        options: Any = {"budget": Decimal("0.3"), "first": first, "concurrency": 1, "batch": 1}
        got = await all_of(sandbox.leadiq, ids(*order), **options)
    assert [one.row["score"] for one in got] == order
    assert {one.row["score"] for one in got if one.status == "found"} == wanted
    assert {one.receipt.source for one in got if one.status == "found"} == {Source.API}
    assert {one.reason for one in got if one.status == "not_sent"} == {
        "not sent: the budget is used up"
    }


@pytest.mark.anyio
async def test_rows_that_cannot_be_kept_are_refused() -> None:
    """`first` keeps rows on disk: nothing is sent when one cannot be."""
    async with served() as sandbox:
        with pytest.raises(InputError, match="row 1 cannot be pickled"):
            await all_of(sandbox.leadiq, [{"person_id": "x", "f": lambda: 0}], first="score")
    assert not sandbox.app.ledger()


@pytest.mark.anyio
async def test_stop_reaches_the_order_too() -> None:
    """Rows that were not looked up when it was told end unsent, in their order."""
    async with served() as sandbox, sandbox.leadiq.enrich(ids(1, 2), first="score") as results:
        results.stop()
        got = [(one.line, one.status.value, one.reason) async for one in results]
    assert got == [(n, "not_sent", "not sent: interrupted") for n in (1, 2)]
    assert results.summary.interrupted
    assert not sandbox.app.ledger()


@pytest.mark.anyio
async def test_stages_ask_for_more_of_some() -> None:
    """The person has the data of all stages, and each stage its receipt and its price."""
    stages = [Stage("personal-email", when="input.score > 2"), Stage("personal-phone")]
    async with served() as sandbox:
        got = await all_of(sandbox.leadiq, ids(*range(6)), unlock="work-email", stages=stages)
        whole = await all_of(
            sandbox.leadiq,
            ids(*range(6)),
            unlock=["work-email", "personal-email", "personal-phone"],
        )
    assert [len(one.receipts) for one in got] == [2, 2, 2, 3, 3, 3]
    assert all(one.person and one.person.personal_phones is not None for one in got)
    assert [one.person for one in got[3:]] == [one.person for one in whole[3:]]
    assert all(one.person and one.person.personal_emails is None for one in got[:3])
    assert sum(one.receipt.charged or 0 for one in got) <= sandbox.charged


@pytest.mark.anyio
async def test_what_would_fail_for_all_comes_before_the_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server that cannot be reached is an error of the block, and leaves no journal."""

    async def dead(*_: object, **__: object) -> None:
        raise ConnectError("no connection", sent=False)

    monkeypatch.setattr(LeadIQ, "account", dead)
    async with served() as sandbox:
        with pytest.raises(ConnectError):
            await all_of(sandbox.leadiq, ids(1))
    assert not Store.default().paths()


@pytest.mark.anyio
async def test_ctrl_c_does_not_wait_for_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """`stop` ends the wait for the account's count of credits, when all rows are over."""
    async with served() as sandbox:
        with anyio.fail_after(60):
            async with sandbox.leadiq.enrich(ids(1)) as run:
                assert len([one async for one in run]) == 1

                async def silent(*_: object, **__: object) -> None:
                    run.stop()
                    await anyio.sleep_forever()

                monkeypatch.setattr(LeadIQ, "account", silent)
    assert (run.summary.used_after, run.summary.charged) == (None, None)
    assert run.summary.used_before is not None


@pytest.mark.anyio
async def test_an_account_that_tells_nothing_is_no_hindrance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A key that may not read the account can look up all the same."""

    async def forbidden(*_: object, **__: object) -> None:
        raise InsufficientCreditsError("403")

    async with served() as sandbox:
        monkeypatch.setattr(LeadIQ, "account", forbidden)
        async with sandbox.leadiq.enrich(ids(1)) as results:
            assert (await anext(results)).status == "found"
    assert (results.summary.used_before, results.summary.charged) == (None, None)


@pytest.mark.anyio
async def test_a_plan_is_free_and_covers_what_it_costs() -> None:
    """Its interval holds what the job costs, its budget lets the job come to its end."""
    rows = [*ids(*range(30)), *ids(1), {"x": 1}]
    stages = [Stage("personal-phone", when="input.score > 20")]
    names = [
        {"email": mail.value, "score": n}
        for n, one in enumerate(EVERYBODY)
        if (mail := one.current[0].email) and mail.value
    ]
    async with served() as sandbox:
        leadiq = sandbox.leadiq
        found = await leadiq.plan(rows, unlock="work-email", stages=stages)
        assert not sandbox.app.ledger()
        assert (found.counts.rows, found.counts.lookups, found.counts.unseen) == (32, 30, 30)
        planned = await leadiq.plan(_coming(names), unlock="work-email", stages=stages, sample=20)
        got = await all_of(leadiq, names, unlock="work-email", stages=stages, budget=planned.budget)
    assert {one.status.value for one in got} == {"found"}
    assert planned.credits.low <= sandbox.charged <= planned.credits.high <= planned.credits.most
    assert planned.counts.lookups == len(names)
    assert len(planned.seen) == 20
    assert planned.minutes >= 1


async def _coming(rows: list[Any]) -> AsyncIterator[Any]:
    for row in rows:
        yield row


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"sample": -1}, "sample has to be a whole number of at least 0"),
        ({"unlock": "all"}, "unlock takes"),
        ({"stages": ["company"]}, "stages has to hold Stage"),
        ({"seed": None}, "seed has to be a whole number"),
    ],
)
async def test_a_plan_that_cannot_be_is_refused(options: dict[str, Any], why: str) -> None:
    """Arguments are checked before anything is sent."""
    async with served() as sandbox:
        with pytest.raises(InputError, match=why):
            await sandbox.leadiq.plan(ids(1), **options)


@pytest.mark.anyio
async def test_a_journal_that_cannot_be_written_stops_before_the_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The error says what to do; at the end of a run a note that is lost harms nothing."""

    async def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    async with served() as sandbox:
        with monkeypatch.context() as patch:
            patch.setattr(Journal, "note", full)
            with pytest.raises(JournalError, match="make room"):
                await all_of(sandbox.leadiq, ids(1))
        assert not sandbox.app.ledger()
        async with sandbox.leadiq.enrich(ids(1)) as results:
            assert (await anext(results)).status == "found"
            monkeypatch.setattr(Journal, "note", full)
    assert results.summary.rows == 1


class Way(NamedTuple):
    """One way to do a job."""

    concurrency: int
    batch: int
    first: str | None
    stops: tuple[tuple[int, bool], ...]
    """After how many outcomes each run is stopped, and whether what is under way is given up."""


NAMES = st.one_of(st.integers(0, 14), st.sampled_from([-1, -2]))
WAYS = st.builds(
    Way,
    st.sampled_from([1, 3, 16]),
    st.sampled_from([1, 4, 25]),
    st.sampled_from([None, "score", "-score"]),
    st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=2).map(tuple),
)
UNLOCKS = st.sampled_from([(), ("work-email",), ("work-email", "company")])
PLAIN = Way(1, 1, None, ())


def row_of(number: int) -> dict[str, Any]:
    """A known person, an unknown one (-1) or nobody (-2)."""
    if number < 0:
        return {"email": "nobody@example.com" if number == -1 else "nobody", "score": number}
    return ids(number)[0]


async def done(
    rows: list[Any], way: Way, unlock: tuple[str, ...], stages: tuple[str, ...]
) -> tuple[list[Any], Decimal, Decimal]:
    """Do a job in this way: what comes out, what it says that it cost, and what was charged."""
    async with served() as sandbox:
        options: Any = {
            "unlock": unlock,
            "stages": [Stage.parse(text) for text in stages],
            "budget": "unlimited",
            "job": "job",
            "batch": way.batch,
            "concurrency": way.concurrency,
            "first": way.first,
            "repeat_unknown": True,
        }
        for after, abandon in way.stops:
            async with sandbox.leadiq.enrich(rows, **options) as results:
                async for outcome in results:
                    if outcome.line > after:
                        results.stop(abandon=abandon)
        got = await all_of(sandbox.leadiq, rows, **options)
        told = sum((one.receipt.charged or Decimal(0) for one in got), Decimal(0))
        return said(got), told, sandbox.charged


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_the_output_is_the_same_in_every_way(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Concurrency, batches, order, interruptions and resuming change nothing that comes out.

    Nor what was charged: the receipts of the last run add up to the server's own ledger.
    """
    monkeypatch.setattr(trips, "patient", lambda policy: policy)

    @settings(max_examples=15, deadline=None, phases=[Phase.generate])
    @given(st.lists(NAMES, max_size=12).map(lambda ns: [row_of(n) for n in ns]), WAYS, UNLOCKS)
    def check(rows: list[Any], way: Way, unlock: tuple[str, ...]) -> None:
        stages = ("personal-email if input.score > 5", "work-phone if title contains a")
        outputs: list[Any] = []
        for one in (PLAIN, way):
            with TemporaryDirectory() as state:
                monkeypatch.setenv("LEADIQ_STATE", state)
                outputs.append(anyio.run(done, rows, one, unlock, stages, backend=backend))
        (plain, told, charged), (other, *sums) = outputs
        assert other == plain
        assert told == charged
        if "company" in unlock:  # the sandbox charges a company once for each request
            assert sums[1] <= charged or any(abandon for _, abandon in way.stops)
        else:
            assert sums == [told, charged]

    check()

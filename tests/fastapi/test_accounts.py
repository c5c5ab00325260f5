"""Budgets of tenants: every call keeps to one, in whatever process it is made."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import anyio
import pytest

from fastapi import Depends, FastAPI, Header
from leadiq import BudgetStoreError, LeadIQ, SharedBudget
from leadiq._jobs import share
from leadiq._jobs.budget_rules import Line, credits_
from leadiq._jobs.budget_sqlite import SqliteBook
from leadiq.fastapi import _accounts as accounts
from leadiq.fastapi import for_tenant
from leadiq.sandbox import Latency, Refused
from leadiq.testing import LocalSandbox
from visits import Started, Visit, application, started, until


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "budgets.db"


@pytest.fixture
def budget_of(path: Path) -> Callable[[str], SharedBudget]:
    return lambda tenant: SharedBudget.sqlite(f"tenant {tenant}", 3, path=path)


def service(sandbox: LocalSandbox, budget_of: Any, **options: Any) -> FastAPI:
    """An application whose visitors have a tenant."""
    app = application(lambda: sandbox.client(**options), budget_of)

    async def tenant(x_tenant: Annotated[str, Header()] = "acme") -> str:
        return x_tenant

    dependency = Depends(for_tenant(tenant))

    async def one(email: str, leadiq: LeadIQ = dependency, unlock: str = "work-email") -> str:
        found = await leadiq.search_people(email=email, unlock=unlock.split(","), limit=1)
        return str(found.total_results)

    async def account(leadiq: LeadIQ = dependency) -> bool:
        return await leadiq.account() is not None

    async def rows(
        emails: str, leadiq: LeadIQ = dependency, budget: int | None = None
    ) -> list[str]:
        given = [{"email": email} for email in emails.split(",")]
        async with leadiq.enrich(given, unlock="work-email", budget=budget) as results:
            return [outcome.status async for outcome in results]

    for endpoint in (one, account, rows):
        app.add_api_route(f"/{endpoint.__name__}", endpoint)
    return app


def emails(sandbox: LocalSandbox, count: int) -> list[str]:
    found = [one.work_email for one in sandbox.people() if one.work_email]
    return found[:count]


def charged(sandbox: LocalSandbox) -> Decimal:
    return sum((charge.credits for charge in sandbox.ledger()), Decimal(0))


def told(path: Path, name: str = "acme") -> Line:
    book = SqliteBook(path)
    try:
        return next(one.all for one in book.budgets() if one.name == f"tenant {name}")
    finally:
        book.close()


async def ask(app: Started, email: str, **words: Any) -> int:
    return (await app.get("/one", params={"email": email, **words})).status_code


@pytest.mark.anyio
async def test_a_tenant_spends_its_budget_and_no_more(
    sandbox: LocalSandbox, path: Path, budget_of: Any
) -> None:
    """Three credits are three addresses; the fourth is a 402 that was not sent."""
    async with started(service(sandbox, budget_of)) as app:
        got = [await ask(app, email) for email in emails(sandbox, 5)]
    assert got == [200, 200, 200, 402, 402]
    assert charged(sandbox) == 3
    assert (credits_(told(path).spent), told(path).reserved) == (3, 0)


@pytest.mark.anyio
async def test_each_tenant_has_a_budget_of_its_own(
    sandbox: LocalSandbox, path: Path, budget_of: Any
) -> None:
    """One that has spent everything takes nothing from another."""
    first, second = emails(sandbox, 2)
    async with started(service(sandbox, budget_of)) as app:
        assert await ask(app, first, unlock="work-phone") == 402
        assert (await app.get("/one", params={"email": first})).status_code == 200
        other = await app.get("/one", params={"email": second}, headers={"x-tenant": "zenith"})
    assert other.status_code == 200
    assert (credits_(told(path).spent), credits_(told(path, "zenith").spent)) == (1, 1)


@pytest.mark.anyio
async def test_what_was_not_found_is_given_back(
    sandbox: LocalSandbox, path: Path, budget_of: Any
) -> None:
    """What it cost is counted by what came back."""
    async with started(service(sandbox, budget_of)) as app:
        got = [await ask(app, f"nobody{number}@example.com") for number in range(5)]
        assert told(path) == Line(0, 0)
    assert got == [200] * 5
    assert charged(sandbox) == 0


@pytest.mark.anyio
async def test_what_is_free_needs_no_budget(sandbox: LocalSandbox, path: Path) -> None:
    """The store is not even asked."""

    def away(tenant: str) -> SharedBudget:
        return SharedBudget.sqlite(tenant, 1, path=path / "no" / "such" / "folder")

    async with started(service(sandbox, away)) as app:
        assert (await app.get("/account")).json() is True


@pytest.mark.anyio
async def test_a_refused_call_costs_nothing(
    sandbox: LocalSandbox, path: Path, budget_of: Any
) -> None:
    """A 402 of LeadIQ's own is told, and the reservation comes back."""
    sandbox.set_faults(Refused(status=402))
    sandbox.set_faults()
    async with started(service(sandbox, budget_of)) as app:
        await app.get("/account")
        assert await ask(app, emails(sandbox, 1)[0]) == 200
        sandbox.set_faults(Refused(status=402))
        assert await ask(app, emails(sandbox, 2)[1]) == 402
        assert told(path) == Line(1_000_000, 0)


@pytest.mark.anyio
async def test_a_visitor_who_goes_leaves_nothing_reserved(
    sandbox: LocalSandbox, path: Path, budget_of: Any
) -> None:
    """Gone while it waited, it costs nothing; gone while it was under way, the most."""
    first, second = emails(sandbox, 2)
    app = service(sandbox, budget_of, requests_per_minute=2, burst=2)
    sandbox.set_faults(Latency(seconds=30.0, operation="SearchPeople"))
    async with started(app) as running:
        under_way = Visit(running, f"/one?email={first}")
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(under_way.run)
            await until(lambda: running.leadiq.statistics().in_flight == 1 and path.exists())
            await until(lambda: told(path) == Line(0, 1_000_000))
            waits = Visit(running, f"/one?email={second}")
            tasks.start_soon(waits.run)
            await until(lambda: running.leadiq.statistics().waiting["interactive"] == 1)
            assert told(path) == Line(0, 2_000_000)
            waits.gone.set()
            await until(lambda: told(path) == Line(0, 1_000_000))
            under_way.gone.set()
        assert told(path) == Line(1_000_000, 0)
    assert (under_way.status, waits.status) == (499, 499)


@pytest.mark.anyio
async def test_a_job_is_within_the_tenants_budget(
    sandbox: LocalSandbox, path: Path, budget_of: Any
) -> None:
    """With or without a limit of its own, a job spends what the tenant has left at most."""
    asked = ",".join(emails(sandbox, 6))
    async with started(service(sandbox, budget_of)) as app:
        one = (await app.get("/rows", params={"emails": asked, "budget": 1})).json()
        assert one.count("found") == 1
        rest = (await app.get("/rows", params={"emails": asked})).json()
        assert rest.count("found") == 3  # of whom one is free again, and counted all the same
        assert rest.count("not_sent") == 3 or told(path).spent <= 3_000_000
    assert charged(sandbox) <= 3


@pytest.mark.anyio
async def test_a_job_ends_with_the_visitor_who_waits_for_all_of_it(
    sandbox: LocalSandbox, path: Path, budget_of: Any
) -> None:
    """What is under way is given up, and nothing stays reserved."""
    asked = ",".join(emails(sandbox, 2))
    sandbox.set_faults(Latency(seconds=30.0, operation="SearchPeople2"))  # both in one request
    async with started(service(sandbox, budget_of)) as app:
        visit = Visit(app, f"/rows?emails={asked}")
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(visit.run)
            await until(lambda: path.exists() and told(path).reserved > 0)
            await until(lambda: app.leadiq.statistics().in_flight > 0)
            visit.gone.set()
        assert app.leadiq.statistics().in_flight == 0
    assert visit.status == 499
    assert told(path).reserved == 0


@pytest.mark.anyio
async def test_a_store_that_is_away_is_asked_again_later(
    sandbox: LocalSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is sent while it is away (503 with Retry-After), and it goes on when it is back."""
    monkeypatch.setattr(share, "_RETRY_AFTER_S", ())
    folder = tmp_path / "later"
    made = lambda tenant: SharedBudget.sqlite(tenant, 3, path=folder / "budgets.db")  # noqa: E731
    async with started(service(sandbox, made)) as app:
        answer = await app.get("/one", params={"email": emails(sandbox, 1)[0]})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert charged(sandbox) == 0
        folder.mkdir()
        assert await ask(app, emails(sandbox, 1)[0]) == 200


@pytest.mark.anyio
async def test_a_store_that_has_lost_its_memory_is_told_anew(
    sandbox: LocalSandbox, path: Path, budget_of: Any
) -> None:
    """One call notices and is not sent; the next one begins a new line."""
    first, *others = emails(sandbox, 3)
    async with started(service(sandbox, budget_of)) as app:
        assert await ask(app, first) == 200
        book = SqliteBook(path)
        book.forget("tenant acme")
        book.close()
        assert [await ask(app, email) for email in others] == [503, 200]
    assert credits_(told(path).spent) == 1


@pytest.mark.anyio
async def test_a_budget_that_is_in_use_is_not_closed(
    sandbox: LocalSandbox, path: Path, budget_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many tenants come meanwhile, what a call cost is counted when it ends."""
    monkeypatch.setattr(accounts, "MOST_OPEN", 0)
    first, second = emails(sandbox, 2)
    async with started(service(sandbox, budget_of)) as app:
        await app.get("/one", params={"email": second})
        sandbox.set_faults(Latency(seconds=0.3, operation="SearchPeople"))
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(Visit(app, f"/one?email={first}").run)
            await until(lambda: told(path).reserved > 0)
            words = {"params": {"email": second}, "headers": {"x-tenant": "zenith"}}
            await app.get("/one", **words)
        assert told(path) == Line(2_000_000, 0)


@pytest.mark.anyio
async def test_what_others_hold_is_not_waited_for_long(
    sandbox: LocalSandbox, path: Path, budget_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A killed process may hold credits for ever: whoever waits is told to come again."""
    monkeypatch.setattr(accounts, "PATIENCE_S", 0.1)
    held = await budget_of("acme").enter("killed", lambda _: Decimal(0))
    await held.reserve(Decimal(3), Decimal(0))
    async with started(service(sandbox, budget_of)) as app:
        answer = await app.get("/one", params={"email": emails(sandbox, 1)[0]})
    assert (answer.status_code, answer.headers["retry-after"]) == (402, "1")
    assert charged(sandbox) == 0
    await held.close()


@pytest.mark.anyio
async def test_budgets_of_idle_tenants_are_closed(
    sandbox: LocalSandbox, path: Path, budget_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so many stay open; whoever comes again has another line, and everything counts."""
    monkeypatch.setattr(accounts, "MOST_OPEN", 2)
    async with started(service(sandbox, budget_of)) as app:
        for number, email in enumerate(emails(sandbox, 8)):
            words = {"params": {"email": email}, "headers": {"x-tenant": f"t{number % 4}"}}
            assert (await app.get("/one", **words)).status_code == 200
        assert len(app.state["leadiq_accounts"]._accounts) == 2
    book = SqliteBook(path)
    lines = {shown.name: len(shown.jobs) for shown in book.budgets()}
    book.close()
    assert lines == {f"tenant t{number}": 2 for number in range(4)}


@pytest.mark.anyio
async def test_tenants_who_come_at_once_close_each_idle_budget_once(
    budget_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever makes room takes an account out before anybody else looks."""
    monkeypatch.setattr(accounts, "MOST_OPEN", 2)
    kept = accounts.Accounts(LeadIQ("0123456789abcdef"), budget_of)

    async def use(tenant: str) -> None:
        async with kept.using(tenant) as account:
            reservation = await account._reserve(Decimal(1), 5.0)
            await reservation.settle(Decimal(0))

    for turn in range(6):
        async with anyio.create_task_group() as tasks:
            for number in range(6):
                tasks.start_soon(use, f"t{(turn * 3 + number) % 12}")
    assert len(kept._accounts) <= 6
    for account in kept._accounts.values():
        await account.aclose()


@pytest.mark.anyio
async def test_tenants_share_no_request(sandbox: LocalSandbox, path: Path, budget_of: Any) -> None:
    """Also of a client that coalesces: each of two who ask the same at once has it counted."""
    (email,) = emails(sandbox, 1)
    async with started(service(sandbox, budget_of, coalesce=True)) as app:
        await ask(app, email)  # reads the prices
        before = {charge.request for charge in sandbox.ledger()}
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ask, app, email)
            tasks.start_soon(ask, app, email)
    assert len({charge.request for charge in sandbox.ledger()} - before) == 2


@pytest.mark.anyio
async def test_without_budgets_it_is_said_what_is_missing(sandbox: LocalSandbox) -> None:
    """A tenant without a budget is never served without one."""
    async with started(service(sandbox, None)) as app:
        answer = await app.get("/one", params={"email": emails(sandbox, 1)[0]})
    assert answer.status_code == 500
    assert charged(sandbox) == 0


@pytest.mark.anyio
async def test_all_who_wait_for_a_store_that_is_away_learn_it_at_once(
    sandbox: LocalSandbox, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They do not try one after the other, and none is told that the rest is held by others."""
    tries = list[str]()

    class Away(SharedBudget):
        async def enter(self, job: str, spent: Any) -> Any:
            tries.append(job)
            await anyio.sleep(0.1)
            raise BudgetStoreError("away", sent=False)

    away = Away("tenant", 3, lambda: SqliteBook(path))
    async with started(service(sandbox, lambda _: away)) as app:
        assert (await app.get("/account")).status_code == 200  # the prices are there
        visits = [Visit(app, f"/one?email={email}") for email in emails(sandbox, 8)]
        async with anyio.create_task_group() as tasks:
            for visit in visits:
                tasks.start_soon(visit.run)
    assert {visit.status for visit in visits} == {503}
    assert len(tries) == 1


@pytest.mark.anyio
async def test_a_line_that_is_over_is_closed_by_the_last_who_uses_it(
    sandbox: LocalSandbox, path: Path, budget_of: Any
) -> None:
    """What is under way is counted on it, though others have begun anew."""
    first, *others = emails(sandbox, 3)
    async with started(service(sandbox, budget_of)) as app:
        await app.get("/account")
        sandbox.set_faults(Latency(seconds=30.0, operation="SearchPeople"))
        async with anyio.create_task_group() as tasks:
            visit = Visit(app, f"/one?email={first}")
            tasks.start_soon(visit.run)
            await until(lambda: path.exists() and told(path).reserved > 0)
            kept: accounts.Accounts = app.state["leadiq_accounts"]
            over = kept.account("acme")
            book = SqliteBook(path)
            book.stop("tenant acme")  # as a job does that was told of no credits
            book.close()
            assert await ask(app, others[0]) == 402
            assert over._budget, "somebody uses it"
            assert kept.account("acme") is not over
            sandbox.set_faults()
            assert await ask(app, others[1]) == 200
            visit.gone.set()
        assert over._budget is None
    assert told(path) == Line(2_000_000, 0)

"""The words of a job for what it may spend, and what is shown and removed of shared budgets."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest

from leadiq import Budget, SharedBudget, Unlock
from leadiq._jobs import share
from leadiq._jobs.budget_rules import Ask, Line, Terms
from leadiq._jobs.budget_sqlite import SqliteBook
from leadiq._jobs.shared_budget import FILE
from leadiq.cli._budgets import Budgets, credits_of
from leadiq.cli._problems import Problem
from leadiq.cli._server import Server
from leadiq.sandbox import Sandbox, SandboxSettings
from leadiq.sandbox._world import World
from redis_server import RedisServer, free_port, redis_server  # noqa: F401

KEY = "c2FuZGJveC1rZXk6"
UNIT = 1_000_000


def test_a_budget_is_an_amount_or_a_word() -> None:
    """What costs more than profiles needs one; zero is an amount."""
    assert credits_of(None, ()) is None
    assert credits_of(None, {Unlock.PROFILE}) is None
    assert credits_of("unlimited", {Unlock.COMPANY}) is None
    assert credits_of("12.5", {Unlock.COMPANY}) == Decimal("12.5")
    assert credits_of("0", ()) == 0
    with pytest.raises(Problem, match="--budget is missing"):
        credits_of(None, {Unlock.WORK_EMAIL})


@pytest.mark.parametrize("budget", ["", "-1", "many", "nan", "inf", "1e", "1,5"])
def test_a_budget_that_is_no_amount_is_refused(budget: str) -> None:
    """Nothing is guessed about money."""
    with pytest.raises(Problem, match="number of credits"):
        credits_of(budget, ())


def spend(budget: Budget, job: str, amount: int) -> None:
    """What one job does in all of its life."""

    async def work() -> None:
        async with budget.entered(job, lambda _: Decimal(0)) as entered:
            await (await entered.reserve(Decimal(amount))).settle(Decimal(amount))

    anyio.run(work)


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key, in either of its forms."""
    monkeypatch.setenv("LEADIQ_API_KEY", KEY)


@pytest.fixture(autouse=True)
def _no_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEADIQ_BUDGET_PER_DAY", raising=False)
    monkeypatch.delenv("LEADIQ_BUDGET_STORE", raising=False)


@pytest.mark.usefixtures("key")
def test_a_job_has_the_budget_of_its_words() -> None:
    """That of --budget, or of the plan, and nothing around it unless a day's is given."""
    assert Budgets(budget="12").taken({Unlock.COMPANY}, Server()).limit == 12
    assert Budgets(budget="unlimited").taken({Unlock.COMPANY}, Server()).limit is None
    assert Budgets().taken({Unlock.COMPANY}, Server(), planned=Decimal(7)).limit == 7
    with pytest.raises(Problem, match="--budget is missing"):
        Budgets(budget_per_day="5").taken({Unlock.COMPANY}, Server())


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("given", ["word", "environment"])
def test_a_day_is_shared_by_all_jobs_of_the_key(
    leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, state: Path, given: str
) -> None:
    """Whether the word or the environment says it; the key is told by a part of its hash."""
    if given == "environment":
        monkeypatch.setenv("LEADIQ_BUDGET_PER_DAY", "10")
    words = Budgets(budget_per_day="10" if given == "word" else None)
    spend(words.taken((), Server()), "one", 4)
    monkeypatch.setenv("LEADIQ_API_KEY", "sandbox-key")
    spend(words.taken((), Server()), "two", 3)
    with pytest.raises(Exception, match=r"10 credits a day does not .* 7 are spent"):
        spend(words.taken((), Server()), "three", 4)
    spend(words.taken((), Server(sandbox=True)), "four", 10)
    monkeypatch.setenv("LEADIQ_API_KEY", "another-key")
    spend(words.taken((), Server()), "five", 10)
    names = [shown["name"] for shown in json.loads(leadiq("budgets", "list", "--json").out)]
    assert len(names) == 3
    assert sum(name.startswith("key-") for name in names) == 2
    assert not any(form in str(names) for form in (KEY, "sandbox-key", "another-key"))
    assert (state / FILE).exists()


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("day", ["-1", "many", "unlimited"])
def test_a_day_that_is_no_amount_is_refused(day: str) -> None:
    """Nothing is guessed about money."""
    with pytest.raises(Problem, match=r"^--budget-per-day takes a number of credits$"):
        Budgets(budget_per_day=day).taken((), Server())


@pytest.mark.usefixtures("key")
def test_a_fleet_shares_its_day_in_redis(
    leadiq: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """Whether the word or the environment names it."""
    words = Budgets(budget_per_day="10", budget_store=redis_server.url)
    spend(words.taken((), Server()), "one", 4)
    assert json.loads(leadiq("budgets", "list", "--json").out) == []
    monkeypatch.setenv("LEADIQ_BUDGET_STORE", redis_server.url)
    spend(Budgets(budget_per_day="10").taken((), Server()), "two", 3)
    (shown,) = json.loads(leadiq("budgets", "list", "--json").out)
    assert (shown["credits_spent"], list(shown["jobs"])) == ("7", ["one", "two"])


def test_a_day_that_is_spent_stops_a_job_until_the_next(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Two jobs have ten credits together; the second goes on when it is tomorrow."""
    world = World(people=500, seed=1)
    emails = [world.person(number).current[0].email for number in range(100)]
    known = [email.value for email in emails if email and email.value][:30]
    monkeypatch.setenv("LEADIQ_BUDGET_PER_DAY", "10")
    targets = [tmp_path / "out0.csv", tmp_path / "out1.csv"]
    words = ("--unlock", "work-email", "--requests-per-minute", "600000", "--budget", "unlimited")
    with Sandbox(SandboxSettings(people=500, requests_per_minute=None)) as sandbox:
        use(sandbox)
        codes = list[int]()
        for number, some in enumerate((known[:6], known[6:])):
            source = tmp_path / f"in{number}.csv"
            source.write_text("email\n" + "\n".join(some) + "\n")
            codes.append(leadiq("enrich", source, targets[number], *words).code)
        assert codes == [0, 3]
        assert "not sent: the budget is used up" in targets[1].read_text()
        assert sum(charge.credits for charge in sandbox.ledger()) <= 10
        tomorrow = time.time() + 86_400
        monkeypatch.setattr(share, "time", SimpleNamespace(time=lambda: tomorrow))
        leadiq("enrich", source, targets[1], *words, "--resume")
        assert 10 < sum(charge.credits for charge in sandbox.ledger()) <= 20
    days = json.loads(leadiq("budgets", "list", "--json").out)
    assert len(days) == 2
    assert all(0 < Decimal(day["credits_spent"]) <= 10 for day in days)
    assert {day["credits_reserved"] for day in days} == {"0"}


def test_budgets_are_listed_for_people_and_for_machines(
    leadiq: Callable[..., Any], state: Path
) -> None:
    """Each with its limit and its jobs, credits as they are written elsewhere."""
    assert leadiq("budgets", "list") == (0, "", "leadiq: there are no shared budgets\n")
    spend(Budget.of(SharedBudget.sqlite("team", 1500)), "one", 1200)
    book = SqliteBook(state / FILE)
    terms, line = Terms("team", 1500 * UNIT), Line(3 * UNIT // 2)
    book.enter(terms, "two", line.spent)
    book.ask(terms, Ask("two", line, Line(line.spent, 11 * UNIT), 0))
    book.close()
    ran = leadiq("budgets", "list")
    first, one, two = ran.out.splitlines()
    assert first == "team: 1,201.5 spent and 11 reserved, of 1,500 credits"
    assert one.startswith("  one: 1,200 spent, told 20")
    assert two.startswith("  two: 1.5 spent and 11 reserved, told 20")
    (shown,) = json.loads(leadiq("budgets", "list", "--json").out)
    assert shown["jobs"]["two"].pop("told_at").endswith("+00:00")
    assert (shown["name"], shown["limit"], shown["credits_spent"]) == ("team", "1500", "1201.5")
    assert shown["jobs"]["two"] == {"credits_spent": "1.5", "credits_reserved": "11"}


def test_what_a_dead_job_had_reserved_is_freed(leadiq: Callable[..., Any], state: Path) -> None:
    """What it had spent stays; what is not there is an error that says where to look."""
    book = SqliteBook(state / FILE)
    book.enter(Terms("team", 9 * UNIT), "one", UNIT)
    book.ask(Terms("team", 9 * UNIT), Ask("one", Line(UNIT), Line(UNIT, 8 * UNIT), 0))
    book.close()
    ran = leadiq("budgets", "release", "team", "one")
    assert ran == (0, "", "leadiq: what one had reserved is free\n")
    (shown,) = json.loads(leadiq("budgets", "list", "--json").out)
    assert (shown["credits_spent"], shown["credits_reserved"]) == ("1", "0")
    ran = leadiq("budgets", "release", "team", "two")
    assert (ran.code, "see `leadiq budgets list`" in ran.err) == (2, True)


def test_a_budget_is_removed(leadiq: Callable[..., Any]) -> None:
    """It is not shown any more, and cannot be removed again."""
    spend(Budget.of(SharedBudget.sqlite("team", 100)), "one", 1)
    assert leadiq("budgets", "forget", "team") == (0, "", "leadiq: team removed\n")
    assert leadiq("budgets", "list").out == ""
    ran = leadiq("budgets", "forget", "team")
    assert (ran.code, "see `leadiq budgets list`" in ran.err) == (2, True)


def test_a_store_that_is_away_is_told(leadiq: Callable[..., Any]) -> None:
    """The text names the kind of failure, and no password."""
    pytest.importorskip("redis")
    url = f"redis://:not-to-be-shown@127.0.0.1:{free_port()}"
    ran = leadiq("budgets", "list", "--budget-store", url)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == ("leadiq: the store of shared budgets cannot be reached: ConnectionError\n")


def test_each_command_explains_itself(leadiq: Callable[..., Any]) -> None:
    """Every option has its line of help."""
    for command in ("list", "release", "forget"):
        ran = leadiq("budgets", command, "--help")
        assert ran.code == 0
        assert "Redis to look into" in " ".join(ran.out.split())

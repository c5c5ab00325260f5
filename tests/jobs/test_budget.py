"""Budgets: never more than the limit, and never less than would have fitted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import anyio
import pytest

from leadiq import (
    Budget,
    BudgetError,
    ConfigurationError,
    InsufficientCreditsError,
    SharedBudget,
)
from leadiq._jobs.budget import Reservation
from virtual_time import anyio_backend  # noqa: F401

D = Decimal


@pytest.mark.anyio
async def test_what_would_exceed_the_limit_is_refused_before_it_is_sent() -> None:
    """A lookup that cannot fit is refused, and nothing is set aside for it."""
    budget = Budget(10, spent=D("9.5"))
    with pytest.raises(BudgetError, match=r"budget of 10 credits .* cost 1: 9\.5 are spent") as no:
        await budget.reserve(D(1))
    assert (no.value.sent, budget.reserved, budget.left) == (False, 0, D("0.5"))
    await budget.reserve(D("0.5"))
    assert budget.left == 0


@pytest.mark.anyio
async def test_a_reservation_that_comes_back_makes_room_for_who_waits() -> None:
    """While a reservation is out, the next waits for what it leaves; first come, first served."""
    budget, order = Budget(10), list[str]()

    async def take(name: str, most: int, charged: int) -> None:
        reservation = await budget.reserve(D(most))
        order.append(name)
        await anyio.sleep(1)
        await reservation.settle(D(charged))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(take, "first", 8, 1)
        await anyio.wait_all_tasks_blocked()
        tasks.start_soon(take, "large", 9, 9)
        await anyio.wait_all_tasks_blocked()
        tasks.start_soon(take, "small", 0, 0)
        await anyio.wait_all_tasks_blocked()
        assert order == ["first"]
    assert order == ["first", "large", "small"]
    assert (budget.spent, budget.reserved) == (10, 0)


@pytest.mark.anyio
async def test_who_waits_in_vain_is_refused_as_soon_as_that_is_known() -> None:
    """A reservation that ends as spent refuses who waited for it."""
    budget = Budget(10)
    reservation = await budget.reserve(D(8))
    async with anyio.create_task_group() as tasks:
        with pytest.raises(BudgetError):  # noqa: PT012 - the other task settles meanwhile
            tasks.start_soon(_settle_soon, reservation, D(8))
            await budget.reserve(D(3))


async def _settle_soon(reservation: Reservation, charged: Decimal) -> None:
    await anyio.sleep(1)
    await reservation.settle(charged)


@pytest.mark.anyio
async def test_a_budget_within_another_holds_both_limits() -> None:
    """A job's credits are the day's too, and another job's spending leaves less."""
    day = Budget(10)
    one, other = Budget(None, within=day), Budget(8, within=day)
    reservation = await one.reserve(D(6))
    assert (one.left, other.left, day.left) == (4, 4, 4)
    await reservation.settle(D(5))
    assert (day.spent, one.spent, other.spent) == (5, 5, 0)
    rest = await other.reserve(D(5))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_settle_soon, rest, D(5))
        with pytest.raises(BudgetError, match="budget of 10"):
            await one.reserve(D(1))


@pytest.mark.anyio
async def test_without_a_limit_even_an_unpublished_price_fits() -> None:
    """An unlimited budget takes what has no upper bound, a limited one refuses it."""
    await Budget(None).reserve(D("Infinity"))
    with pytest.raises(BudgetError):
        await Budget(1_000_000).reserve(D("Infinity"))


@pytest.mark.anyio
async def test_what_was_counted_as_spent_can_be_reserved_instead() -> None:
    """A lookup of unknown outcome needs no room to be sent again; refused, it stays counted."""
    budget = Budget(10, spent=D(10))
    reservation = await budget.reserve(D(4), counted=D(4))
    assert (budget.spent, budget.reserved) == (6, 4)
    await reservation.settle(D(1))
    with pytest.raises(BudgetError, match="can cost 4"):
        await budget.reserve(D(8), counted=D(4))
    assert (budget.spent, budget.reserved) == (7, 0)


@pytest.mark.anyio
async def test_only_the_first_settlement_counts() -> None:
    """A reservation is given back once."""
    budget = Budget(10)
    reservation = await budget.reserve(D(4))
    for charged in (1, 4):
        await reservation.settle(D(charged))
    assert (budget.spent, budget.reserved) == (1, 0)


@pytest.mark.anyio
async def test_a_cancelled_wait_sets_nothing_aside() -> None:
    """Who is cancelled while waiting holds nothing, and lets the next one have its turn."""
    budget = Budget(10)
    reservation = await budget.reserve(D(8))
    with anyio.move_on_after(1) as scope:
        await budget.reserve(D(8))
    assert scope.cancelled_caught
    await reservation.settle(D(0))
    await budget.reserve(D(10))


@pytest.mark.anyio
async def test_jobs_that_enter_a_budget_spend_it_together() -> None:
    """Each sees its own credits, and one that goes on is not counted twice."""
    budget = Budget(10)
    async with (
        budget.entered("one", lambda _: D(2)) as one,
        budget.entered("two", lambda _: D(0)) as two,
    ):
        await (await one.reserve(D(3))).settle(D(3))
        await (await two.reserve(D(1))).settle(D(1))
        assert (one.spent, two.spent, budget.spent) == (5, 1, 6)
        assert (one.limit, one.left) == (10, 4)
    async with budget.entered("one", lambda _: D(4)) as one:
        assert (one.spent, budget.spent) == (4, 5)


@pytest.mark.anyio
async def test_a_402_stops_the_jobs_that_are_under_way() -> None:
    """Whoever waits is refused, what is out is settled, and a later job is free to try."""
    budget = Budget(10)
    async with budget.entered("one", lambda _: D(0)) as one:
        reservation = await one.reserve(D(8))
        async with anyio.create_task_group() as tasks:
            with pytest.raises(InsufficientCreditsError, match="another lookup") as stopped:  # noqa: PT012
                tasks.start_soon(_refuse_soon, one)
                await one.reserve(D(8))
        assert not stopped.value.sent
        await one.heed(stopped.value)
        await reservation.settle(D(0))
    async with budget.entered("one", lambda _: D(0)) as one:
        await one.heed(BudgetError("not of LeadIQ", sent=False))
        await one.reserve(D(8))


async def _refuse_soon(budget: Budget) -> None:
    await anyio.sleep(1)
    await budget.heed(InsufficientCreditsError("402", status=402))


def test_a_budget_is_given_in_any_form() -> None:
    """A number of credits, the word unlimited, or a budget of either kind."""
    given = Budget(3)
    assert Budget.of(given) is given
    assert [Budget.of(limit).limit for limit in (3, D("0.5"), "unlimited")] == [3, D("0.5"), None]
    assert Budget.of(SharedBudget.sqlite("team", 3)).limit is None
    for wrong in (-1, D("NaN"), "3", "none", 0.0, 1.5, True, [], 0j):
        with pytest.raises(ConfigurationError, match="number of credits"):
            Budget.of(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [D(-1), D("NaN"), D("Infinity"), "3", 0.0, True], ids=str)
def test_a_budget_is_a_number_of_credits(limit: Any) -> None:
    """A limit that is no amount is refused."""
    with pytest.raises(ConfigurationError, match="number of credits"):
        Budget(limit)


@pytest.mark.parametrize("within", [0, 0.0, [], 5, "unlimited"], ids=str)
def test_what_a_budget_is_within_is_a_budget(within: Any) -> None:
    """What is none would be no limit, also where it looks like nothing."""
    with pytest.raises(ConfigurationError, match="a Budget or a SharedBudget"):
        Budget(5, within=within)


@pytest.mark.anyio
async def test_many_workers_never_exceed_it_and_stop_only_when_nothing_fits() -> None:
    """64 workers with varying prices end at most at the limit, and closer than the next price."""
    budget, refused = Budget(100), list[Decimal]()

    async def work(number: int) -> None:
        for turn in range(8):
            most = D(1 + (number * 7 + turn * 5) % 13)
            try:
                reservation = await budget.reserve(most)
            except BudgetError:
                refused.append(most)
                assert budget.spent + most > 100
                continue
            assert budget.spent + budget.reserved <= 100
            await anyio.sleep(0.1 + number % 3)
            await reservation.settle(most * (turn % 3) / 2)

    async with anyio.create_task_group() as tasks:
        for number in range(64):
            tasks.start_soon(work, number)
    assert refused
    assert 100 - min(refused) < budget.spent <= 100

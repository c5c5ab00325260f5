"""A tenant's call has one deadline, for its prices, its budget and its answer together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import anyio
import pytest

from leadiq import (
    LeadIQ,
    Options,
    RequestTimeoutError,
    RetryPolicy,
    ServerError,
    SharedBudget,
    Unlock,
)
from leadiq._core.pricing import Prices
from leadiq._generated.operations import SEARCH_PEOPLE
from leadiq.fastapi._accounts import Account, Accounts, Wanted
from script import Script, failed
from virtual_time import anyio_backend  # noqa: F401
from visits import paced

ACCOUNT = {"data": {"account": None}}


def shared() -> SharedBudget:
    return SharedBudget("tenant", 10, lambda: pytest.fail("it is not asked"))


class Slow(Account):
    """A budget whose store takes its time."""

    async def _reserve(self, most: Decimal, left_s: float | None) -> Any:
        await anyio.sleep(4.0)
        return self

    async def settle(self, charged: Decimal) -> None:
        """Count nothing."""


async def asked(deadline_s: float | None, unlock: tuple[Unlock, ...]) -> float | None:
    """Give the deadline with which a call is made, one second after it began."""
    given = dict[str, Any]()

    async def send(**options: Any) -> None:
        given.update(options)

    began = anyio.current_time()
    wanted = Wanted(SEARCH_PEOPLE, b"{}", unlock, Options(deadline_s=deadline_s), send, began)
    await anyio.sleep(1.0)
    await Slow(shared()).pay(wanted, Prices())
    found: float | None = given["deadline_s"]
    return found


@pytest.mark.anyio
async def test_what_the_budget_took_is_not_there_for_the_call() -> None:
    """Who waits ten seconds at most does not wait fifteen; a deadline that passed is no input."""
    assert await asked(10.0, (Unlock.WORK_EMAIL,)) == pytest.approx(5.0)
    assert await asked(3.0, (Unlock.WORK_EMAIL,)) == pytest.approx(0.001)
    assert await asked(None, (Unlock.WORK_EMAIL,)) is None


def client(*replies: Any, took_s: float = 0.1) -> tuple[LeadIQ, Script]:
    script = Script(*replies, took_s=took_s)
    return paced(script, 600), script


@pytest.mark.anyio
async def test_prices_are_waited_for_until_the_deadline() -> None:
    """Also by those who wait for somebody else to read them; the next one has them."""
    leadiq, script = client(ACCOUNT, ACCOUNT, took_s=20.0)
    kept = Accounts(leadiq)
    began, late = anyio.current_time(), list[float]()

    async def give_up(within_s: float) -> None:
        with pytest.raises(RequestTimeoutError) as error:
            await kept.prices(within_s)
        assert not error.value.sent
        late.append(anyio.current_time() - began)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(give_up, 5.0)
        await anyio.sleep(1.0)
        tasks.start_soon(give_up, 2.0)
    assert late == pytest.approx([3.0, 5.0])
    assert await kept.prices(None) == await kept.prices(1.0) == Prices()
    assert len(script.sent) == 2


@pytest.mark.anyio
async def test_prices_that_cannot_be_read_now_are_read_by_the_next() -> None:
    """A failure that passes is told; a key that may not read them pays as published."""
    leadiq, script = client((503, {}, b""), failed(400))
    kept = Accounts(leadiq.with_options(retry=RetryPolicy(attempts=1)))
    with pytest.raises(ServerError):
        await kept.prices(None)
    assert await kept.prices(None) == Prices()
    assert await kept.prices(None) == Prices()
    assert len(script.sent) == 2

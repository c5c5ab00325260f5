"""What actors keep: slots, answers, credits."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import pytest

from fake_ray import FakeRay, RayError, RayTaskError, fake_ray
from leadiq._fleet.redis import Away
from leadiq._fleet.script import keys
from leadiq._jobs.budget_rules import Unreachable, units
from leadiq._jobs.budget_sqlite import SqliteBook
from leadiq._jobs.shared_budget import FILE
from leadiq.ray._quota import ActorQuota, ActorStore
from leadiq.ray._stores import Kept

__all__ = ["fake_ray"]

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]
KEY = "c29tZS1rZXk6"


async def test_workers_share_the_slots_of_an_actor(fake_ray: FakeRay) -> None:
    """Two workers of one key have one actor, and two keys have two."""
    quota = ActorQuota(1, processes=2, window_s=600)
    async with quota.pacer(KEY) as mine, quota.pacer(KEY) as others:
        async with mine.slot() as slot:
            slot.answered()
        with anyio.move_on_after(0.2) as waited:
            async with others.slot():
                raise AssertionError
        assert waited.cancelled_caught
    assert len(fake_ray.actors) == 1
    assert KEY not in str(fake_ray.actors)
    async with quota.pacer("b3RoZXI6") as other, other.slot() as slot:
        slot.answered()
    assert len(fake_ray.actors) == 2


async def test_an_actor_that_is_gone_is_away_and_then_made_anew(fake_ray: FakeRay) -> None:
    """The pacer goes by its own part meanwhile, as it does without Redis."""
    name = keys(KEY, "leadiq")[0]
    store = ActorStore(name)
    await store.ping()
    fake_ray.failures = [RayError()]
    with pytest.raises(Away) as away:
        await store.ping()
    assert (away.value.reason, away.value.refused) == ("RayError", False)
    fake_ray.lose(name)
    await store.ping()
    assert len(fake_ray.actors) == 2


async def test_a_store_in_an_actor_raises_as_one_here(
    fake_ray: FakeRay,
    state: Path,
) -> None:
    """What cannot be reached is `Unreachable`, in the words of the store; a defect stays one."""
    kept = Kept("a")
    store: Any = kept.ledger().store()
    assert store.page(None, b"").slips == []
    fake_ray.failures = [RayTaskError(Unreachable("disk full"))]
    with pytest.raises(Unreachable, match=r"^disk full$"):
        store.page(None, b"")
    fake_ray.failures = [RayError()]
    with pytest.raises(Unreachable, match="RayError"):
        store.page(None, b"")
    with pytest.raises(RayTaskError):
        store.page()
    store.close()
    assert store.page(None, b"").slips == []
    assert not hasattr(store, "_private")


async def test_the_budget_is_kept_beside_the_ledger(
    fake_ray: FakeRay,
    state: Path,
) -> None:
    """It is in the file of shared budgets, where `leadiq budgets` shows it."""
    share = await Kept("a").budget(5).enter("part-1", lambda _: Decimal(3))
    await share.leave()
    book = SqliteBook(state / FILE)
    (shown,) = book.budgets()
    book.close()
    assert (shown.name, shown.all.spent) == ("ledger a", units(Decimal(3)))

"""One quota for all workers of a cluster without Redis: a named actor grants the slots."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from leadiq._core.errors import ConnectError
from leadiq._engine.inputs import check_count
from leadiq._fleet.pacer import FleetPacer
from leadiq._fleet.quota import Quota
from leadiq._fleet.redis import Away
from leadiq._fleet.script import MICROSECONDS, keys
from leadiq.ray._ray import actor, ray_

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from leadiq._conduct.pacing import Pacer
    from leadiq._fleet.script import Answer, Ask, Terms

_TIMEOUT_S = 5.0
_START_S = 60.0
"""An actor is a process: on a busy machine it takes seconds to begin."""


@dataclass(frozen=True, slots=True)
class ActorQuota:
    """One limit for all workers that use an API key in a cluster.

    The actor outlives the job, so that the next one within a minute does not begin with a whole
    window, and jobs at the same time share it. Its name is made of a hash of the key.

    Args:
        limit: requests that a window may hold, of all workers together.
        processes: how many workers there are at most: while the actor is away each has its part.
        window_s: length of the window in seconds.

    Raises:
        InputError: a number that cannot be.
    """

    limit: int
    processes: int = field(kw_only=True)
    window_s: float = field(default=60.0, kw_only=True)

    def __post_init__(self) -> None:
        check_count("quota", self.limit, 1)

    @asynccontextmanager
    async def pacer(self, key: str) -> AsyncGenerator[Pacer]:
        """Give the queue of one worker.

        Raises:
            ConnectError: the actor cannot be started; nothing was sent.
        """
        store = ActorStore(keys(key, "leadiq")[0])
        try:
            await store.ping(_START_S)
        except Away as away:
            text = f"the actor of the quota does not answer ({away.reason}): nothing was sent"
            raise ConnectError(text, sent=False) from None
        async with FleetPacer.over(
            store,
            limit=self.limit,
            replicas=self.processes,
            window_s=self.window_s,
            timeout_s=_TIMEOUT_S,
        ) as pacer:
            yield pacer


class Keeper:
    """The actor: the decision of the script in Redis, by the clock of one machine."""

    def __init__(self) -> None:
        self._quota = Quota()

    def answer(self, terms: Terms, ask: Ask) -> Answer:
        """Take in what has happened and give what may be given."""
        return self._quota.answer(time.monotonic() * MICROSECONDS, terms, ask)

    def ping(self) -> None:
        """Show that it is there."""


class ActorStore:
    """Asks the actor, as `RedisQuota` asks Redis.

    Args:
        name: of the actor.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._handle: Any = None

    async def answer(self, terms: Terms, ask: Ask) -> Answer:
        """Ask it.

        Raises:
            Away: whether or not it has heard it.
        """
        answer: Answer = await self._within(_TIMEOUT_S, "answer", terms, ask)
        return answer

    async def ping(self, timeout_s: float = _TIMEOUT_S) -> None:
        """See whether it is there; if it is gone for good, there is a new one.

        Raises:
            Away: it is not.
        """
        await self._within(timeout_s, "ping")

    async def aclose(self) -> None:
        """Leave it."""

    async def _within(self, timeout_s: float, method: str, *given: Any) -> Any:
        failures = (ray_().exceptions.RayError, TimeoutError, ValueError)
        try:
            async with asyncio.timeout(timeout_s):
                self._handle = self._handle or await asyncio.to_thread(self._found)
                return await getattr(self._handle, method).remote(*given)
        except failures as error:
            self._handle = None
            raise Away(type(error).__name__, refused=False) from None

    def _found(self) -> Any:
        return actor(Keeper, name=self._name, get_if_exists=True, lifetime="detached")

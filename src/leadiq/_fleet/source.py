"""Where a process's slots come from: from Redis, or while Redis is away from a share of its own."""

from __future__ import annotations

import asyncio
import logging
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from .quota import Quota
from .redis import Away
from .script import MICROSECONDS, Answer, Ask, Terms

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger("leadiq")

AHEAD_S = 0.05
"""How long before it is due a slot is promised: some round trips to Redis. It bounds how many slots
a process that dies can take with it unused."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What the processes of a fleet have to agree on. Times in seconds.

    Args:
        limit: requests that a window may hold, of all processes together.
        window_s: length of the window.
        replicas: how many processes there are at most.
        grace_s: how long after a process's last sign of life its requests may still be counted.
        timeout_s: how long Redis has to answer.
    """

    limit: int
    window_s: float
    replicas: int
    grace_s: float
    timeout_s: float

    @property
    def beat_s(self) -> float:
        """How often a process shows a sign of life, and looks whether Redis is back."""
        return min(self.window_s / 60, self.grace_s / 3)

    @property
    def settle_s(self) -> float:
        """How long a state without memory gives nothing.

        In it every process that is alive comes back, the last requests that were sent alone are
        counted, and the evenly spaced requests of one process make room for another's.
        """
        return 2 * self.beat_s + self.timeout_s + self.grace_s + self._interval_s * self.replicas

    @property
    def _interval_s(self) -> float:
        return self.window_s / self.limit

    def together(self) -> Terms:
        """The quota of all."""
        return self._terms(self.limit, self.window_s)

    def alone(self) -> Terms:
        """This process's part of it: a longer window if there are more processes than requests."""
        windows = max(1, -(-self.replicas // self.limit))
        return self._terms(max(1, self.limit // self.replicas), self.window_s * windows)

    def quiet_s(self) -> float:
        """How long to give nothing before going alone.

        The last shared requests are counted in it, and the first of one's own is as far from them
        as it would be from another of one's own. By chance up to an interval more, so that the
        processes do not go in step.
        """
        alone = self.alone()
        interval_s = alone.interval / MICROSECONDS
        return self.grace_s + interval_s * (1 + random.random())

    def _terms(self, limit: int, window_s: float) -> Terms:
        times = (window_s, self.grace_s, min(AHEAD_S, self.grace_s / 4), self.settle_s)
        window, grace, ahead, settle = (round(time * MICROSECONDS) for time in times)
        return Terms(limit, window, grace, ahead, settle)


class QuotaStore(Protocol):
    """What all processes of a fleet ask: the script in Redis, or what answers as it does."""

    async def answer(self, terms: Terms, ask: Ask) -> Answer:
        """Take in what has happened and give what may be given.

        Raises:
            Away: whether or not it was heard.
        """
        ...

    async def ping(self) -> None:
        """See whether it answers.

        Raises:
            Away: it does not.
        """
        ...

    async def aclose(self) -> None:
        """Close what is open."""
        ...


class Source:
    """Gives answers, and switches between Redis and being alone.

    Args:
        redis: the shared quota, or what stands in for it.
        shares: what is shared; may be replaced.
    """

    def __init__(self, redis: QuotaStore, shares: Shares) -> None:
        self.shares = shares
        self.shared = True
        """Whether Redis is asked."""
        self._redis = redis
        self._quota: Quota | None = None  # that of this process, while it is alone
        self._watch: asyncio.Task[None] | None = None

    async def answer(self, now: float, ask: Ask) -> Answer:
        """Answer an ask; `now` in seconds of a monotonic clock.

        Raises:
            Away: when Redis did not answer; the ask has to be made again.
        """
        if self._quota is not None and not self.shared:
            terms = self.shares.alone()
            answer = self._quota.answer(now * MICROSECONDS, terms, ask._replace(known=""))
            return answer._replace(state="")
        answer = await self._redis.answer(self.shares.together(), ask)
        if self._quota is not None:
            self._quota = None
            logger.info("Redis is back: the quota is shared again")
        return answer

    def leave(self, now: float, away: Away, found: Callable[[], None]) -> None:
        """Go alone until Redis is back; then `found` is called, before it is asked."""
        self.shared = False
        if self._quota is None:
            self._quota = Quota(hold=(now + self.shares.quiet_s()) * MICROSECONDS)
            alone = self.shares.alone()
            text = (
                "Redis does not answer (%s): until it does, this process keeps to its own share of"
                " the quota, %d requests in %g s"
            )
            logger.warning(text, away.reason, alone.limit, alone.window / MICROSECONDS)
        self._watch = asyncio.create_task(self._look(found), name="leadiq-fleet-watch")

    async def _look(self, found: Callable[[], None]) -> None:
        while not self.shared:
            await asyncio.sleep(self.shares.beat_s * (0.5 + random.random()))
            try:
                await self._redis.ping()
            except Away:
                continue
            self.shared = True
            found()

    async def aclose(self) -> None:
        """Stop looking for Redis."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.wait([self._watch])

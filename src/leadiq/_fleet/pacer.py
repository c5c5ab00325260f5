"""One quota for all processes that use an API key, kept in Redis (extra `[redis]`, asyncio only).

    async with FleetPacer.from_url("redis://...", key=key, limit=60, replicas=4) as pacer:
        async with LeadIQ(key, pacer=pacer) as leadiq:
            ...

The policy is that of one process: a slot is free again one window after the response to its last
use, slots are spaced evenly, a 429 closes the gate for everybody until one probe was answered, and
then a ramp. One Lua script decides (`script`), by the clock of the Redis server. A process
asks it for all its requests at once, from one task, and tells it at the same time what became of
the slots it had.

- **A process dies.** Its slots come back one window after its last request can have been counted:
  `grace_s` after its last sign of life, of which it gives three in that time. A request is lost
  with the process that sent it, and rate limits are counted when requests arrive; who expects
  LeadIQ to count a request as late as it gives up on it sets `grace_s` to the attempt's timeout,
  and the quota comes back that much later.
- **Redis is away.** Each process goes on with `limit / replicas`, after a pause in which the last
  shared requests are counted, and says so once as a warning. It comes back by itself: a Redis that
  has lost its data gives nothing until all processes had the time to come back, and each tells it
  what it has sent in the last window. With `strict` calls are refused instead.
- **What cannot be known.** If Redis is away from some processes only, the others keep the whole
  quota, and those cut off add up to `limit / replicas` each. If Redis loses its data and a process
  dies in the same window, nobody remembers what that process sent. Then a 429 closes the gate.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from .._conduct.gate import GateState
from .._conduct.lanes import Lane
from .._conduct.pacing import PacingStatistics
from .._core.errors import ConfigurationError, InputError
from .ledger import Ledger
from .pump import CLOSED, Pump
from .redis import RedisQuota, connect
from .request import Request
from .script import keys
from .source import Shares, Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from types import TracebackType

    from .._conduct.pacing import Slot
    from .redis import RedisClient
    from .source import QuotaStore

logger = logging.getLogger("leadiq")

_GATES = (GateState.OPEN, GateState.CLOSED, GateState.PROBING, GateState.RAMP)  # as the script's


class FleetPacer:
    """A `Pacer` whose quota all processes with the same API key and Redis share.

    Make one in each process, in the event loop that uses it; it may serve several clients.

    Args:
        client: a `redis.asyncio.Redis`, or one of a cluster. It is not closed.
        key: the API key, in either form; only its SHA-256 gets to Redis.
        limit: requests that a window may hold, of all processes together; the same in each.
        replicas: how many processes there are at most: what each may use while Redis is away.
        window_s: length of the window in seconds.
        grace_s: how long after a process's last sign of life its requests may still be counted;
            default: a twelfth of the window.
        strict: refuse calls while Redis is away, instead of going on with a share.
        redis_timeout_s: seconds that Redis has to answer.
        prefix: what the names of the keys in Redis begin with.
        on_wait: called, once until nobody waits any more, when a request has waited for long.

    Raises:
        ConfigurationError: for settings that cannot be, or without redis-py.
    """

    def __init__(
        self,
        client: RedisClient,
        *,
        key: str,
        limit: int,
        replicas: int,
        window_s: float = 60.0,
        grace_s: float | None = None,
        strict: bool = False,
        redis_timeout_s: float = 1.0,
        prefix: str = "leadiq",
        on_wait: Callable[[PacingStatistics], None] | None = None,
    ) -> None:
        shares = _shares(limit, window_s, replicas, grace_s, redis_timeout_s)
        self._begin(RedisQuota(client, keys(key, prefix), redis_timeout_s), shares, strict, on_wait)

    def _begin(
        self,
        store: QuotaStore,
        shares: Shares,
        strict: bool,
        on_wait: Callable[[PacingStatistics], None] | None,
    ) -> None:
        self._store = store
        self._shares = shares
        self._strict = strict
        self._on_wait = on_wait
        self._owned = False
        self._closed = False
        self._pump: Pump | None = None
        self._home: tuple[int, asyncio.AbstractEventLoop] | None = None

    @classmethod
    def from_url(
        cls,
        url: str,
        *,
        key: str,
        limit: int,
        replicas: int,
        window_s: float = 60.0,
        grace_s: float | None = None,
        strict: bool = False,
        redis_timeout_s: float = 1.0,
        prefix: str = "leadiq",
        on_wait: Callable[[PacingStatistics], None] | None = None,
    ) -> Self:
        """Make one with a connection of its own, which `aclose` closes.

        Raises:
            ConfigurationError: for settings that cannot be, or without redis-py.
        """
        pacer = cls(
            connect(url, redis_timeout_s),
            key=key,
            limit=limit,
            replicas=replicas,
            window_s=window_s,
            grace_s=grace_s,
            strict=strict,
            redis_timeout_s=redis_timeout_s,
            prefix=prefix,
            on_wait=on_wait,
        )
        pacer._owned = True
        return pacer

    @classmethod
    def over(
        cls,
        store: QuotaStore,
        *,
        limit: int,
        replicas: int,
        window_s: float = 60.0,
        grace_s: float | None = None,
        strict: bool = False,
        timeout_s: float = 1.0,
        on_wait: Callable[[PacingStatistics], None] | None = None,
    ) -> Self:
        """Share the quota over another store than Redis, which `aclose` closes.

        Args:
            store: answers as the script in Redis does, within `timeout_s` seconds.

        Raises:
            ConfigurationError: for settings that cannot be.
        """
        pacer = cls.__new__(cls)
        shares = _shares(limit, window_s, replicas, grace_s, timeout_s)
        pacer._begin(store, shares, strict, on_wait)
        pacer._owned = True
        return pacer

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    @property
    def limit(self) -> int:
        """Requests that a window may hold. To change it, set it in every process."""
        return self._shares.limit

    @limit.setter
    def limit(self, limit: int) -> None:
        _positive(limit=limit)
        self._shares = replace(self._shares, limit=limit)
        if self._pump is not None:
            self._pump.share(self._shares)
            self._pump.refuse(lambda request: _too_heavy(request.weight, limit), above=limit)

    def slot(
        self, lane: Lane = Lane.INTERACTIVE, weight: int = 1
    ) -> AbstractAsyncContextManager[Slot]:
        """Wait for a slot; it is given back when the block ends, whatever happens.

        Raises:
            InputError: for a weight that is not within the limit.
            ConfigurationError: on trio, in another event loop or process than before, or after
                `aclose`; and, strict, when Redis refuses. Nothing was sent.
            ConnectError: strict, when Redis is away. Nothing was sent.
        """
        if not 1 <= weight <= self._shares.limit:
            raise _too_heavy(weight, self._shares.limit)
        return Request(self._at_home(), lane, weight)

    @property
    def closed_for_s(self) -> float:
        """Seconds until the gate that a 429 closed lets a probe through, as far as is known."""
        return 0.0 if self._pump is None else self._pump.closed_for()

    def statistics(self) -> PacingStatistics:
        """Tell what goes on in this process; `eta_s` is as if no other one used the quota."""
        if self._pump is None:
            return PacingStatistics(self.limit)
        closed_s = self.closed_for_s
        interval_s = self._shares.window_s / self.limit
        return PacingStatistics(
            limit=self.limit,
            in_flight=self._pump.in_flight,
            waiting={lane: self._pump.lanes.waiting(lane) for lane in Lane},
            limited=self._pump.limited,
            closed_for_s=closed_s,
            eta_s=closed_s + interval_s * self._pump.weight if self._pump.waiting else 0.0,
            gate=_GATES[self._pump.gate],
        )

    async def aclose(self) -> None:
        """Tell the fleet what became of this process's slots, and stop. Can be called again.

        Who still waits gets a ConfigurationError. Close the clients that use it first: what is in
        flight counts for one window after its holder's last sign of life.
        """
        pump, self._pump, self._closed = self._pump, None, True
        if pump is not None:
            pump.refuse(lambda _: ConfigurationError(CLOSED, sent=False))
            await pump.aclose()
        if self._owned:
            await self._store.aclose()

    def __repr__(self) -> str:
        shares = self._shares
        return f"<FleetPacer: {shares.limit} requests in {shares.window_s:g} s for all processes>"

    def _at_home(self) -> Pump:
        if self._closed:
            raise ConfigurationError(CLOSED, sent=False)
        home = (os.getpid(), _loop())
        if self._pump is None:
            self._home = home
            self._pump = self._make_pump()
        if home != self._home:
            raise ConfigurationError(_ELSEWHERE, sent=False)
        return self._pump

    def _make_pump(self) -> Pump:
        shares = self._shares
        ledger = Ledger(secrets.token_hex(6), shares.window_s, shares.beat_s)
        return Pump(Source(self._store, shares), ledger, strict=self._strict, tell=self._tell)

    def _tell(self) -> None:
        now = self.statistics()
        text = "waiting for the shared quota of %d: %d requests, the last goes in about %.0f s"
        logger.info(text, now.limit, sum(now.waiting.values()), now.eta_s)
        if self._on_wait is not None:
            try:
                self._on_wait(now)
            except Exception:
                logger.exception("on_wait failed")


_ELSEWHERE = "a FleetPacer belongs to one event loop of one process: make one where it is used"


def _loop() -> asyncio.AbstractEventLoop:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        text = "FleetPacer needs asyncio, because redis-py does; on trio there is LocalPacer only"
        raise ConfigurationError(text, sent=False) from None


def _shares(
    limit: int, window_s: float, replicas: int, grace_s: float | None, timeout_s: float
) -> Shares:
    grace_s = window_s / 12 if grace_s is None else grace_s
    _positive(limit=limit, replicas=replicas, window_s=window_s, grace_s=grace_s)
    _positive(redis_timeout_s=timeout_s)
    return Shares(limit, window_s, replicas, grace_s, timeout_s)


def _positive(**settings: float) -> None:
    for name, value in settings.items():
        if not value > 0:
            raise ConfigurationError(f"{name} has to be greater than 0", sent=False)


def _too_heavy(weight: int, limit: int) -> InputError:
    text = f"a request that counts as {weight} does not fit into a limit of {limit}"
    return InputError(text, sent=False)

"""How many requests a minute, and who shares them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.slots import Slots
from leadiq._core.errors import ConfigurationError, ConnectError
from leadiq._engine.inputs import check_count, refused
from leadiq._fleet.pacer import FleetPacer
from leadiq._fleet.redis import Away, RedisQuota, connect
from leadiq._fleet.script import keys

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from contextlib import AbstractAsyncContextManager

    from leadiq._conduct.pacing import Pacer

_PREFIX = "leadiq"
_TIMEOUT_S = 5.0


class Quota(Protocol):
    """Where the workers of an engine get their slots. It is pickled on the way to them."""

    def pacer(self, key: str) -> AbstractAsyncContextManager[Pacer]:
        """Give the queue of one process, for an API key.

        Raises:
            LeadIQError: the quota cannot be shared; nothing was sent.
        """
        ...


@dataclass(frozen=True, slots=True)
class SharedQuota:
    """One limit for all processes that use an API key, over Redis (extra `[redis]`).

    Args:
        limit: requests that a window may hold, of all processes together [guide: 60].
        url: of the Redis: redis://, rediss:// or unix://. It may hold a password, and is not shown.
        processes: how many there are at most: while Redis is away each has its part.
        window_s: length of the window in seconds.
        strict: send nothing while Redis is away, instead of going on with a part.

    Raises:
        InputError: a number that cannot be.
        ConfigurationError: it is not a URL of Redis, or redis-py is not installed.
    """

    limit: int
    url: str = field(repr=False)
    processes: int = field(kw_only=True)
    window_s: float = field(default=60.0, kw_only=True)
    strict: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        check_count("limit", self.limit, 1)
        check_count("processes", self.processes, 1)
        connect(self.url, _TIMEOUT_S)  # refuses here what can never be reached

    @asynccontextmanager
    async def pacer(self, key: str) -> AsyncGenerator[Pacer]:
        """Give the queue of one process.

        Raises:
            ConnectError: Redis does not answer; nothing was sent.
            ConfigurationError: Redis refuses, or on trio.
        """
        async with FleetPacer.from_url(
            self.url,
            key=key,
            limit=self.limit,
            replicas=self.processes,
            window_s=self.window_s,
            strict=self.strict,
            prefix=_PREFIX,
        ) as pacer:
            await self._answers(key)
            yield pacer

    async def _answers(self, key: str) -> None:
        """A process that begins without Redis would take a part of what others have whole."""
        redis = RedisQuota(connect(self.url, _TIMEOUT_S), keys(key, _PREFIX), _TIMEOUT_S)
        try:
            await redis.ping()
        except Away as away:
            raise _unreachable(away) from None
        finally:
            await redis.aclose()


@dataclass(frozen=True, slots=True)
class OwnQuota:
    """A limit that this process has for itself."""

    limit: int

    @asynccontextmanager
    async def pacer(self, key: str) -> AsyncGenerator[Pacer]:
        """Give the queue of this process."""
        yield LocalPacer(Slots(self.limit))


def quota_of(given: Quota | int | None) -> Quota:
    """Take a quota in either form.

    Raises:
        InputError: it is none, or missing.
    """
    if given is None:
        raise refused(
            "quota is missing: a SharedQuota for several processes, or how many requests a minute"
            " each process may send for itself"
        )
    if isinstance(given, int):
        check_count("quota", given, 1)
        return OwnQuota(given)
    if not hasattr(given, "pacer"):
        raise refused("quota has to be a number of requests a minute, or a SharedQuota")
    return given


def _unreachable(away: Away) -> ConfigurationError | ConnectError:
    if away.refused:
        return ConfigurationError(f"Redis refuses to share the quota: {away.reason}", sent=False)
    text = f"the Redis of the quota does not answer ({away.reason}): nothing was sent"
    return ConnectError(text, sent=False)

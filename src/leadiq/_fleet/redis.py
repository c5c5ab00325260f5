"""The quota that is kept in Redis: redis-py called, and its failures turned into one."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from .._core.errors import ConfigurationError
from .script import LUA, Answer, Ask, Terms, decode, encode

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    Script = Callable[[Sequence[str], Sequence[bytes]], Awaitable[list[Any]]]


class RedisClient(Protocol):
    """As much of `redis.asyncio.Redis` as is used."""

    def register_script(self, script: Any) -> Any: ...

    def ping(self) -> Any: ...

    def aclose(self) -> Any: ...


class Away(Exception):
    """Redis did not do it.

    Attributes:
        reason: what kind of failure, without any value of it.
        refused: True if it answered, but will not: asking again does not help.
    """

    def __init__(self, reason: str, *, refused: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.refused = refused


class RedisQuota:
    """Asks the script in Redis.

    Args:
        client: a `redis.asyncio.Redis`.
        keys: names of the two keys.
        timeout_s: seconds that Redis has to answer.
    """

    def __init__(self, client: RedisClient, keys: tuple[str, str], timeout_s: float) -> None:
        self._client = client
        self._keys = keys
        self._timeout_s = timeout_s
        self._script: Script = client.register_script(LUA)
        failures = _import("redis.exceptions")
        self._failures = (failures.RedisError, OSError, TimeoutError)
        self._refusals = (failures.ResponseError, failures.AuthenticationError)

    async def answer(self, terms: Terms, ask: Ask) -> Answer:
        """Run the script.

        Raises:
            Away: whether or not it has run.
        """
        return decode(await self._within(self._script(self._keys, encode(terms, ask))))

    async def ping(self) -> None:
        """See whether Redis answers.

        Raises:
            Away: when it does not.
        """
        await self._within(self._client.ping())

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _within(self, call: Awaitable[Any]) -> Any:
        try:
            async with asyncio.timeout(self._timeout_s):
                return await call
        except self._failures as error:
            # Not chained: its text may name the server, the user or the command.
            refused = isinstance(error, self._refusals)
            raise Away(type(error).__name__, refused=refused) from None


def connect(url: str, timeout_s: float) -> RedisClient:
    """Make a redis-py client that does not repeat by itself: the pacer knows better when.

    Raises:
        ConfigurationError: when redis-py is not installed, or the URL is not one of its.
    """
    redis = _import("redis.asyncio")
    never = _import("redis.asyncio.retry").Retry(_import("redis.backoff").NoBackoff(), 0)
    try:
        client: RedisClient = redis.Redis.from_url(
            url, retry=never, socket_timeout=timeout_s, socket_connect_timeout=timeout_s
        )
    except ValueError:  # its text is not repeated: the URL may hold a password
        text = "not a URL of Redis: write redis://, rediss:// or unix://"
        raise ConfigurationError(text, sent=False) from None
    return client


def _import(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        text = "sharing a quota over Redis needs redis-py: pip install 'leadiq-sdk[redis]'"
        raise ConfigurationError(text, sent=False) from None

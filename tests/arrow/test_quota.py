"""How many requests a minute, for one process or for all."""

from __future__ import annotations

import pickle

import anyio
import pytest

from leadiq import ConfigurationError, ConnectError, InputError
from leadiq.arrow import SharedQuota
from redis_server import RedisServer, free_port

KEY = "c29tZS1rZXk6"


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.anyio
async def test_processes_share_what_redis_keeps(redis_server: RedisServer) -> None:
    """Two queues of one key: what one of them used is not there for the other."""
    made = SharedQuota(1, redis_server.url, processes=2, window_s=600)
    quota: SharedQuota = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
    async with quota.pacer(KEY) as mine, quota.pacer(KEY) as others:
        assert mine.limit == 1
        async with mine.slot() as slot:
            slot.answered()
        with anyio.move_on_after(0.2) as waited:
            async with others.slot():
                raise AssertionError
        assert waited.cancelled_caught


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.anyio
async def test_a_redis_that_does_not_answer_is_told_before_anything_is_sent() -> None:
    """It is no reason to begin with a part of one's own, as others may have the whole."""
    quota = SharedQuota(60, f"redis://:secret@127.0.0.1:{free_port()}", processes=2)
    with pytest.raises(ConnectError, match="nothing was sent") as away:
        async with quota.pacer(KEY):
            raise AssertionError
    assert not away.value.sent
    assert "secret" not in str(away.value) + repr(quota)


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.anyio
async def test_a_redis_that_refuses_is_told_too(redis_server: RedisServer) -> None:
    """A password that it does not want, for example."""
    url = redis_server.url.replace("redis://", "redis://nobody:wrong@")
    with pytest.raises(ConfigurationError, match="Redis refuses"):
        async with SharedQuota(60, url, processes=2).pacer(KEY):
            raise AssertionError


def test_numbers_and_addresses_that_cannot_be_are_refused() -> None:
    """When it is made."""
    with pytest.raises(InputError, match="limit"):
        SharedQuota(0, "redis://127.0.0.1", processes=2)
    with pytest.raises(InputError, match="processes"):
        SharedQuota(60, "redis://127.0.0.1", processes=0)
    with pytest.raises(ConfigurationError, match="not a URL of Redis"):
        SharedQuota(60, "127.0.0.1", processes=2)

"""The life of a client: one event loop, one process, an orderly end."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import Any

import anyio
import pytest

from leadiq._conduct.lifecycle import Lifecycle
from leadiq._core.errors import ConfigurationError


def scope() -> anyio.CancelScope:
    return anyio.CancelScope()


async def use(lifecycle: Lifecycle) -> None:
    with scope() as call:
        lifecycle.enter(call)
        lifecycle.leave(call)


def test_a_client_is_for_one_event_loop() -> None:
    """A second `asyncio.run` gets an error that says what to do instead."""
    lifecycle = Lifecycle()
    asyncio.run(use(lifecycle))
    with pytest.raises(ConfigurationError, match=r"another event loop .*; make one in each loop"):
        asyncio.run(use(lifecycle))


@pytest.mark.parametrize("backends", [("asyncio", "trio"), ("trio", "asyncio")])
def test_a_client_is_for_one_kind_of_event_loop(backends: tuple[str, str]) -> None:
    """asyncio and trio are two loops as well, whichever comes first."""
    lifecycle = Lifecycle()
    anyio.run(use, lifecycle, backend=backends[0])
    with pytest.raises(ConfigurationError, match=r"another event loop .*; make one in each loop"):
        anyio.run(use, lifecycle, backend=backends[1])


def test_within_one_loop_a_client_is_used_again_and_again() -> None:
    """Calls one after the other, and a client made before the loop, are what it is for."""
    lifecycle = Lifecycle()

    async def main() -> None:
        for _ in range(3):
            await use(lifecycle)

    asyncio.run(main())


@pytest.mark.anyio
async def test_a_client_is_for_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a fork the child is told to make its own."""
    lifecycle = Lifecycle()
    await use(lifecycle)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(ConfigurationError, match="before a fork; make one in each process"):
        await use(lifecycle)


@pytest.mark.anyio
async def test_closing_an_idle_client_is_done_at_once() -> None:
    """Without calls there is nothing to wait for, and closing again does nothing."""
    lifecycle = Lifecycle()
    await lifecycle.close(cancel=False)
    await lifecycle.close(cancel=True)
    with pytest.raises(ConfigurationError, match="closed; make a new one"):
        await use(lifecycle)


@pytest.mark.anyio
async def test_closing_ends_when_the_last_call_has_left() -> None:
    """The first of two calls to leave does not end the wait."""
    lifecycle, calls = Lifecycle(), [scope(), scope()]
    order: list[Any] = []

    async def close() -> None:
        await lifecycle.close(cancel=False)
        order.append("closed")

    for call in calls:
        lifecycle.enter(call)
    async with anyio.create_task_group() as group:
        group.start_soon(close)
        await anyio.wait_all_tasks_blocked()
        for number, call in enumerate(calls):
            order.append(number)
            lifecycle.leave(call)
            await anyio.wait_all_tasks_blocked()
    assert order == [0, 1, "closed"]


@pytest.mark.anyio
async def test_who_closes_again_may_cancel_what_another_waits_for() -> None:
    """A wait for calls that do not end can be cut short, and can be begun again."""
    lifecycle, call = Lifecycle(), scope()
    order: list[str] = []

    async def run() -> None:
        with call:
            lifecycle.enter(call)
            try:
                await anyio.sleep_forever()
            finally:
                lifecycle.leave(call)

    async def close(*, cancel: bool) -> None:
        await lifecycle.close(cancel=cancel)
        order.append("closed")

    async with anyio.create_task_group() as group:
        group.start_soon(run)
        await anyio.wait_all_tasks_blocked()
        with anyio.move_on_after(0.0):
            await close(cancel=False)
        group.start_soon(partial(close, cancel=False))
        await anyio.wait_all_tasks_blocked()
        assert order == []
        group.start_soon(partial(close, cancel=True))
        await anyio.wait_all_tasks_blocked()
        seen = list(order)
        call.cancel()  # so that a failure is no hang
    assert seen == ["closed", "closed"]

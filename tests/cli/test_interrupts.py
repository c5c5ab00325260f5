"""The rules of interruptions: each signal does what it means at that moment, and no more."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import anyio
import pytest

from leadiq.cli._interrupts import Interrupts


@pytest.mark.anyio
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_does_what_it_means_now(
    number: signal.Signals, request: pytest.FixtureRequest
) -> None:
    """The meaning may change meanwhile; afterwards the signals do what they did before."""
    for one in (signal.SIGINT, signal.SIGTERM):
        own = signal.signal(one, lambda *_: None)
        request.addfinalizer(partial(signal.signal, one, own))
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    first, second = anyio.Event(), anyio.Event()
    interrupts = Interrupts(first.set)
    async with interrupts.heeded():
        os.kill(os.getpid(), number)
        await first.wait()
        interrupts.act = second.set
        os.kill(os.getpid(), number)
        await second.wait()
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before


def test_another_thread_gets_no_signals() -> None:
    """Outside the main thread nothing is taken over."""

    async def job() -> object:
        async with Interrupts(print).heeded():
            return signal.getsignal(signal.SIGINT)

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(anyio.run, job).result() is signal.getsignal(signal.SIGINT)

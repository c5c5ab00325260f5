"""An event stream is never silent for long."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import anyio
import pytest

from in_process import scripted
from leadiq.fastapi import EventStream
from leadiq.fastapi._streams import PING_S
from script import Script
from virtual_time import anyio_backend  # noqa: F401
from visits import Visit, application, open_for_ever, started


async def slowly() -> AsyncGenerator[int]:
    for number in range(2):
        await anyio.sleep(2.5 * PING_S)
        yield number


@pytest.mark.anyio
async def test_silence_is_broken_and_no_item_lost() -> None:
    """A comment goes out every fifteen seconds, which readers pass over."""
    app = application(open_for_ever(scripted(Script())))

    @app.get("/", response_model=None)
    async def stream() -> EventStream:
        return EventStream(slowly())

    async with started(app) as running:
        visit = Visit(running, "/")
        await visit.run()
    pings = ": \n\n" * 2
    assert visit.text == f"{pings}data: 0\n\n{pings}data: 1\n\n"

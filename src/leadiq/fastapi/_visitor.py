"""Whoever waits for a response: what is done for them ends when they go away."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import anyio
from starlette.requests import ClientDisconnect

from leadiq._engine.enrich import background

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request
    from starlette.types import Receive


class Visitor:
    """The connection of one request.

    Its body is read first: what comes after the body is the news that the visitor has gone.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._scopes: set[anyio.CancelScope] = set()
        self._gone = False

    @classmethod
    async def of(cls, request: Request) -> Visitor:
        """Read the body, which stays readable, and give the visitor.

        Raises:
            ClientDisconnect: gone before all of it was there.
        """
        with suppress(RuntimeError):  # it was read, as a form
            await request.body()
        return cls(request)

    @asynccontextmanager
    async def waiting(self) -> AsyncGenerator[None]:
        """Do something for the visitor: the block is cancelled when they go away.

        Raises:
            ClientDisconnect: they have gone. What was sent to LeadIQ may be charged all the same.
        """
        if self._gone or await self._request.is_disconnected():
            raise ClientDisconnect
        async with background() as tasks:
            with anyio.CancelScope() as scope:
                self._scopes.add(scope)
                tasks.start_soon(self._end_together)
                try:
                    yield
                finally:
                    self._scopes.discard(scope)
        if scope.cancelled_caught:
            raise ClientDisconnect

    async def _end_together(self) -> None:
        """End all that is done for the visitor; some servers tell of it once only."""
        await closed(self._request.receive)
        self._gone = True
        for scope in self._scopes:
            scope.cancel()


async def closed(receive: Receive) -> None:
    """Wait until the other side has closed the connection. The body has to be read before."""
    while (await receive())["type"] != "http.disconnect":
        pass

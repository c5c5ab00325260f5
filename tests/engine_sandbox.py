"""A sandbox over a socket that notes when it was asked, and what it refused."""

from __future__ import annotations

import time
from collections import deque
from decimal import Decimal
from typing import Any

from leadiq.sandbox import Sandbox, SandboxApp, SandboxSettings

PEOPLE = 30_000
REQUESTS_PER_MINUTE = 1_200
WINDOW_S = 60.0


def settings(**more: Any) -> SandboxSettings:
    """A world of 30,000 people behind a sliding window."""
    usual = {"people": PEOPLE, "requests_per_minute": REQUESTS_PER_MINUTE, "window": "sliding"}
    return SandboxSettings(**{**usual, **more})


class EngineSandbox(Sandbox):
    """Notes the times of requests, and the answers that were a 429."""

    def __init__(self, settings: SandboxSettings) -> None:
        super().__init__(settings)
        self.app = self.noting = _Noting(settings)

    @property
    def charged(self) -> Decimal:
        """What the server's own ledger says."""
        return sum((charge.credits for charge in self.ledger()), Decimal(0))

    @property
    def busiest(self) -> int:
        """How many requests the fullest window of a minute held."""
        most, window = 0, deque[float]()
        for at in self.noting.times:
            window.append(at)
            while window[0] <= at - WINDOW_S:
                window.popleft()
            most = max(most, len(window))
        return most


class _Noting(SandboxApp):
    def __init__(self, settings: SandboxSettings) -> None:
        self.times: list[float] = []
        self.limited = 0
        super().__init__(settings)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.times.append(time.monotonic())

        async def told(message: Any) -> None:
            self.limited += b'"status":429' in message.get("body", b"").replace(b" ", b"")
            await send(message)

        await super().__call__(scope, receive, told)

"""A sandbox in a process of its own, which counts what it refuses for the rate limit.

python -m service.upstream PORT PEOPLE LIMIT     with `tests` on the path; ends with the process
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import Any

import uvicorn

from leadiq.sandbox import SandboxSettings, build_app

COUNTS = "/counts"


class Counted:
    """A sandbox, and how many requests it answered and refused."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._app = build_app(settings)
        self._counts = {"requests": 0, "limited": 0}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["path"] == COUNTS:
            body = json.dumps(self._counts).encode()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": body})
            return

        async def counted(message: Any) -> None:
            if message["type"] == "http.response.body":
                self._counts["requests"] += scope["path"] == "/graphql"
                self._counts["limited"] += b'"status":429' in message["body"].replace(b" ", b"")
            await send(message)

        await self._app(scope, receive, counted)


def main(port: int, people: int, limit: int) -> None:
    """Serve until interrupted."""
    settings = SandboxSettings(
        people=people, requests_per_minute=limit or None, credits=Decimal(10**6)
    )
    uvicorn.run(Counted(settings), port=port, lifespan="off", log_level="critical", ws="none")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

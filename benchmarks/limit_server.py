"""A rate-limited GraphQL server on the loopback, in a process of its own.

    POST /<kind>/<contender>         a request, judged by that kind of limit, apart from the others
    GET  /<kind>/<contender>         what was judged so far

A request spends a random time on its way to the decision and another on its way back. Refusals
look like LeadIQ's: a 429 inside an HTTP 200.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from .processes import told

ANSWER = b'{"data":{"account":null}}'
REFUSAL = json.dumps(
    {
        "data": None,
        "errors": [
            {"message": "Too many requests", "extensions": {"response": {"status": 429}}},
        ],
    }
).encode()


class Limit(Protocol):
    """One way to count."""

    def takes(self, now: float) -> bool: ...


class FixedWindow:
    """Counts by windows that stand still."""

    def __init__(self, limit: int, window_s: float) -> None:
        self._limit, self._window_s = limit, window_s
        self._offset_s = random.uniform(0.0, window_s)
        self._window, self._count = -1, 0

    def takes(self, now: float) -> bool:
        window = int((now + self._offset_s) / self._window_s)
        if window != self._window:
            self._window, self._count = window, 0
        self._count += 1
        return self._count <= self._limit


class SlidingLog:
    """Remembers what it took in the last window."""

    def __init__(self, limit: int, window_s: float) -> None:
        self._limit, self._window_s = limit, window_s
        self._taken = deque[float]()

    def takes(self, now: float) -> bool:
        while self._taken and self._taken[0] <= now - self._window_s:
            self._taken.popleft()
        if len(self._taken) >= self._limit:
            return False
        self._taken.append(now)
        return True


class Bucket:
    """Holds so many tokens, and is refilled evenly."""

    def __init__(self, limit: int, window_s: float, capacity: float) -> None:
        self._rate, self._capacity, self._tokens = limit / window_s, capacity, capacity
        self._at = -1e9

    def takes(self, now: float) -> bool:
        refilled = self._tokens + (now - self._at) * self._rate
        self._tokens, self._at = min(self._capacity, refilled), now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


KINDS: dict[str, Callable[[int, float], Limit]] = {
    "fixed-window": FixedWindow,
    "sliding-log": SlidingLog,
    "token-bucket": lambda limit, window_s: Bucket(limit, window_s, limit),
    "small-bucket": lambda limit, window_s: Bucket(limit, window_s, limit / 10),
}


class Judge:
    """One limit and its memory."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._taken = list[float]()
        self._refused = 0

    def answer(self, now: float) -> bytes:
        if self._limit.takes(now):
            self._taken.append(now)
            return ANSWER
        self._refused += 1
        return REFUSAL

    def report(self) -> bytes:
        return json.dumps({"taken": self._taken, "refused": self._refused}).encode()


class Court:
    """All judges, made when they are first asked."""

    def __init__(self, limit: int, window_s: float, legs_s: tuple[float, float]) -> None:
        self._limit, self._window_s, self.legs_s = limit, window_s, legs_s
        self._judges: dict[str, Judge] = {}

    def judge(self, path: str) -> Judge:
        if path not in self._judges:
            kind = path.split("/")[1]
            self._judges[path] = Judge(KINDS[kind](self._limit, self._window_s))
        return self._judges[path]


class Connection(asyncio.Protocol):
    """As much of HTTP/1.1 as is needed: one request at a time, bodies with a length."""

    def __init__(self, court: Court) -> None:
        self._court = court
        self._buffer = b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return
        method, path, _ = head.decode("latin-1").split(" ", 2)
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if len(body) < int(length or 0):
            return
        self._buffer = b""
        judge = self._court.judge(path)
        if method == "GET":
            self._reply(judge.report())
        else:
            self._later(lambda: self._decide(judge))

    def _decide(self, judge: Judge) -> None:
        answer = judge.answer(time.monotonic())
        self._later(lambda: self._reply(answer))

    def _later(self, then: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(random.uniform(*self._court.legs_s), then)

    def _reply(self, body: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        self._transport.write(head.encode() + b"\r\n\r\n" + body)


async def serve(court: Court) -> None:
    """Serve until the process is ended; the port is the first line of the output."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(court), "127.0.0.1", 0, backlog=1000)
    told(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("limit", type=int)
    parser.add_argument("window_s", type=float)
    parser.add_argument("legs_s", type=float, nargs=2)
    given = parser.parse_args()
    asyncio.run(serve(Court(given.limit, given.window_s, tuple(given.legs_s))))


if __name__ == "__main__":
    main()

"""Clients of the service: each asks, waits for the answer, thinks, and asks again."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from leadiq.testing._people import Somebody

from .running import TOKENS

THINK_S = (1.0, 4.0)
"""How long a person looks at an answer, from and to."""
UNLOCK = ["work-email"]
_ANSWER_S = aiohttp.ClientTimeout(total=120)
_SILENCE_S = aiohttp.ClientTimeout(sock_read=60)
"""Of a job that is watched: the service says something every fifteen seconds."""
_OK = 200
_ACCEPTED = 202


@dataclass
class Load:
    """What came of it."""

    answers: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    """Of each answer to somebody who waits: when they asked, and the seconds it took."""
    statuses: Counter[int] = field(default_factory=Counter[int])
    wrong: list[str] = field(default_factory=list)
    """Answers about somebody else, or none at all."""
    asked: set[str] = field(default_factory=set[str])
    """Addresses whose answer came."""
    job: dict[str, Any] = field(default_factory=dict[str, Any])
    """The last that was told of the job."""
    job_began: float = 0.0
    job_ended: float = 0.0
    told: int = 0
    """How often something was told of the job."""
    rows: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """What the job came to."""

    def took_s(self, *, beside_the_job: bool) -> list[float]:
        """Give the seconds of all answers, or of those that were asked for while the job ran."""
        began, ended = self.job_began, self.job_ended
        return [s for at, s in self.answers if not beside_the_job or began <= at < ended]


async def visit(
    http: aiohttp.ClientSession, load: Load, people: Sequence[Somebody], until: float, seed: int
) -> None:
    """One client, until the time is over."""
    chance, headers = random.Random(seed), _headers("token-of-acme")
    await asyncio.sleep(chance.uniform(0, THINK_S[1]))
    while time.monotonic() < until:
        somebody = chance.choice(people)
        began = time.monotonic()
        asked = {"email": somebody.work_email, "unlock": UNLOCK}
        try:
            async with http.post("/people", json=asked, headers=headers) as response:
                told = await response.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            load.wrong.append(type(error).__name__)
            continue
        load.answers.append((began, time.monotonic() - began))
        load.statuses[response.status] += 1
        if response.status == _OK:
            load.asked.add(somebody.work_email or "")
            if told["id"] != somebody.id:
                load.wrong.append("an answer about somebody else")
        await asyncio.sleep(chance.uniform(*THINK_S))


async def job(http: aiohttp.ClientSession, load: Load, people: Sequence[Somebody]) -> None:
    """A job of another tenant: started, watched to its end, and downloaded."""
    load.job_began, headers = time.monotonic(), _headers("token-of-zenith")
    order = {"rows": [{"email": one.work_email} for one in people], "unlock": UNLOCK}
    async with http.post("/jobs", json=order, headers=headers) as response:
        load.statuses[response.status] += 1
        assert response.status == _ACCEPTED, await response.text()
        name = (await response.json())["job"]
    async with http.get(f"/jobs/{name}/events", headers=headers, timeout=_SILENCE_S) as events:
        async for line in events.content:
            if line.startswith(b"data: {") and (told := json.loads(line[len(b"data: ") :])):
                load.job, load.told = told, load.told + 1
    load.job_ended = time.monotonic()
    async with http.get(f"/jobs/{name}/rows", headers=headers) as response:
        load.statuses[response.status] += 1
        load.rows = [json.loads(line) async for line in response.content]


async def put_under_load(
    url: str, visited: Sequence[Somebody], listed: Sequence[Somebody], clients: int, seconds: float
) -> Load:
    """Let clients ask about some people, and a job about others."""
    load, until = Load(), time.monotonic() + seconds
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(url, connector=connector, timeout=_ANSWER_S) as http:
        visits = (visit(http, load, visited, until, seed) for seed in range(clients))
        await asyncio.gather(job(http, load, listed), *visits)
    return load


def _headers(token: str) -> dict[str, str]:
    assert token in TOKENS
    return {"Authorization": f"Bearer {token}"}

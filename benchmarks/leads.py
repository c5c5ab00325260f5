"""Ten thousand leads at sixty requests a minute: `python -m benchmarks.leads`.

Every contender enriches the same leads, each with a key of its own, against sandboxes whose clock
runs faster than ours: 40 times for those who ask for one lead a request, 4 times for those who ask
for 25, so that the work of a request stays small beside the time between two. Times are told in the
sandbox's minutes. The arithmetic optimum is the number of requests divided by the limit; an aliased
request counts as one, which LeadIQ does not say of itself.

What people do instead: the vendor's sample loop (half a second between two calls; it ends at the
first refusal), and `asyncio.gather` behind a semaphore. One lookup a request, paced perfectly, is
the best that can be written without aliases.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

LIMIT: Final = 60
WINDOW_S: Final = 60.0
MOST_OVER: Final = 1.03
"""What ours may take, as a multiple of the optimum."""
LEAST_RATIO: Final = 23.0
"""How much faster 25 a request have to be than one a request, perfectly paced."""
ALIASES: Final = 25


@dataclass(frozen=True)
class Done:
    """What a contender got done, and in which time of the sandbox."""

    contender: str
    answered: int
    refused: int
    seconds: float
    optimum_s: float

    @property
    def over(self) -> float:
        return self.seconds / self.optimum_s


# -- the contenders ----------------------------------------------------------------------------


Ask = Callable[[int], Awaitable[bool]]
"""Ask for one lead over bare httpx; False for a refusal."""


async def leadiq(url: str, key: str, leads: int, speed: float, batch: int) -> tuple[int, int]:
    """Ours: the job that users run, with its journal and its budget."""
    from leadiq import LeadIQ
    from leadiq._conduct.pacing import LocalPacer
    from leadiq._conduct.retry import RetryPolicy
    from leadiq._conduct.slots import Slots

    window_s = WINDOW_S / speed
    pacer, retry = LocalPacer(Slots(LIMIT, window_s)), RetryPolicy(window_s=window_s)
    rows = ({"email": address(number)} for number in range(leads))
    answered = 0
    async with (
        LeadIQ(key, endpoint=url, pacer=pacer, retry=retry) as client,
        client.enrich(rows, batch=batch) as results,
    ):
        async for result in results:
            answered += result.status in ("found", "not_found")
    return answered, 0


async def perfectly_paced(ask: Ask, leads: int, speed: float) -> tuple[int, int]:
    """One lead a request, as soon as the answer to the 60th before it is a window old."""
    window_s = WINDOW_S / speed
    ended: deque[asyncio.Future[float]] = deque()
    loop = asyncio.get_running_loop()
    counts = {True: 0, False: 0}

    async def one(number: int, end: asyncio.Future[float]) -> None:
        counts[await ask(number)] += 1
        end.set_result(loop.time())

    async with asyncio.TaskGroup() as group:
        for number in range(leads):
            if len(ended) == LIMIT:
                await asyncio.sleep(await ended.popleft() + window_s - loop.time())
            ended.append(loop.create_future())
            group.create_task(one(number, ended[-1]))
    return counts[True], counts[False]


async def sample_loop(ask: Ask, leads: int, speed: float) -> tuple[int, int]:
    """The vendor's: one after the other, half a second apart, to the first refusal."""
    for number in range(leads):
        if not await ask(number):
            return number, 1
        await asyncio.sleep(0.5 / speed)
    return leads, 0


async def gathered(ask: Ask, leads: int, speed: float) -> tuple[int, int]:
    """As people write it: all at once, ten at a time."""
    del speed
    turns = asyncio.Semaphore(10)

    async def one(number: int) -> bool:
        async with turns:
            return await ask(number)

    answers = await asyncio.gather(*map(one, range(leads)))
    return sum(answers), len(answers) - sum(answers)


async def bare(
    contender: Callable[[Ask, int, float], Awaitable[tuple[int, int]]],
    url: str,
    key: str,
    leads: int,
    speed: float,
) -> tuple[int, int]:
    """Give a rival the least that a lookup can be done with."""
    import httpx

    document = (
        "query($input:SearchPeopleInput!){searchPeople(input:$input)"
        "{totalResults results{id name{first last} linkedin{linkedinUrl}}}}"
    )
    headers = {"Authorization": f"Basic {key}"}
    async with httpx.AsyncClient(headers=headers, timeout=120) as client:

        async def ask(number: int) -> bool:
            asked = {"input": {"email": address(number), "limit": 1}}
            reply = await client.post(url, json={"query": document, "variables": asked})
            return "errors" not in reply.json()

        return await contender(ask, leads, speed)


CONTENDERS: Final[dict[str, Callable[[str, str, int, float], Awaitable[tuple[int, int]]]]] = {
    "leadiq, 25 a request": lambda *given: leadiq(*given, batch=ALIASES),
    "leadiq, one a request": lambda *given: leadiq(*given, batch=1),
    "one a request, perfectly paced": lambda *given: bare(perfectly_paced, *given),
    "the vendor's sample loop": lambda *given: bare(sample_loop, *given),
    "asyncio.gather and a semaphore": lambda *given: bare(gathered, *given),
}
TOGETHER: Final = {4.0: list(CONTENDERS)[:1], 40.0: list(CONTENDERS)[1:]}
"""Who runs side by side, and how much faster their sandbox's clock is."""


def address(number: int) -> str:
    """Whom to ask for: hardly any of them exist, as only the time counts."""
    return f"lead{number}@example.com"


# -- the measurement ---------------------------------------------------------------------------


def measure(leads: int) -> list[Done]:
    return [
        done for speed, names in TOGETHER.items() for done in measure_together(names, leads, speed)
    ]


def measure_together(names: Sequence[str], leads: int, speed: float) -> list[Done]:
    """Run contenders side by side, each in a process and with a key of its own."""
    given = json.dumps([leads, speed])
    code = [sys.executable, "-m", "benchmarks.leads"]
    server = subprocess.Popen(
        [*code, "--server", str(speed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            url, *keys = json.loads(server.stdout.readline())
            asyncio.run(bare(perfectly_paced, url, keys[-1], 1, speed))  # what is first is slow
            workers = [
                subprocess.Popen(
                    [*code, "--worker", name, url, keys[list(CONTENDERS).index(name)], given],
                    stdout=subprocess.PIPE,
                    text=True,
                )
                for name in names
            ]
            told = [worker.communicate()[0] for worker in workers]
            assert not any(worker.returncode for worker in workers)
            return [Done(**json.loads(text)) for text in told]
        finally:
            server.stdin.close()


def work(name: str, url: str, key: str, given: str) -> Done:
    import httpx  # noqa: F401 - what is loaded now takes no time of the run

    import leadiq.types  # noqa: F401

    leads, speed = json.loads(given)
    began = time.monotonic()
    answered, refused = asyncio.run(CONTENDERS[name](url, key, leads, speed))
    seconds = (time.monotonic() - began) * speed
    requests = -(-leads // ALIASES) if "25" in name else leads
    return Done(name, answered, refused, seconds, requests / LIMIT * WINDOW_S)


def serve(speed: float) -> None:
    """Run a sandbox with a fast clock, until standard input ends."""
    from base64 import b64encode
    from decimal import Decimal

    from leadiq.sandbox import Key, Sandbox, SandboxSettings, Team

    numbers = range(len(CONTENDERS) + 1)  # the last one is nobody's
    keys = [b64encode(f"sandbox-{number}:".encode()).decode() for number in numbers]
    teams = [
        Team(name=f"team {number}", keys=(Key(key=key, requests_per_minute=LIMIT),))
        for number, key in enumerate(keys)
    ]
    settings = SandboxSettings(
        teams=tuple(teams), credits=Decimal(10**6), clock=lambda: time.monotonic() * speed
    )
    with Sandbox(settings) as sandbox:
        print(json.dumps([sandbox.url, *keys]), flush=True)
        sys.stdin.read()


def table(done: Sequence[Done]) -> str:
    lines = [
        "| contender | minutes | answered | lost or refused | over the optimum |",
        "|---|---|---|---|---|",
    ]
    for one in done:
        over = f"{one.over - 1:+.1%}" if one.answered == one_of(done).answered else ""
        over = (
            f"**{over}**" if over and "leadiq" in one.contender and one.over > MOST_OVER else over
        )
        cells = (one.contender, f"{one.seconds / 60:.1f}", f"{one.answered:,}", f"{one.refused:,}")
        lines.append(f"| {' | '.join((*cells, over))} |")
    return "\n".join(lines)


def one_of(done: Sequence[Done]) -> Done:
    """The one who everybody is measured by."""
    return next(one for one in done if "perfectly" in one.contender)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=10_000)
    parser.add_argument("--server", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--worker", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.server:
        serve(given.server)
        return 0
    if given.worker:
        with tempfile.TemporaryDirectory() as state:
            import os

            os.environ["LEADIQ_STATE"] = state
            print(json.dumps(asdict(work(*given.worker))))
        return 0
    done = measure(given.leads)
    print(f"{given.leads:,} leads, {LIMIT} requests a minute:\n")
    print(table(done))
    batched, rival = done[0], one_of(done)
    ratio = rival.seconds / batched.seconds
    print(f"\n25 a request, against one a request perfectly paced: {ratio:.1f} times as fast")
    ours = [one for one in done if "leadiq" in one.contender]
    good = all(one.answered == given.leads and one.over <= MOST_OVER for one in ours)
    return 0 if good and ratio >= LEAST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())

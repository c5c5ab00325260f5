"""Ten thousand leads at sixty requests a minute.

Every contender enriches the same leads, each with a key of its own, against sandboxes whose clock
runs faster than ours: 80 times for those who ask for one lead a request, 6 times for those who ask
for 25, so that the work of a request stays small beside the time between two. Times are told in the
sandbox's minutes. The arithmetic optimum is the number of requests divided by the limit; an aliased
request counts as one, which LeadIQ does not say of itself. The two that are compared run in several
rounds, those of one side by side; the others run once.

What people do instead: the vendor's sample loop (half a second between two calls; it ends at the
first refusal), and `asyncio.gather` behind a semaphore. One lookup a request, paced perfectly, is
the best that can be written without aliases.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any, Final

from .figures import Figure, Result, Sheet
from .goals import figure
from .harness import Effort
from .processes import CLIENT, SERVER, Child, heard, told

LEADS: Final = 10_000
QUICK: Final = 600
LIMIT: Final = 60
WINDOW_S: Final = 60.0
ALIASES: Final = 25


@dataclass(frozen=True)
class Done:
    """What a contender got done, and in which time of the sandbox."""

    contender: str
    answered: int
    refused: int
    seconds: float
    optimum_s: float
    error: str = ""
    """The kind of error that ended it, if one did."""

    @property
    def over(self) -> float:
        """The time it took, as a multiple of what the limit asks for."""
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
            try:
                reply = await client.post(url, json={"query": document, "variables": asked})
            except httpx.TransportError:  # nobody who writes so little asks again
                return False
            return "errors" not in reply.json()

        return await contender(ask, leads, speed)


BATCHED: Final = "leadiq, 25 a request"
SINGLE: Final = "leadiq, one a request"
PACED: Final = "one a request, perfectly paced"
LOOP: Final = "the vendor's sample loop"
GATHERED: Final = "asyncio.gather and a semaphore"

CONTENDERS: Final[dict[str, Callable[[str, str, int, float], Awaitable[tuple[int, int]]]]] = {
    BATCHED: lambda *given: leadiq(*given, batch=ALIASES),
    SINGLE: lambda *given: leadiq(*given, batch=1),
    PACED: lambda *given: bare(perfectly_paced, *given),
    LOOP: lambda *given: bare(sample_loop, *given),
    GATHERED: lambda *given: bare(gathered, *given),
}
SPEEDS: Final = {BATCHED: 6.0, SINGLE: 80.0, PACED: 80.0, LOOP: 80.0, GATHERED: 80.0}
"""How much faster a contender's sandbox runs."""
BLUNT: Final = (LOOP, GATHERED)
"""Who is through or refused at once, and would hold the others up meanwhile."""


def address(number: int) -> str:
    """Whom to ask for: hardly any of them exist, as only the time counts."""
    return f"lead{number}@example.com"


# -- the measurement ---------------------------------------------------------------------------


def measure(effort: Effort) -> Iterator[Result]:
    """Let the rounds of a contender run together, as they do little but wait."""
    leads, rounds = QUICK if effort.quick else LEADS, effort.rounds
    phases = (BLUNT, [BATCHED] * rounds, [SINGLE, *[PACED] * rounds])
    done = [one for names in phases for one in together(names, leads)]
    remark = f"{leads:,} leads" if effort.quick else ""
    yield from judged(done, leads, remark)
    yield sheet(done)


def together(names: Sequence[str], leads: int) -> list[Done]:
    """Run contenders side by side, each in a process and with a key of its own."""
    with ExitStack() as ending:
        servers: dict[float, dict[str, Any]] = {}
        for speed in {SPEEDS[name] for name in names}:
            server = ending.enter_context(Child("benchmarks.leads", "serve", core=SERVER))
            server.tell({"speed": speed, "teams": len(names) + 1})
            servers[speed] = server.hear()
        running: list[Child] = []
        for place, name in enumerate(names):
            served = servers[SPEEDS[name]]
            worker = ending.enter_context(Child("benchmarks.leads", "work", core=CLIENT))
            keys = served["keys"][place], served["keys"][-1]
            worker.tell([name, served["url"], *keys, leads])
            running.append(worker)
        return [Done(**worker.hear()) for worker in running]


def judged(done: Sequence[Done], leads: int, remark: str) -> Iterator[Figure]:
    """Compare each round's two; a lead of ours without an answer is a failure."""
    by = {name: [one for one in done if one.contender == name] for name in CONTENDERS}
    ours = [one for one in by[BATCHED] if not one.error]
    lost = sum(leads - one.answered for one in by[BATCHED])
    failed = f"{lost:,} leads not answered" if lost else ""
    pairs = zip(ours, (one for one in by[PACED] if not one.error), strict=False)
    ratios = [paced.seconds / batched.seconds for batched, paced in pairs]
    yield figure("leads", ratios, failed=failed, remark=remark)
    yield figure("leads optimum", [one.over for one in ours], failed=failed, remark=remark)


def sheet(done: Sequence[Done]) -> Sheet:
    """What everybody got done; of several rounds the first."""
    first: dict[str, Done] = {}
    for one in done:
        first.setdefault(one.contender, one)
    rows = [
        (name, f"{one.seconds / 60:.1f}", f"{one.answered:,}", f"{one.refused:,}", over(one))
        for name, one in ((name, first[name]) for name in CONTENDERS)
    ]
    columns = ("contender", "minutes", "answered", "lost or refused", "over the optimum")
    return Sheet(f"Leads at {LIMIT} requests a minute", columns, tuple(rows))


def over(one: Done) -> str:
    """Say how much longer it took than the limit asks for; of those who were not refused."""
    if one.error:
        return f"failed: {one.error}"
    return "" if one.refused else f"{one.over - 1:+.1%}"


# -- the other processes -----------------------------------------------------------------------


def _work(name: str, url: str, key: str, nobodys: str, leads: int) -> Done:
    asyncio.run(bare(sample_loop, url, nobodys, 1, LIMIT))  # what is first is slow
    began = time.monotonic()
    answered, refused = asyncio.run(CONTENDERS[name](url, key, leads, SPEEDS[name]))
    seconds = (time.monotonic() - began) * SPEEDS[name]
    requests = -(-leads // ALIASES) if name == BATCHED else leads
    return Done(name, answered, refused, seconds, requests / LIMIT * WINDOW_S)


def _serve(speed: float, teams: int) -> None:
    """Run a sandbox with a fast clock, until standard input ends."""
    from base64 import b64encode
    from decimal import Decimal

    from leadiq.sandbox import Key, Sandbox, SandboxSettings, Team

    keys = [b64encode(f"sandbox-{number}:".encode()).decode() for number in range(teams)]
    made = tuple(
        Team(name=f"team {number}", keys=(Key(key=key, requests_per_minute=LIMIT),))
        for number, key in enumerate(keys)
    )

    def clock() -> float:
        return time.monotonic() * speed

    with Sandbox(SandboxSettings(teams=made, credits=Decimal(10**6), clock=clock)) as sandbox:
        told({"url": sandbox.url, "keys": keys})
        sys.stdin.read()


def main(role: str) -> None:
    given = next(heard())
    if role == "serve":
        _serve(**given)
        return
    with tempfile.TemporaryDirectory() as state:
        import os

        os.environ["LEADIQ_STATE"] = state
        try:
            done = _work(*given)
        except Exception as error:
            done = Done(given[0], 0, 0, 0.0, 0.0, type(error).__name__)
        told(asdict(done))


if __name__ == "__main__":
    main(sys.argv[1])

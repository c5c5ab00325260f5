"""Everything that is measured, in the order in which it is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .figures import Figure, Goal

STOCK: Final = "the stock ariadne-codegen client"

GOALS: Final[dict[str, Goal]] = {
    # -- calls
    "16": Goal(f"16 at once, default dependencies, vs {STOCK}", "calls", "x", least=3.0),
    "16 fast": Goal(f"16 at once, `[fast]`, vs {STOCK}", "calls", "x", least=5.5),
    "16 bare": Goal("16 at once, `[fast]`, vs bare untyped aiohttp and orjson", "calls", "x"),
    "128 fast": Goal(f"128 at once, `[fast]`, vs {STOCK}", "calls", "x", least=4.5),
    "gql aiohttp": Goal("16 at once, `[fast]`, vs gql on aiohttp", "calls", "x", least=6.0),
    "gql httpx": Goal("16 at once, `[fast]`, vs gql on httpx", "calls", "x", least=10.0),
    "512": Goal("512 at once, default, vs its own throughput at 128", "calls", "x", least=0.85),
    "2000": Goal("2,000 at once, default, vs its own at 128", "calls", "x", least=0.85),
    "512 fast": Goal("512 at once, `[fast]`, vs its own at 128", "calls", "x", least=0.85),
    "2000 fast": Goal("2,000 at once, `[fast]`, vs its own at 128", "calls", "x", least=0.85),
    "page": Goal(f"page of 100 people, typed, vs {STOCK}", "calls", "x", least=1.8),
    "yours": Goal(
        "16 at once, your own `httpx.AsyncClient` behind the gate, vs the same client bare",
        *("calls", "x"),
        least=1.3,
    ),
    "trio": Goal(f"16 at once on trio, vs {STOCK} on asyncio", "calls", "x", least=2.0),
    "growth": Goal("CPU of a call when twice as many are under way, default", "calls", "x"),
    "growth fast": Goal("CPU of a call when twice as many are under way, `[fast]`", "calls", "x"),
    "server": Goal("the server, asked by a raw client, vs the fastest caller", "calls", "x"),
    # -- the parts of a call
    "conduct": Goal("CPU that the conduct layer adds to a call", "conduct", "µs", most=25.0),
    "render": Goal("render a selection, cached", "conduct", "µs", most=1.0),
    "slot": Goal("acquire a slot and give it back, local", "conduct", "µs", most=1.0),
    "slot policy": Goal("the decision about a slot alone, both ways", "conduct", "µs"),
    "slot redis": Goal("acquire a slot, Redis, batched", "redis", "µs", most=30.0),
    "decode person": Goal(f"decode one person, vs {STOCK}", "decode", "x"),
    "decode people": Goal(f"decode a page of 100, vs {STOCK}", "decode", "x", least=1.5),
    # -- start-up
    "import": Goal("`import leadiq` over httpx and pydantic", "startup", "ms", most=12.0),
    "import client": Goal("`from leadiq import LeadIQ` over the same", "startup", "ms", most=12.0),
    "import stock": Goal(f"importing {STOCK} over the same", "startup", "ms"),
    # -- memory
    "waiting": Goal("memory of a call that waits for a slot", "memory", "KiB", most=6.0),
    "held": Goal("memory of a person that is held, every field filled", "memory", "KiB"),
    "held stock": Goal(f"the same, by {STOCK}", "memory", "KiB"),
    "stream": Goal("100,000 lookups as a stream: growth of memory", "stream", "MB", most=10.0),
    # -- limits and jobs
    "quota": Goal("share of a quota used, worst of four kinds of limit", "quota", "x", least=0.985),
    "refused": Goal("429s met meanwhile, in all", "quota", "refusals", most=0.0),
    "leads": Goal(
        "10,000 leads at 60 requests a minute, 25 a request, vs one a request perfectly paced",
        *("leads", "x"),
        least=23.0,
    ),
    "leads optimum": Goal("the same, vs the time that the limit allows", "leads", "x", most=1.03),
    "rows": Goal("greatest memory of a job: 50,000 rows vs 10,000", "rows", "x", most=1.2),
    "million": Goal("greatest memory of a job: 1,000,000 rows vs 10,000", "million", "x", most=1.2),
    # -- measured alone, and beside the client
    "fleet": Goal("share of a quota that four processes use", "fleet", "x", least=0.97),
    "fleet refused": Goal("429s that they meet", "fleet", "refusals", most=0.0),
    "sandbox": Goal("the sandbox on one core, requests", "sandbox", "/s", least=2500.0),
    "sandbox graphql": Goal("the sandbox's whole request, vs bare graphql-core", "sandbox", "x"),
}


def figure(key: str, values: Iterable[float], *, failed: str = "", remark: str = "") -> Figure:
    """Give what was measured for a goal."""
    return Figure(GOALS[key], tuple(values), failed, remark)


def missing(part: str, told: Iterable[Figure], failed: str) -> list[Figure]:
    """Give a failed figure for each goal of a part that was not measured."""
    known = {one.goal.what for one in told}
    return [
        Figure(goal, failed=failed)
        for goal in GOALS.values()
        if goal.part == part and goal.what not in known
    ]

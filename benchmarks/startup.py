"""What starting costs: imports, a client, its first call, the program; each in a new process.

CPU time. "Warm" has byte code on the disk, as an installed package has after its first use; "cold"
compiles everything anew. The server of the first call is httpx's MockTransport.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from . import stock
from .figures import Result, Sheet, number, of
from .goals import GOALS
from .harness import Costs, Effort, in_rounds

PARENTS: Final = """
import sys, time
sys.path.insert(0, "build/stock")
import httpx
from pydantic import BaseModel, Field
"""

CALL: Final = """
def answer(request):
    found = {"results": [], "totalResults": 0, "hasMore": False}
    return httpx.Response(200, json={"data": {"searchPeople": found}})

async def first():
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        async with LeadIQ("bm90LWEta2V5Og==", http_client=http) as leadiq:
            await leadiq.search_people(email="ada@example.com")
"""

MADE: Final = "LeadIQ('bm90LWEta2V5Og==')"

#: Name, what was done before, and what is measured, in order.
STEPS: Final[Mapping[str, tuple[str, str]]] = {
    "import": (PARENTS, "import leadiq"),
    "import client": (PARENTS, "from leadiq import LeadIQ"),
    "make client": (PARENTS + "from leadiq import LeadIQ", MADE),
    "first call": (
        f"{PARENTS}import anyio\nfrom leadiq import LeadIQ\n{MADE}{CALL}",
        "anyio.run(first)",
    ),
    "import stock": (PARENTS, "import stock_client"),
    "help": ("import sys, time", "from leadiq.cli import main; main(['--help'])"),
}

TOLD: Final[Mapping[str, str]] = {
    "import": "`import leadiq`, over httpx and pydantic",
    "import client": "`from leadiq import LeadIQ`, over the same",
    "make client": "`LeadIQ(...)` for the first time, after that",
    "first call": "the first lookup, after that, with all models",
    "import stock": "the stock ariadne-codegen client, over httpx and pydantic",
    "help": "`leadiq --help`, over a bare interpreter",
}


def cost_ms(step: str, *, cold: bool = False) -> float:
    """Take a step in a new process; CPU milliseconds."""
    before, statement = STEPS[step]
    code = f"""{before}
began = time.process_time()
{statement}
print((time.process_time() - began) * 1000, file=sys.stderr)"""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as empty:
        if cold:
            environment["PYTHONPYCACHEPREFIX"] = empty
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
    return float(done.stderr.split()[-1])


def measure(effort: Effort) -> Iterator[Result]:
    """Measure every step, warm and cold."""
    stock.make()
    warm = in_rounds({step: partial(cost_ms, step) for step in STEPS}, effort.rounds)
    yield from (warm.figure(step, step) for step in STEPS if step in GOALS)
    rounds = min(effort.rounds, 2)
    cold = in_rounds({step: partial(cost_ms, step, cold=True) for step in STEPS}, rounds)
    columns = ("what", "warm, ms", "cold, ms")
    yield Sheet("Start-up, CPU time", columns, tuple(_row(s, warm, cold) for s in STEPS))


def _row(step: str, *costs: Costs) -> tuple[str, ...]:
    return TOLD[step], *(_cell(each, step) for each in costs)


def _cell(costs: Costs, step: str) -> str:
    if step not in costs.of:
        return costs.failed[step]
    return number(of(costs.of[step])[0])

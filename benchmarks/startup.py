"""What an import costs on top of `import httpx, pydantic`, in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial

from .harness import Comparison, compare

BUDGET_MS = 15.0

_CODE = """
import sys, time
sys.path.insert(0, "build/stock")
import httpx
from pydantic import BaseModel, Field
began = time.process_time()
{statement}
print((time.process_time() - began) * 1000)
"""

OURS = ("import leadiq", "from leadiq import LeadIQ")
STOCK = "import stock_client"


def cost_ms(statement: str) -> float:
    """Run a statement in a new process that uses httpx and pydantic already; CPU milliseconds.

    Byte code is written, as it is for an installed package: the first round warms up.
    """
    code = _CODE.format(statement=statement)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment
    )
    return float(done.stdout)


def comparisons(rounds: int) -> list[Comparison]:
    """Compare imports with the budget, and with importing the stock client.

    The budget is for `import leadiq`, which everybody pays; what the client costs when it is first
    used stands beside it.
    """
    rivals = {f"budget {BUDGET_MS:g} ms": lambda: BUDGET_MS, STOCK: lambda: cost_ms(STOCK)}
    return [
        compare(
            "start-up over httpx and pydantic",
            "ms CPU",
            (statement, partial(cost_ms, statement)),
            (name, rival),
            rounds=rounds,
            goal=1.0 if statement == "import leadiq" or name == STOCK else None,
        )
        for statement in OURS
        for name, rival in rivals.items()
    ]

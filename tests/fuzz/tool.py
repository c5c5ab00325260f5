"""Schemathesis, as anybody would run it against a GraphQL server, with the oracle as its check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from .server import Server

_TESTS = Path(__file__).parents[1]


class Ran(NamedTuple):
    """What it said at its end."""

    failed: bool
    text: str


def schemathesis(server: Server, seconds: int, seed: int) -> Ran:
    """Let it look at every root field, one after the other and in sequences, for so many seconds.

    Its own check of errors is left out: it takes any code that it does not know for a failure of
    the server, such as `CONFLICT`. The oracle looks at the same replies.
    """
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", server.url),
            *("--max-time", str(seconds), "--seed", str(seed), "--checks", "fits"),
            *("--header", f"Authorization: {server.headers['Authorization']}"),
            *("--suppress-health-check", "all", "--continue-on-failure", "--no-color"),
        ],
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": "fuzz.hooks",
            "FUZZ_URL": server.url,
            "PYTHONPATH": os.pathsep.join([str(_TESTS), *filter(None, [os.getenv("PYTHONPATH")])]),
        },
        cwd=server.log.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode != 0, done.stdout + done.stderr)

"""Run the benchmarks: `python -m benchmarks [--rounds N]`, from the root of the repository."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from . import decode, startup, stock
from .harness import HEAD

PACKAGES = ("leadiq-sdk", "pydantic", "pydantic-core", "httpx", "anyio")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    generator = Path(".venv-codegen/bin/ariadne-codegen")
    module = stock.load(generator)
    schema_text = Path("schema.graphql").read_text()
    results = [*decode.comparisons(module, schema_text, rounds), *startup.comparisons(rounds)]
    machine = f"CPython {platform.python_version()} on {platform.machine()}"
    print(f"{machine}; " + ", ".join(f"{p} {version(p)}" for p in PACKAGES))
    print(f"Medians of {rounds} interleaved rounds; a ratio above 1 is in our favour.\n")
    print(HEAD)
    for result in results:
        print(result.row())
    report = {"machine": machine, "rounds": rounds, "results": [asdict(r) for r in results]}
    Path("build/bench.json").write_text(json.dumps(report, indent=2) + "\n")
    return 0 if all(result.reached for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Measure: `python -m benchmarks [PART ...] [--quick] [--rounds N]`, from the root.

Without parts everything is measured, in under 15 minutes, and docs/benchmarks.md is written anew;
`--quick` takes less than 2, with fewer rounds and smaller jobs, and leaves the documentation alone.
It ends with 1 if anything of ours could not be measured; a goal that is missed is only told.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final

from . import chart, report
from .figures import Bars, Figure, Result, Sheet
from .goals import GOALS, missing
from .harness import FULL, QUICK, Effort
from .report import Report

ALL: Final = (
    *("calls", "conduct", "redis", "decode", "startup", "memory", "stream", "quota", "leads"),
    *("rows", "sandbox"),
)
ALONE: Final = ("million", "fleet", "paging")
"""Parts that take too long to be measured with the others."""
NOT_QUICK: Final = ("quota", "rows", "sandbox")
RESULTS: Final = Path("docs/benchmarks/results.json")
MILLION: Final = Path("docs/benchmarks/million.json")
CHART: Final = Path("docs/benchmarks/throughput.svg")
PAGE: Final = Path("docs/benchmarks.md")
BEGIN, END = "<!-- figures: written by `make bench` -->", "<!-- end of the figures -->"
CHART_TITLE: Final = "Calls a second, as multiples of the stock ariadne-codegen client's"


def measured(part: str, effort: Effort) -> Iterator[Result]:
    """Measure a part; what fails in it becomes a failed figure, and the run goes on."""
    told: list[Figure] = []
    failed = "not measured"
    try:
        for result in import_module(f".{part}", __package__).measure(effort):
            told += [result] if isinstance(result, Figure) else []
            yield result
    except Exception as error:
        traceback.print_exc()
        failed = type(error).__name__
    yield from missing(part, told, failed)


def run(parts: Iterable[str], effort: Effort) -> Report:
    """Measure parts one after the other, and print what they come to as it does."""
    began = time.monotonic()
    results: list[Result] = []
    for part in parts:
        started = time.monotonic()
        print(f"-- {part}", flush=True)
        for result in measured(part, effort):
            results.append(result)
            show(result)
        print(f"   {time.monotonic() - started:.0f} s", flush=True)
    return report.about(in_order(results), time.monotonic() - began)


def show(result: Result) -> None:
    if isinstance(result, Figure):
        print("   " + " | ".join(cell for cell in report.row(result) if cell), flush=True)
    elif isinstance(result, Sheet):
        print(f"\n{result.title}\n\n{result.markdown()}\n", flush=True)


def in_order(results: Iterable[Result]) -> list[Result]:
    """Put the figures into the order of the goals, before everything else."""
    order = [goal.what for goal in GOALS.values()]

    def place(result: Result) -> int:
        return order.index(result.goal.what) if isinstance(result, Figure) else len(order)

    return sorted(results, key=place)


def with_kept(now: Report, kept: Path) -> Report:
    """Add what was measured another day, and say so."""
    if not kept.exists():
        return now
    then = report.from_json(kept.read_text(encoding="utf-8"))
    figures = [
        replace(one, remark=f"{one.remark}, on {then.date[:10]}".lstrip(", "))
        for one in then.of(Figure)
    ]
    return replace(now, results=tuple(in_order([*now.results, *figures, *then.of(Sheet)])))


def write(folder: Path, told: Report) -> None:
    """Write the results, the tables and the chart into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(report.to_json(told), encoding="utf-8")
    (folder / "results.md").write_text(report.page(told), encoding="utf-8")
    (folder / "throughput.svg").write_text(chart.svg(told.of(Bars), CHART_TITLE), encoding="utf-8")


def page_with(page: str, told: Report) -> str:
    """Give the page of the documentation with the figures of a report."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{report.page(told)}\n{END}{rest.partition(END)[2]}"


def keep(told: Report, path: Path) -> None:
    """Keep results for the documentation, and write its page anew."""
    path.write_text(report.to_json(told), encoding="utf-8")
    publish()


def publish() -> None:
    """Write the results that are kept into the page of the documentation."""
    now = report.from_json(RESULTS.read_text(encoding="utf-8"))
    page = page_with(PAGE.read_text(encoding="utf-8"), with_kept(now, MILLION))
    PAGE.write_text(page, encoding="utf-8")
    CHART.write_text(chart.svg(now.of(Bars), CHART_TITLE), encoding="utf-8")


def main(given: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=(*ALL, *ALONE, []), metavar="PART")
    parser.add_argument("--quick", action="store_true", help="under two minutes")
    parser.add_argument("--rounds", type=int, help="5; with --quick 1")
    parser.add_argument("--render", action="store_true", help="write the page from kept results")
    asked = parser.parse_args(given)
    if asked.render:
        publish()
        return 0
    effort = QUICK if asked.quick else FULL
    effort = replace(effort, rounds=asked.rounds or effort.rounds)
    parts = asked.parts or [p for p in ALL if not (asked.quick and p in NOT_QUICK)]
    told = run(parts, effort)
    figures = told.of(Figure)
    write(Path("build/benchmarks"), told)
    if asked.parts == ["million"]:
        keep(told, MILLION)
    elif not (asked.parts or asked.quick):
        keep(told, RESULTS)
    print(f"\n{report.heading(told)}\n\n{report.table(told.of(Figure))}")
    return 1 if any(one.failed for one in figures) else 0


if __name__ == "__main__":
    sys.exit(main())

"""One run as a whole: as JSON that is kept, and as tables that are read. Pure but for `about`."""

from __future__ import annotations

import json
import math
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, Final

from .figures import Bars, Figure, Result, Sheet, markdown, number
from .goals import GOALS
from .reasons import LIMITED_BY
from .stock import GENERATOR

PACKAGES: Final = (
    *("leadiq-sdk", "httpx", "httpcore", "pydantic", "pydantic-core", "anyio", "trio", "aiohttp"),
    *("orjson", "httpx2", "ariadne-codegen", "gql", "graphql-core", "sgqlc", "requests"),
    *("aiolimiter", "pyrate-limiter", "limits", "redis"),
)
COLUMNS: Final = ("what", "goal", "median", "least to greatest", "rounds", "reached")


@dataclass(frozen=True)
class Report:
    """What a run came to, and where."""

    date: str
    machine: str
    versions: dict[str, str]
    took_s: float
    results: tuple[Result, ...]

    def of(self, kind: type[Any]) -> list[Any]:
        return [result for result in self.results if isinstance(result, kind)]


def about(results: Iterable[Result], took_s: float) -> Report:
    """Say where and when results came about."""
    date = datetime.now(UTC).isoformat(timespec="seconds")
    return Report(date, _machine(), _versions(), round(took_s), tuple(results))


def _machine() -> str:
    cores = f"{os.cpu_count()} cores of {_processor()}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {platform.system()} on {cores}"


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _versions() -> dict[str, str]:
    """Tell what is installed here; the generator has an environment of its own."""
    path = [*sys.path, *map(str, GENERATOR.parents[1].glob("lib/python*/site-packages"))]
    installed = {d.name.lower().replace("_", "-"): d.version for d in distributions(path=path)}
    return {package: installed[package] for package in PACKAGES if package in installed}


# -- JSON --------------------------------------------------------------------------------------


def to_json(report: Report) -> str:
    """Write a report; `from_json` reads it."""
    keys = {goal.what: key for key, goal in GOALS.items()}
    told = {
        "date": report.date,
        "machine": report.machine,
        "versions": report.versions,
        "took_s": report.took_s,
        "figures": [_figure(keys[one.goal.what], one) for one in report.of(Figure)],
        "sheets": [asdict(sheet) for sheet in report.of(Sheet)],
        "bars": [asdict(bars) for bars in report.of(Bars)],
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _figure(key: str, one: Figure) -> dict[str, Any]:
    goal = one.goal
    told: dict[str, Any] = {"key": key, "what": goal.what, "unit": goal.unit}
    told |= {"least": goal.least, "most": goal.most, "values": one.values}
    told |= {"median": one.median if one.values else None, "reached": one.reached}
    return told | {"failed": one.failed, "remark": one.remark}


def from_json(text: str) -> Report:
    """Read a report. Figures that are measured no more are left out."""
    raw = json.loads(text)
    figures = [
        Figure(GOALS[one["key"]], tuple(one["values"]), one["failed"], one["remark"])
        for one in raw["figures"]
        if one["key"] in GOALS
    ]
    sheets = [
        Sheet(one["title"], tuple(one["columns"]), tuple(map(tuple, one["rows"])))
        for one in raw["sheets"]
    ]
    bars = [
        Bars(
            one["title"],
            {name: (a, b, c) for name, (a, b, c) in one["lengths"].items()},
            one["remarks"],
        )
        for one in raw["bars"]
    ]
    given = (raw["date"], raw["machine"], raw["versions"], raw["took_s"])
    return Report(*given, (*figures, *sheets, *bars))


# -- tables ------------------------------------------------------------------------------------


def table(figures: Iterable[Figure]) -> str:
    """Write figures with their goals as a table, in bold where a goal is missed."""
    return markdown(COLUMNS, [row(one) for one in figures])


def row(one: Figure) -> tuple[str, ...]:
    goal = one.goal
    bounded = goal.least is not None or goal.most is not None
    what = f"{goal.what} ({one.remark})" if one.remark else goal.what
    if one.failed or math.isnan(one.median):
        return what, str(goal), f"**failed: {one.failed}**", "", str(len(one.values)), "**no**"
    median = f"{number(one.median)} {goal.unit}"
    spread = f"{number(one.spread[0])} to {number(one.spread[1])}" if one.values[1:] else ""
    reached = "" if not bounded else "yes" if one.reached else "**no**"
    shown = median if one.reached else f"**{median}**"
    return what, str(goal), shown, spread, str(len(one.values)), reached


def missed(figures: Iterable[Figure]) -> list[str]:
    """Say of every figure that is not reached what limits it; its row says how one failed."""
    limited_by = {GOALS[key].what: reason for key, reason in LIMITED_BY.items()}
    return [
        f"**{one.goal.what}**: {limited_by.get(one.goal.what, 'not looked into yet')}"
        for one in figures
        if not one.reached and not one.failed
    ]


def heading(report: Report) -> str:
    """Say where and when."""
    versions = ", ".join(f"{name} {number}" for name, number in report.versions.items())
    lasted = f"{report.took_s / 60:.0f} minutes"
    return f"Measured on {report.date[:10]} in {lasted}: {report.machine}; {versions}."


def page(report: Report) -> str:
    """Write everything that a report says, as it stands in the documentation."""
    figures: Sequence[Figure] = report.of(Figure)
    parts = [heading(report), table(figures)]
    notes = missed(figures)
    if notes:
        parts += ["What keeps the figures in bold from their goals:", _list(notes)]
    for sheet in report.of(Sheet):
        parts += [f"## {sheet.title}", sheet.markdown()]
    return "\n\n".join(parts) + "\n"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)

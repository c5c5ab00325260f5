"""The harness around the parts: what fails, what is kept, and what is written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from benchmarks.figures import Bars, Figure, Result, Sheet
from benchmarks.goals import figure
from benchmarks.harness import QUICK, Effort
from benchmarks.report import Report

from benchmarks import __main__ as harness
from benchmarks import report

ROOT = Path(__file__).parents[2]
Part = Callable[[Effort], Iterator[Result]]


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Part], None]:
    """Put a part in place of one of the benchmarks'."""

    def put(name: str, measure: Part) -> None:
        module = ModuleType(name)
        module.__dict__["measure"] = measure
        monkeypatch.setitem(sys.modules, f"benchmarks.{name}", module)

    return put


def _broken(effort: Effort) -> Iterator[Result]:
    yield figure("render", [0.5] * effort.rounds)
    raise ConnectionRefusedError


def _million(effort: Effort) -> Iterator[Result]:
    del effort
    yield figure("million", [1.1])


def _fine(effort: Effort) -> Iterator[Result]:
    yield Bars("b", {}, {})
    yield figure("rows", [1.1] * effort.rounds)


def test_a_part_that_breaks_stops_neither_its_figures_nor_the_run(
    part: Callable[[str, Part], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """What it measured is told, what it did not fails, and the next part has its turn."""
    part("conduct", _broken)
    part("rows", _fine)
    told = harness.run(["conduct", "rows"], QUICK)
    figures = {one.goal.what: one for one in told.of(Figure)}
    assert figures["render a selection, cached"].reached
    assert {one.failed for one in figures.values()} == {"", "ConnectionRefusedError"}
    assert figures["greatest memory of a job: 50,000 rows vs 10,000"].reached
    assert "failed: ConnectionRefusedError" in capsys.readouterr().out


@pytest.mark.parametrize(("measure", "status"), [(_fine, 0), (_broken, 1)])
def test_the_run_ends_with_1_if_something_could_not_be_measured(
    part: Callable[[str, Part], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    measure: Part,
    status: int,
) -> None:
    """A goal that is missed is only told; a measurement that broke is an error."""
    monkeypatch.chdir(tmp_path)
    part("rows", measure)
    assert harness.main(["rows", "--rounds", "2"]) == status
    kept = report.from_json(Path("build/benchmarks/results.json").read_text(encoding="utf-8"))
    assert len(kept.of(Figure)) == 1 + status
    assert Path("build/benchmarks/throughput.svg").exists()


def test_results_of_another_day_stand_where_their_goal_does(tmp_path: Path) -> None:
    """With the day on which they were measured, and only where there are any."""
    rows = Sheet("A million rows", ("rows",), (("1,000,000",),))
    then = Report("2026-11-20T01:00:00", "m", {}, 700.0, (figure("million", [1.1]), rows))
    now = Report("2026-11-23T01:00:00", "m", {}, 700.0, (figure("sandbox", [2600.0]),))
    path = tmp_path / "million.json"
    assert harness.with_kept(now, path) is now
    path.write_text(report.to_json(then), encoding="utf-8")
    first, second, *sheets = harness.with_kept(now, path).results
    assert isinstance(first, Figure)
    assert first.remark == "on 2026-11-20"
    assert second is now.results[0]
    assert sheets == [then.results[1]]


def test_results_that_are_kept_stand_in_the_page_at_once(
    part: Callable[[str, Part], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A whole run, and a million rows on another day, each write the page anew from both."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(harness, "ALL", ("rows",))
    page = tmp_path / harness.PAGE
    (tmp_path / harness.RESULTS).parent.mkdir(parents=True)
    page.write_text(f"# Above\n\n{harness.BEGIN}\n{harness.END}\n", encoding="utf-8")
    part("rows", _fine)
    part("million", _million)
    assert harness.main([]) == 0
    assert "1,000,000 rows" not in page.read_text(encoding="utf-8")
    assert harness.main(["million"]) == 0
    whole = page.read_text(encoding="utf-8")
    assert "1,000,000 rows vs 10,000 (on 20" in whole
    assert "50,000 rows vs 10,000 |" in whole
    assert harness.main(["--render"]) == 0
    assert page.read_text(encoding="utf-8") == whole


def test_only_the_figures_of_the_page_are_written_anew() -> None:
    """What people wrote above and below them stays."""
    told = Report("2026-11-23", "m", {}, 60.0, (figure("rows", [1.1]),))
    page = f"# Above\n\n{harness.BEGIN}\nold\n{harness.END}\n\nbelow\n"
    once = harness.page_with(page, told)
    assert once.startswith("# Above\n")
    assert once.endswith(f"{harness.END}\n\nbelow\n")
    assert "old" not in once
    assert harness.page_with(once, told) == once


def test_the_documentation_shows_the_results_that_are_kept() -> None:
    """Page and chart are what the kept results make; nobody edits a figure."""
    kept = report.from_json((ROOT / harness.RESULTS).read_text(encoding="utf-8"))
    page = (ROOT / harness.PAGE).read_text(encoding="utf-8")
    assert harness.page_with(page, harness.with_kept(kept, ROOT / harness.MILLION)) == page
    drawn = harness.chart.svg(kept.of(Bars), harness.CHART_TITLE)
    assert (ROOT / harness.CHART).read_text(encoding="utf-8") == drawn

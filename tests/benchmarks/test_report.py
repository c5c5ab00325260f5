"""A run as JSON and as tables."""

from __future__ import annotations

from benchmarks.figures import Bars, Result, Sheet
from benchmarks.goals import figure
from benchmarks.report import Report

from benchmarks import report

RESULTS: tuple[Result, ...] = (
    figure("16", [3.1, 3.0, 3.2]),
    figure("16 fast", [5.0, 5.1, 4.9], remark="on a busy machine"),
    figure("import stock", [165.0]),
    figure("yours", [], failed="PoolTimeout x 3"),
    Sheet("A sheet", ("a",), (("1",),)),
    Bars("16 at once", {"leadiq": (3.0, 2.9, 3.1)}, {"leadiq": "300 µs", "httpx": "failed"}),
)
REPORT = Report("2026-11-23T21:00:00+00:00", "a machine", {"httpx": "0.28.1"}, 600.0, RESULTS)


def test_a_report_comes_back_from_its_json() -> None:
    """What is kept can be written anew as tables, without measuring."""
    assert report.from_json(report.to_json(REPORT)) == REPORT


def test_figures_that_are_measured_no_more_are_left_out() -> None:
    """An old result with other figures can still be read."""
    text = report.to_json(REPORT).replace('"key": "16"', '"key": "of another time"')
    assert report.from_json(text).results == RESULTS[1:]


def test_a_row_has_goal_median_spread_and_rounds() -> None:
    """Everything that is needed to judge a figure stands in its row."""
    assert report.row(figure("16", [3.1, 3.0, 3.2]))[1:] == (
        "at least 3 x",
        "3.10 x",
        "3 to 3.20",
        "3",
        "yes",
    )


def test_a_goal_that_is_missed_stands_in_bold() -> None:
    """Nobody has to compare numbers to see it."""
    row = report.row(figure("16 fast", [5.0], remark="on a busy machine"))
    assert row[0].endswith("(on a busy machine)")
    assert row[2:] == ("**5 x**", "", "1", "**no**")


def test_what_failed_stands_in_bold_with_the_kind_of_error() -> None:
    """A figure that could not be measured is not left out."""
    row = report.row(figure("yours", [], failed="PoolTimeout x 3"))
    assert row[2] == "**failed: PoolTimeout x 3**"
    assert row[-1] == "**no**"


def test_a_figure_without_a_goal_is_neither_reached_nor_missed() -> None:
    """It is told, and no more."""
    assert report.row(figure("import stock", [165.0]))[1:] == ("–", "165 ms", "", "1", "")


def test_the_page_says_what_limits_each_figure_that_is_missed() -> None:
    """A missed goal comes with its reason, or says that nobody looked."""
    page = report.page(REPORT)
    assert page.count("**16 at once, `[fast]`, vs the stock ariadne-codegen client**: ") == 1
    assert "**16 at once, default" not in page
    assert "a fifth of such a call is aiohttp" in page
    assert "your own `httpx.AsyncClient` behind the gate, vs the same client bare**" not in page
    assert "\n## A sheet" in page
    assert "in 10 minutes: a machine; httpx 0.28.1." in page
    good = Report("2026-11-23", "m", {}, 1.0, (RESULTS[0],))
    assert "What keeps" not in report.page(good)


def test_a_run_knows_its_machine_and_versions() -> None:
    """A figure means little without them."""
    now = report.about(RESULTS, 12.4)
    assert now.took_s == 12
    assert "cores of" in now.machine
    assert now.versions["httpx"]
    assert "not-a-package" not in now.versions

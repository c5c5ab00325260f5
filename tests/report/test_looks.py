"""The rules of how a report looks, in a real browser: on a telephone and a desk, light and dark."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from browser.page import Page
from leadiq._report.page import page as made

from .samples import ALL

CHARTS = ("#funnel-chart", "#spending-chart", "#hits-chart", "#waiting-chart")
# Texts of one chart that lie over each other, or stand out of the window.
TEXTS = """
[...document.querySelectorAll("svg[role=img]")].flatMap(svg => {
  const texts = [...svg.querySelectorAll("text")].filter(one => one.textContent)
    .map(one => [one.textContent, one.getBoundingClientRect()]);
  const across = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 1
    && b.top < a.bottom - 1;
  const out = texts.filter(([, box]) => box.left < 0 || box.right > innerWidth + 1);
  return [...out.map(([text]) => text), ...texts.flatMap(([text, box], at) =>
    texts.slice(at + 1).filter(other => across(box, other[1])).map(other => text + " | " + other[0])
  )];
})
"""
# Text that is cut off, or hidden under something else.
CUT = """
[...document.querySelectorAll(".tile dd, .tile dt, h1, h2, p")]
  .filter(one => one.scrollWidth > one.clientWidth + 1)
  .map(one => one.textContent)
"""


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("width", [360, 1280])
def test_everything_is_in_its_place(page: Page, tmp_path: Path, name: str, width: int) -> None:
    """Nothing makes the page scroll sideways, no text lies over another or is cut off, and the
    browser has nothing to complain about and loads nothing.
    """
    file = tmp_path / "report.html"
    file.write_text(made(ALL[name]), encoding="utf-8")
    page.view(width, 800)
    page.open(file)
    assert page.wide() == []
    assert page.evaluate(TEXTS) == []
    assert page.evaluate(CUT) == []
    assert page.problems == []
    assert [one for one in page.requests if not one.startswith("data:")] == [file.as_uri()]


def test_charts_are_drawn_and_apart(page: Page, tmp_path: Path) -> None:
    """Each has its room, its colour is on the screen, and its table is beside or below it."""
    file = tmp_path / "report.html"
    file.write_text(made(ALL["usual"]), encoding="utf-8")
    page.view(1280, 800)
    page.open(file)
    boxes = [page.box(chart) for chart in CHARTS]
    assert all(box["width"] > 400 and box["height"] > 80 for box in boxes)
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] < below["y"]
    for chart, box in zip(CHARTS, boxes, strict=True):
        assert page.box(f"{chart} + .scroll")["x"] >= box["x"] + box["width"]
    page.evaluate("document.querySelector('#funnel-chart').scrollIntoView()")
    box = page.box("#funnel-chart")
    seen = page.screenshot()
    bar = seen.pixel(int(box["x"]) + 30, int(box["y"]) + 28)
    assert bar.blue > bar.red + 80
    page.view(360, 800)
    assert page.box("#funnel-chart + .scroll")["y"] > page.box("#funnel-chart")["y"] + 80


def test_dark_is_dark_and_light_is_light(page: Page, tmp_path: Path) -> None:
    """As whoever reads it has chosen for all pages; and the text stands out in both."""
    file = tmp_path / "report.html"
    file.write_text(made(ALL["usual"]), encoding="utf-8")
    page.view(360, 740)
    page.open(file)
    light = page.screenshot()
    page.view(360, 740, dark=True)
    dark = page.screenshot()
    assert dark.brightness < 60 < 200 < light.brightness
    for seen in (light, dark):
        shades = [colour.brightness for colour in seen.colours(2)]
        assert max(shades) - min(shades) > 180


def test_harm_is_not_done(page: Page, tmp_path: Path) -> None:
    """A file's name is shown as it is, and does nothing."""
    file = tmp_path / "report.html"
    file.write_text(made(ALL["hostile"]), encoding="utf-8")
    page.open(file)
    assert page.evaluate("document.title").startswith("Enrichment of <script>")
    assert "<script>document.title" in page.text("h1")
    assert "<style>* { display: none }" in page.text("header")
    assert page.evaluate("document.querySelectorAll('script, img').length") == 0
    assert page.style("main", "display") == "block"


def test_it_can_be_printed(page: Page, tmp_path: Path) -> None:
    """On white, whatever the screen is."""
    file = tmp_path / "report.html"
    file.write_text(made(ALL["usual"]), encoding="utf-8")
    page.view(1000, 800, dark=True)
    page.open(file)
    page._call("Emulation.setEmulatedMedia", media="print")
    assert page.style("body", "background-color") == "rgba(0, 0, 0, 0)"
    assert page.style("body", "color") == "rgb(24, 33, 43)"

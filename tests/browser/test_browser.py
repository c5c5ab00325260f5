"""Rules of the browser helper: it sees what is there, and tells what a test asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser import Page
from browser.pixels import Pixel

HTML = """<!doctype html><html lang="en"><meta charset="utf-8"><title>T</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark }
  body { margin: 0; background: #fff; color: #123456 }
  @media (prefers-color-scheme: dark) { body { background: #101010 } }
  #patch { width: 40px; height: 40px; background: rgb(10, 200, 30) }
</style>
<div id="patch"></div><input id="field"><button id="more">more</button><p id="said"></p>
<script>
  const field = document.querySelector("#field"), said = document.querySelector("#said");
  document.querySelector("#more").onclick = () => { said.textContent = "pressed " + field.value };
  document.addEventListener("keydown", event => {
    if (event.key === "Enter" && event.ctrlKey) said.textContent = "sent";
  });
</script>"""


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Page:
    """A page that shows `HTML`."""
    return opened(page, tmp_path, HTML)


def opened(page: Page, folder: Path, html: str) -> Page:
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    page.open(file)
    return page


def test_the_pixels_are_those_of_the_page(shown: Page, tmp_path: Path) -> None:
    """A patch of one colour is seen in it, and the file holds the same picture."""
    image = shown.screenshot(tmp_path / "shot.png")
    assert (image.width, image.height) == (1280, 800)
    assert image.pixel(20, 20) == Pixel(10, 200, 30)
    assert image.pixel(600, 20) == Pixel(255, 255, 255)
    assert image.colours()[Pixel(10, 200, 30)] == 100
    assert (tmp_path / "shot.png").read_bytes().startswith(b"\x89PNG")


def test_a_page_is_seen_by_day_and_by_night(shown: Page) -> None:
    """The preferred scheme is the page's, and what it has computed can be read."""
    assert shown.screenshot().brightness > 200
    shown.view(360, 740, dark=True)
    assert shown.style("body", "background-color") == "rgb(16, 16, 16)"
    assert shown.screenshot().brightness < 60
    assert shown.evaluate("innerWidth") == 360


def test_it_is_used_with_mouse_and_keys(shown: Page) -> None:
    """Clicks, text and keys with modifiers arrive as a person's would."""
    shown.click("#field")
    shown.type("ab – c")
    shown.press("Backspace")
    shown.press("d")
    shown.click("#more")
    assert shown.text("#said") == "pressed ab – d"
    shown.press("Enter", "Control")
    assert shown.wait_for("document.querySelector('#said').textContent === 'sent'")


def test_what_is_too_wide_is_named(page: Page, tmp_path: Path) -> None:
    """A box that makes the page scroll is told of; one that scrolls inside its own is not."""
    page.view(360, 740)
    wide = "<div id={} style='width:500px'>x</div>"
    opened(page, tmp_path, f"<div id=o style='overflow-x:auto'>{wide.format('inner')}</div>")
    assert page.wide() == []
    opened(page, tmp_path, wide.format("outer"))
    assert [one.split()[0] for one in page.wide()] == ["(the", "div#outer"]


def test_what_is_wrong_is_told(page: Page, tmp_path: Path) -> None:
    """Errors of the console, exceptions, broken policies and failed requests are problems."""
    policy = "<meta http-equiv=Content-Security-Policy content=\"style-src 'none'\">"
    scripts = "<script>console.error('one'); console.log('well'); nothing()</script>"
    image = "<img src=http://nowhere.example.com/x.png>"
    opened(page, tmp_path, f"{policy}<style>p{{}}</style>{scripts}{image}")
    page.wait_for("document.images[0].complete")
    found = " ".join(page.problems)
    for word in (
        "console: ['one']",
        "nothing is not defined",
        "style-src",
        "ERR_NAME_NOT_RESOLVED",
    ):
        assert word in found
    assert "well" not in found
    assert "http://nowhere.example.com/x.png" in page.requests


def test_what_throws_fails_the_test(page: Page) -> None:
    """An expression that throws, and one that never comes true, are assertion errors."""
    with pytest.raises(AssertionError, match="nothing is not defined"):
        page.evaluate("nothing")
    with pytest.raises(AssertionError, match="did not come true"):
        page.wait_for("1 > 2", timeout_s=0.05)
    with pytest.raises(AssertionError, match="ERR_FILE_NOT_FOUND"):
        page.open(Path("/nowhere/wrong.html"))

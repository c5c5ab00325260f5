"""The chart, as SVG."""

from __future__ import annotations

from xml.etree import ElementTree

from benchmarks.chart import svg
from benchmarks.figures import Bars

SPACE = "{http://www.w3.org/2000/svg}"
PANELS = [
    Bars(
        "16 at once",
        {"leadiq": (3.0, 2.5, 3.5), "a <rival>": (1.0, 1.0, 1.0)},
        {"leadiq": "300 µs", "a <rival>": "900 µs", "broken": "failed: PoolTimeout"},
    ),
    Bars("nothing", {}, {}),
]


def _drawn() -> ElementTree.Element:
    return ElementTree.fromstring(svg(PANELS, "speeds & such"))  # noqa: S314 - our own


def test_the_chart_is_well_formed_and_has_a_title() -> None:
    """Names are escaped, and who cannot see the picture is told what it is."""
    drawn = _drawn()
    assert drawn.findtext(f"{SPACE}title") == "speeds & such"
    assert "a <rival>" in [text.text for text in drawn.iter(f"{SPACE}text")]


def test_bars_are_as_long_as_their_medians_and_ours_are_told_apart() -> None:
    """Three times as fast is three times as long."""
    bars = {b.get("class"): b for b in _drawn().iter(f"{SPACE}rect") if b.get("class") != "ground"}
    assert bars.keys() == {"ours", "rival"}
    lengths = {kind: float(bar.get("width", "0")) for kind, bar in bars.items()}
    assert abs(lengths["ours"] - 3 * lengths["rival"]) < 0.2


def test_who_failed_has_its_error_and_no_bar_and_stands_last() -> None:
    """It is not left out of the picture."""
    texts = [text.text or "" for text in _drawn().iter(f"{SPACE}text")]
    assert "failed: PoolTimeout" in texts
    assert texts.index("leadiq") < texts.index("a <rival>") < texts.index("broken")


def test_everything_lies_within_the_picture() -> None:
    """Nothing is cut off at the right or at the bottom."""
    drawn = _drawn()
    width, height = float(drawn.get("width", "0")), float(drawn.get("height", "0"))
    for line in drawn.iter(f"{SPACE}line"):
        assert float(line.get("x2", "0")) <= width
        assert float(line.get("y2", "0")) <= height

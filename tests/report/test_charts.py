"""The rules of charts: what is drawn is what was given, and it says in words what it is."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from typing import Any

import pytest

from leadiq._report.charts import Bar, Level, bars, line, round_up

D = Decimal


def drawn(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314 - ours; it has to be well-formed


def all_of(picture: ET.Element, name: str, **attributes: str) -> list[dict[str, Any]]:
    found = (one.attrib for one in picture.iter(name))
    return [one for one in found if attributes.items() <= one.items()]


def test_a_picture_has_a_title_and_a_description() -> None:
    """For those who cannot see it."""
    picture = drawn(bars("a", "The title", "The <description>", [Bar("one", 1, "1")]))
    assert (picture.get("role"), picture.get("aria-labelledby")) == ("img", "a-title a-desc")
    texts = {one.get("id"): one.text for one in picture.iter() if one.get("id")}
    assert (texts["a-title"], texts["a-desc"]) == ("The title", "The <description>")


def test_bars_are_as_wide_as_their_shares() -> None:
    """What is little can be seen all the same, and nothing is not drawn."""
    given = [Bar("a", 1, "1"), Bar("b", 0.25, "2", "warm"), Bar("c", 1e-9, "3"), Bar("d", 0, "0")]
    picture = drawn(bars("a", "", "", given))
    assert [one["width"] for one in all_of(picture, "rect", **{"class": "fill"})] == [
        "100.00%",
        "0.40%",
    ]
    assert [one["width"] for one in all_of(picture, "rect", **{"class": "warm"})] == ["25.00%"]
    assert len(all_of(picture, "rect", **{"class": "track"})) == 4
    assert [one.text for one in picture.iter("text")] == ["a", "1", "b", "2", "c", "3", "d", "0"]


def test_a_line_goes_through_its_points() -> None:
    """From nothing at the left, to the top of the chart for the value of the top."""
    points = [(0.5, D(1)), (1.0, D(4))]
    grid = [Level(D(0), ""), Level(D(4), "four")]
    picture = drawn(line("a", "", "", points, grid=grid, ends=("begin", "end")))
    area, stroke = (path["d"] for path in all_of(picture, "path"))
    assert stroke == "M0,1000L500.0,750.0L1000.0,0.0"
    assert area == f"{stroke}L1000,1000Z"
    assert [one.text for one in picture.iter("text")] == [None, "four", "begin", "end"]


def test_marks_and_breaks_are_where_they_belong() -> None:
    """A mark at its height across everything, a break at its place from top to bottom."""
    grid, marks = [Level(D(4), "")], [Level(D(2), "budget 2"), Level(D(4), "all")]
    picture = drawn(
        line("a", "", "", [(1, D(3))], grid=grid, marks=marks, breaks=[0.25], ends=("", ""))
    )
    half, top = all_of(picture, "line", **{"class": "mark"})
    assert (half["y1"], half["x2"]) == (half["y2"], "100%")
    (upright,) = all_of(picture, "line", **{"class": "break"})
    assert (upright["x1"], upright["x2"]) == ("25.00%", "25.00%")
    assert int(half["y1"]) == (int(upright["y1"]) + int(upright["y2"])) / 2
    assert top["y1"] == upright["y1"]
    assert re.findall(r"budget 2", ET.tostring(picture, "unicode")) == ["budget 2"]


@pytest.mark.parametrize(
    ("value", "top"),
    [("0", "1"), ("0.1", "0.1"), ("0.3", "0.4"), ("1", "1"), ("1.01", "2"), ("3", "4"),
     ("41", "50"), ("999", "1000"), ("1000", "1000"), ("123456.7", "200000")],
)  # fmt: skip
def test_the_top_is_the_next_round_number(value: str, top: str) -> None:
    """Whose half is round, too; and there is always some height."""
    assert round_up(D(value)) == D(top)

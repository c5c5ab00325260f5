"""The rule of formulas: what a spreadsheet would run gets a quote, numbers and phones don't."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._files.formulas import defused, runs


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        '=HYPERLINK("https://example.com";"x")',
        "+1+1",
        "-2+3",
        "-2+3+cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "@SUM(1+9)*cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\ttext",
        "  =1+1",
        "\u200b=1+1",
        "\u00a0@x",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
        "- call back",
        "--x",
        "=",
        "+1 555 0100 ext 5",
        "+1 5",
        "+1 555 0100 555 0100 555",
        "-" + ".11" * 20_000 + "x",
        "+" + "1" * 16 + "x",
        "-5-3",
        "+1:2",
    ],
)
def test_a_formula_is_quoted(cell: str) -> None:
    """Whatever a spreadsheet could evaluate gets a single quote in front, once."""
    assert defused(cell) == f"'{cell}"
    assert defused(defused(cell)) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "text",
        "a=1",
        "1-2",
        "'=1+1",
        "(=1)",
        " text",
        "-5",
        "+5",
        "- 5",
        "-1,234.50",
        "-1'234.50",
        "-.5",
        "-3e8",
        "-1E-5",
        "-12 %",
        "+123456",
        "+15550100",
        "+1 (555) 555-0100",
        "+1-555-555-0100",
        "+44 20.5550.0100",
        "+(1) 555 0100",
        "-",
        "--",
        "+",
        " - ",
    ],
)
def test_what_cannot_run_is_left_alone(cell: str) -> None:
    """Text, signed numbers, phones and dashes reach the next program undamaged."""
    assert defused(cell) == cell


@given(st.text(alphabet="=+-@\uff1d\t\r\n 0159.,()'%eEaA|!:\u200b\u00a0", max_size=12))
def test_nothing_that_could_call_is_left_alone(cell: str) -> None:
    """A cell that begins with a sign and is not quoted has nothing in it but a number."""
    bare = cell.lstrip(" \u200b\u00a0")
    if not runs(cell) and bare[:1] in tuple("=+-@\uff1d"):
        assert bare == "" or re.fullmatch(r"[+-][0-9 .,()'%eE+-]*", bare)
        assert not re.search(r"[=@|!:aA]", bare)
        assert cell[:1] not in tuple("\t\r\n")

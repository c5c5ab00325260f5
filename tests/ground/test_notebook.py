"""The rules of what a notebook shows: escaped, readable, and of nobody."""

from __future__ import annotations

from decimal import Decimal

import records
from leadiq._ground.notebook import html_table, model_table
from leadiq.testing import assert_no_personal_data


def test_everything_is_escaped() -> None:
    """No cell, caption or header can be markup."""
    html = html_table("<b>", [("<i>", "<script>")], ("<u>", '"'))
    assert not {"<b>", "<i>", "<script>", "<u>"} & set(html.replace("><", "> <").split())
    assert "&lt;script&gt;" in html


def test_numbers_are_written_for_people() -> None:
    """Thousands apart, no exponent, None is empty, and a flag is a word."""
    html = html_table("", [("a", 1234, Decimal("1E+3"), None, True, Decimal("0.1"))])
    assert "<td>1,234</td><td>1,000</td><td></td><td>True</td><td>0.1</td>" in html


def test_a_table_without_header_has_none() -> None:
    """Nothing empty stands above the rows."""
    assert "thead" not in html_table("", [])
    assert "<thead><tr><th>a</th></tr></thead>" in html_table("", [], ("a",))


def test_a_model_tells_what_it_has_and_no_value() -> None:
    """Lists by their length; what is null may not have been selected."""
    html = records.person()._repr_html_()
    assert '<th style="text-align:left">current_positions</th><td>1</td>' in html
    assert '<th style="text-align:left">name</th><td>a value</td>' in html
    assert '<th style="text-align:left">location</th><td>nothing, or not selected</td>' in html
    assert "Ann" not in html
    assert_no_personal_data(html)
    assert model_table("Empty", []) == html_table("Empty", [])

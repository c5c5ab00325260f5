"""Docstrings from descriptions: joined, filled, and with the price."""

from __future__ import annotations

import ast

import pytest

from leadiq._core.pricing import Bill, DataPoint, Unlock
from leadiq_codegen.docs import WIDTH, docstring, price_line, text_of, wrapped


@pytest.mark.parametrize(
    ("description", "deprecated", "text"),
    [
        (None, None, ""),
        ("", None, ""),
        ("What it is.", None, "What it is."),
        ("  First.\n    More.\n", None, "First.\nMore."),
        ("What it is.", "use b", "What it is.\n\nDeprecated: use b"),
        (None, "use b", "Deprecated: use b"),
    ],
)
def test_a_description_and_a_deprecation_are_one_text(
    description: str | None, deprecated: str | None, text: str
) -> None:
    """A docstring says what a thing is, and that it is deprecated and why."""
    assert text_of(description, deprecated) == text


def test_an_empty_text_is_no_docstring() -> None:
    """Nothing to say is no statement."""
    assert docstring("") == []
    (statement,) = docstring("What it is.")
    assert ast.unparse(statement) == "'What it is.'"


def test_a_paragraph_is_filled_anew() -> None:
    """Lines that were broken for another width do not leave short lines behind."""
    words = "word " * 17
    text = f"{words.strip()}\n{words.strip()}\n\n{words.strip()}"
    lines = wrapped(text).split("\n")
    assert max(map(len, lines)) <= WIDTH
    assert lines[0] == ("word " * 18).strip()
    assert lines[2] == ""
    assert len(lines) == 4


def test_lines_that_belong_apart_stay_apart() -> None:
    """Arguments and the items of lists keep their lines; what is too long hangs."""
    text = f"Args:\n    a: {'word ' * 20}\n    b: short\n\nOne of:\n- a\n- b"
    assert wrapped(text).split("\n") == [
        "Args:",
        "    a: " + ("word " * 16).strip(),
        "        " + ("word " * 4).strip(),
        "    b: short",
        "",
        "One of:",
        "- a",
        "- b",
    ]


@pytest.mark.parametrize(
    ("bill", "line"),
    [
        (Bill("free"), "Price: nothing; it selects no data point that LeadIQ bills."),
        (Bill("unpublished"), "Price: not published; it depends on what is unlocked later."),
        (
            Bill("person", (DataPoint.PROFILE,), (Unlock.WORK_EMAIL, Unlock.WORK_PHONE)),
            "Price, in universal credits at published prices: up to 0.1 a person found;"
            " with WORK_EMAIL up to 1; with WORK_PHONE up to 10.",
        ),
        (
            Bill("company", (DataPoint.PROFILE, DataPoint.COMPANY)),
            "Price, in universal credits at published prices: up to 3 a company found.",
        ),
        (
            Bill("page", (DataPoint.PROFILE,)),
            "Price, in universal credits at published prices: up to 1 a page.",
        ),
        (
            Bill("page", (DataPoint.PROFILE,), (Unlock.COMPANY,)),
            "Price, in universal credits at published prices: up to 1 a page; company"
            " information, if it is charged here at all, up to 3 a company.",
        ),
    ],
)
def test_a_price_is_said_in_words(bill: Bill, line: str) -> None:
    """A method's docstring says what a call can cost, tier by tier."""
    assert price_line(bill) == line

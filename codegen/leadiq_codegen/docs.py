"""Docstrings from schema descriptions."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap

from leadiq._core.pricing import Bill, price

WIDTH = 90
# A line break inside a paragraph: neither side is blank, indented, or the item of a list.
_BREAK = re.compile(r"(?<=[^\n:])\n(?=[^\s*-])")


def text_of(description: str | None, deprecated: str | None = None) -> str:
    """Join a description and a deprecation reason; empty when there is neither."""
    parts = [inspect.cleandoc(description)] if description else []
    if deprecated:
        parts.append(f"Deprecated: {deprecated}")
    return "\n\n".join(parts)


def docstring(text: str) -> list[ast.stmt]:
    """Give the statement that is a docstring, or nothing for an empty text."""
    return [ast.Expr(value=ast.Constant(value=text))] if text else []


def wrapped(text: str) -> str:
    """Fill the lines of paragraphs anew; lines that are indented stay lines of their own."""
    lines: list[str] = []
    for line in _BREAK.sub(" ", text).split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        hanging = indent + "    " if indent else ""
        lines += textwrap.wrap(line, WIDTH, subsequent_indent=hanging) or [""]
    return "\n".join(lines)


def price_line(bill: Bill) -> str:
    """Say what a call can cost at published prices, for the docstring of a method."""
    if bill.basis == "free":
        return "Price: nothing; it selects no data point that LeadIQ bills."
    if bill.basis == "unpublished":
        return "Price: not published; it depends on what is unlocked later."
    per = {"person": "person found", "company": "company found", "page": "page"}[bill.basis]
    tiers = [f"up to {price(bill, results=0 if bill.basis == 'page' else 1).maximum} a {per}"]
    if bill.basis == "page" and bill.unlocks:
        tiers.append("company information, if it is charged here at all, up to 3 a company")
    else:
        tiers += (f"with {u.name} up to {price(bill, [u]).maximum}" for u in bill.unlocks)
    return f"Price, in universal credits at published prices: {'; '.join(tiers)}."

"""docs/tables.md: its recipes are run, and its columns are those of the code."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from in_process import sandboxed
from leadiq import Unlock, to_arrow
from leadiq._tables.columns import Type
from leadiq._tables.kinds import KINDS
from leadiq.types import ContactFilter, FlatSearchInput, Seniority

PAGE = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
WANTED = FlatSearchInput(contact_filter=ContactFilter(seniorities=[Seniority.VP]))
RECIPES = dict(re.findall(r"^\| ([a-z.]+) \| `(.+)` \|$", PAGE, re.MULTILINE))


def columns() -> str:
    """Write the page's table of columns."""
    lines = ["| kind | columns, of text where nothing else is said |", "|---|---|"]
    for kind in KINDS:
        found = kind.shape(frozenset(Unlock))
        named = [
            f"`{name}`" if type_ is Type.TEXT else f"`{name}` ({type_.value})"
            for name, type_ in zip(found.names, found.types, strict=True)
        ]
        lines.append(f"| `{kind.base.__name__}` | {', '.join(named)} |")
    return "\n".join(lines)


def test_the_columns_of_the_page_are_those_of_the_tables() -> None:
    """Each kind stands there with its columns and their types, in their order."""
    assert columns() in PAGE, columns()


@pytest.mark.anyio
@pytest.mark.parametrize("package", sorted(RECIPES))
async def test_a_recipe_makes_what_it_promises(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line takes over every row, where its package is installed."""
    pytest.importorskip(package, reason=f"{package} is not installed: it is in `make test-engines`")
    monkeypatch.chdir(tmp_path)
    async with sandboxed(people=600) as leadiq:
        people = to_arrow(await leadiq.flat_advanced_search(WANTED))
    names = {"people": people, package.partition(".")[0]: importlib.import_module(package)}
    if "." in package:
        names["pyarrow"] = importlib.import_module("pyarrow")
    made = eval(RECIPES[package], names)  # noqa: S307 - our own page
    assert people.num_rows == rows_of(made, tmp_path)


def rows_of(made: Any, folder: Path) -> int:
    """How many people are in what a recipe made."""
    if made is None:
        return int(
            importlib.import_module("pyarrow.parquet")
            .read_table(folder / "people.parquet")
            .num_rows
        )
    if hasattr(made, "fetchall"):
        return sum(count for _, count in made.fetchall())
    return len(made)


@pytest.mark.anyio
async def test_the_functions_of_the_page_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them asks the sandbox for something, and nothing fails."""
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "state"))
    names: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        exec(compile(block, "tables.md", "exec", dont_inherit=True), names)  # noqa: S102 - our own
    async with sandboxed(people=600) as leadiq:
        known = {"leadiq": leadiq, "wanted": WANTED, "emails": ["ada@example.com"]}
        for function in (names["tables"], names["batches"]):
            asked = inspect.signature(function).parameters
            await function(**{name: known[name] for name in asked})

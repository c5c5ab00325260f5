"""docs/notebook.md: its cells run as in a kernel, and show nobody."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import anyio
import pytest

from leadiq import LeadIQ
from leadiq.testing import LocalSandbox, assert_no_personal_data

PAGE = Path(__file__).parents[1] / "docs" / "notebook.md"


def cells() -> list[str]:
    """The page's cells, in their order."""
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def compiled(cell: str) -> Iterator[CodeType]:
    """A cell's code, as a kernel compiles it: what is awaited, and a last expression by itself."""
    tree = ast.parse(cell)
    *before, last = tree.body
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    if not isinstance(last, ast.Expr):
        before.append(last)
    yield compile(ast.Module(before, []), "notebook.md", "exec", flags)
    if isinstance(last, ast.Expr):
        yield compile(ast.Expression(last.value), "notebook.md", "eval", flags)


async def run(cell: str, names: dict[str, Any]) -> Any:
    """Run a cell, and give its last expression."""
    value = None
    for code in compiled(cell):
        value = eval(code, names)  # noqa: S307 - our own page
        if inspect.iscoroutine(value):
            value = await value
    return value


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalSandbox]:
    """What `LeadIQ()` asks."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: the extra [arrow]")
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path))
    monkeypatch.setitem(LeadIQ.__init__.__kwdefaults__, "requests_per_minute", 60_000)
    with LocalSandbox() as sandbox:
        for name, value in sandbox.environ.items():
            monkeypatch.setenv(name, value)
        yield sandbox


def test_the_cells_run_without_a_kernel(sandbox: LocalSandbox) -> None:
    """One after the other, with `await` where it stands; what they show is of nobody."""

    async def notebook() -> list[Any]:
        names: dict[str, Any] = {}
        return [await run(cell, names) for cell in cells()]

    balance, plan, results, rows, _ = anyio.run(notebook)
    assert balance.available == 1000
    assert [row["team"] for row in rows] == ["north", "south"]
    for shown in (plan, results):
        assert_no_personal_data(repr(shown) + shown._repr_html_(), sandbox)


def test_the_cells_run_in_ipython(sandbox: LocalSandbox) -> None:
    """In IPython's own shell, with the HTML that Jupyter shows, and nobody in it."""
    pytest.importorskip("IPython", reason="IPython is not installed: pip install ipython")
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.history_manager.enabled = False
    shown: list[str] = []
    for cell in cells():
        done = shell.run_cell(cell)
        done.raise_error()
        if done.result is not None:
            formats, _ = shell.display_formatter.format(done.result)
            shown += [formats.get("text/html", ""), formats["text/plain"]]
    assert sum("<table>" in one for one in shown) == 2
    assert_no_personal_data("\n".join(shown), sandbox)

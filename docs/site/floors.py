"""The floors of the package, as its own imports make them. Reads the code; imports none of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[2] / "src" / "leadiq"
SHIM = SOURCE / "_generated" / "base_client.py"  # generated methods, built on the conduct layer
NO_PARTS = {"__init__", "__main__", "_version"}


class Part(NamedTuple):
    """A package of the first level, or a module beside them."""

    name: str
    says: str
    """The first sentence of its docstring."""
    modules: int
    needs: frozenset[str]
    """Other parts that it imports when it runs."""


def parts() -> dict[str, Part]:
    """Every part of the package."""
    paths = sorted(SOURCE.iterdir())
    found = {p.stem: p for p in paths if (p / "__init__.py").exists() or p.suffix == ".py"}
    names = found.keys() - NO_PARTS
    return {name: _part(name, found[name], names) for name in sorted(names)}


def levels(every: dict[str, Part]) -> list[list[Part]]:
    """Parts in floors, the lowest first: each stands on some of the floor below it."""
    height: dict[str, int] = {}

    def high(name: str) -> int:
        if name not in height:
            height[name] = 1 + max((high(each) for each in every[name].needs), default=-1)
        return height[name]

    top = max(map(high, every))
    return [[p for p in every.values() if height[p.name] == level] for level in range(top + 1)]


def sentence(path: Path) -> str:
    """The first sentence of a module's docstring, without what stands in brackets."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = " ".join(text.split("\n\n")[0].split()).partition(". ")[0].rstrip(".")
    return re.sub(r" \([^)]*\)", "", first).replace("`", "")


def _part(name: str, path: Path, names: set[str]) -> Part:
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    needs = {n for file in files if file != SHIM for n in _imports(file)} & names - {name}
    first = path / "__init__.py" if path.is_dir() else path
    return Part(name, sentence(first), len(files), frozenset(needs))


def _imports(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    depth = len(path.relative_to(SOURCE).parts)
    for node in _run(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        if node.level == depth:
            yield from [node.module.split(".")[0]] if node.module else [n.name for n in node.names]
        elif (node.module or "").startswith("leadiq.") and not node.level:
            yield str(node.module).split(".")[1]


def _run(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only type checkers see."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from _run(node)

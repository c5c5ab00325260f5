"""Every mutant of a module's source, each with a name that edits elsewhere do not change. Pure."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType
from typing import NamedTuple

from . import operators, patterns

_WIDTH = 100  # of the code that names a mutant: more would not be read
_AROUND = 30  # characters beside the change, in code that is longer


class Name(NamedTuple):
    """Which mutant: what stands where, and what it becomes."""

    module: str
    function: str
    """Qualified name of the function or class; empty at the top of the module."""
    before: str
    after: str
    number: int
    """From 1, among equal changes in the same function."""


@dataclass(frozen=True)
class Change:
    """One node of a tree, and what takes its place."""

    owner: ast.AST
    field: str
    index: int | None
    old: ast.AST
    new: ast.AST

    @contextmanager
    def made(self) -> Iterator[None]:
        """Change the tree, and change it back."""
        self._put(self.new)
        try:
            yield
        finally:
            self._put(self.old)

    def _put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.owner, self.field, node)
        else:
            getattr(self.owner, self.field)[self.index] = node


class Source:
    """A module's source as a tree, and its mutants."""

    def __init__(self, module: str, text: str) -> None:
        self._tree = ast.parse(text)
        self.mutants = dict(self._named(module))

    def compile(self, name: Name, path: str) -> CodeType:
        """Give the code of the module with one mutant in it."""
        with self.mutants[name].made():
            return compile(ast.fix_missing_locations(self._tree), path, "exec")

    def _named(self, module: str) -> Iterator[tuple[Name, Change]]:
        met = set[tuple[ast.AST, str]]()
        equal: Counter[tuple[str, str, str]] = Counter()
        for function, shown, change in _changes(self._tree, "", []):
            before = _text(shown)
            with change.made():
                after = _text(shown) if shown is not change.old else _text(change.new)
            if before == after or (shown, after) in met:
                continue
            met.add((shown, after))
            before, after = _closer(before, after)
            equal[function, before, after] += 1
            yield Name(module, function, before, after, equal[function, before, after]), change


def _changes(
    node: ast.AST, function: str, above: list[ast.AST]
) -> Iterator[tuple[str, ast.AST, Change]]:
    """Walk down; `above` is the way from the statement to here, and shows where a change is."""
    for field, index, child in _children(node):
        if _is_left_alone(node, field, child):
            continue
        inner = function
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            inner = f"{function}.{child.name}".removeprefix(".")
        way = [child] if isinstance(child, ast.stmt | ast.match_case) else [*above, child]
        for new in _variants(node, child):
            yield (
                inner,
                _shown(way),
                Change(node, field, index, child, ast.copy_location(new, child)),
            )
        yield from _changes(child, inner, way)


def _variants(parent: ast.AST, child: ast.AST) -> Iterator[ast.AST]:
    yield from operators.statements(child)
    yield from operators.expressions(child)
    if isinstance(child, ast.Constant) and patterns.is_pattern(parent):
        yield from map(ast.Constant, patterns.variants(child.value))


def _children(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(node):
        if isinstance(value, list):
            yield from ((field, i, v) for i, v in enumerate(value) if isinstance(v, ast.AST))
        elif isinstance(value, ast.AST):
            yield field, None, value


def _is_left_alone(parent: ast.AST, field: str, child: ast.AST) -> bool:
    """Docstrings, annotations, and what only type checkers read."""
    if field in ("annotation", "returns", "decorator_list", "bases"):
        return True
    match child:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Import() | ast.ImportFrom():
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__" | "__slots__")]):
            return True
        case ast.Assign(value=ast.Call(func=ast.Name(id="TypeVar"))):
            return True
        case ast.Assign(value=ast.Subscript(value=ast.Name(id="Literal"))):
            return True
        case ast.ClassDef(bases=[ast.Name(id="Protocol")]):
            return True
        case _:
            return False


def _shown(way: list[ast.AST]) -> ast.AST:
    """The most of the statement around a change that still fits into a line."""
    return next((node for node in way if len(_text(node)) <= _WIDTH), way[-1])


def _text(node: ast.AST) -> str:
    """The code on one line; of statements with a body, their head."""
    if isinstance(node, ast.If | ast.While):
        return f"{type(node).__name__.lower()} {_text(node.test)}"
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.For | ast.With | ast.match_case):
        return ast.unparse(node).partition(":\n")[0].replace("\n", " ")
    return " ".join(ast.unparse(node).split())


def _closer(before: str, after: str) -> tuple[str, str]:
    """Leave out of long code what is the same in both, but for a little beside the change."""
    if max(len(before), len(after)) <= _WIDTH:
        return before, after
    start = _common(before, after)
    end = _common(before[:start:-1], after[:start:-1])
    start, end = max(start - _AROUND, 0), max(end - _AROUND, 0)
    return _cut(before, start, end), _cut(after, start, end)


def _common(one: str, other: str) -> int:
    """Count the characters with which both begin."""
    shorter = min(len(one), len(other))
    return next((i for i in range(shorter) if one[i] != other[i]), shorter)


def _cut(text: str, start: int, end: int) -> str:
    return "..." * bool(start) + text[start : len(text) - end] + "..." * bool(end)

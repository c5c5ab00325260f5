"""Writes the files that have no counterpart in ariadne-codegen: operations and the lazy init."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping

from leadiq._core.documents import Segment
from leadiq._core.pricing import Bill

from .templates import Compiled

WIDTH = 88

OPERATIONS_HEAD = '''"""The operations of `queries/`, compiled into templates."""

from .._core.documents import Operation, Segments
from .._core.pricing import Bill, DataPoint, Unlock

'''

INIT_HEAD = '''\
"""The LeadIQ contract as Python: each module of it loads when a name of it is used."""

from typing import TYPE_CHECKING

'''

INIT_TAIL = """
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        for module, names in _NAMES.items():
            if name in names:
                found = getattr(import_module(f".{module}", __name__), name)
                return globals().setdefault(name, found)  # the next time it is found at once
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return __all__
"""


def literal(text: str) -> str:
    """Write a long string over several lines."""
    if len(text) <= WIDTH:
        return repr(text)
    chunks = [text[i : i + WIDTH] for i in range(0, len(text), WIDTH)]
    return "(\n" + "\n".join(repr(chunk) for chunk in chunks) + "\n)"


def _segment(segment: Segment) -> str:
    if isinstance(segment, str):
        return literal(segment)
    return f"({literal(segment[0])}, {segment[1]!r})"


def _bill(bill: Bill) -> str:
    points = "".join(f"DataPoint.{p.name}," for p in bill.always)
    unlocks = "".join(f"Unlock.{u.name}," for u in bill.unlocks)
    return f"Bill({bill.basis!r}, ({points}), ({unlocks}))"


def constant(operation: str) -> str:
    """The name of an operation's constant: `SearchPeople` -> `SEARCH_PEOPLE`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", operation).upper()


def unfold(code: str) -> str:
    """Write docstrings of attributes over several lines, which `ast.unparse` does not."""
    return "\n".join(_unfolded(line) for line in code.split("\n"))


def _unfolded(line: str) -> str:
    text = line.strip()
    if not (text.startswith('"') and text.endswith('"') and "\\n" in text):
        return line
    indent = line[: len(line) - len(line.lstrip())]
    value = str(ast.literal_eval(text))
    if "\\" in value or '"""' in value:
        return line
    lines = value.split("\n")
    block = [f'"""{lines[0]}', *(line for line in lines[1:]), '"""']
    return "\n".join(indent + line if line else "" for line in block)


def operations(compiled: Iterable[Compiled], fragments: Mapping[str, tuple[Segment, ...]]) -> str:
    """Write `operations.py`, unformatted."""
    table = "".join(
        f"{name!r}: ({''.join(_segment(s) + ',' for s in fragments[name])}),\n"
        for name in sorted(fragments)
    )
    parts = [OPERATIONS_HEAD, f"FRAGMENTS: dict[str, Segments] = {{\n{table}}}\n\n"]
    for operation in sorted(compiled, key=lambda c: c.name):
        parts.append(
            f"{constant(operation.name)} = Operation(name={operation.name!r}, "
            f"kind={operation.kind!r}, root={operation.root!r}, text={literal(operation.text)}, "
            f"variables={operation.variables!r}, "
            f"needs={operation.needs!r}, fragments=FRAGMENTS, flags={operation.flags!r}, "
            f"repeatable={operation.repeatable!r}, bill={_bill(operation.bill)},)\n\n"
        )
    names = ", ".join(constant(o.name) for o in sorted(compiled, key=lambda c: c.name))
    parts.append(f"ALL: tuple[Operation, ...] = ({names})\n")
    return "".join(parts)


def init(public: Mapping[str, list[str]]) -> str:
    """Write `__init__.py`, unformatted."""
    parts = [INIT_HEAD, "if TYPE_CHECKING:\n"]
    for module, names in sorted(public.items()):
        parts.append(f"    from .{module} import {', '.join(sorted(names))}\n")
    names_of = {module: frozenset(names) for module, names in public.items()}
    table = ",\n".join(f"{m!r}: {sorted(n)!r}" for m, n in sorted(names_of.items()))
    every = sorted(name for names in public.values() for name in names)
    parts.append(f"\n_NAMES = {{\n{table}\n}}\n\n__all__ = {every!r}\n{INIT_TAIL}")
    return "".join(parts)

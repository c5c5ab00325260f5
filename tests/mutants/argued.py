"""The list of mutants that may survive, and why each of them may."""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable
from pathlib import Path
from typing import NamedTuple

from .source import Name

FIELDS = ["module", "function", "before", "after", "number", "why"]


class Verdict(NamedTuple):
    """How what survived compares with the list."""

    unargued: list[Name]
    gone: list[Name]
    """On the list, and killed by now, or no mutant any more."""


def read(path: Path) -> dict[Name, str]:
    """Give the argument for each mutant on the list.

    Raises:
        ValueError: when one has no argument, or is on it twice.
    """
    argued = dict[Name, str]()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            *name, number, why = (row[field] for field in FIELDS)
            key = Name(*name, int(number))
            if not why or key in argued:
                raise ValueError(f"{path}: no argument, or a second one, for {key}")
            argued[key] = why
    return argued


def judge(argued: Iterable[Name], module: str, survived: Iterable[Name]) -> Verdict:
    """Hold what survived in a module against the list."""
    expected = [name for name in argued if name.module == module]
    survived = list(survived)
    return Verdict(
        [name for name in survived if name not in expected],
        [name for name in expected if name not in survived],
    )


def strays(argued: Iterable[Name], modules: Container[str]) -> list[Name]:
    """Give those on the list whose module is not tried at all."""
    return [name for name in argued if name.module not in modules]


def row(name: Name, why: str) -> str:
    """Write one as a line of the list."""
    return "\t".join((*map(str, name), why))

"""Rows on disk, to be taken in another order than they came in; memory does not grow with them."""

from __future__ import annotations

import pickle
import sqlite3
from math import isfinite
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from .._core.errors import InputError
from .._engine.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .._engine.rank import Rank

R = TypeVar("R")


class Spool(Generic[R]):
    """Rows with a rank. Use it as a context manager; the temporary file goes at the end.

    Args:
        rank: tells how early a row is to be taken: the highest first. None is behind all others,
            and so is what it raises for. Rows of one rank keep their order.
    """

    def __init__(self, rank: Rank[R]) -> None:
        self._rank = rank
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("pragma journal_mode = off")
        self._database.execute("create table row (at integer primary key, rank real, data blob)")
        self._database.execute("begin")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, row: Row[R]) -> None:
        """Keep one more row.

        Raises:
            InputError: a row that cannot be kept on disk.
        """
        try:
            data = pickle.dumps(tuple(row))
        except Exception as error:
            name = type(error).__name__
            text = f"first= keeps rows on disk, and row {row.line} cannot be pickled ({name})"
            raise InputError(text, sent=False) from None
        query = "insert into row (rank, data) values (?, ?)"
        self._database.execute(query, (self._ranked(row.row), data))

    def by_rank(self) -> Iterator[Row[R]]:
        """Yield the rows, the highest rank first."""
        self._database.execute("create index by_rank on row (rank desc, at)")
        yield from self._rows("order by rank desc, at")

    def in_order(self) -> Iterator[Row[R]]:
        """Yield the rows in the order in which they came."""
        yield from self._rows("order by at")

    def _rows(self, order: str) -> Iterator[Row[R]]:
        query = f"select data from row {order}"  # noqa: S608 - a constant
        for (data,) in self._database.execute(query):
            yield Row(*pickle.loads(data))  # noqa: S301 - our own

    def _ranked(self, row: R) -> float | None:
        try:
            rank: Any = self._rank(row)
            number = None if rank is None else float(rank)
        except Exception:  # the caller's function: this row comes last, that is all
            return None
        return number if number is not None and isfinite(number) else None

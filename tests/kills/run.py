"""One run of `leadiq enrich` in a process of its own, which may be killed at a chosen point."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from leadiq._jobs import journal
from leadiq._jobs.commits import Commits
from leadiq.cli import main

PHASES = ("before", "within", "after")
OPENING = "opening"


class Point(NamedTuple):
    """Where a process kills itself: at which commit of its journal, and how far into it.

    The phase "opening" is when it has taken over what another process left, and not committed that.
    """

    commit: int
    phase: str

    def __str__(self) -> str:
        return OPENING if self.phase == OPENING else f"{self.phase} commit {self.commit}"


class Mortal:
    """A database that does not live to see a commit."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql == "commit":
            die()
        return self._database.execute(sql, *values)


def die() -> None:
    """End as nothing can prevent or notice."""
    os.kill(os.getpid(), signal.SIGKILL)


def warm_up() -> None:
    """Load here what every fork would load again."""
    from leadiq._core.protocol import Envelope, read_reply
    from leadiq._generated.search_people import SearchPeople
    from leadiq._jobs.aliased import Aliased
    from leadiq.cli import _enrich
    from leadiq.types import CompanyDetails, SearchPeopleInput

    assert _enrich
    read_reply(Envelope[Aliased], 200, b'{"data": null}')
    SearchPeopleInput(company=CompanyDetails(name="Example"))
    read_reply(Envelope[SearchPeople], 200, b'{"data": null}')


def killing(point: Point, count: Path) -> Callable[[Commits, Any], None]:
    """Give a commit that goes as far as the point says, and no further; it counts itself."""
    real, seen = Commits._commit, 0

    def commit(self: Commits, batch: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == point.commit and point.phase == "before":
            die()
        if seen == point.commit and point.phase == "within":
            self._database.execute("begin")
            for sql, values in batch.statements:
                self._database.execute(sql, values)
            die()
        real(self, batch)
        count.write_text(str(seen))
        if seen == point.commit:
            die()

    return commit


def deadly(point: Point, log: Path) -> Any:
    """Give what makes the process kill itself at a point."""
    if point.phase == OPENING:
        real = journal._take_over
        return patch.object(journal, "_take_over", lambda database: real(Mortal(database)))  # type: ignore[arg-type]
    return patch.object(Commits, "_commit", killing(point, log.with_suffix(".commits")))


def enrich(words: Sequence[str], log: Path, point: Point | None = None) -> int:
    """Run the command in a fork; give its exit code, or minus the signal that ended it."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 99
    try:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        with ExitStack() as stack:
            if point:
                stack.enter_context(deadly(point, log))
            code = main(["enrich", *words])
        sys.stdout.flush()
    finally:
        os._exit(code)

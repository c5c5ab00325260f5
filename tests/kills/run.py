"""One run of `leadiq enrich` in a process of its own, which may be killed at a chosen point."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from leadiq._jobs.commits import Commits
from leadiq.cli import main

PHASES = ("before", "within", "after")


class Point(NamedTuple):
    """Where a process kills itself: at which commit of its journal, and how far into it."""

    commit: int
    phase: str


def die() -> None:
    """End as nothing can prevent or notice."""
    os.kill(os.getpid(), signal.SIGKILL)


def warm_up() -> None:
    """Load here what every fork would load again."""
    from leadiq._core.protocol import Envelope, read_reply
    from leadiq._generated.search_people import SearchPeople
    from leadiq.cli import _enrich
    from leadiq.types import CompanyDetails, SearchPeopleInput

    assert _enrich
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
                deadly = killing(point, log.with_suffix(".commits"))
                stack.enter_context(patch.object(Commits, "_commit", deadly))
            code = main(["enrich", *words])
        sys.stdout.flush()
    finally:
        os._exit(code)

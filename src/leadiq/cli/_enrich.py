"""`leadiq enrich IN OUT`: every row of a CSV file looked up, in order, each accounted for."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final

import anyio
from cyclopts import Parameter

from .. import _enrich as engine
from .._pricing import Unlock  # noqa: TC001 - cyclopts reads the signature
from ._columns import find_columns
from ._credits import credits_used
from ._output import STANDARD_OUTPUT, Output, require_writable
from ._problems import Problem, say
from ._progress import progress
from ._results import result_cells, result_columns
from ._server import Server
from ._summary import Summary, Tally
from ._survey import Survey
from ._tables import Row, Table

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator

    from anyio.abc import TaskStatus

    from .._client import LeadIQ
    from .._identity import InvalidLead, Lead
    from ._columns import Columns

_STOPPING: Final = "stopping: waiting for what is under way (Ctrl-C again gives it up)"
_GIVING_UP: Final = "giving up what is under way"


def _no_option(_: object, path: str) -> None:
    """Keep a misspelt option from being taken for a file, now that `-` alone may be one."""
    if path.startswith("-") and path != "-":
        raise ValueError(f"Unknown option {path}")


def _a_file(name: str) -> Parameter:
    return Parameter(name=name, allow_leading_hyphen=True, validator=_no_option)


def enrich(
    source: Annotated[str, _a_file("IN")],
    target: Annotated[str, _a_file("OUT")],
    /,
    *,
    unlock: Annotated[list[Unlock] | None, Parameter(negative="")] = None,
    map_: Annotated[list[str] | None, Parameter(name="--map", negative="")] = None,
    concurrency: int | None = None,
    force: Annotated[bool, Parameter(negative="")] = False,
    json: Annotated[bool, Parameter(negative="")] = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Look up every row of a CSV file and write the results.

    Each row of OUT is the row of IN with columns named leadiq_... after it; leadiq_status says
    how it ended. Rows that mean the same person are looked up once. Ctrl-C once stops sending,
    waits for what is paid for and writes everything; twice gives up what is under way.

    Args:
        source: CSV file in UTF-8 with a row of column names, or - for standard input.
        target: File to write, or - for standard output.
        unlock: What to pay for, beyond the profile. Repeat it for more.
        map_: Which column says what, where the name doesn't: field=column, for the fields id,
            email, linkedin, first-name, last-name, name, company, domain.
        concurrency: Lookups under way at a time [default: as many as use the rate].
        force: Overwrite OUT if it exists.
        json: Print the summary as JSON on standard output.
        server: Where to send requests.
    """
    if concurrency is not None and concurrency < 1:
        raise Problem("--concurrency has to be at least 1")
    if json and target == STANDARD_OUTPUT:
        raise Problem("--json needs standard output for itself: give OUT a file name")
    require_writable(target, source=source, force=force)
    with Table(source) as table:
        columns = _columns(table, map_ or ())
        survey = Survey(columns.lead(row.cells) for row in table.rows())
        server.require_usable()
        with Output(target, table.dialect, force=force) as output:
            wanted = frozenset(unlock or ())
            at_once = concurrency or server.lookups_at_once
            job = _Job(table, columns, survey, output, wanted, at_once)
            summary = anyio.run(job.run, server, target)
    _report(summary, as_json=json)
    if job.broken:
        raise job.broken
    return summary.exit_code


def _columns(table: Table, given: list[str] | tuple[()]) -> Columns:
    try:
        return find_columns(table.header, given)
    except Problem as problem:
        raise Problem(f"{table.name}: {problem}") from None


def _report(summary: Summary, *, as_json: bool) -> None:
    print(summary.as_text(), file=sys.stderr)
    if as_json:
        print(summary.as_json())


@dataclass(slots=True)
class _Job:
    """One run over a file that was found sound."""

    table: Table
    columns: Columns
    survey: Survey
    output: Output
    unlock: frozenset[Unlock]
    concurrency: int
    broken: Problem | None = None
    #: Rows that were handed to the engine and wait for their outcome, in order.
    waiting: deque[Row] = field(default_factory=deque)

    async def run(self, server: Server, target: str) -> Summary:
        """Do the job; the output is in place when this returns. Raises `Problem`."""
        began = time.monotonic()
        tally = Tally(self.unlock)
        async with server.connect(at_once=self.concurrency) as leadiq:
            before = await credits_used(leadiq)
            self.output.write_row([*self.table.header, *result_columns(self.unlock)])
            outcomes = await self._write_all(leadiq, tally)
            self.output.commit()
            charged = None if before is None else await _charged_since(before, leadiq)
        return Summary(
            source=self.table.name,
            target=target,
            tally=tally,
            requests=outcomes.sent,
            charged=charged,
            seconds=time.monotonic() - began,
            interrupted=outcomes.stopped and outcomes.stopped_by is None,
            stopped_by=outcomes.stopped_by,
        )

    async def _write_all(self, leadiq: LeadIQ, tally: Tally) -> engine.Outcomes:
        async with engine.enrich(
            leadiq,
            self._leads(),
            unlock=self.unlock,
            concurrency=self.concurrency,
            repeats=self.survey.repeats,
        ) as outcomes:
            with progress(self.survey.rows, tally, lambda: outcomes.sent) as show:
                async with _stopped_by_signals(outcomes):
                    await self._write(outcomes, tally, show)
        return outcomes

    async def _write(
        self, outcomes: engine.Outcomes, tally: Tally, show: Callable[[], None]
    ) -> None:
        async for outcome in outcomes:
            row = self.waiting.popleft()
            self.output.precious |= outcome.person is not None
            self.output.write_row([*row.cells, *result_cells(outcome, self.unlock)])
            tally.count(outcome)
            show()

    def _leads(self) -> Iterator[tuple[int, Lead | InvalidLead]]:
        """Yield what the engine takes, and keep each row until its outcome comes."""
        try:
            for row in self.table.rows():
                self.waiting.append(row)
                yield row.line, self.columns.lead(row.cells)
        except Problem as problem:  # it was sound when surveyed; what is paid for is kept
            self.broken = problem


async def _charged_since(before: int, leadiq: LeadIQ) -> int | None:
    try:
        after = await credits_used(leadiq)
    except Problem:
        return None
    return None if after is None else after - before


@asynccontextmanager
async def _stopped_by_signals(outcomes: engine.Outcomes) -> AsyncGenerator[None]:
    """Let the first Ctrl-C stop the sending, and the next give up what is under way."""
    if threading.current_thread() is not threading.main_thread():  # only that one gets signals
        yield
        return
    async with engine.background() as tasks:
        await tasks.start(_heed_signals, outcomes)
        yield


async def _heed_signals(outcomes: engine.Outcomes, *, task_status: TaskStatus[None]) -> None:
    with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        task_status.started()
        again = False
        async for _ in signals:
            outcomes.stop("not sent: interrupted", abandon=again)
            say(_GIVING_UP if again else _STOPPING)
            again = True

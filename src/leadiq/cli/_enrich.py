"""`leadiq enrich IN OUT`: every row of a file looked up, in order, each accounted for."""

from __future__ import annotations

import os
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final

import anyio
from cyclopts import Parameter

from .._core.errors import InputError
from .._core.pricing import Unlock
from .._engine.answers import Source
from .._engine.cells import result_cells, result_columns
from .._engine.rows import Row, Status
from .._files.formats import STANDARD
from .._files.opening import open_sink, open_source
from .._files.records import Record, lead_of
from .._files.targets import require_writable
from .._jobs.books import reconciliation_of
from .._jobs.catalog import DAY_S
from .._jobs.notes import Note
from .._jobs.row_receipts import RECEIPT_COLUMNS, receipt_cells
from .._jobs.run import Run
from .._jobs.store import Store
from .._jobs.terms import AUTO, Terms
from .._jobs.traffic import Traffic
from ._budgets import Budgets
from ._credits import reaching
from ._files import FileFormat, a_file, columns_of, surveyed, told
from ._interrupts import Interrupts
from ._jobs import batch_of, head_of, opened_journal, plan_of
from ._journals import days
from ._loop import run
from ._problems import Problem, say
from ._progress import State, shown
from ._receipts import Receipts
from ._reports import require_report, write_report
from ._server import Server
from ._stages import rank_of, stages_of
from ._summary import Summary
from ._unlocking import Unlocks  # noqa: TC001 - cyclopts reads the signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .._client.client import LeadIQ
    from .._engine.rows import Outcome
    from .._files.sinks import Sink
    from .._files.sources import Source as Table
    from .._files.survey import Survey
    from .._jobs.columns import Columns
    from .._jobs.journal import Journal

_STOPPING: Final = "stopping: waiting for what is under way (Ctrl-C again gives it up)"
_GIVING_UP: Final = "giving up what is under way"
_NOT_COUNTING: Final = "not waiting for the account's count of credits"


def enrich(
    source: Annotated[str, a_file("IN")],
    target: Annotated[str, a_file("OUT")],
    /,
    *,
    unlock: Unlocks = None,
    map_: Annotated[list[str] | None, Parameter(name="--map", negative="")] = None,
    budgets: Budgets = Budgets(),  # noqa: B008 - frozen
    plan: str | None = None,
    then: Annotated[list[str] | None, Parameter(negative="")] = None,
    first: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    batch: str = AUTO,
    concurrency: int | None = None,
    resume: Annotated[bool, Parameter(negative="")] = False,
    repeat_unknown: Annotated[bool, Parameter(negative="")] = False,
    force: Annotated[bool, Parameter(negative="")] = False,
    reuse: str | None = None,
    receipts: str | None = None,
    with_receipts: Annotated[bool, Parameter(negative="")] = False,
    report: str | None = None,
    json: Annotated[bool, Parameter(negative="")] = False,
    format_in: FileFormat = None,
    format_out: FileFormat = None,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Look up every row of a file and write the results.

    Each row of OUT is the row of IN with columns named leadiq_... after it; leadiq_status says
    how it ended. Rows that mean the same person are looked up once. Ctrl-C once stops sending,
    waits for what is paid for and writes everything; twice gives up what is under way. Every
    answer is kept in a journal (below LEADIQ_STATE) before it is used: after any end, a kill too,
    the same command with --resume goes on and asks for nothing that was answered.

    Example: leadiq enrich leads.csv out.csv --sandbox

    Example: leadiq enrich leads.csv out.csv --unlock work-email --budget 500

    Example: leadiq enrich leads.csv out.csv --unlock work-email --budget 500 --resume

    Args:
        source: CSV file with a row of column names, JSON lines or Parquet, or - for standard input.
        target: File to write, or - for standard output; its name tells the format. Until it is
            whole its rows are beside it, in .OUT.(random).partial, which stays if the process is
            killed.
        unlock: What to pay for, beyond the profile; several with commas.
        map_: Which column says what, where the name doesn't: field=column, for the fields id,
            email, linkedin, first-name, last-name, name, company, domain.
        budgets: What may be spent.
        plan: File that leadiq plan has written: the job keeps to its budget, and a changed IN or
            another selection is refused.
        then: What else to pay for, perhaps on a condition, of those who were found, such as
            "work-phone if title contains VP". It can be given several times; see docs/enrich.md.
        first: Column whose highest numbers are looked up first, when a budget may not reach for
            all; with - before it, the lowest. OUT keeps the order of IN.
        batch: Lookups in one request, 1 to 25, or auto: as many as are found to work, for free.
        concurrency: Requests under way at a time [default: as many as use the rate].
        resume: Go on with a job that did not end: same IN, OUT, --unlock, --then and --map.
        repeat_unknown: With --resume, also send again what was sent without an answer and may be
            charged again: company information.
        force: Overwrite OUT if it exists, and begin anew if there is a job to resume.
        reuse: Take answers of other jobs that are not older, such as 30d, instead of asking again.
        receipts: File for a line of JSON for each row: where its data came from, what it cost, when
            it was updated; free of personal data.
        with_receipts: Write the same into OUT, as more columns.
        report: File for a report of the job: HTML with charts, without anybody's data.
        json: Print the summary as JSON on standard output.
        format_in: What IN is, where neither its name nor its first bytes tell.
        format_out: What OUT is to be, where its name doesn't tell [default: as IN on standard
            output, else CSV].
        server: Where to send requests.
    """
    if concurrency is not None and concurrency < 1:
        raise Problem("--concurrency has to be at least 1")
    if json and STANDARD in (target, receipts):
        raise Problem("--json needs standard output for itself: write to a file besides")
    points = frozenset(unlock or ()) - {Unlock.PROFILE}
    planned = plan_of(plan, budgets.budget)
    server.require_usable()
    _require_apart(target, receipts, report)
    for path in (target,) if receipts is None else (target, receipts):
        require_writable(path, source=source, force=force or resume)
    if report is not None:
        require_report(report, source=source, force=force or resume)
    with open_source(source, format_in) as table:
        columns = columns_of(table, map_ or ())
        stages = stages_of(then or (), table.header, points)
        planned_limit = planned.budget if planned else None
        terms: Terms[Record] = Terms(
            unlock=points,
            stages=stages,
            budget=budgets.taken(points or stages, server, planned=planned_limit),
            first=rank_of(first, table.header),
            batch=batch_of(batch),
            concurrency=concurrency or server.lookups_at_once,
            repeat_unknown=repeat_unknown,
            reuse_s=0.0 if reuse is None else days("--reuse", reuse) * DAY_S,
        )
        survey = surveyed(table)
        head = head_of(table, target, points, map_ or (), stages)
        if planned:
            positions = {field.value: at for field, at in columns.positions.items()}
            planned.check(head.digest, points, positions, [str(stage) for stage in stages])
        with (
            opened_journal(head, resume=resume, force=force) as journal,
            told(
                open_sink(
                    target,
                    table,
                    [
                        *result_columns(terms.unlocked),
                        *(RECEIPT_COLUMNS if with_receipts else ()),
                    ],
                    force=force or resume,
                    word=format_out,
                    job=journal.path.stem,
                )
            ) as output,
            Receipts(receipts, force=force or resume) as kept,
        ):
            note = Note(
                began=0, sandbox=server.sandbox, forecast=planned.credits if planned else None
            )
            job = _Job(table, columns, survey, terms, journal, output, kept, with_receipts, note)
            run(job.run, server)
            if job.begun is None:
                raise KeyboardInterrupt
            summary = _summary(job.begun, job, target, server)
            print(summary.as_text(), file=sys.stderr)
            if json:
                print(summary.as_json())
            if report is not None:
                write_report(report, journal.path)
    if job.broken:
        raise job.broken
    return summary.exit_code


def _require_apart(target: str, receipts: str | None, report: str | None) -> None:
    """Refuse outputs that would overwrite each other."""
    for option, path in (("--receipts", receipts), ("--report", report)):
        if path is not None and (not path or path.endswith("/")):
            raise Problem(f"{option} takes the name of a file")
    given = [path for path in (target, receipts, report) if path]
    if len({os.path.realpath(path) for path in given}) < len(given):
        raise Problem("OUT, --receipts and --report have to be different files")


def _summary(begun: Run[Record], job: _Job, target: str, server: Server) -> Summary:
    run = begun.summary
    return Summary(
        source=job.table.name,
        target=target,
        tally=begun.tally,
        sent=run.sent,
        reused=run.sources.get(Source.JOURNAL, 0),
        charged=run.charged,
        totals=run.totals,
        earlier=run.totals.charged - run.spent,
        limit=run.limit,
        seconds=run.seconds,
        sandbox=server.sandbox,
        interrupted=run.interrupted,
        stopped_by=run.stopped_by,
        reconciliation=reconciliation_of(job.journal.path),
    )


@dataclass(slots=True)
class _Job:
    """One run over a file that was found sound."""

    table: Table
    columns: Columns
    survey: Survey
    terms: Terms[Record]
    journal: Journal
    output: Sink
    receipts: Receipts
    with_receipts: bool
    note: Note
    traffic: Traffic = field(default_factory=Traffic)
    begun: Run[Record] | None = None
    broken: InputError | None = None

    async def run(self, server: Server) -> None:
        """Do the job; the output is in place when this returns. Raises `Problem`.

        It has not `begun` if it was interrupted before any row was sent.
        """
        with anyio.CancelScope() as checking:
            interrupts = Interrupts(checking.cancel)
            async with (
                interrupts.heeded(),
                server.connect(at_once=self.terms.concurrency, on_event=self.traffic) as leadiq,
            ):
                await self._enrich(leadiq, interrupts)

    async def _enrich(self, leadiq: LeadIQ, interrupts: Interrupts) -> None:
        run = Run(
            leadiq,
            Store.default(),
            self.journal,
            self._rows(),
            self.terms,
            note=self.note,
            traffic=self.traffic,
        )
        async with AsyncExitStack() as stack:
            with reaching():
                await stack.enter_async_context(run)
            self.begun = run
            interrupts.act = stop = _Stop(run)
            async with shown(lambda: self._state(run, leadiq)):
                await self._write_all(run)
                stop.is_over = True

    async def _write_all(self, run: Run[Record]) -> None:
        try:
            async for outcome in run:
                self._write(outcome)
        except InputError as error:  # it was sound when surveyed; what is paid for is kept
            self.broken = error
        self.output.commit()
        self.receipts.commit()

    def _state(self, run: Run[Record], leadiq: LeadIQ) -> State:
        pace, traffic = leadiq.statistics(), self.traffic
        return State(
            done=run.tally.rows,
            rows=self.survey.rows,
            found=run.tally.statuses[Status.FOUND],
            spent=run.budget.spent,
            limit=run.budget.limit,
            requests=traffic.requests,
            rate=pace.limit,
            limited=traffic.limited,
            retries=traffic.retries,
            waiting=sum(pace.waiting.values()),
            closed_for_s=pace.closed_for_s,
        )

    def _write(self, outcome: Outcome[Record]) -> None:
        cells = result_cells(outcome, self.terms.unlocked)
        if self.with_receipts:
            cells += receipt_cells(outcome)
        self.output.precious |= outcome.person is not None
        settled = outcome.status not in (Status.FAILED, Status.NOT_SENT)
        self.output.write(outcome.row, cells, settled=settled)
        self.receipts.write(outcome)

    def _rows(self) -> Iterator[Row[Record]]:
        for record in self.table.records():
            yield Row(record.line, lead_of(record, self.columns), record)


class _Stop:
    """Lets the first Ctrl-C stop the sending, and the next give up what is under way."""

    def __init__(self, run: Run[Record]) -> None:
        self._run = run
        self._again = False
        self.is_over = False
        """Whether all is written, and only the account's count is waited for."""

    def __call__(self) -> None:
        self._run.stop(abandon=self._again)
        if self.is_over:
            say(_NOT_COUNTING)
        else:
            say(_GIVING_UP if self._again else _STOPPING)
        self._again = True

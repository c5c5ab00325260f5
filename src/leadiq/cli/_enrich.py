"""`leadiq enrich IN OUT`: every row of a CSV file looked up, in order, each accounted for."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final

import anyio
from cyclopts import Parameter

from .._engine import enrich as engine
from .._engine.tariff import live_prices
from .._jobs.budget import Budget
from .._jobs.lookups import PaidLookups
from .._jobs.recovery import recover
from ._columns import find_columns
from ._credits import credits_used, read_account
from ._files import a_file
from ._interrupts import Interrupts
from ._jobs import credits_of, head_of, opened_journal, plan_of
from ._output import STANDARD_OUTPUT, Output, require_writable
from ._problems import Problem, say
from ._progress import progress
from ._results import result_cells, result_columns
from ._server import Server
from ._summary import Summary, Tally
from ._survey import Survey
from ._tables import Row, Table
from ._unlocking import Unlocks  # noqa: TC001 - cyclopts reads the signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from .._client.client import LeadIQ
    from .._core.pricing import Unlock
    from .._engine.identity import InvalidLead, Lead
    from .._jobs.journal import Journal
    from ._columns import Columns

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
    budget: str | None = None,
    plan: str | None = None,
    concurrency: int | None = None,
    resume: Annotated[bool, Parameter(negative="")] = False,
    repeat_unknown: Annotated[bool, Parameter(negative="")] = False,
    force: Annotated[bool, Parameter(negative="")] = False,
    json: Annotated[bool, Parameter(negative="")] = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Look up every row of a CSV file and write the results.

    Each row of OUT is the row of IN with columns named leadiq_... after it; leadiq_status says
    how it ended. Rows that mean the same person are looked up once. Ctrl-C once stops sending,
    waits for what is paid for and writes everything; twice gives up what is under way. Every
    answer is kept in a journal (below LEADIQ_STATE) before it is used: after any end, a kill too,
    the same command with --resume goes on and asks for nothing that was answered.

    Args:
        source: CSV file in UTF-8 with a row of column names, or - for standard input.
        target: File to write, or - for standard output. Until it is whole its rows are beside it,
            in .OUT.(random).partial, which stays if the process is killed.
        unlock: What to pay for, beyond the profile; several with commas.
        map_: Which column says what, where the name doesn't: field=column, for the fields id,
            email, linkedin, first-name, last-name, name, company, domain.
        budget: Credits that the job may spend at most, earlier runs of it included, or the word
            unlimited. Needed for anything beyond the profile, unless --plan brings one.
        plan: File that leadiq plan has written: the job keeps to its budget, and a changed IN or
            another selection is refused.
        concurrency: Lookups under way at a time [default: as many as use the rate].
        resume: Go on with a job that did not end: same IN, OUT and --unlock.
        repeat_unknown: With --resume, also send again what was sent without an answer and may be
            charged again: company information.
        force: Overwrite OUT if it exists, and begin anew if there is a job to resume.
        json: Print the summary as JSON on standard output.
        server: Where to send requests.
    """
    if concurrency is not None and concurrency < 1:
        raise Problem("--concurrency has to be at least 1")
    if json and target == STANDARD_OUTPUT:
        raise Problem("--json needs standard output for itself: give OUT a file name")
    wanted = frozenset(unlock or ())
    planned = plan_of(plan, budget)
    limit = planned.budget if planned else credits_of(budget, wanted)
    server.require_usable()
    require_writable(target, source=source, force=force or resume)
    with Table(source) as table:
        columns = _columns(table, map_ or ())
        survey = Survey(columns.lead(row.cells) for row in table.rows())
        head = head_of(table, target, wanted)
        if planned:
            planned.check(head.digest, wanted, {f.value: at for f, at in columns.positions.items()})
        with (
            opened_journal(head, resume=resume, force=force) as journal,
            Output(target, table.dialect, force=force or resume) as output,
        ):
            at_once = concurrency or server.lookups_at_once
            job = _Job(table, columns, survey, output, wanted, at_once, journal, limit)
            job.repeat_unknown = repeat_unknown
            summary = anyio.run(job.run, server, target)
            if summary is None:
                raise KeyboardInterrupt
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
    journal: Journal
    limit: Decimal | None
    repeat_unknown: bool = False
    broken: Problem | None = None
    #: Rows that were handed to the engine and wait for their outcome, in order.
    waiting: deque[Row] = field(default_factory=deque)

    async def run(self, server: Server, target: str) -> Summary | None:
        """Do the job; the output is in place when this returns. Raises `Problem`.

        None says that it was interrupted before any row was sent.
        """
        began = time.monotonic()
        tally = Tally(self.unlock)
        with anyio.CancelScope() as checking:
            interrupts = Interrupts(checking.cancel)
            async with interrupts.heeded(), server.connect(at_once=self.concurrency) as leadiq:
                account = await read_account(leadiq)
                prices = live_prices(account)
                interrupts.act = _ignored
                await recover(self.journal, prices)
                earlier = self.journal.totals()
                self.output.write_row([*self.table.header, *result_columns(self.unlock)])
                paid = PaidLookups(
                    leadiq,
                    self.journal,
                    Budget(self.limit, spent=earlier.charged + earlier.uncertain),
                    prices=prices,
                    repeat_unknown=self.repeat_unknown,
                )
                outcomes = await self._write_all(paid, tally, interrupts)
                self.output.commit()
                charged = await _charged_since(credits_used(account), leadiq, interrupts)
            if tally.settled and not outcomes.stopped:
                self.journal.end()
            return Summary(
                source=self.table.name,
                target=target,
                tally=tally,
                sent=paid.sent,
                reused=paid.reused,
                charged=charged,
                totals=self.journal.totals(),
                earlier=earlier.charged,
                limit=self.limit,
                seconds=time.monotonic() - began,
                sandbox=server.sandbox,
                interrupted=outcomes.stopped and outcomes.stopped_by is None,
                stopped_by=outcomes.stopped_by,
            )
        return None

    async def _write_all(
        self, paid: PaidLookups, tally: Tally, interrupts: Interrupts
    ) -> engine.Outcomes:
        async with engine.enrich(
            paid,
            self._leads(),
            unlock=self.unlock,
            concurrency=self.concurrency,
            repeats=self.survey.repeats,
        ) as outcomes:
            interrupts.act = _Stop(outcomes)
            with progress(self.survey.rows, tally, paid.budget, lambda: paid.sent) as show:
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


class _Stop:
    """Lets the first Ctrl-C stop the sending, and the next give up what is under way."""

    def __init__(self, outcomes: engine.Outcomes) -> None:
        self._outcomes = outcomes
        self._again = False

    def __call__(self) -> None:
        self._outcomes.stop("not sent: interrupted", abandon=self._again)
        say(_GIVING_UP if self._again else _STOPPING)
        self._again = True


def _ignored() -> None:
    """The job is about to begin, or over."""


async def _charged_since(before: int | None, leadiq: LeadIQ, interrupts: Interrupts) -> int | None:
    """Return what the account counted; None when it can't tell, or Ctrl-C won't wait for it."""
    if before is None:
        return None
    after: int | None = None
    with anyio.CancelScope() as counting, contextlib.suppress(Problem):
        interrupts.act = counting.cancel
        after = credits_used(await read_account(leadiq))
    interrupts.act = _ignored
    if counting.cancelled_caught:
        say(_NOT_COUNTING)
    return None if after is None else after - before

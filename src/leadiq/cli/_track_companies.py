"""`leadiq track companies`: which companies are watched for job changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import anyio
from cyclopts import App

from .._core.errors import InputError
from .._engine import forms
from .._engine.tracked import checked_companies
from .._engine.writes import WriteStatus
from .._files.opening import open_source
from .._generated import operations
from .._jobs.columns import Field, usual_columns
from ._files import a_file, sound
from ._formats import Format, rows
from ._listing import Listing
from ._problems import ALL_SETTLED, SOME_FAILED, Problem, exit_code_of, say
from ._server import Server
from ._track_sheets import ADDED, COMPANIES, REMOVED
from ._words import Switch, given

if TYPE_CHECKING:
    from .._engine.writes import WriteReport
    from ..types import AddTrackedCompanyInput, RemoveTrackedCompanyResult, TrackedCompany

companies = App(name="companies", help="Which companies are watched for job changes.")

_SETTLED: Final = (WriteStatus.DONE, WriteStatus.NOT_FOUND)


@companies.command
def add(
    source: Annotated[str, a_file("IN")] = "",
    /,
    *,
    name: str | None = None,
    domain: str | None = None,
    format: Format = None,  # noqa: A002 - the word of the command line
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Track more companies: those of a CSV file, or one.

    What became of each is printed. One whose answer is lost is `unknown` and not sent again:
    `list` shows whether it is there. Free as far as is known.

    Example: leadiq track companies add accounts.csv > added.csv

    Args:
        source: CSV file with the columns company and domain (or other usual names of them), or -
            for standard input.
        name: Name of one company, instead of a file.
        domain: Web domain of that company.
        format: How to write what became of each [default: table on a terminal, else csv].
        server: Where to send requests.
    """
    server.require_usable()
    if source and (name is not None or domain is not None):
        raise Problem("give a file, or --name and --domain, not both")
    wanted = _from_file(source) if source else [_one(name, domain)]

    async def run() -> WriteReport[AddTrackedCompanyInput, TrackedCompany]:
        async with server.connect() as leadiq:
            return await leadiq.add_companies(wanted, on_row=lambda row: out.write([row]))

    with rows(ADDED, format) as out:
        report = anyio.run(run)
    return _told(report)


@companies.command
def remove(
    *ids: str,
    format: Format = None,  # noqa: A002 - the word of the command line
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Stop tracking companies. Those that are not tracked are no failure.

    Example: leadiq track companies remove 0123456789abcdef01234567

    Args:
        ids: Ids of tracked companies, as `list` shows them.
        format: How to write what became of each [default: table on a terminal, else csv].
        server: Where to send requests.
    """
    wanted = given("ID", ids)
    if wanted is None:
        raise Problem("no company named: give ids, as `leadiq track companies list` shows them")

    async def run() -> WriteReport[str, RemoveTrackedCompanyResult]:
        async with server.connect() as leadiq:
            return await leadiq.remove_companies(wanted, on_row=lambda row: out.write([row]))

    with rows(REMOVED, format) as out:
        report = anyio.run(run)
    return _told(report)


@companies.command(name="list")
def list_(
    *,
    limit: int | None = None,
    resume: str | None = None,
    format: Format = None,  # noqa: A002 - the word of the command line
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """List the companies that are tracked. Free as far as is known.

    Example: leadiq track companies list --format jsonl

    Args:
        limit: How many to list at most.
        resume: Go on where an earlier run stopped, with the token that it printed.
        format: How to write the rows [default: table on a terminal, else csv].
        server: Where to send requests.
    """
    return Listing(
        what="companies",
        open_=lambda leadiq: leadiq.iter_tracked_companies(resume=resume, max_items=limit),
        sheet=COMPANIES,
        bill=operations.TRACKED_COMPANIES.bill,
        limit=limit,
        resumed=resume is not None,
        format=format,
    ).run(server)


@companies.command
def clear(
    *,
    yes: Switch = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Stop tracking all companies. It cannot be undone.

    Example: leadiq track companies clear --yes

    Args:
        yes: Say that it is meant.
        server: Where to send requests.
    """
    if not yes:
        raise Problem("this stops the tracking of all companies: say --yes if it is meant")

    async def run() -> None:
        async with server.connect() as leadiq:
            await leadiq.clear_companies()

    anyio.run(run)
    return say("no company is tracked any more")


def _told(report: WriteReport[Any, Any]) -> int:
    """Say how many rows ended how; return the exit code."""
    counts = {s: sum(row.status is s for row in report.rows) for s in WriteStatus}
    told = [f"{n:,} {s.value.replace('_', ' ')}" for s, n in counts.items() if n]
    say(", ".join(told) or "no company named; nothing was sent")
    if report.stopped_by:
        return say(f"stopped: {report.stopped_by}", exit_code_of(report.stopped_by))
    settled = all(row.status in _SETTLED for row in report.rows)
    return ALL_SETTLED if settled else SOME_FAILED


def _one(name: str | None, domain: str | None) -> AddTrackedCompanyInput:
    from ..types import AddTrackedCompanyInput

    if not (name and domain):
        raise Problem("no company named: give a file, or --name and --domain")
    name, domain = forms.words(name, "--name"), forms.domain(domain, "--domain")
    return AddTrackedCompanyInput(name=name, domain=domain)


def _from_file(source: str) -> list[AddTrackedCompanyInput]:
    """Read all rows before any is sent. Raises `Problem` with the line of one that is wrong."""
    from ..types import AddTrackedCompanyInput

    with open_source(source) as table:
        columns = usual_columns(table.header)
        name, domain = (
            columns.get(Field.COMPANY, columns.get(Field.NAME)),
            columns.get(Field.DOMAIN),
        )
        if name is None or domain is None:
            raise Problem(f"{table.name}: it takes a column with the company's name and its domain")
        found: list[AddTrackedCompanyInput] = []
        for row in sound(table):
            company = AddTrackedCompanyInput(name=row.cells[name], domain=row.cells[domain])
            try:
                found += checked_companies([company])
            except InputError as error:
                why = str(error).removeprefix("companies[0].")
                raise Problem(f"{table.name}, line {row.line}: {why}") from None
    return found

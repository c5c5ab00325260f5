"""`leadiq plan IN`: what a file will cost, before anything is paid."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import anyio
from cyclopts import Parameter

from .._core.pricing import Unlock
from .._files.formats import STANDARD
from .._files.opening import open_source
from .._files.records import lead_of
from .._files.survey import Survey
from .._files.targets import require_writable
from .._jobs.census import Census
from .._jobs.findings import find_out
from .._jobs.known import Known
from .._jobs.store import Store
from ._credits import reaching
from ._files import FileFormat, a_file, columns_of, tell
from ._findings import Report, duration, many
from ._problems import ALL_SETTLED, Problem, Trouble, cause_of, say
from ._server import Server
from ._stages import stages_of
from ._unlocking import Unlocks  # noqa: TC001 - cyclopts reads the signature

if TYPE_CHECKING:
    from .._engine.stages import Stage
    from .._jobs.findings import Findings

#: Enough for an interval of a dozen percent on either side; a minute at the usual rate.
SAMPLE: Final = 60


def plan(
    source: Annotated[str, a_file("IN")],
    /,
    *,
    unlock: Unlocks = None,
    then: Annotated[list[str] | None, Parameter(negative="")] = None,
    map_: Annotated[list[str] | None, Parameter(name="--map", negative="")] = None,
    sample: int = SAMPLE,
    seed: int = 1,
    write: str | None = None,
    force: Annotated[bool, Parameter(negative="")] = False,
    json: Annotated[bool, Parameter(negative="")] = False,
    format_in: FileFormat = None,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Tell what a file will cost before anything is paid. Free of charge.

    Asks LeadIQ for the account's prices and for free previews of some of the leads, each of which
    is one request of the rate limit.

    Example: leadiq plan leads.csv --unlock work-email --write plan.json

    Args:
        source: CSV file with a row of column names, JSON lines or Parquet, or - for standard input.
        unlock: What to pay for, beyond the profile; several with commas.
        then: What else to pay for, of whom: as for enrich.
        map_: Which column says what, where the name doesn't: field=column, as for enrich.
        sample: Leads to preview at most; 0 asks for none.
        seed: Number that chooses them: the same number, the same leads.
        write: File to write the plan to.
        force: Overwrite that file if it exists.
        json: Print the plan as JSON.
        format_in: What IN is, where neither its name nor its first bytes tell.
        server: Where to send requests.
    """
    if sample < 0:
        raise Problem("--sample has to be 0 or more")
    if write is not None:
        _require_file(write, source, force=force)
    server.require_usable()
    wanted = frozenset(unlock or ()) - {Unlock.PROFILE}
    now = time.time()
    survey = Survey()
    with (
        open_source(source, format_in) as table,
        Known(Store.default(), server.payer, now) as known,
    ):
        columns = columns_of(table, map_ or ())
        digest = table.digest()  # first, as the rows end with a look at whether the file changed
        stages = stages_of(then or (), table.header, wanted)
        with Census(known=known, unlock=wanted, size=sample, seed=seed) as census:
            for record in survey.walk(table.records()):
                census.add(lead_of(record, columns))
        name = table.name
    tell(survey)
    found = anyio.run(_look, server, census, wanted, stages, seed)
    report = Report(source=name, columns=columns, digest=digest, now=now, found=found)
    if write is not None:
        _write(write, report.as_json())
    print(report.as_json() if json else "\n".join(report.lines()))
    return ALL_SETTLED


def _require_file(path: str, source: str, *, force: bool) -> None:
    if path == STANDARD:
        raise Problem("--write takes the name of a file; --json prints the plan")
    require_writable(path, source=source, force=force)


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise Trouble(f"cannot write {path}: {cause_of(error)}") from None


async def _look(
    server: Server,
    census: Census,
    unlock: frozenset[Unlock],
    stages: tuple[Stage, ...],
    seed: int,
) -> Findings:
    at_once = server.lookups_at_once
    async with server.connect(at_once=at_once) as leadiq:
        if count := len(census.sample):
            say(
                f"asking for {many(count, 'preview')}: free, and as many requests of the limit "
                f"({duration(count, server.rate)})"
            )
        with reaching():
            return await find_out(leadiq, census, unlock, stages, seed=seed, at_once=at_once)

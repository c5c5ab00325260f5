"""`leadiq plan IN`: what a file will cost, before anything is paid."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import anyio
from cyclopts import Parameter

from .._core.pricing import Unlock
from .._engine.tariff import live_prices
from .._jobs.census import Census
from .._jobs.known import Known
from .._jobs.previews import Previews
from .._jobs.store import Store
from ._columns import find_columns
from ._credits import read_account
from ._files import a_file
from ._findings import Findings, duration, many
from ._output import STANDARD_OUTPUT, require_writable
from ._problems import ALL_SETTLED, Problem, Trouble, cause_of, say
from ._server import Server
from ._tables import Table
from ._unlocking import Unlocks  # noqa: TC001 - cyclopts reads the signature

if TYPE_CHECKING:
    from .._core.pricing import Prices
    from ._columns import Columns

#: Enough for an interval of a dozen percent on either side; a minute at the usual rate.
SAMPLE: Final = 60


def plan(
    source: Annotated[str, a_file("IN")],
    /,
    *,
    unlock: Unlocks = None,
    map_: Annotated[list[str] | None, Parameter(name="--map", negative="")] = None,
    sample: int = SAMPLE,
    seed: int = 1,
    write: str | None = None,
    force: Annotated[bool, Parameter(negative="")] = False,
    json: Annotated[bool, Parameter(negative="")] = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Tell what a CSV file will cost before anything is paid. Free of charge.

    Asks LeadIQ for the account's prices and for free previews of some of the leads, each of which
    is one request of the rate limit.

    Args:
        source: CSV file in UTF-8 with a row of column names, or - for standard input.
        unlock: What to pay for, beyond the profile; several with commas.
        map_: Which column says what, where the name doesn't: field=column, as for enrich.
        sample: Leads to preview at most; 0 asks for none.
        seed: Number that chooses them: the same number, the same leads.
        write: File to write the plan to.
        force: Overwrite that file if it exists.
        json: Print the plan as JSON.
        server: Where to send requests.
    """
    if sample < 0:
        raise Problem("--sample has to be 0 or more")
    if write is not None:
        _require_file(write, source, force=force)
    server.require_usable()
    wanted = frozenset(unlock or ()) - {Unlock.PROFILE}
    now = time.time()
    with Table(source) as table, Known(Store.default(), wanted, now) as known:
        columns = _columns(table, map_ or ())
        digest = table.digest()  # first, as the rows end with a look at whether the file changed
        leads = (columns.lead(row.cells) for row in table.rows())
        census = Census(leads, known=known, unlock=wanted, size=sample, seed=seed)
        name = table.name
    prices, previews = anyio.run(_look, server, census)
    findings = Findings(
        name, columns, wanted, seed, server.rate, digest, now, census, prices, previews
    )
    if write is not None:
        _write(write, findings.as_json())
    print(findings.as_json() if json else "\n".join(findings.lines()))
    return ALL_SETTLED


def _columns(table: Table, given: list[str] | tuple[()]) -> Columns:
    try:
        return find_columns(table.header, given)
    except Problem as problem:
        raise Problem(f"{table.name}: {problem}") from None


def _require_file(path: str, source: str, *, force: bool) -> None:
    if path == STANDARD_OUTPUT:
        raise Problem("--write takes the name of a file; --json prints the plan")
    require_writable(path, source=source, force=force)


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise Trouble(f"cannot write {path}: {cause_of(error)}") from None


async def _look(server: Server, census: Census) -> tuple[Prices, Previews]:
    async with server.connect(at_once=server.lookups_at_once) as leadiq:
        account = await read_account(leadiq)
        previews = Previews(leadiq)
        if count := len(census.sample):
            say(
                f"asking for {many(count, 'preview')}: free, and as many requests of the limit "
                f"({duration(count, server.rate)})"
            )
        await previews.look(census.sample, at_once=server.lookups_at_once)
        return live_prices(account), previews

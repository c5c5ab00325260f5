"""`leadiq person`: one lookup from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import anyio
from cyclopts import Parameter

from .._engine.identity import InvalidLead, Lead
from ._problems import ALL_SETTLED, Problem, say
from ._results import person_cells, person_columns
from ._server import Server
from ._show import print_json, print_lines
from ._unlocking import Unlocks  # noqa: TC001 - cyclopts reads the signature

if TYPE_CHECKING:
    from .._core.pricing import Unlock
    from ..types import SearchResult


def person(
    *,
    id: str = "",  # noqa: A002 - the word of the command line
    linkedin_url: str = "",
    email: str = "",
    name: str = "",
    first_name: str = "",
    last_name: str = "",
    company: str = "",
    domain: str = "",
    unlock: Unlocks = None,
    limit: int = 1,
    json: Annotated[bool, Parameter(negative="")] = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Look up one person, by the strongest identifier given.

    Args:
        id: LeadIQ id, PersonID-...
        linkedin_url: Address of the LinkedIn profile.
        email: Work or personal e-mail address.
        name: Full name; give a company or domain with it.
        first_name: First name, with --last-name.
        last_name: Last name, with --first-name.
        company: Name of the company.
        domain: Web domain of the company.
        unlock: What to pay for, beyond the profile; several with commas.
        limit: How many persons to take at most; each one is charged.
        json: Print JSON.
        server: Where to send the request.
    """
    if limit < 1:
        raise Problem("--limit has to be at least 1")
    try:
        lead = Lead.from_text(
            person_id=id,
            linkedin=linkedin_url,
            email=email,
            first_name=first_name,
            last_name=last_name,
            full_name=name,
            company=company,
            domain=domain,
        )
    except InvalidLead as invalid:
        raise Problem(invalid.reason) from None
    if lead.ignored:  # in a file of many rows it is left out; here somebody has just typed it
        raise Problem(lead.ignored.removeprefix("ignored: "))
    wanted = frozenset(unlock or ())
    result = anyio.run(_search, server, lead, limit, wanted)
    if json:
        print_json(result)
        return ALL_SETTLED
    for found in result.results:
        print_lines(zip(person_columns(wanted), person_cells(found, wanted), strict=True))
        print()
    return say(_counted(result))


async def _search(
    server: Server, lead: Lead, limit: int, unlock: frozenset[Unlock]
) -> SearchResult:
    async with server.connect() as leadiq:
        return await leadiq.search_people(lead.to_input(limit=limit), unlock=unlock)


def _counted(result: SearchResult) -> str:
    shown = len(result.results)
    return f"{shown} of {result.total_results} shown" if shown else "nobody found; not charged"

"""`leadiq person`: one lookup from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import anyio
from cyclopts import Parameter

from .._engine import lookups
from .._engine.cells import person_cells, person_columns
from ._problems import ALL_SETTLED, say
from ._server import Server
from ._show import print_json, print_lines
from ._unlocking import Unlocks  # noqa: TC001 - cyclopts reads the signature

if TYPE_CHECKING:
    from .._core.pricing import Unlock
    from ..types import SearchPeopleInput, SearchResult


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
    """Look up one person, by one identifier, or by name and company.

    Example: leadiq person --email ann@example.com --unlock work-phone

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
    words = {
        "id": id,
        "linkedin_url": linkedin_url,
        "email": email,
        "name": name,
        "first_name": first_name,
        "last_name": last_name,
        "company": company,
        "domain": domain,
    }
    lookup = lookups.person(None, words, limit=limit)
    wanted = frozenset(unlock or ())
    result = anyio.run(_search, server, lookup, wanted)
    if json:
        print_json(result)
        return ALL_SETTLED
    for found in result.results:
        print_lines(zip(person_columns(wanted), person_cells(found, wanted), strict=True))
        print()
    return say(_counted(result))


async def _search(
    server: Server, lookup: SearchPeopleInput, unlock: frozenset[Unlock]
) -> SearchResult:
    async with server.connect() as leadiq:
        return await leadiq.search_people(lookup, unlock=unlock)


def _counted(result: SearchResult) -> str:
    shown = len(result.results)
    return f"{shown} of {result.total_results} shown" if shown else "nobody found; not charged"

"""`leadiq company`: one lookup from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import anyio
from cyclopts import Parameter

from .._core.pricing import Unlock
from .._engine import lookups
from .._ground.json import sequence
from ._problems import ALL_SETTLED, Problem, say
from ._server import Server
from ._show import print_json, print_lines
from ._unlocking import Unlocks  # noqa: TC001 - cyclopts reads the signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..types import CompanyInfo, CompanySearchResult, SearchCompanyInput


def company(
    *,
    id: str = "",  # noqa: A002 - the word of the command line
    domain: str = "",
    linkedin_url: str = "",
    name: str = "",
    unlock: Unlocks = None,
    json: Annotated[bool, Parameter(negative="")] = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Look up a company. Without --unlock company it is its id and name alone.

    Each company that is found is charged; give the most precise identifier that you have.

    Example: leadiq company --domain example.com --unlock company

    Args:
        id: LeadIQ id, MergedCompany-...
        domain: Web domain, or an address with it.
        linkedin_url: Address of the company's page on LinkedIn.
        name: Name of the company.
        unlock: company, to pay for everything that is known of it.
        json: Print JSON.
        server: Where to send the request.
    """
    wanted = frozenset(unlock or ())
    if wanted - {Unlock.COMPANY, Unlock.PROFILE}:
        raise Problem("a company has no contacts to unlock: choose company or profile")
    words = {"id": id, "domain": domain, "linkedin_url": linkedin_url, "name": name}
    lookup = lookups.company(None, words)
    result = anyio.run(_search, server, lookup, wanted & {Unlock.COMPANY})
    if json:
        print_json(result)
        return ALL_SETTLED
    for found in result.results:
        print_lines(_lines(found))
        print()
    count = len(result.results)
    return say(f"{count} of {result.total_results} shown" if count else "no company found")


async def _search(
    server: Server, lookup: SearchCompanyInput, unlock: frozenset[Unlock]
) -> CompanySearchResult:
    async with server.connect() as leadiq:
        return await leadiq.search_company(lookup, unlock=unlock)


def _lines(found: CompanyInfo) -> Iterator[tuple[str, object]]:
    """Yield what fits on a line; the rest is in the JSON."""
    for name, value in found:
        if isinstance(value, str | int) or _is_words(value):
            yield name.strip("_"), value
    if found.location_info:
        yield "location", found.location_info.formatted_address


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in sequence(value))

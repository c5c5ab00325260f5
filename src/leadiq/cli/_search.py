"""`leadiq search`: everybody, or every company, that fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cyclopts import App, Parameter

from .._core.pricing import Unlock
from .._engine.defaults import MOST_ON_PAGE
from .._generated import operations
from ._budgets import credits_of
from ._formats import Format  # noqa: TC001 - cyclopts reads the signature
from ._listing import Listing
from ._problems import Problem
from ._search_filters import Filters
from ._search_sheets import companies_sheet, people_sheet
from ._server import Server
from ._unlocking import Unlocks  # noqa: TC001 - as above
from ._words import Switch, Words, choices

if TYPE_CHECKING:
    from decimal import Decimal

#: One page, so that nobody pays for more by accident.
DEFAULT_LIMIT: Final = MOST_ON_PAGE

search = App(name="search")


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Extent:
    """How much of the result, what to pay for, and how to write it.

    Attributes:
        limit: How many to list at most [default: 25, which is one page].
        all: List all that fit if there is no --limit, and allow a search without filters.
        resume: Go on where an earlier run stopped, with the token that it printed.
        total: Tell how many there are in all; it takes LeadIQ a while.
        unlock: company, to pay for what is known of each company.
        budget: Credits that may be spent at most, or the word unlimited. Needed with --unlock.
        format: How to write the rows [default: table on a terminal, else csv].
    """

    limit: int | None = None
    all: Switch = False
    resume: str | None = None
    total: Switch = False
    unlock: Unlocks = None
    budget: str | None = None
    format: Format = None

    @property
    def most(self) -> int | None:
        """How many items are wanted; None for all."""
        return DEFAULT_LIMIT if self.limit is None and not self.all else self.limit

    def terms(self) -> tuple[frozenset[Unlock], Decimal | None]:
        """Return what is unlocked, and the budget. Raises `Problem`."""
        wanted = frozenset(self.unlock or ()) - {Unlock.PROFILE}
        if wanted - {Unlock.COMPANY}:
            raise Problem("--unlock: a search has no contacts; look people up to unlock theirs")
        return wanted, credits_of(self.budget, wanted)


@search.command
def people(
    *,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    sort: Words = None,
    extent: Extent = Extent(),
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """List the people that fit.

    A page of up to 25 people costs about 1 credit, whatever is on it; with --unlock company, 3 more
    for each company. Contacts are not in it: look people up by id, with `person` or `enrich`.

    Example: leadiq search people --title CTO --country Germany --limit 50 > ctos.csv

    Args:
        filters: Whom to find.
        sort: Order, such as name-asc; several times for further keys. It is --filter's otherwise.
        extent: How much of it.
        server: Where to send requests.
    """
    from ..types import ContactSortingOption, FlatSearchInput

    unlock, budget = extent.terms()
    more = {"sort_contacts_by": choices("--sort", sort, ContactSortingOption)}
    wanted = filters.search(FlatSearchInput, more, everyone=extent.all)
    server.require_usable()
    return Listing(
        what="people",
        open_=lambda leadiq: leadiq.iter_flat_advanced_search(
            wanted,
            unlock=unlock,
            total=extent.total,
            everyone=extent.all,
            resume=extent.resume,
            max_items=extent.most,
        ),
        sheet=people_sheet(unlock),
        bill=operations.FLAT_ADVANCED_SEARCH.bill,
        limit=extent.most,
        resumed=extent.resume is not None,
        unlock=unlock,
        budget=budget,
        format=extent.format,
    ).run(server)


@search.command
def companies(
    *,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    sort: Words = None,
    sort_people: Words = None,
    people: int | None = None,
    extent: Extent = Extent(),
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """List the companies that fit, each with the people in it that fit.

    A page of up to 25 companies costs about 1 credit, whatever is on it; with --unlock company, 3
    more for each. --country, --state and --city are those of people; companies have their own.

    Example: leadiq search companies --industry Software --title CTO --people 3 --format jsonl

    Args:
        filters: What to find.
        sort: Order of the companies, such as size-desc.
        sort_people: Order of the people within a company.
        people: How many people to list for one company at most.
        extent: How much of it.
        server: Where to send requests.
    """
    from ..types import CompanySortingOption, ContactSortingOption, GroupedSearchInput

    if people is not None and people < 1:
        raise Problem("--people has to be at least 1")
    unlock, budget = extent.terms()
    more = {
        "sort_companies_by": choices("--sort", sort, CompanySortingOption),
        "sort_contacts_by": choices("--sort-people", sort_people, ContactSortingOption),
        "limit_per_company": people,
    }
    wanted = filters.search(GroupedSearchInput, more, everyone=extent.all)
    server.require_usable()
    return Listing(
        what="companies",
        open_=lambda leadiq: leadiq.iter_grouped_advanced_search(
            wanted,
            unlock=unlock,
            total=extent.total,
            everyone=extent.all,
            resume=extent.resume,
            max_items=extent.most,
        ),
        sheet=companies_sheet(unlock),
        bill=operations.GROUPED_ADVANCED_SEARCH.bill,
        limit=extent.most,
        resumed=extent.resume is not None,
        unlock=unlock,
        budget=budget,
        format=extent.format,
    ).run(server)

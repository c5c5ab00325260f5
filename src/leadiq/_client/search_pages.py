"""Every result of a search, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from .. import _engine as engine
from .._core.pricing import PriceRange, price
from .._engine.defaults import MOST_ON_PAGE
from .._generated import operations
from .._generated.client import GeneratedClient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Unpack

    from .._conduct.options import CallOptions
    from .._core.pricing import Unlock
    from .._engine.dialects import Cursor
    from .._engine.pages import Pages
    from .._engine.partition import Axis
    from .._engine.searching import Answer
    from .._engine.slices import Partition
    from .._engine.walk import Ask, Found
    from ..types import (
        CompanyFilter,
        CompanySortingOption,
        CompanyWithPeople,
        ContactFilter,
        ContactSortingOption,
        FlatSearchInput,
        GroupedSearchInput,
        JobChangeFilter,
        Person,
        PersonRecord,
        PreviousCompanyFilter,
        PreviousPositionFilter,
        SearchCursorEntry,
        SearchCursorEntryInput,
        SearchPeopleInput,
    )

Query = TypeVar("Query", "FlatSearchInput", "GroupedSearchInput", "SearchPeopleInput")


class SearchPages(GeneratedClient):
    """Every result of a search, page by page. Pages cost credits: none is read ahead."""

    def _bounded(self) -> bool:
        return self._shared.has_after.get(operations.FLAT_ADVANCED_SEARCH.root) is False

    def iter_flat_advanced_search(
        self,
        input: FlatSearchInput | None = None,  # noqa: A002 - LeadIQ's name for it
        *,
        contacts: ContactFilter | None = None,
        companies: CompanyFilter | None = None,
        excluded_contacts: ContactFilter | None = None,
        excluded_companies: CompanyFilter | None = None,
        previous_companies: PreviousCompanyFilter | None = None,
        previous_positions: PreviousPositionFilter | None = None,
        job_changes: JobChangeFilter | None = None,
        sort_contacts_by: ContactSortingOption | Sequence[ContactSortingOption] | None = None,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        everyone: bool = False,
        resume: str | None = None,
        page_size: int = MOST_ON_PAGE,
        max_items: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Pages[Person]:
        """Go through all people that an advanced search finds.

        By cursor (`after`) where the server has cursors; else by offset, which ends with a
        TooManyResultsError behind the first 10,000: `partition` goes further.

        Args:
            input: conditions and order, instead of keywords; without skip, limit and after.
            contacts: conditions that the person must meet. The other keywords are those of
                `flat_advanced_search`.
            unlock: what to pay for beyond the cheapest tier.
            total: whether to ask for the total, with the first page; it is slow.
            everyone: that everybody is meant, when there is no condition.
            resume: a `token` of an earlier run over the same input; goes on behind it.
            page_size: how many to ask for at a time, 1 to 25.
            max_items: how many to give at most.
            **options: clocks, retry policy and lane of the request for each page; see `Options`.

        Price: a page of an advanced search each, whatever its size. Nothing is read ahead.

        Raises:
            InputError: no condition, a size that cannot be, or a token of something else.
        """
        words = {
            "contacts": contacts,
            "companies": companies,
            "excluded_contacts": excluded_contacts,
            "excluded_companies": excluded_companies,
            "previous_companies": previous_companies,
            "previous_positions": previous_positions,
            "job_changes": job_changes,
            "sort_contacts_by": sort_contacts_by,
        }
        asked = engine.filters.flat(input, words, everyone=everyone)
        query, wanted = engine.paging.filter_of(asked, limit_is_ours=input is None)
        window = engine.paging.Window(resume=resume, page_size=page_size, max_items=max_items)
        unlock = engine.forms.unlocks(unlock)
        ask_offset = super().flat_advanced_search
        ask_after = super().flat_advanced_search_after

        async def by_after(ask: Ask) -> Answer[Person]:
            page = await ask_after(
                _paged(query, limit=ask.size, **_after(ask)),
                unlock=unlock,
                total=ask.total,
                **options,
            )
            return engine.searching.Answer(page.people, page.total_people, _entries(page.after))

        async def by_offset(ask: Ask) -> Answer[Person]:
            page = await ask_offset(
                _paged(query, limit=ask.size, skip=ask.place.skip),
                unlock=unlock,
                total=ask.total,
                **options,
            )
            return engine.searching.Answer(page.people, page.total_people)

        root = operations.FLAT_ADVANCED_SEARCH.root
        reader = engine.searching.Reader(root, by_after, by_offset, self._shared.has_after)
        return engine.paging.pages(
            engine.resume.Listing(root, wanted), reader.read, window, total=total
        )

    def partition(
        self,
        input: FlatSearchInput,  # noqa: A002 - LeadIQ's name for it
        *,
        by: Sequence[Axis] | None = None,
        unlock: Iterable[Unlock] = (),
        everyone: bool = False,
        **options: Unpack[CallOptions],
    ) -> Partition:
        """Go through all people that an advanced search finds, be they more than 10,000.

        Where the server has cursors it is one search. Where it has not, a search that is too large
        is split along an axis into searches that do not overlap, and those again along the next.
        Whom no slice covers, such as people whose seniority nobody knows, is in `coverage.gaps`.

        Args:
            input: conditions and order; without skip, limit and after.
            by: what to split by; default: `Axis.seniority()`, then `Axis.company_size()`.
            unlock: what to pay for beyond the cheapest tier.
            everyone: that everybody is meant, when there is no condition.
            **options: clocks, retry policy and lane of the request for each page; see `Options`.

        Price: a page of an advanced search each. A search that is split costs a page for its total;
        the page of a search that is not split is its first. `estimate` tells before.

        Raises:
            InputError: no condition, a page in the input, or something else than an axis.
        """
        query, _ = engine.paging.filter_of(engine.filters.flat(input, {}, everyone=everyone))
        unlock = engine.forms.unlocks(unlock)
        bill = operations.FLAT_ADVANCED_SEARCH.bill

        def open_(part: FlatSearchInput) -> Pages[Person]:
            return self.iter_flat_advanced_search(part, unlock=unlock, everyone=True, **options)

        page = PriceRange(
            price(bill, results=0).maximum, price(bill, unlock, results=MOST_ON_PAGE).maximum
        )
        axes = engine.partition.axes_of(by)
        return engine.slices.Partition(query, axes, open_, self._bounded, page)

    def iter_grouped_advanced_search(
        self,
        input: GroupedSearchInput | None = None,  # noqa: A002 - LeadIQ's name for it
        *,
        contacts: ContactFilter | None = None,
        companies: CompanyFilter | None = None,
        excluded_contacts: ContactFilter | None = None,
        excluded_companies: CompanyFilter | None = None,
        sort_contacts_by: ContactSortingOption | Sequence[ContactSortingOption] | None = None,
        sort_companies_by: CompanySortingOption | Sequence[CompanySortingOption] | None = None,
        limit_per_company: int | None = None,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        everyone: bool = False,
        resume: str | None = None,
        page_size: int = MOST_ON_PAGE,
        max_items: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Pages[CompanyWithPeople]:
        """Go through all companies that an advanced search finds, each with its people.

        By cursor (`after`) where the server has cursors; else by offset, which ends with a
        TooManyResultsError behind the first 10,000: `partition` goes further.
        `total` and `max_items` count companies.

        Args:
            input: conditions and order, instead of keywords; without skip, limit and after.
            contacts: conditions that the person must meet. The other keywords are those of
                `grouped_advanced_search`.
            unlock: what to pay for beyond the cheapest tier.
            total: whether to ask for the total, with the first page; it is slow.
            everyone: that everybody is meant, when there is no condition.
            resume: a `token` of an earlier run over the same input; goes on behind it.
            page_size: how many to ask for at a time, 1 to 25.
            max_items: how many to give at most.
            **options: clocks, retry policy and lane of the request for each page; see `Options`.

        Price: a page of an advanced search each, whatever its size. Nothing is read ahead.

        Raises:
            InputError: no condition, a size that cannot be, or a token of something else.
        """
        words = {
            "contacts": contacts,
            "companies": companies,
            "excluded_contacts": excluded_contacts,
            "excluded_companies": excluded_companies,
            "sort_contacts_by": sort_contacts_by,
            "sort_companies_by": sort_companies_by,
            "limit_per_company": limit_per_company,
        }
        asked = engine.filters.grouped(input, words, everyone=everyone)
        query, wanted = engine.paging.filter_of(asked, limit_is_ours=input is None)
        window = engine.paging.Window(resume=resume, page_size=page_size, max_items=max_items)
        unlock = engine.forms.unlocks(unlock)
        ask_offset = super().grouped_advanced_search
        ask_after = super().grouped_advanced_search_after

        async def by_after(ask: Ask) -> Answer[CompanyWithPeople]:
            page = await ask_after(
                _paged(query, limit=ask.size, **_after(ask)),
                unlock=unlock,
                total=ask.total,
                **options,
            )
            return engine.searching.Answer(
                page.companies, page.total_companies, _entries(page.after)
            )

        async def by_offset(ask: Ask) -> Answer[CompanyWithPeople]:
            page = await ask_offset(
                _paged(query, limit=ask.size, skip=ask.place.skip),
                unlock=unlock,
                total=ask.total,
                **options,
            )
            return engine.searching.Answer(page.companies, page.total_companies)

        root = operations.GROUPED_ADVANCED_SEARCH.root
        reader = engine.searching.Reader(root, by_after, by_offset, self._shared.has_after)
        return engine.paging.pages(
            engine.resume.Listing(root, wanted), reader.read, window, total=total
        )

    def iter_search_people(
        self,
        input: SearchPeopleInput,  # noqa: A002 - LeadIQ's name for it
        *,
        unlock: Iterable[Unlock] = (),
        resume: str | None = None,
        page_size: int = MOST_ON_PAGE,
        max_items: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Pages[PersonRecord]:
        """Go through all people that `search_people` finds.

        By offset, which ends with a TooManyResultsError behind the first 10,000.

        Args:
            input: whom to find; without skip and limit.
            unlock: what to pay for beyond the cheapest tier.
            resume: a `token` of an earlier run over the same input; goes on behind it.
            page_size: how many to ask for at a time, 1 to 25.
            max_items: how many to give at most.
            **options: clocks, retry policy and lane of the request for each page; see `Options`.

        Price: that of `search_people` for each person, so `max_items` bounds it. Nothing is read
        ahead.

        Raises:
            InputError: nobody to find, a size that cannot be, or a token of something else.
        """
        query, wanted = engine.paging.filter_of(engine.lookups.person(input, {}))
        window = engine.paging.Window(resume=resume, page_size=page_size, max_items=max_items)
        unlock = engine.forms.unlocks(unlock)
        ask_page = super().search_people

        async def read(ask: Ask) -> Found[PersonRecord]:
            page = await ask_page(
                _paged(query, limit=ask.size, skip=ask.place.skip), unlock=unlock, **options
            )
            return engine.walk.Found(
                engine.dialects.HAS_MORE, page.results, page.total_results, page.has_more
            )

        listing = engine.resume.Listing(operations.SEARCH_PEOPLE.root, wanted)
        return engine.paging.pages(listing, read, window)


def _paged(query: Query, **page: Any) -> Query:
    """Give a search's input with the members that say which page."""
    return query.model_copy(update=page)


def _after(ask: Ask) -> dict[str, list[SearchCursorEntryInput]]:
    from ..types import SearchCursorEntryInput

    cursor = ask.place.cursor
    if not isinstance(cursor, tuple):
        return {}
    return {"after": [SearchCursorEntryInput(key=k, value=v) for k, v in cursor]}


def _entries(after: list[SearchCursorEntry] | None) -> Cursor | None:
    return tuple((entry.key, entry.value) for entry in after) if after else None

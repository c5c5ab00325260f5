"""Who fits these filters: a page of an advanced search."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from .. import _engine as engine
from .._generated.client import GeneratedClient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Unpack

    from .._conduct.options import CallOptions
    from .._core.pricing import Unlock
    from ..types import (
        CompanyFilter,
        CompanySearchPage,
        CompanySearchResponse,
        CompanySortingOption,
        ContactFilter,
        ContactSortingOption,
        FlatSearchInput,
        GroupedSearchInput,
        JobChangeFilter,
        PersonSearchPage,
        PersonSearchResponse,
        PreviousCompanyFilter,
        PreviousPositionFilter,
    )


class Searches(GeneratedClient):
    """Who fits these filters: a page of an advanced search.

    Times in filters are given as aware datetimes, dates or Unix milliseconds. A filter that lists
    nothing, an order or a range that cannot be, and a search without any condition are refused
    before they are sent.
    """

    @overload
    async def flat_advanced_search(
        self,
        input: FlatSearchInput,
        *,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> PersonSearchResponse: ...

    @overload
    async def flat_advanced_search(
        self,
        *,
        contacts: ContactFilter | None = None,
        companies: CompanyFilter | None = None,
        excluded_contacts: ContactFilter | None = None,
        excluded_companies: CompanyFilter | None = None,
        previous_companies: PreviousCompanyFilter | None = None,
        previous_positions: PreviousPositionFilter | None = None,
        job_changes: JobChangeFilter | None = None,
        sort_contacts_by: ContactSortingOption | Sequence[ContactSortingOption] | None = None,
        skip: int | None = None,
        limit: int | None = None,
        everyone: bool = False,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> PersonSearchResponse: ...

    async def flat_advanced_search(
        self,
        input: FlatSearchInput | None = None,  # noqa: A002 - the contract's name for it
        *,
        contacts: ContactFilter | None = None,
        companies: CompanyFilter | None = None,
        excluded_contacts: ContactFilter | None = None,
        excluded_companies: CompanyFilter | None = None,
        previous_companies: PreviousCompanyFilter | None = None,
        previous_positions: PreviousPositionFilter | None = None,
        job_changes: JobChangeFilter | None = None,
        sort_contacts_by: ContactSortingOption | Sequence[ContactSortingOption] | None = None,
        skip: int | None = None,
        limit: int | None = None,
        everyone: bool = False,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> PersonSearchResponse:
        """Search people by broad conditions: one page of a flat list.

            await leadiq.flat_advanced_search(
                contacts=ContactFilter(seniorities=[Seniority.VP], new_hire_from=date(2026, 1, 1)),
                companies=CompanyFilter(locations=countries("Germany", "Austria")),
                sort_contacts_by=ContactSortingOption.UpdatedAtDesc,
            )

        Price: one page, whatever its size up to 25 people [samples]. Repeatable, each repetition
        being a page.

        Args:
            input: conditions, order and page; instead of keywords.
            contacts: conditions that the person must meet.
            companies: conditions that the person's company must meet.
            excluded_contacts: people to leave out.
            excluded_companies: companies to leave out.
            previous_companies: conditions on a former company. This and the next two widen the
                result unless LeadIQ has enabled them for your organization: it ignores them [live].
            previous_positions: conditions on a former position.
            job_changes: conditions on a recent job change.
            sort_contacts_by: order of the people, the first entry counting most.
            skip: how many people to skip; `skip + limit` is 10,000 at most [guide].
            limit: size of the page, 1 to 25. Default with keywords: 25.
            everyone: that a search without conditions is meant.
            unlock: what to pay for beyond the cheapest tier.
            total: whether to ask for the total, which is slow.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: it cannot be what was meant; the text says why. Nothing was sent.
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
            "skip": skip,
            "limit": limit,
        }
        asked = engine.filters.flat(input, words, everyone=everyone)
        return await super().flat_advanced_search(asked, unlock=unlock, total=total, **options)

    async def flat_advanced_search_after(
        self,
        input: FlatSearchInput,  # noqa: A002 - the contract's name for it
        *,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> PersonSearchPage:
        """Do what `flat_advanced_search` does, and ask for the cursor of the next page.

        Servers of 2026-08 have no such cursor and refuse it.

        Args:
            input: conditions, order and page; conditions may be absent.
            unlock: what to pay for beyond the cheapest tier.
            total: whether to ask for the total, which is slow.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: it cannot be what was meant; the text says why. Nothing was sent.
        """
        asked = engine.filters.flat(input, {}, everyone=True)
        return await super().flat_advanced_search_after(
            asked, unlock=unlock, total=total, **options
        )

    @overload
    async def grouped_advanced_search(
        self,
        input: GroupedSearchInput,
        *,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> CompanySearchResponse: ...

    @overload
    async def grouped_advanced_search(
        self,
        *,
        contacts: ContactFilter | None = None,
        companies: CompanyFilter | None = None,
        excluded_contacts: ContactFilter | None = None,
        excluded_companies: CompanyFilter | None = None,
        sort_contacts_by: ContactSortingOption | Sequence[ContactSortingOption] | None = None,
        sort_companies_by: CompanySortingOption | Sequence[CompanySortingOption] | None = None,
        skip: int | None = None,
        limit: int | None = None,
        limit_per_company: int | None = None,
        everyone: bool = False,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> CompanySearchResponse: ...

    async def grouped_advanced_search(
        self,
        input: GroupedSearchInput | None = None,  # noqa: A002 - the contract's name for it
        *,
        contacts: ContactFilter | None = None,
        companies: CompanyFilter | None = None,
        excluded_contacts: ContactFilter | None = None,
        excluded_companies: CompanyFilter | None = None,
        sort_contacts_by: ContactSortingOption | Sequence[ContactSortingOption] | None = None,
        sort_companies_by: CompanySortingOption | Sequence[CompanySortingOption] | None = None,
        skip: int | None = None,
        limit: int | None = None,
        limit_per_company: int | None = None,
        everyone: bool = False,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> CompanySearchResponse:
        """Search people by broad conditions: one page of companies, each with its people.

        Price: one page, whatever its size up to 25 companies [samples]. Repeatable, each repetition
        being a page.

        Args:
            input: conditions, order and page; instead of keywords.
            contacts: conditions that the person must meet.
            companies: conditions that the company must meet.
            excluded_contacts: people to leave out.
            excluded_companies: companies to leave out.
            sort_contacts_by: order of the people within a company, the first entry counting most.
            sort_companies_by: order of the companies, the first entry counting most.
            skip: how many companies to skip; `skip + limit` is 10,000 at most [guide].
            limit: companies on the page, 1 to 25. Default with keywords: 25.
            limit_per_company: largest number of people for one company; LeadIQ's default is not
                published.
            everyone: that a search without conditions is meant.
            unlock: what to pay for beyond the cheapest tier.
            total: whether to ask for the total, which is slow.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: it cannot be what was meant; the text says why. Nothing was sent.
        """
        words = {
            "contacts": contacts,
            "companies": companies,
            "excluded_contacts": excluded_contacts,
            "excluded_companies": excluded_companies,
            "sort_contacts_by": sort_contacts_by,
            "sort_companies_by": sort_companies_by,
            "skip": skip,
            "limit": limit,
            "limit_per_company": limit_per_company,
        }
        asked = engine.filters.grouped(input, words, everyone=everyone)
        return await super().grouped_advanced_search(asked, unlock=unlock, total=total, **options)

    async def grouped_advanced_search_after(
        self,
        input: GroupedSearchInput,  # noqa: A002 - the contract's name for it
        *,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> CompanySearchPage:
        """Do what `grouped_advanced_search` does, and ask for the cursor of the next page.

        Servers of 2026-08 have no such cursor and refuse it.

        Args:
            input: conditions, order and page; conditions may be absent.
            unlock: what to pay for beyond the cheapest tier.
            total: whether to ask for the total, which is slow.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: it cannot be what was meant; the text says why. Nothing was sent.
        """
        asked = engine.filters.grouped(input, {}, everyone=True)
        return await super().grouped_advanced_search_after(
            asked, unlock=unlock, total=total, **options
        )

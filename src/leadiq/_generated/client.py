# @generated from queries by `make generate`. Do not edit.

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from .._ground.unset import UNSET
from . import operations
from .base_client import GeneratedBase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from pydantic import Field

    from .._conduct.options import CallOptions
    from .._core.pricing import Unlock
    from .._ground.scalars import ZonedDateTime
    from .base_model import UnknownVariant, UnsetType
    from .enums import ICPProductLine, RegenerateResponse
    from .fragments import (
        AbandonBatchResponse,
        Account,
        AddTrackedCompaniesResponse,
        BalanceResponse,
        CancelCompanyTrackingResponse,
        CompanySearchPage,
        CompanySearchResponse,
        CompanySearchResult,
        CompanyTrackingTask,
        CompanyTrackingTaskWithJobChanges,
        CompanyTrendsResult,
        ICPDefinitionResponse,
        List,
        ListConnection,
        ListWithProspects,
        MatchingServiceResponse,
        PersonSearchPage,
        PersonSearchResponse,
        Prospect,
        RegeneratedTimeResult,
        RemoveAllTrackedCompaniesResponse,
        RemoveTrackedCompaniesResponse,
        SearchPeoplePreviewResult,
        SearchResult,
        StartCompanyTrackingResponse,
        TrackContactsResponse,
        TrackedCompaniesConnection,
        TrackedContactsConnection,
        UsageMetaType,
        WorkatoTokenResponseFailure,
        WorkatoTokenResponseSuccess,
    )
    from .inputs import (
        AddTrackedCompaniesInput,
        ApiPersonFeedback,
        CancelCompanyTrackingTaskInput,
        CreateListInput,
        CreateProspectInput,
        FlatSearchInput,
        GroupedSearchInput,
        MatchingServiceInput,
        RegeneratedTimeInput,
        RegenerateRecordInput,
        RemoveTrackedCompaniesInput,
        SearchCompanyInput,
        SearchPeopleInput,
        SearchPeoplePreviewInput,
        StartCompanyTrackingTaskInput,
        TrackContactsInput,
    )


class GeneratedClient(GeneratedBase):
    """Every operation of `queries/` as a method; the rest is in its base."""

    async def abandon_batch(
        self,
        import_id: str,
        reason: str | None | UnsetType = UNSET,
        **options: Unpack[CallOptions],
    ) -> AbandonBatchResponse:
        """Give up a batch of tracked contacts.

        Price: not published. Not repeatable: whether a repetition does harm is not published.

        Args:
            import_id: The `importId` that was given to `trackContacts`.
            reason: Why it is given up, in your own words.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills.

        Not repeated by itself when its outcome is unknown."""
        from .abandon_batch import AbandonBatch

        return (
            await self._execute(
                operations.ABANDON_BATCH,
                AbandonBatch,
                {"importId": import_id, "reason": reason},
                **options,
            )
        ).abandon_batch

    async def account(self, **options: Unpack[CallOptions]) -> Account | None:
        """Read the account's plans, credit balance and live prices.

        Free [guide]. Repeatable. When it is null is not published.

        Args:
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .get_account import GetAccount

        return (await self._execute(operations.GET_ACCOUNT, GetAccount, {}, **options)).account

    async def add_prospect_to_list(
        self, list_id: str, input: CreateProspectInput, **options: Unpack[CallOptions]
    ) -> Prospect | None:
        """Save a new prospect in a list.

        Free [guide]. Not repeatable: every call makes a new prospect, the same body or not
        [guide].

        Args:
            list_id: Id of the list: 24 hex digits.
            input: The prospect to save.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills.

        Not repeated by itself when its outcome is unknown."""
        from .add_prospect_to_list import AddProspectToList

        return (
            await self._execute(
                operations.ADD_PROSPECT_TO_LIST,
                AddProspectToList,
                {"listId": list_id, "input": input},
                **options,
            )
        ).add_prospect_to_list

    async def add_tracked_companies(
        self, input: AddTrackedCompaniesInput, **options: Unpack[CallOptions]
    ) -> AddTrackedCompaniesResponse | None:
        """Add companies to those that are tracked; the first step of company tracking.

        Then call `startCompanyTrackingTask`. Price: not published. Not repeatable. Check
        `success` of each result.

        Args:
            input: The companies to add.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills.

        Not repeated by itself when its outcome is unknown."""
        from .add_tracked_companies import AddTrackedCompanies

        return (
            await self._execute(
                operations.ADD_TRACKED_COMPANIES,
                AddTrackedCompanies,
                {"input": input},
                **options,
            )
        ).add_tracked_companies

    async def cancel_company_tracking_task(
        self, input: CancelCompanyTrackingTaskInput, **options: Unpack[CallOptions]
    ) -> CancelCompanyTrackingResponse | None:
        """Cancel a company tracking task.

        Repeatable: a task that has ended answers an `errorCode`. Price: not published.

        Args:
            input: The task to cancel.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .cancel_company_tracking_task import CancelCompanyTrackingTask

        return (
            await self._execute(
                operations.CANCEL_COMPANY_TRACKING_TASK,
                CancelCompanyTrackingTask,
                {"input": input},
                **options,
            )
        ).cancel_company_tracking_task

    async def company_tracking_task(
        self,
        id: str,
        unique_only: bool | None | UnsetType = UNSET,
        **options: Unpack[CallOptions],
    ) -> CompanyTrackingTask | None:
        """Read a company tracking task and its job changes.

        Price: not published; unlocking is paid for by `startCompanyTrackingTask`. Repeatable:
        poll it until the task has ended. Expect null when there is no such task.

        Args:
            id: Id of the task.
            unique_only: Leave duplicates out. By its name; the default is not published.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .get_company_tracking_task import GetCompanyTrackingTask

        return (
            await self._execute(
                operations.GET_COMPANY_TRACKING_TASK,
                GetCompanyTrackingTask,
                {"id": id, "uniqueOnly": unique_only},
                **options,
            )
        ).company_tracking_task

    async def company_tracking_task_job_changes(
        self,
        id: str,
        first: int,
        unique_only: bool | None | UnsetType = UNSET,
        after: str | None | UnsetType = UNSET,
        **options: Unpack[CallOptions],
    ) -> CompanyTrackingTaskWithJobChanges | None:
        """Read a company tracking task and its job changes.

        Price: not published; unlocking is paid for by `startCompanyTrackingTask`. Repeatable:
        poll it until the task has ended. Expect null when there is no such task.

        Args:
            id: Id of the task.
            unique_only: Leave duplicates out. By its name; the default is not published.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .company_tracking_task_job_changes import CompanyTrackingTaskJobChanges

        return (
            await self._execute(
                operations.COMPANY_TRACKING_TASK_JOB_CHANGES,
                CompanyTrackingTaskJobChanges,
                {"id": id, "uniqueOnly": unique_only, "first": first, "after": after},
                **options,
            )
        ).company_tracking_task

    async def contact_tracking_balance(
        self, **options: Unpack[CallOptions]
    ) -> BalanceResponse | None:
        """Read the credits for contact tracking.

        Price: not published. Repeatable. When it is null is not published.

        Args:
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .contact_tracking_balance import ContactTrackingBalance

        return (
            await self._execute(
                operations.CONTACT_TRACKING_BALANCE,
                ContactTrackingBalance,
                {},
                **options,
            )
        ).contact_tracking_balance

    async def create_list(
        self, input: CreateListInput, **options: Unpack[CallOptions]
    ) -> List | None:
        """Make a list of prospects.

        Free [guide]. Not repeatable: a name that is in use is a conflict [guide].

        Args:
            input: Name and purpose of the list.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills.

        Not repeated by itself when its outcome is unknown."""
        from .create_list import CreateList

        return (
            await self._execute(operations.CREATE_LIST, CreateList, {"input": input}, **options)
        ).create_list

    async def flat_advanced_search(
        self,
        input: FlatSearchInput,
        *,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> PersonSearchResponse:
        """Search people by broad conditions and get them in one flat list.

        Price: one page, whatever its size up to 25 people [samples]. Repeatable, each repetition
        being a page. Pages by `skip` and `limit` up to 10,000 together, or by `after` where the
        server has it.

        Args:
            input: Conditions, order and page.
            unlock: what to pay for beyond the cheapest tier.
            total: whether to ask for the total, which is slow.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price, in universal credits at published prices: up to 1 a page; company information, if
        it is charged here at all, up to 3 a company."""
        from .flat_advanced_search import FlatAdvancedSearch

        return (
            await self._execute(
                operations.FLAT_ADVANCED_SEARCH,
                FlatAdvancedSearch,
                {"input": input},
                unlock=unlock,
                total=total,
                **options,
            )
        ).flat_advanced_search

    async def flat_advanced_search_after(
        self,
        input: FlatSearchInput,
        *,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> PersonSearchPage:
        """Search people by broad conditions and get them in one flat list.

        Price: one page, whatever its size up to 25 people [samples]. Repeatable, each repetition
        being a page. Pages by `skip` and `limit` up to 10,000 together, or by `after` where the
        server has it.

        Args:
            input: Conditions, order and page.
            unlock: what to pay for beyond the cheapest tier.
            total: whether to ask for the total, which is slow.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price, in universal credits at published prices: up to 1 a page; company information, if
        it is charged here at all, up to 3 a company."""
        from .flat_advanced_search_after import FlatAdvancedSearchAfter

        return (
            await self._execute(
                operations.FLAT_ADVANCED_SEARCH_AFTER,
                FlatAdvancedSearchAfter,
                {"input": input},
                unlock=unlock,
                total=total,
                **options,
            )
        ).flat_advanced_search

    async def get_list(
        self,
        id: str,
        limit: int | None | UnsetType = UNSET,
        cursor: str | None | UnsetType = UNSET,
        **options: Unpack[CallOptions],
    ) -> ListWithProspects | None:
        """Read one list of prospects.

        Free [guide]. Repeatable. Expect null when there is no such list. Its `prospects` are
        paged.

        Args:
            id: Id of the list: 24 hex digits.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .get_list import GetList

        return (
            await self._execute(
                operations.GET_LIST,
                GetList,
                {"id": id, "limit": limit, "cursor": cursor},
                **options,
            )
        ).list_

    async def grouped_advanced_search(
        self,
        input: GroupedSearchInput,
        *,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> CompanySearchResponse:
        """Search people by broad conditions and get them grouped by company.

        Price: one page, whatever its size up to 25 companies [samples]. Repeatable, each
        repetition being a page. Pages by `skip` and `limit` up to 10,000 together, or by `after`
        where the server has it.

        Args:
            input: Conditions, order and page.
            unlock: what to pay for beyond the cheapest tier.
            total: whether to ask for the total, which is slow.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price, in universal credits at published prices: up to 1 a page; company information, if
        it is charged here at all, up to 3 a company."""
        from .grouped_advanced_search import GroupedAdvancedSearch

        return (
            await self._execute(
                operations.GROUPED_ADVANCED_SEARCH,
                GroupedAdvancedSearch,
                {"input": input},
                unlock=unlock,
                total=total,
                **options,
            )
        ).grouped_advanced_search

    async def grouped_advanced_search_after(
        self,
        input: GroupedSearchInput,
        *,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
        **options: Unpack[CallOptions],
    ) -> CompanySearchPage:
        """Search people by broad conditions and get them grouped by company.

        Price: one page, whatever its size up to 25 companies [samples]. Repeatable, each
        repetition being a page. Pages by `skip` and `limit` up to 10,000 together, or by `after`
        where the server has it.

        Args:
            input: Conditions, order and page.
            unlock: what to pay for beyond the cheapest tier.
            total: whether to ask for the total, which is slow.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price, in universal credits at published prices: up to 1 a page; company information, if
        it is charged here at all, up to 3 a company."""
        from .grouped_advanced_search_after import GroupedAdvancedSearchAfter

        return (
            await self._execute(
                operations.GROUPED_ADVANCED_SEARCH_AFTER,
                GroupedAdvancedSearchAfter,
                {"input": input},
                unlock=unlock,
                total=total,
                **options,
            )
        ).grouped_advanced_search

    async def icp_definitions(
        self,
        product_lines: list[ICPProductLine] | None | UnsetType = UNSET,
        **options: Unpack[CallOptions],
    ) -> ICPDefinitionResponse | None:
        """Read the team's ICPs (ideal customer profiles).

        Price: not published. Repeatable. No paging.

        Args:
            product_lines: Only ICPs that these products use; null reads all, by its name.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .icp_definitions import IcpDefinitions

        return (
            await self._execute(
                operations.ICP_DEFINITIONS,
                IcpDefinitions,
                {"productLines": product_lines},
                **options,
            )
        ).icp_definitions

    async def lists(
        self,
        limit: int | None | UnsetType = UNSET,
        cursor: str | None | UnsetType = UNSET,
        **options: Unpack[CallOptions],
    ) -> ListConnection | None:
        """Read the account's lists of prospects.

        Free [guide]. Repeatable. Pages by `limit` and `cursor`; `nextCursor` is the next
        `cursor`, null at the end.

        Args:
            limit: Largest number of lists on the page; 25 when left out.
            cursor: `nextCursor` of the page before; null starts at the beginning.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .lists import Lists

        return (
            await self._execute(
                operations.LISTS, Lists, {"limit": limit, "cursor": cursor}, **options
            )
        ).lists

    async def match_profile(
        self,
        input: MatchingServiceInput,
        *,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> MatchingServiceResponse:
        """Match an e-mail address to people, each with a confidence.

        Price: not published; count e-mails and phones as billed. Repeatable. No paging.

        Args:
            input: The e-mail address.
            unlock: what to pay for beyond the cheapest tier.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price, in universal credits at published prices: up to 0.1 a person found; with WORK_EMAIL
        up to 1; with PERSONAL_EMAIL up to 1; with WORK_PHONE up to 10; with PERSONAL_PHONE up to
        10; with COMPANY up to 3."""
        from .match_profile import MatchProfile

        return (
            await self._execute(
                operations.MATCH_PROFILE,
                MatchProfile,
                {"input": input},
                unlock=unlock,
                **options,
            )
        ).match_profile

    async def prospect(self, id: str, **options: Unpack[CallOptions]) -> Prospect | None:
        """Read one saved prospect.

        Free [guide]. Repeatable. Expect null when there is no such prospect.

        Args:
            id: Id of the prospect: 24 hex digits.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .get_prospect import GetProspect

        return (
            await self._execute(operations.GET_PROSPECT, GetProspect, {"id": id}, **options)
        ).prospect

    async def regenerate(
        self, input: RegenerateRecordInput, **options: Unpack[CallOptions]
    ) -> RegenerateResponse:
        """Ask LeadIQ to research a person again.

        Price: not published. Not repeatable. Answers `Started`, `InProgress` or `NotFound`; poll
        `regeneratedTime` to see when it is done.

        Args:
            input: The person, by id or LinkedIn URL.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: not published; it depends on what is unlocked later.

        Not repeated by itself when its outcome is unknown."""
        from .regenerate import Regenerate

        return (
            await self._execute(operations.REGENERATE, Regenerate, {"input": input}, **options)
        ).regenerate

    async def regenerated_time(
        self, input: RegeneratedTimeInput, **options: Unpack[CallOptions]
    ) -> RegeneratedTimeResult:
        """Tell when a person was last researched again by `regenerate`.

        Price: not published. Repeatable: this is how to poll for the end of `regenerate`.

        Args:
            input: The person, by id or LinkedIn URL.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .regenerated_time import RegeneratedTime

        return (
            await self._execute(
                operations.REGENERATED_TIME,
                RegeneratedTime,
                {"input": input},
                **options,
            )
        ).regenerated_time

    async def remove_all_tracked_companies(
        self, **options: Unpack[CallOptions]
    ) -> RemoveAllTrackedCompaniesResponse | None:
        """Stop tracking all companies.

        Repeatable. It cannot be undone. Price: not published.

        Args:
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .remove_all_tracked_companies import RemoveAllTrackedCompanies

        return (
            await self._execute(
                operations.REMOVE_ALL_TRACKED_COMPANIES,
                RemoveAllTrackedCompanies,
                {},
                **options,
            )
        ).remove_all_tracked_companies

    async def remove_tracked_companies(
        self, input: RemoveTrackedCompaniesInput, **options: Unpack[CallOptions]
    ) -> RemoveTrackedCompaniesResponse | None:
        """Stop tracking some companies.

        Repeatable: ids that are not tracked come back in `notFound`, by its name. Price: not
        published.

        Args:
            input: The companies to remove, by id.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .remove_tracked_companies import RemoveTrackedCompanies

        return (
            await self._execute(
                operations.REMOVE_TRACKED_COMPANIES,
                RemoveTrackedCompanies,
                {"input": input},
                **options,
            )
        ).remove_tracked_companies

    async def search_company(
        self,
        input: SearchCompanyInput,
        *,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> CompanySearchResult:
        """Find companies by what identifies them: id, name, domain or LinkedIn page.

        Price: 3 credits for each company found [guide]; `id` and `name` alone belong to the
        profile tier, 0.1 [samples]. Repeatable, but company information may be charged again. No
        paging.

        Args:
            input: Which company to find.
            unlock: what to pay for beyond the cheapest tier.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price, in universal credits at published prices: up to 0.1 a company found; with COMPANY
        up to 3."""
        from .search_company import SearchCompany

        return (
            await self._execute(
                operations.SEARCH_COMPANY,
                SearchCompany,
                {"input": input},
                unlock=unlock,
                **options,
            )
        ).search_company

    async def search_company_trends(
        self,
        input: SearchCompanyInput,
        from_: ZonedDateTime | None | UnsetType = UNSET,
        to: ZonedDateTime | None | UnsetType = UNSET,
        **options: Unpack[CallOptions],
    ) -> CompanyTrendsResult:
        """Find companies by what identifies them: id, name, domain or LinkedIn page.

        Price: 3 credits for each company found [guide]; `id` and `name` alone belong to the
        profile tier, 0.1 [samples]. Repeatable, but company information may be charged again. No
        paging.

        Args:
            input: Which company to find.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price, in universal credits at published prices: up to 3 a company found."""
        from .search_company_trends import SearchCompanyTrends

        return (
            await self._execute(
                operations.SEARCH_COMPANY_TRENDS,
                SearchCompanyTrends,
                {"input": input, "from": from_, "to": to},
                **options,
            )
        ).search_company

    async def search_people(
        self,
        input: SearchPeopleInput,
        *,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> SearchResult:
        """Find people by what identifies them: id, LinkedIn profile, e-mail, phone, or name and
        company.

        Price, by what the selection names [guide]: profile data 0.1 credits, an e-mail 1, a phone
        10, company information 3 for each company; larger unlocks take the place of the profile
        fee, and what is not found is not charged. What your team unlocked within a year is free
        again. Repeatable. Pages by `skip` and `limit`; `hasMore` tells whether there are more.

        Args:
            input: Whom to find.
            unlock: what to pay for beyond the cheapest tier.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price, in universal credits at published prices: up to 0.1 a person found; with WORK_EMAIL
        up to 1; with PERSONAL_EMAIL up to 1; with WORK_PHONE up to 10; with PERSONAL_PHONE up to
        10; with COMPANY up to 3."""
        from .search_people import SearchPeople

        return (
            await self._execute(
                operations.SEARCH_PEOPLE,
                SearchPeople,
                {"input": input},
                unlock=unlock,
                **options,
            )
        ).search_people

    async def search_people_preview(
        self, input: SearchPeoplePreviewInput, **options: Unpack[CallOptions]
    ) -> SearchPeoplePreviewResult:
        """Tell whether an e-mail or a phone of a person can likely be had, without unlocking it.

        Free [live]; it counts against the rate limit like any request. Select at least one of
        `hasEmail` and `hasPhone`. Repeatable. No paging: one person at most.

        Args:
            input: Whom to look for.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .search_people_preview import SearchPeoplePreview

        return (
            await self._execute(
                operations.SEARCH_PEOPLE_PREVIEW,
                SearchPeoplePreview,
                {"input": input},
                **options,
            )
        ).search_people_preview

    async def start_company_tracking_task(
        self, input: StartCompanyTrackingTaskInput, **options: Unpack[CallOptions]
    ) -> StartCompanyTrackingResponse | None:
        """Start a run that looks for job changes at the tracked companies.

        Add companies first. Data points named in `unlockDataPoints` are unlocked for credits;
        prices are in `account.universalPlan.costs`. Not repeatable. Poll `companyTrackingTask`
        with the id of the task.

        Args:
            input: How far to look back, what to look for and what to unlock.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: not published; it depends on what is unlocked later.

        Not repeated by itself when its outcome is unknown."""
        from .start_company_tracking_task import StartCompanyTrackingTask

        return (
            await self._execute(
                operations.START_COMPANY_TRACKING_TASK,
                StartCompanyTrackingTask,
                {"input": input},
                **options,
            )
        ).start_company_tracking_task

    async def submit_person_feedback(
        self, input: ApiPersonFeedback, **options: Unpack[CallOptions]
    ) -> str:
        """Tell LeadIQ that contact data of a person is right or wrong.

        Price: not published. Not repeatable: send it twice only when the server is known not to
        have taken the first. Answers the id of the feedback.

        Args:
            input: The person, the value and the verdict.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills.

        Not repeated by itself when its outcome is unknown."""
        from .submit_person_feedback import SubmitPersonFeedback

        return (
            await self._execute(
                operations.SUBMIT_PERSON_FEEDBACK,
                SubmitPersonFeedback,
                {"input": input},
                **options,
            )
        ).submit_person_feedback

    async def track_contacts(
        self, input: TrackContactsInput, **options: Unpack[CallOptions]
    ) -> TrackContactsResponse:
        """Track people and report when they change jobs.

        Data points named in `unlockRequests` are unlocked for credits; prices are in
        `account.universalPlan.costs`. Not repeatable. Poll `trackedContacts` with the `importId`
        until `isProcessing` is false.

        Args:
            input: The people, what to look for and what to unlock.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: not published; it depends on what is unlocked later.

        Not repeated by itself when its outcome is unknown."""
        from .track_contacts import TrackContacts

        return (
            await self._execute(
                operations.TRACK_CONTACTS, TrackContacts, {"input": input}, **options
            )
        ).track_contacts

    async def tracked_companies(
        self,
        first: int | None | UnsetType = UNSET,
        after: str | None | UnsetType = UNSET,
        **options: Unpack[CallOptions],
    ) -> TrackedCompaniesConnection | None:
        """Read the companies that are tracked.

        Price: not published. Repeatable. A Relay connection: `pageInfo.endCursor` is the next
        `after`.

        Args:
            first: Largest number of companies on the page; the default is not published.
            after: Start behind this `cursor` or `pageInfo.endCursor` of an earlier page; null
                starts at the beginning.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .tracked_companies import TrackedCompanies

        return (
            await self._execute(
                operations.TRACKED_COMPANIES,
                TrackedCompanies,
                {"first": first, "after": after},
                **options,
            )
        ).tracked_companies

    async def tracked_contacts(
        self,
        limit: int,
        import_id: str | None | UnsetType = UNSET,
        cursor: str | None | UnsetType = UNSET,
        unique_only: bool | None | UnsetType = UNSET,
        **options: Unpack[CallOptions],
    ) -> TrackedContactsConnection:
        """Read the tracked contacts and their job changes.

        Price: not published; unlocking is paid for by `trackContacts`. Repeatable: poll it until
        `isProcessing` is false. Pages by `limit` and `cursor`; `pageInfo.endCursor` is the next
        `cursor`.

        Args:
            import_id: Only contacts of this import of `trackContacts`; null reads all, by its
                name.
            limit: Largest number of contacts on the page. Its upper end is not published.
            cursor: `pageInfo.endCursor` of the page before; null starts at the beginning.
            unique_only: Leave duplicates out. By its name; the default is not published.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .tracked_contacts import TrackedContacts

        return (
            await self._execute(
                operations.TRACKED_CONTACTS,
                TrackedContacts,
                {
                    "importId": import_id,
                    "limit": limit,
                    "cursor": cursor,
                    "uniqueOnly": unique_only,
                },
                **options,
            )
        ).tracked_contacts

    async def usage(
        self,
        from_: ZonedDateTime | None | UnsetType = UNSET,
        **options: Unpack[CallOptions],
    ) -> UsageMetaType:
        """Read what the account has used of the API and what it may use.

        Free [guide]. Repeatable.

        Args:
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .usage import Usage

        return (await self._execute(operations.USAGE, Usage, {"from": from_}, **options)).usage

    async def workato_token(
        self, org_domain_url: str, **options: Unpack[CallOptions]
    ) -> Annotated[
        Annotated[
            WorkatoTokenResponseFailure | WorkatoTokenResponseSuccess,
            Field(discriminator="typename__"),
        ]
        | UnknownVariant,
        Field(union_mode="left_to_right"),
    ]:
        """Get a token for the Workato integration.

        The answer holds secrets: never log it. Price: not published. Repeatable; whether each
        call makes a new token is not published.

        Args:
            org_domain_url: Domain URL of your organization; its format is not published.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Price: nothing; it selects no data point that LeadIQ bills."""
        from .workato_token import WorkatoToken

        return (
            await self._execute(
                operations.WORKATO_TOKEN,
                WorkatoToken,
                {"orgDomainUrl": org_domain_url},
                **options,
            )
        ).workato_token

"""Who moved: tracked companies, tracked contacts and their job changes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from .. import _engine as engine
from .._core.errors import LeadIQError, TrackingError
from .._engine.defaults import COMPANIES_PER_CALL, LOOK_EVERY_S, MOVED_WITHIN_DAYS, TRACKING_WAIT_S
from .._ground.unset import UNSET
from .list_pages import ListPages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from typing import Literal

    from .._core.pricing import Unlock
    from .._engine.change_feed import ChangeFeed
    from .._engine.pages import Pages
    from .._engine.runs import TrackingRun
    from .._engine.writes import WriteReport, WriteRow
    from .._ground.unset import UnsetType
    from ..types import (
        AddTrackedCompanyInput,
        CompanyTrackingTask,
        FlatSearchInput,
        JobChange,
        RemoveTrackedCompanyResult,
        StartCompanyTrackingTaskInput,
        TrackContactsInput,
        TrackedCompany,
        TrackedContact,
        TrackedContactsConnection,
    )


class Tracking(ListPages):
    """Who moved: tracked companies, tracked contacts and their job changes."""

    async def add_companies(
        self,
        companies: Iterable[AddTrackedCompanyInput],
        *,
        per_call: int = COMPANIES_PER_CALL,
        on_row: Callable[[WriteRow[AddTrackedCompanyInput, TrackedCompany]], None] | None = None,
    ) -> WriteReport[AddTrackedCompanyInput, TrackedCompany]:
        """Track more companies, many to a call, and tell what became of each.

        A call whose answer is lost is not sent again: its companies are `UNKNOWN`, and
        `iter_tracked_companies` shows whether they are there. Domains are sent in canonical form.

        Args:
            companies: what to add.
            per_call: companies to a call; the most that LeadIQ takes is not published.
            on_row: is told of each company as soon as its fate is known.

        Raises:
            InputError: an entry that cannot be sent; nothing was.
        """
        rows = engine.tracked.checked_companies(companies)
        _at_least_one("per_call", per_call)
        return await engine.writes.write(rows, per_call, self._add_companies, on_row)

    async def remove_companies(
        self,
        ids: Iterable[str],
        *,
        per_call: int = COMPANIES_PER_CALL,
        on_row: Callable[[WriteRow[str, RemoveTrackedCompanyResult]], None] | None = None,
    ) -> WriteReport[str, RemoveTrackedCompanyResult]:
        """Stop tracking companies, many to a call, and tell what became of each.

        Removing again does no harm: lost calls are repeated, and those that are not tracked are
        `NOT_FOUND`.

        Args:
            ids: ids of tracked companies (`TrackedCompany.id`).
            per_call: ids to a call.
            on_row: is told of each id as soon as its fate is known.

        Raises:
            InputError: an id that is no text; nothing was sent.
        """
        rows = [
            engine.forms.words(id_, f"ids[{i}]")
            for i, id_ in enumerate(engine.forms.several(ids, "ids"))
        ]
        _at_least_one("per_call", per_call)
        return await engine.writes.write(rows, per_call, self._remove_companies, on_row)

    async def clear_companies(self) -> int:
        """Stop tracking all companies. It cannot be undone.

        Returns:
            How many are tracked afterwards, as LeadIQ counts them: 0.

        Raises:
            TrackingError: LeadIQ says that it was not done.
        """
        answer = await self.remove_all_tracked_companies()
        if answer is None or not answer.success:
            raise TrackingError("LeadIQ did not remove the tracked companies; try again")
        return answer.total_remaining

    def track_companies(
        self,
        start: StartCompanyTrackingTaskInput | None = None,
        *,
        task_id: str | None = None,
        unique_only: bool | UnsetType | None = UNSET,
        resume: str | None = None,
        wait_s: float | None = TRACKING_WAIT_S,
    ) -> TrackingRun[CompanyTrackingTask, JobChange]:
        """Look for job changes at the tracked companies; gives a run, and sends nothing yet.

        `start.unlock_data_points` is charged when the run is started. Prices: `prices()`.

        Args:
            start: what to look for, for a new task.
            task_id: a task that was started before, instead: it is waited for and read.
            unique_only: leave duplicates out, by its name.
            resume: a `token` of an earlier run with this task: go on behind it.
            wait_s: seconds that one wait for the end may take; None: as long as it takes.

        Raises:
            InputError: not exactly one of `start` and `task_id`; nothing was sent.
        """
        _either(start=start, task_id=task_id)
        _only_with("task_id", task_id, resume)
        if start is not None:
            engine.forms.of_kind(start, "StartCompanyTrackingTaskInput", "start")
        begin = None if start is None else partial(self._begin_task, start)

        async def cancel(id_: str, reason: str | None) -> bool:
            from ..types import CancelCompanyTrackingTaskInput

            given = {"id": id_} if reason is None else {"id": id_, "reason": reason}
            answer = await self.cancel_company_tracking_task(
                CancelCompanyTrackingTaskInput(**given)
            )
            if answer is None:
                raise TrackingError("LeadIQ does not say whether it cancelled the task; try again")
            said = [answer.error] if answer.error else []
            return engine.tracking.was_cancelled(answer.error_code, said, success=answer.success)

        def findings(id_: str) -> Pages[JobChange]:
            return self.iter_company_tracking_task_job_changes(
                id_, unique_only=unique_only, resume=resume
            )

        go_on = "LeadIQ goes on: iterate again, or track_companies(task_id=error.run_id)"
        steps = engine.runs.Steps(
            begin, self._task, engine.tracking.task_ending, findings, cancel, go_on
        )
        return engine.runs.TrackingRun(steps, task_id, wait_s)

    def watch_contacts(
        self,
        start: TrackContactsInput | None = None,
        *,
        import_id: str | None = None,
        unique_only: bool | UnsetType | None = UNSET,
        resume: str | None = None,
        wait_s: float | None = TRACKING_WAIT_S,
    ) -> TrackingRun[TrackedContactsConnection, TrackedContact]:
        """Find out which of these people changed jobs; gives a run, and sends nothing yet.

        All contacts go in one call, since whether two calls may share an `importId` is not
        published; LeadIQ splits them into batches itself. `start.unlock_requests` is charged for
        people who moved. When no answer comes, `watch_contacts(import_id=...)` shows whether
        LeadIQ has taken it. `cancel` gives the run up with `abandonBatch`.

        Args:
            start: whom to watch and what for, with an `import_id` of your own.
            import_id: a run that was started before, instead: it is waited for and read.
            unique_only: leave duplicates out, by its name.
            resume: a `token` of an earlier run with this import: go on behind it.
            wait_s: seconds that one wait for the end may take; None: as long as it takes.

        Raises:
            InputError: not exactly one of `start` and `import_id`, or a contact that cannot be
                sent; nothing was.
        """
        _either(start=start, import_id=import_id)
        _only_with("import_id", import_id, resume)
        begin = None if start is None else partial(self._begin_contacts, start)
        if start is not None:
            engine.tracked.check_contacts(start)

        async def look(id_: str) -> TrackedContactsConnection:
            return await self.tracked_contacts(limit=1, import_id=id_)

        async def cancel(id_: str, reason: str | None) -> bool:
            answer = await (self.abandon_batch(id_, reason) if reason else self.abandon_batch(id_))
            return engine.tracking.was_cancelled(
                answer.error_code, answer.errors, success=answer.success
            )

        def findings(id_: str) -> Pages[TrackedContact]:
            return self.iter_tracked_contacts(import_id=id_, unique_only=unique_only, resume=resume)

        go_on = "LeadIQ goes on: iterate again, or watch_contacts(import_id=error.run_id)"
        steps = engine.runs.Steps(
            begin, look, engine.tracking.contacts_ending, findings, cancel, go_on
        )
        return engine.runs.TrackingRun(steps, import_id, wait_s)

    def changes(
        self,
        search: FlatSearchInput,
        *,
        since: datetime | str,
        kind: Literal["hire", "promotion"] = "hire",
        every_s: float | None = LOOK_EVERY_S,
        moved_within_days: int = MOVED_WITHIN_DAYS,
        unlock: Iterable[Unlock] = (),
        everyone: bool = False,
    ) -> ChangeFeed:
        """Tell who moved since, without end; see `ChangeFeed` for what it promises.

        Each look costs a page of an advanced search for every 25 records that LeadIQ has touched,
        and one at least.

        Args:
            search: whom to watch: filters without page, order, `updated_at` or dates of moves.
            since: a time with a zone, to begin with what LeadIQ has learned since then; or the
                `watermark` of an earlier feed with this search, to go on behind it.
            kind: people who joined a company, or who were promoted.
            every_s: seconds from one look to the next; None: look once, and end.
            moved_within_days: how old a move may be when LeadIQ learns of it.
            unlock: what to pay for beyond the cheapest tier.
            everyone: must be True for a search without any filter.

        Raises:
            InputError: a search that pages or dates by itself, or has no filter; a `since` without
                a zone; a watermark of another search. Nothing was sent.
        """
        return engine.change_feed.ChangeFeed(
            self.flat_advanced_search,
            search,
            since=since,
            kind=kind,
            every_s=every_s,
            moved_within_days=moved_within_days,
            unlock=engine.forms.unlocks(unlock),
            everyone=everyone,
        )

    async def _begin_task(self, start: StartCompanyTrackingTaskInput) -> str:
        call = self.start_company_tracking_task(start)
        return engine.tracking.task_begun(
            await engine.outcomes.answered(call, "start_company_tracking_task")
        )

    async def _begin_contacts(self, start: TrackContactsInput) -> str:
        call = self.track_contacts(start)
        return engine.tracking.contacts_begun(
            await engine.outcomes.answered(call, "track_contacts")
        )

    async def _task(self, task_id: str) -> CompanyTrackingTask:
        task = await self.company_tracking_task(task_id)
        if task is None:
            raise engine.tracking.refusal("not found", "NotFound", ())
        return task

    async def _add_companies(
        self, rows: Sequence[AddTrackedCompanyInput]
    ) -> list[WriteRow[AddTrackedCompanyInput, TrackedCompany]]:
        from ..types import AddTrackedCompaniesInput

        call = self.add_tracked_companies(AddTrackedCompaniesInput(companies=list(rows)))
        answer = await engine.outcomes.answered(call, "add_tracked_companies")
        return engine.tracked.added(rows, answer.companies if answer else ())

    async def _remove_companies(
        self, ids: Sequence[str]
    ) -> list[WriteRow[str, RemoveTrackedCompanyResult]]:
        from ..types import RemoveTrackedCompaniesInput

        answer = await self.remove_tracked_companies(RemoveTrackedCompaniesInput(ids=list(ids)))
        if answer is None:
            raise LeadIQError("LeadIQ answered without a result")
        return engine.tracked.removed(ids, answer)


def _either(**given: object) -> None:
    if sum(value is not None for value in given.values()) != 1:
        raise engine.forms.refuse(" and ".join(given), "give exactly one of them")


def _only_with(name: str, needed: object, resume: str | None) -> None:
    if resume is not None and needed is None:
        raise engine.forms.refuse("resume", f"needs the {name} of the run that it is of")


def _at_least_one(name: str, value: int) -> None:
    if not isinstance(value, int) or value < 1:
        raise engine.forms.refuse(name, "has to be a whole number of 1 or more")

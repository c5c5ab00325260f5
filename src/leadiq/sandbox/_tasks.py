"""A team's company tracking tasks: started over the companies tracked at that moment.

Bounds and defaults that LeadIQ has not published [unknown]: 3 months back of 1 to 24, 10 contacts
a company, both kinds of job change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from leadiq.sandbox._company_records import later
from leadiq.sandbox._dates import stamp
from leadiq.sandbox._icps import profiles_of
from leadiq.sandbox._ids import hex_id
from leadiq.sandbox._job_changes import Change, Found, JobChanges, Wanted
from leadiq.sandbox._rows import limit_in, page_of
from leadiq.sandbox._runs import PROCESSING, SUCCESSFUL, Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox._dates import Moments
    from leadiq.sandbox._job_changes import Pay
    from leadiq.sandbox._settings import SandboxSettings
    from leadiq.sandbox._tracked_companies import Tracked

Record = dict[str, Any]
Input = Mapping[str, Any]

DEFAULT_MONTHS, MOST_MONTHS = 3, 24
DEFAULT_CONTACTS, MOST_CONTACTS = 10, 1000
MOST_FIRST = 1000
_KINDS = ("JobChange", "TitleChange")
_KEPT_RESULTS = 16
FIELD = "startCompanyTrackingTask"
NO_CREDITS = "There were not enough credits to unlock contact data."


@dataclass(frozen=True, slots=True)
class Task:
    """A tracking task: what was asked, over which companies, and its run."""

    id: str
    companies: tuple[Tracked, ...]
    months: int
    since: datetime
    wanted: Wanted
    run: Run
    warning: str | None = None


class Tasks:
    """The tracking tasks of one team. Callers hold the team's lock for a write."""

    def __init__(
        self, team: str, changes: JobChanges, moments: Moments, settings: SandboxSettings
    ) -> None:
        self._team = team
        self._changes = changes
        self._moments = moments
        self._settings = settings
        self._tasks: dict[str, Task] = {}
        self._open: set[str] = set()
        self._found = lru_cache(maxsize=_KEPT_RESULTS)(self._find)

    def start(self, query: Input, companies: list[Tracked]) -> Record:
        """Start a task; returns a `StartCompanyTrackingResponse`."""
        wrong = _wrong(query)
        if wrong is not None:
            return _not_started("InvalidParameters", wrong)
        if not companies:
            return _not_started("NoTrackedEntities", "No company is tracked; add some first.")
        task = self._task(query, tuple(companies))
        self._tasks[task.id] = task
        self._open.add(task.id)
        unknown = sum(self._changes.index_of(company) is None for company in companies)
        warnings = [f"{unknown} of {len(companies)} companies are not known."] if unknown else []
        return {
            "success": True,
            "errors": [],
            "errorCode": None,
            "task": self._record(task, unique=False),
            "warnings": warnings,
        }

    def get(self, name: str, *, unique: bool) -> Record | None:
        """Return a `CompanyTrackingTask` by id, or None."""
        task = self._tasks.get(name)
        return None if task is None else self._record(task, unique=unique)

    def cancel(self, name: str) -> Record:
        """Cancel a task that is under way; returns a `CancelCompanyTrackingResponse`."""
        task = self._tasks.get(name)
        if task is None:
            error = "There is no such task."
            return {"success": False, "error": error, "errorCode": "NotFound", "task": None}
        run, code = task.run.cancel(self._moments.now())
        task = replace(task, run=run)
        self._tasks[name] = task
        return {
            "success": code is None,
            "error": None if code is None else "The task is over already.",
            "errorCode": code,
            "task": self._record(task, unique=False),
        }

    def settle(self, pay: Pay) -> None:
        """Charge what tasks that have ended since the last call have unlocked.

        A task that the balance does not cover unlocks nothing, and says so in its warning.
        """
        now = self._moments.now()
        for name in sorted(self._open):
            task = self._tasks[name]
            status = task.run.state(now).status
            if status == SUCCESSFUL and task.wanted.unlock:
                unlocked = self._changes.unlocked(self._found(name), task.wanted.unlock)
                if unlocked and not pay(FIELD, unlocked):
                    self._tasks[name] = _without_data(task)
            if status != PROCESSING:
                self._open.discard(name)

    def _task(self, query: Input, companies: tuple[Tracked, ...]) -> Task:
        now = self._moments.now()
        months = _or(query.get("monthsBack"), DEFAULT_MONTHS)
        since = months_before(now, months)
        wanted = Wanted(
            since=self._moments.days_before_epoch(since),
            most=_or(query.get("maxContactsPerCompany"), DEFAULT_CONTACTS),
            kinds=frozenset(query.get("jobDetections") or _KINDS),
            profiles=tuple(profiles_of(query.get("icps") or ()) or ()),
            email_quality=frozenset(query.get("emailQuality") or ()),
            phone_quality=query.get("phoneQuality"),
            unlock=frozenset(query.get("unlockDataPoints") or ()),
        )
        name = hex_id("task", self._team, len(self._tasks))
        run = run_from(now, query, self._settings)
        return Task(name, companies, months, since, wanted, run)

    def _find(self, name: str) -> Found:
        task = self._tasks[name]
        return self._changes.find(task.companies, task.wanted)

    def _result(self, task: Task) -> Found:
        """Return what a task has found; nothing until it has ended with success [ref]."""
        ended = task.run.state(self._moments.now()).status == SUCCESSFUL
        return self._found(task.id) if ended else Found((), 0)

    def _record(self, task: Task, *, unique: bool) -> Record:
        state = task.run.state(self._moments.now())
        wanted = task.wanted
        return {
            "id": task.id,
            "jobChanges": self._pager(task, unique=unique),
            "icpDefinitionSnapshot": [profile.record() for profile in wanted.profiles],
            "status": state.status,
            "createdAt": stamp(task.run.begun),
            "monthsBack": task.months,
            "jobStartDateFrom": task.since.date().isoformat(),
            "maxContactsPerCompany": wanted.most,
            "icps": [profile.id for profile in wanted.profiles],
            "filters": {
                "icps": [profile.id for profile in wanted.profiles],
                "jobDetections": [kind for kind in _KINDS if kind in wanted.kinds],
                "emailQuality": sorted(wanted.email_quality),
                "phoneQuality": wanted.phone_quality,
            },
            "error": state.error,
            "errorCode": state.code,
            "isCancelled": state.code == "Canceled",
            "timeoutAt": stamp(task.run.timeout),
            "isTimeout": state.code == "Timeout",
            "suppressedContacts": later(lambda: self._result(task).suppressed),
            "warning": task.warning,
        }

    def _pager(self, task: Task, *, unique: bool) -> Callable[..., Record]:
        def job_changes(_info: object, first: int, after: str | None = None) -> Record:
            limit = limit_in(first, MOST_FIRST, MOST_FIRST, "first")
            found = self._result(task)
            changes = found.unique() if unique else found.changes
            return page_of("job-changes", changes, limit, after).connection(self._shown(task))

        return job_changes

    def _shown(self, task: Task) -> Callable[[Change], Record]:
        return lambda change: self._changes.record(change, task.wanted.unlock)


def _without_data(task: Task) -> Task:
    wanted = replace(task.wanted, unlock=frozenset[str]())
    return replace(task, wanted=wanted, warning=NO_CREDITS)


def run_from(now: datetime, query: Input, settings: SandboxSettings) -> Run:
    """Return the run of an input with `timeoutAfterMinutes`, as the settings let runs end."""
    minutes = query.get("timeoutAfterMinutes")
    seconds = settings.tracking_timeout_s if minutes is None else minutes * 60
    return Run(
        begun=now,
        done=now + timedelta(seconds=settings.tracking_s),
        timeout=now + timedelta(seconds=seconds),
        end=settings.tracking_end,
    )


def months_before(now: datetime, months: int) -> datetime:
    """Return the first day of the month that lies `months` back [live: rounded to the first]."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return datetime(year, month + 1, 1, tzinfo=UTC)


def timeout_is_wrong(query: Input) -> str | None:
    """Return what is wrong with `timeoutAfterMinutes`, or None."""
    minutes = query.get("timeoutAfterMinutes")
    return None if minutes is None or minutes >= 1 else "timeoutAfterMinutes must be 1 or more."


def _wrong(query: Input) -> str | None:
    if not 1 <= _or(query.get("monthsBack"), DEFAULT_MONTHS) <= MOST_MONTHS:
        return f"monthsBack must be from 1 to {MOST_MONTHS}."
    if not 1 <= _or(query.get("maxContactsPerCompany"), DEFAULT_CONTACTS) <= MOST_CONTACTS:
        return f"maxContactsPerCompany must be from 1 to {MOST_CONTACTS}."
    if profiles_of(query.get("icps") or ()) is None:
        return "icps names a profile that does not exist."
    return timeout_is_wrong(query)


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _not_started(code: str, error: str) -> Record:
    return {"success": False, "errors": [error], "errorCode": code, "task": None, "warnings": []}

"""A tracking run: started once, waited for, and its findings given one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Self, TypeVar

import anyio

from .._core.errors import LeadIQError, OutcomeUnknownError, StillRunningError
from . import polling
from .outcomes import was_refused
from .waiting import until

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .._core.errors import TrackingError
    from .pages import Pages
    from .tracking import Ending

State = TypeVar("State")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Steps(Generic[State, Item]):
    """What a kind of run does at LeadIQ; ids are what `begin` gives."""

    begin: Callable[[], Awaitable[str]] | None
    """Starts it; raises LeadIQError. None where a run was started before."""
    look: Callable[[str], Awaitable[State]]
    """Reads how far it is; free."""
    ending: Callable[[State], Ending]
    findings: Callable[[str], Pages[Item]]
    """What it found, once it is over; free."""
    cancel: Callable[[str, str | None], Awaitable[bool]]
    go_on: str
    """How a caller waits for a run that goes on."""


class TrackingRun(Generic[State, Item]):
    """A tracking run at LeadIQ, and what it finds as an async iterator.

        run = leadiq.track_companies(StartCompanyTrackingTaskInput(months_back=1))
        keep(await run.start())  # the id: with it the run can be taken up again
        async for change in run:
            ...

    Iterating starts the run if need be, waits until it is over, and gives what it found; LeadIQ
    shows nothing earlier [ref]. A run that failed, was cancelled or timed out gives what it found
    too, and then raises. It is never started twice. `break` and cancelling lose nothing: iterating
    again goes on. What is paid for is paid for when the run is started, so that reading its
    findings again is free.

    Args:
        steps: what it does at LeadIQ.
        run_id: id of a run that was started before; None to start one.
        wait_s: seconds that one wait for the end may take; None: as long as it takes.
    """

    def __init__(self, steps: Steps[State, Item], run_id: str | None, wait_s: float | None) -> None:
        polling.check_wait(wait_s)
        self._steps = steps
        self._wait_s = wait_s
        self._begun = run_id is not None
        self._closed = False
        self._findings = None if run_id is None else steps.findings(run_id)
        self._guard = anyio.ResourceGuard("using")
        self.id = run_id
        """Id of the run; None until it is started."""
        self.state: State | None = None
        """How far it was when last looked at: warnings, and how many were suppressed."""

    async def start(self) -> str:
        """Start the run if it is not started, and give its id.

        Raises:
            OutcomeUnknownError: it was sent before, and no answer came; it is not sent again.
            LeadIQError: it was not started; or, where `sent` is true and nothing was answered, it
                may have been.
        """
        with self._guard:
            return await self._start()

    async def wait(self) -> State:
        """Start the run if need be, wait until it is over, and give its last state.

        Raises:
            StillRunningError: after `wait_s`; it goes on at LeadIQ.
            TrackingError: it failed, was cancelled, or LeadIQ ended it by force.
        """
        with self._guard:
            state = await self._over(await self._start())
        if failure := self._steps.ending(state).failure:
            raise self._noted(failure)
        return state

    async def cancel(self, reason: str | None = None) -> bool:
        """Ask LeadIQ to cancel the run; False when it was over already.

        Can be called while another task waits for the run. A run that is not started is closed.
        What a cancelled run has been charged is not published.
        """
        if self.id is None:
            await self.aclose()
            return False
        return await self._steps.cancel(self.id, reason)

    @property
    def token(self) -> str | None:
        """Goes on behind the finding that was given last, as `resume=`; None before the start."""
        return None if self._findings is None else self._findings.token

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        """Give the next finding. Cancelling this loses none; raises what `wait` does."""
        if self._closed:
            raise StopAsyncIteration
        with self._guard:
            run_id = await self._start()
            state = await self._over(run_id)
            return await self._next(run_id, self._steps.ending(state).failure)

    async def aclose(self) -> None:
        """End the iteration here. The run goes on at LeadIQ: `cancel` ends it there."""
        self._closed = True

    async def _start(self) -> str:
        if self.id is None:
            if self._begun or self._steps.begin is None:
                raise OutcomeUnknownError(_UNKNOWN)
            self._begun = True  # until the answer tells: a cancelled request may have been taken
            try:
                self.id = await self._steps.begin()
            except LeadIQError as error:
                self._begun = not was_refused(error)
                raise
        return self.id

    async def _over(self, run_id: str) -> State:
        """Give the last state, and wait for it if need be."""

        async def look() -> State | None:
            self.state = await self._steps.look(run_id)
            return self.state if self._steps.ending(self.state).over else None

        if self.state is not None and self._steps.ending(self.state).over:
            return self.state
        try:
            return await until(look, polling.TRACKING, self._wait_s, self._steps.go_on)
        except StillRunningError as error:
            error.run_id = run_id
            raise

    async def _next(self, run_id: str, failure: TrackingError | None) -> Item:
        """Give the next finding; at the end raise what the run failed with."""
        if self._findings is None:
            self._findings = self._steps.findings(run_id)
        try:
            return await anext(self._findings)
        except StopAsyncIteration:
            if failure:
                raise self._noted(failure) from None
            raise
        except LeadIQError as error:  # a run that failed may have no findings to be read
            if failure:
                raise self._noted(failure) from error
            raise

    def _noted(self, failure: TrackingError) -> TrackingError:
        failure.run_id = self.id
        return failure

    def __repr__(self) -> str:
        return f"<TrackingRun {'not started' if self.id is None else 'started'}>"


_UNKNOWN = (
    "the run was asked for and no answer came, so LeadIQ may have started it; it is not started"
    " again, which might be charged again"
)

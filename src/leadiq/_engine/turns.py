"""A row between coming in and going out: what it gets from its lookups, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

import anyio

from .._core.errors import BudgetError, ForgottenError, InsufficientCreditsError
from .._core.pricing import DataPoint
from .identity import InvalidLead
from .merging import merged
from .rows import Outcome, Status, shared
from .stopping import why_stopped

if TYPE_CHECKING:
    from .._core.errors import LeadIQError
    from ..types import PersonRecord
    from .answers import Receipt
    from .desk import Lookup
    from .rows import Row

R = TypeVar("R")

_FINE: Final = (Status.FOUND, Status.NOT_FOUND)


class Part(NamedTuple):
    """What a row gets from one lookup: the answer, or a share in another row's."""

    stage: str
    """Its name; empty for the first."""
    lookup: Lookup
    shared: bool

    @property
    def error(self) -> LeadIQError | None:
        """What came instead of an answer, or beside one."""
        return self.lookup.answer.error

    @property
    def receipt(self) -> Receipt:
        """What it took, for this row."""
        receipt = self.lookup.answer.receipt
        return shared(receipt) if self.shared else receipt

    @property
    def person(self) -> PersonRecord | None:
        """Who was found."""
        result = self.lookup.answer.result
        return result.results[0] if result and result.results else None

    @property
    def status(self) -> Status:
        """How the lookup ended."""
        if self.lookup.not_sent or isinstance(self.error, BudgetError) or self._nobody_sends:
            return Status.NOT_SENT
        if isinstance(self.error, ForgottenError):
            return Status.FORGOTTEN
        if self.person:
            return Status.FOUND
        return Status.FAILED if self.error else Status.NOT_FOUND

    @property
    def reason(self) -> str:
        """Why, in a clause; empty if there is nothing to say."""
        name = f"{self.stage}: " if self.stage else ""
        said = self.lookup.not_sent or (self._said(self.error) if self.error else "")
        return said and name + said

    @property
    def _nobody_sends(self) -> bool:
        """Whether it was held back, as credits ran out before its turn."""
        return isinstance(self.error, InsufficientCreditsError) and not self.error.sent

    def _said(self, error: LeadIQError) -> str:
        said = str(error).removeprefix(f"{error.operation}: ")
        told = {
            Status.NOT_SENT: f"not sent: {why_stopped(error)}",
            Status.FOUND: f"LeadIQ sent an error too: {said}",
        }
        return told.get(self.status, said)


class Turn(Generic[R]):
    """A row whose turn comes when the rows before it have had theirs.

    Args:
        row: the row.
        staged: whether it goes on after its first lookup; then `go_on` has to end it.

    Attributes:
        parts: what it has got so far.
        failure: what kept it from a later stage, if that was no lookup.
    """

    def __init__(self, row: Row[R], *parts: Part, staged: bool = False) -> None:
        self.row = row
        self.parts = [*parts]
        self.failure: LeadIQError | None = None
        self._done = anyio.Event()
        if not staged:
            self._done.set()

    def end(self) -> None:
        """Note that its last stage is over."""
        self._done.set()

    async def over(self) -> None:
        """Wait until everything is there that the row gets."""
        await self._done.wait()
        for part in self.parts:
            await part.lookup.answered.wait()

    @property
    def goes_on(self) -> bool:
        """Whether there is somebody about whom more can be asked."""
        fine = not self.failure and self.parts[-1].status in _FINE
        return fine and self.person is not None

    @property
    def unlocked(self) -> frozenset[DataPoint]:
        """What all stages so far have unlocked of the person."""
        return frozenset[DataPoint]().union(*(part.receipt.unlocked for part in self.parts))

    @property
    def person(self) -> PersonRecord | None:
        """Who was found, with what all stages so far have brought."""
        person: PersonRecord | None = None
        for part in self.parts:
            if more := part.person:
                person = merged(person, more) if person else more
        return person

    def outcome(self) -> Outcome[R]:
        """Give what became of the row, once it is over."""
        lead = self.row.lead
        if isinstance(lead, InvalidLead):
            return self._outcome(Status.INVALID, lead.reason)
        status, found = self._status, self.parts[0].lookup.answer.result
        reasons = [part.reason for part in self.parts]
        told = str(self.failure) if self.failure else ""
        return self._outcome(
            status,
            "; ".join(filter(None, (*reasons, told, lead.ignored))),
            person=None if status is Status.FORGOTTEN else self.person,
            matches=max(found.total_results, len(found.results)) if found else 0,
            shared=self.parts[0].shared,
            receipts=tuple(part.receipt for part in self.parts if not part.lookup.not_sent),
            error=self.failure or next(filter(None, (part.error for part in self.parts)), None),
        )

    def _outcome(self, status: Status, reason: str, **members: Any) -> Outcome[R]:
        row = self.row
        return Outcome(line=row.line, row=row.row, status=status, reason=reason, **members)

    @property
    def _status(self) -> Status:
        """A later stage that found nothing does not undo the first; one that failed does."""
        if self.failure:
            return Status.FAILED
        last = self.parts[-1].status
        return self.parts[0].status if last in _FINE else last

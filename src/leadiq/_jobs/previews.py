"""Free previews of a sample: what of these people is likely to be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import anyio

from .._conduct.pacing import Lane
from .._core.errors import LeadIQError
from .._engine.stopping import Brake
from .forecast import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Unpack

    from .._conduct.options import CallOptions
    from ..types import SearchPeoplePreviewInput, SearchPeoplePreviewResult


class Client(Protocol):
    """What is needed of a client."""

    async def search_people_preview(
        self,
        input: SearchPeoplePreviewInput,  # noqa: A002 - the client's name for it
        **options: Unpack[CallOptions],
    ) -> SearchPeoplePreviewResult:
        """Tell what can likely be had of a person."""
        ...


class Previews:
    """Looks, in the bulk lane. Each preview is free, and a request of the rate limit [guide].

    Attributes:
        seen: what was said, in the order of the answers.
        failed: previews without an answer; they say nothing.
    """

    def __init__(self, leadiq: Client) -> None:
        self._leadiq = leadiq
        self._brake = Brake()
        self._stopped_by: LeadIQError | None = None
        self.seen: list[Seen] = []
        self.failed = 0

    async def look(self, asked: Iterable[SearchPeoplePreviewInput], *, at_once: int) -> None:
        """Ask for all of them, so many at a time.

        Raises:
            LeadIQError: what would fail for the others too; see `stopping`.
        """
        waiting = iter(asked)
        async with anyio.create_task_group() as tasks:
            for _ in range(at_once):
                tasks.start_soon(self._work, waiting)
        if self._stopped_by:
            raise self._stopped_by

    async def _work(self, waiting: Iterator[SearchPeoplePreviewInput]) -> None:
        for one in waiting:
            if self._stopped_by is None:
                await self._look(one)

    async def _look(self, one: SearchPeoplePreviewInput) -> None:
        try:
            said = await self._leadiq.search_people_preview(one, lane=Lane.BULK)
        except LeadIQError as error:
            self.failed += 1
            if self._brake.stops(error, answered=False):
                self._stopped_by = error
            return
        self._brake.stops(None, answered=True)
        self.seen.append(Seen(said.person_id is not None, said.has_email, said.has_phone))

"""Who moved since, as an async iterator without end."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol, Self

import anyio

from . import changes
from .forms import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .._core.pricing import Unlock
    from ..types import FlatSearchInput, Person, PersonSearchResponse
    from .changes import Kind


class Searcher(Protocol):
    """What the feed needs of a client."""

    async def __call__(
        self,
        input: FlatSearchInput,  # noqa: A002 - the client's name for it
        *,
        unlock: Iterable[Unlock] = (),
        total: bool = True,
    ) -> PersonSearchResponse:
        """Return a page; see `LeadIQ.flat_advanced_search`."""
        ...


class ChangeFeed:
    """People who moved, as LeadIQ learns of it.

        async for person in leadiq.changes(search, since=kept_watermark or a_day_ago):
            ...  # do what is to be done, then keep feed.watermark

    Keep the watermark behind each person that is done with: a feed that begins at it gives the
    next one. A crash between doing and keeping repeats one person. With a watermark nobody is told
    twice, as long as `moved_within_days` stays. What cannot be promised, as LeadIQ has not
    published it: that a move touches the record's `updatedAt`; that a move has its date, without
    which it is not told; that a record shows up in searches within an hour of being touched. Moves
    older than `moved_within_days` when LeadIQ learns of them are not told; of those of that span
    before `since`, some may be no news to you. The span is counted from where a look begins: a
    feed that was stopped in a look of many months reaches less far back from its watermark.

    `break` and cancelling lose nothing: iterating again goes on, and so does it after an error,
    where the page is asked for again. A page is paid for when it is asked for. Arguments are those
    of `LeadIQ.changes`.
    """

    def __init__(
        self,
        page: Searcher,
        search: FlatSearchInput,
        *,
        since: datetime | str,
        kind: Kind,
        every_s: float | None,
        moved_within_days: int,
        unlock: tuple[Unlock, ...],
        everyone: bool,
    ) -> None:
        _check(kind, every_s, moved_within_days)
        changes.check_search(search, everyone=everyone)
        self._page = page
        self._search = search
        self._kind: Kind = kind
        self._every_s = every_s
        self._moved_within_days = moved_within_days
        self._unlock = unlock
        self._of = changes.fingerprint(search, kind)
        self._mark = changes.begin(since, self._of)
        self._people: deque[Person] = deque()
        self._look = changes.first_look(self._mark, moved_within_days)
        self._next: changes.Look | None = None
        self._due = -1.0
        self._closed = False
        self._guard = anyio.ResourceGuard("reading")

    @property
    def watermark(self) -> str:
        """Where the feed is, behind the person that was given last: text to be kept, and given as
        `since`. It holds no personal data, and about 40 bytes for each move of the span."""
        return changes.to_text(self._mark, self._of)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Person:
        """Give the next person who moved; wait for one if need be. Cancelling this loses none.

        Raises:
            LeadIQError: of a look; calling this again repeats it.
        """
        while not self._closed:
            with self._guard:
                if not self._people:
                    await self._read()
                elif person := self._news():
                    return person
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """End the feed; the watermark stays good."""
        self._closed = True

    def _news(self) -> Person | None:
        """Take a person off the page, and give it if it is news."""
        person = self._people.popleft()
        self._mark, is_news = changes.take(self._mark, self._look, self._kind, person)
        return person if is_news else None

    async def _read(self) -> None:
        """Read the next page of this look, or the first one of the next when that is due."""
        look = self._next or await self._begin()
        if look is None:
            return
        wanted = changes.request(self._search, self._kind, look)
        people = (await self._page(wanted, unlock=self._unlock, total=False)).people
        following = changes.next_look(look, people)
        self._look, self._next = look, following
        self._people.extend(people)
        if following is None:
            self._end()

    async def _begin(self) -> changes.Look | None:
        if self._due == _NEVER:
            self._closed = True
            return None
        await anyio.sleep_until(self._due)
        look = changes.first_look(self._mark, self._moved_within_days)
        self._mark = changes.pruned(self._mark, look)
        return look

    def _end(self) -> None:
        """Note when the next look is due."""
        wait_s = self._every_s
        self._due = _NEVER if wait_s is None else anyio.current_time() + wait_s

    def __repr__(self) -> str:
        return f"<ChangeFeed of {self._kind}s>"


_NEVER = float("inf")


def _check(kind: Kind, every_s: float | None, moved_within_days: int) -> None:
    if kind not in ("hire", "promotion"):
        raise refuse("kind", 'has to be "hire" or "promotion"')
    if every_s is not None and not (isinstance(every_s, int | float) and every_s > 0):
        raise refuse("every_s", "has to be None, or seconds greater than 0")
    if type(moved_within_days) is not int or moved_within_days < 1:
        raise refuse("moved_within_days", "has to be a whole number of 1 or more")

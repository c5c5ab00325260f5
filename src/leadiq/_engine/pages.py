"""Every item of a listing, or its pages, as an async iterator that can stop and go on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Self, TypeVar

import anyio

from .dialects import Place
from .walk import Leaf

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from types import TracebackType
    from typing import TypeAlias

    from anyio.abc import TaskGroup

    from .walk import Ask, Found, Position, Walk

    _Raised: TypeAlias = tuple[
        type[BaseException] | None, BaseException | None, TracebackType | None
    ]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, repr=False)
class Page(Generic[Item]):
    """Some items of a listing, in its order."""

    items: list[Item]
    total: int | None
    """How many there are in all, as LeadIQ said on the first page, if it was asked."""
    token: str
    """Goes on behind this page."""

    def __repr__(self) -> str:
        return f"<Page of {len(self.items)}>"


class Pages(Generic[Item]):
    """The items of a listing, page by page; made by the `iter_...` methods of `LeadIQ`.

        async for person in leadiq.iter_flat_advanced_search(wanted):
            ...

    It runs once, and remembers where it is: what iterates it later goes on behind the item that was
    given last, after a `break` and after an error too. Nothing is sent before the first item is
    wanted, and nothing after the last one that was: there is nothing to close. Inside `async with`
    the next pages of listings that are free are read ahead.

    Args:
        walk: where to begin and how far to go.
        read: asks for a page.
        seal: makes a resume token of a position.
        look_ahead: how many pages are read ahead inside `async with`.
    """

    def __init__(
        self,
        walk: Walk[Item],
        read: Callable[[Ask], Awaitable[Found[Item]]],
        seal: Callable[[Position], str],
        start: Position,
        look_ahead: int = 0,
    ) -> None:
        self._walk = walk
        self._read = read
        self._seal = seal
        self._leaf: Leaf[Item] = Leaf([], Place(), 0, False, start.place, cut=False)
        self._at = 0
        self._start: Position | None = start
        self._guard = anyio.ResourceGuard("reading the next page of")
        self._closed = False
        self._ahead = _Ahead(self._fetch, look_ahead)

    @property
    def total(self) -> int | None:
        """How many items there are in all: known after the first page, if LeadIQ was asked."""
        return self._walk.total

    @property
    def token(self) -> str:
        """A resume token: the listing goes on from here with `resume=`, in any process.

        Here is behind the item that was given last, whatever was read ahead. Made afresh each
        time; ask for it when you keep it, and not for every item.
        """
        return self._seal(self._start or self._leaf.position(self._at))

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        """Give the next item. Cancelling this loses none.

        Raises:
            LeadIQError: of the request for a page; calling this again sends it again.
            TooManyResultsError: the rest lies beyond what offsets can reach.
            StuckCursorError: LeadIQ's pages would never end.
        """
        if not await self._more():
            raise StopAsyncIteration
        self._at += 1
        return self._leaf.items[self._at - 1]

    def pages(self) -> AsyncIterator[Page[Item]]:
        """Give an iterator over pages; the first one holds what is left of the page under way."""
        return _ByPage(self._next_page)

    async def measure(self) -> int | None:
        """Read the first page, if none is there, and give `total`. No item is passed over."""
        await self._more()
        return self.total

    async def aclose(self) -> None:
        """End the iteration, and what is read ahead; the token stays good."""
        self._closed = True
        self._ahead.stop()

    async def __aenter__(self) -> Self:
        await self._ahead.open()
        return self

    async def __aexit__(self, *error: *_Raised) -> None:
        await self.aclose()
        await self._ahead.close(*error)

    def __repr__(self) -> str:
        return f"<Pages, {self._at} of {len(self._leaf.items)} items of a page given>"

    async def _next_page(self) -> Page[Item] | None:
        if not await self._more():
            return None
        items = self._leaf.items[self._at :]
        self._at = len(self._leaf.items)
        return Page(items, self.total, self.token)

    async def _more(self) -> bool:
        """Make sure that there is an item to give; False at the end."""
        while self._at == len(self._leaf.items) and not self._closed:
            with self._guard:
                leaf = await self._ahead.take()
            if leaf is None:
                return False
            self._leaf, self._at, self._start = leaf, 0, None
        return not self._closed

    async def _fetch(self) -> Leaf[Item] | None:
        ask = self._walk.ask()
        return None if ask is None else self._walk.take(ask, await self._read(ask))


class _ByPage(Generic[Item]):
    def __init__(self, next_page: Callable[[], Awaitable[Page[Item] | None]]) -> None:
        self._next_page = next_page

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Page[Item]:
        page = await self._next_page()
        if page is None:
            raise StopAsyncIteration
        return page


class _Ahead(Generic[Item]):
    """Reads ahead of who takes, `most` pages at most; outside its context it reads when asked.

    The reader runs from the first page that is taken to the end, or to an error: whoever takes gets
    the pages before the error, then the error, and taking again starts the reader anew.
    """

    def __init__(self, fetch: Callable[[], Awaitable[Leaf[Item] | None]], most: int) -> None:
        self._fetch = fetch
        self._most = most
        self._context: AbstractAsyncContextManager[TaskGroup] | None = None
        self._tasks: TaskGroup | None = None
        self._reader: anyio.CancelScope | None = None
        self._leaves: deque[Leaf[Item]] = deque()
        self._changed = anyio.Event()
        self._error: Exception | None = None

    async def open(self) -> None:
        """Allow reading ahead, until `close`."""
        if self._most == 0:
            return
        from .enrich import background

        self._context = background()
        self._tasks = await self._context.__aenter__()

    def stop(self) -> None:
        """Give up the page that is being read."""
        if self._reader:
            self._reader.cancel()

    async def close(self, *error: *_Raised) -> None:
        """End the reader; arguments and what is raised are those of `__aexit__`."""
        self._tasks = None
        if self._context:
            await self._context.__aexit__(*error)

    async def take(self) -> Leaf[Item] | None:
        """Give the next page, or None at the end. Cancelling this loses none."""
        if self._tasks is None:
            return self._leaves.popleft() if self._leaves else await self._fetch()
        if self._reader is None:
            self._reader = anyio.CancelScope()
            self._tasks.start_soon(self._run, self._reader)
        while self._reader and not self._leaves:
            await self._changed.wait()
        if self._leaves:
            leaf = self._leaves.popleft()
            self._change()
            return leaf
        error, self._error = self._error, None
        if error:
            raise error
        return None

    async def _run(self, scope: anyio.CancelScope) -> None:
        try:
            with scope:
                while leaf := await self._fetch():
                    self._leaves.append(leaf)
                    self._change()
                    while len(self._leaves) >= self._most:
                        await self._changed.wait()
        except Exception as error:  # whoever takes gets it
            self._error = error
        finally:
            self._reader = None
            self._change()

    def _change(self) -> None:
        self._changed.set()
        self._changed = anyio.Event()

"""Everything of a list, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from .. import _core as core
from .. import _engine as engine
from .._core.errors import InputError
from .._engine.defaults import MOST_ON_PAGE
from .._generated import operations
from .._generated.client import GeneratedClient
from .._ground.unset import UNSET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from .._conduct.options import CallOptions
    from .._engine.pages import Pages
    from .._engine.walk import Ask, Found
    from .._ground.unset import UnsetType
    from ..types import JobChange, List, PageInfo, Prospect, TrackedCompany, TrackedContact

Item = TypeVar("Item")
Node = TypeVar("Node", covariant=True)


class ListPages(GeneratedClient):
    """Everything of a list, page by page. Pages are free, and read ahead inside `async with`."""

    def iter_lists(
        self,
        *,
        resume: str | None = None,
        page_size: int = MOST_ON_PAGE,
        max_items: int | None = None,
        look_ahead: int = 1,
        **options: Unpack[CallOptions],
    ) -> Pages[List]:
        """Go through the account's lists of prospects. Free [guide].

        Args:
            resume: a `token` of an earlier run over the same listing; goes on behind it.
            page_size: how many to ask for at a time, 1 to 25.
            max_items: how many to give at most.
            look_ahead: how many pages to read ahead inside `async with`, 0 to 5; they are free.
            **options: clocks, retry policy and lane of the request for each page; see `Options`.

        Raises:
            InputError: an argument that cannot be, or a token of something else.
        """
        window = engine.paging.Window(resume=resume, page_size=page_size, max_items=max_items)
        ask_page = super().lists

        async def read(ask: Ask) -> Found[List]:
            page = await ask_page(ask.size, _cursor(ask), **options)
            return _by_cursor(page.items, page.next_cursor) if page else _nothing()

        listing = engine.resume.Listing(operations.LISTS.root, {})
        return engine.paging.pages(listing, read, window, look_ahead=look_ahead)

    def iter_list_prospects(
        self,
        list_id: str,
        *,
        resume: str | None = None,
        page_size: int = MOST_ON_PAGE,
        max_items: int | None = None,
        look_ahead: int = 1,
        **options: Unpack[CallOptions],
    ) -> Pages[Prospect]:
        """Go through the prospects of a list. Free [guide].

        The first page raises an InputError when there is no such list.

        Args:
            list_id: id of the list: 24 hex digits.
            resume: a `token` of an earlier run over the same listing; goes on behind it.
            page_size: how many to ask for at a time, 1 to 25.
            max_items: how many to give at most.
            look_ahead: how many pages to read ahead inside `async with`, 0 to 5; they are free.
            **options: clocks, retry policy and lane of the request for each page; see `Options`.

        Raises:
            InputError: an argument that cannot be, or a token of something else.
        """
        window = engine.paging.Window(resume=resume, page_size=page_size, max_items=max_items)
        wanted = {"id": engine.forms.words(list_id, "list_id")}
        ask_page = super().get_list

        async def read(ask: Ask) -> Found[Prospect]:
            found = await ask_page(list_id, ask.size, _cursor(ask), **options)
            if found is None:
                raise InputError("list_id: LeadIQ has no list with this id")
            page = found.prospects
            return _by_cursor(page.items, page.next_cursor) if page else _nothing()

        listing = engine.resume.Listing(operations.GET_LIST.root, wanted)
        return engine.paging.pages(listing, read, window, look_ahead=look_ahead)

    def iter_tracked_companies(
        self,
        *,
        resume: str | None = None,
        page_size: int = MOST_ON_PAGE,
        max_items: int | None = None,
        look_ahead: int = 1,
        **options: Unpack[CallOptions],
    ) -> Pages[TrackedCompany]:
        """Go through the companies that are tracked.

        Price: not published; nothing is selected that LeadIQ is known to bill.

        Args:
            resume: a `token` of an earlier run over the same listing; goes on behind it.
            page_size: how many to ask for at a time, 1 to 25.
            max_items: how many to give at most.
            look_ahead: how many pages to read ahead inside `async with`, 0 to 5; they are free.
            **options: clocks, retry policy and lane of the request for each page; see `Options`.

        Raises:
            InputError: an argument that cannot be, or a token of something else.
        """
        window = engine.paging.Window(resume=resume, page_size=page_size, max_items=max_items)
        ask_page = super().tracked_companies

        async def read(ask: Ask) -> Found[TrackedCompany]:
            page = await ask_page(ask.size, _cursor(ask), **options)
            return _connection(page)

        listing = engine.resume.Listing(operations.TRACKED_COMPANIES.root, {})
        return engine.paging.pages(listing, read, window, look_ahead=look_ahead)

    def iter_company_tracking_task_job_changes(
        self,
        task_id: str,
        *,
        unique_only: bool | UnsetType | None = UNSET,
        resume: str | None = None,
        page_size: int = MOST_ON_PAGE,
        max_items: int | None = None,
        look_ahead: int = 1,
        **options: Unpack[CallOptions],
    ) -> Pages[JobChange]:
        """Go through the job changes that a company tracking task found.

        There are none until the task has ended [ref]. The first page raises an InputError when
        there is no such task.

        Args:
            task_id: id of the task.
            unique_only: leave duplicates out, by its name; the default is not published.
            resume: a `token` of an earlier run over the same listing; goes on behind it.
            page_size: how many to ask for at a time, 1 to 25.
            max_items: how many to give at most.
            look_ahead: how many pages to read ahead inside `async with`, 0 to 5; they are free.
            **options: clocks, retry policy and lane of the request for each page; see `Options`.

        Raises:
            InputError: an argument that cannot be, or a token of something else.
        """
        window = engine.paging.Window(resume=resume, page_size=page_size, max_items=max_items)
        wanted = _given(id=engine.forms.words(task_id, "task_id"), uniqueOnly=unique_only)
        core.arguments.check(operations.COMPANY_TRACKING_TASK_JOB_CHANGES.variables, wanted)
        ask_page = super().company_tracking_task_job_changes

        async def read(ask: Ask) -> Found[JobChange]:
            task = await ask_page(task_id, ask.size, unique_only, _cursor(ask), **options)
            if task is None:
                raise InputError("task_id: LeadIQ has no company tracking task with this id")
            return _connection(task.job_changes)

        listing = engine.resume.Listing(operations.COMPANY_TRACKING_TASK_JOB_CHANGES.root, wanted)
        return engine.paging.pages(listing, read, window, look_ahead=look_ahead)

    def iter_tracked_contacts(
        self,
        import_id: str | UnsetType | None = UNSET,
        *,
        unique_only: bool | UnsetType | None = UNSET,
        resume: str | None = None,
        page_size: int = MOST_ON_PAGE,
        max_items: int | None = None,
        look_ahead: int = 1,
        **options: Unpack[CallOptions],
    ) -> Pages[TrackedContact]:
        """Go through the tracked contacts and their job changes.

        While their run is under way (`is_processing`) there may be more to come.

        Args:
            import_id: only contacts of this import of `track_contacts`; left out: all, by its name.
            unique_only: leave duplicates out, by its name; the default is not published.
            resume: a `token` of an earlier run over the same listing; goes on behind it.
            page_size: how many to ask for at a time, 1 to 25.
            max_items: how many to give at most.
            look_ahead: how many pages to read ahead inside `async with`, 0 to 5; they are free.
            **options: clocks, retry policy and lane of the request for each page; see `Options`.

        Raises:
            InputError: an argument that cannot be, or a token of something else.
        """
        window = engine.paging.Window(resume=resume, page_size=page_size, max_items=max_items)
        wanted = _given(importId=import_id, uniqueOnly=unique_only)
        core.arguments.check(operations.TRACKED_CONTACTS.variables, wanted)
        ask_page = super().tracked_contacts

        async def read(ask: Ask) -> Found[TrackedContact]:
            page = await ask_page(ask.size, import_id, _cursor(ask), unique_only, **options)
            return _connection(page)

        listing = engine.resume.Listing(operations.TRACKED_CONTACTS.root, wanted)
        return engine.paging.pages(listing, read, window, look_ahead=look_ahead)


class _Edge(Protocol[Node]):
    @property
    def node(self) -> Node: ...


class _Connection(Protocol[Node]):
    @property
    def edges(self) -> Sequence[_Edge[Node]]: ...
    @property
    def page_info(self) -> PageInfo: ...


def _cursor(ask: Ask) -> str | UnsetType:
    cursor = ask.place.cursor
    return cursor if isinstance(cursor, str) else UNSET


def _by_cursor(items: list[Item], cursor: str | None) -> Found[Item]:
    return engine.walk.Found(engine.dialects.NEXT_CURSOR, items, cursor=cursor)


def _connection(page: _Connection[Item] | None) -> Found[Item]:
    if page is None:
        return _nothing()
    info = page.page_info
    items = [edge.node for edge in page.edges]
    return engine.walk.Found(
        engine.dialects.PAGE_INFO, items, info.total, info.has_next_page, info.end_cursor
    )


def _nothing() -> Found[Any]:
    return _by_cursor([], None)


def _given(**variables: Any) -> dict[str, Any]:
    return {name: value for name, value in variables.items() if value is not UNSET}

"""People, companies and the outcomes of jobs as Arrow tables."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Mapping
from contextlib import AsyncExitStack, aclosing
from typing import TYPE_CHECKING, Any, Final, cast, overload

from pydantic import BaseModel

from .._core.errors import LeadIQError
from .._core.pricing import Unlock
from .._engine.inputs import check_count, refused
from .._engine.stages import unlocks
from .gathering import Gathering
from .kinds import held_by

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

_ROWS: Final = 10_000
#: They can be gone through, and hold no items.
_NO_LISTS: Final[tuple[type[Any], ...]] = (str, bytes, Mapping, BaseModel)


@overload
def to_arrow(
    items: AsyncIterable[Any],
    *,
    of: type[Any] | None = None,
    unlock: Iterable[Unlock | str] | str | None = None,
) -> Awaitable[Any]: ...
@overload
def to_arrow(
    items: Iterable[Any] | object,
    *,
    of: type[Any] | None = None,
    unlock: Iterable[Unlock | str] | str | None = None,
) -> Any: ...
def to_arrow(
    items: Any,
    *,
    of: type[Any] | None = None,
    unlock: Iterable[Unlock | str] | str | None = None,
) -> Any:
    """Give a `pyarrow.Table` of what was found; of an async iterable, something to await.

        table = to_arrow(await leadiq.search_people(somebody, unlock="work-email"))
        table = await to_arrow(leadiq.iter_flat_advanced_search(wanted), of=Person)

    It asks LeadIQ for nothing that the items do not ask for by themselves. The columns are the
    same for all items of a kind, whatever they hold; docs/tables.md lists them. The table holds
    people's data.

    Args:
        items: a list, an async iterable (a job, a listing), or one answer of a search. Of jobs'
            outcomes the members of the rows are columns too, those of the result behind them.
        of: the class of the items, where there can be none to tell it by.
        unlock: leave out the columns of what is not among these; by default all are there, and
            those of what was not unlocked are null.

    Raises:
        InputError: no table can be made of that; nothing was asked for.
        ConfigurationError: pyarrow is missing; nothing was asked for.
        LeadIQError: of the request for a page, from an async iterable. `data` is then the table of
            the items before it, unless the error has data of its own; `arrow_batches` loses none.
    """
    gathering = _gathering(items, of, unlock)
    if isinstance(items, AsyncIterable):
        return _gathered(items, gathering)  # pyright: ignore[reportUnknownArgumentType]
    for item in _listed(items):
        gathering.add(item)
    return gathering.table()


async def arrow_batches(
    items: AsyncIterable[Any] | Iterable[Any],
    *,
    of: type[Any] | None = None,
    unlock: Iterable[Unlock | str] | str | None = None,
    rows: int = _ROWS,
) -> AsyncGenerator[Any]:
    """Yield `pyarrow.RecordBatch`es of what comes, in memory that does not grow with it.

    They have one schema: the columns of `to_arrow`, without the members of a job's rows, which
    `leadiq_line` stands for. Without items there is no batch.

    Args:
        items: as for `to_arrow`.
        of: as for `to_arrow`.
        unlock: as for `to_arrow`.
        rows: how many are in a batch, the last one excepted.

    Raises:
        InputError, ConfigurationError: as `to_arrow`, when the first batch is asked for.
        Exception: of the items, behind a batch of all that came before it.
    """
    gathering = _gathering(items, of, unlock, keep_rows=False)
    check_count("rows", rows, 1)
    broken: Exception | None = None
    async with AsyncExitStack() as stack:
        ones = await _each(items, stack)
        while not broken:
            try:
                gathering.add(await anext(ones))
            except StopAsyncIteration:
                break
            except Exception as error:  # what came before it may be paid for: that first
                broken = error
            while len(gathering) >= rows:
                yield gathering.batch(rows)
    if len(gathering):
        yield gathering.batch(rows)
    if broken:
        raise broken


def _gathering(
    items: object,
    of: type[Any] | None,
    unlock: Iterable[Unlock | str] | str | None,
    *,
    keep_rows: bool = True,
) -> Gathering:
    if of is not None and not isinstance(of, type):
        raise refused("of takes the class of the items, such as Person")
    points = frozenset(Unlock) if unlock is None else unlocks(unlock)
    return Gathering(of, points, items, keep_rows=keep_rows)


async def _gathered(items: AsyncIterable[Any], gathering: Gathering) -> Any:
    try:
        async with AsyncExitStack() as stack:
            async for item in await _each(items, stack):
                gathering.add(item)
    except LeadIQError as error:
        if error.data is None and len(gathering):
            error.data = gathering.table()
        raise
    return gathering.table()


async def _each(items: Any, stack: AsyncExitStack) -> AsyncIterator[Any]:
    """Give one after the other. A generator is closed at the end; a listing can be gone on with."""
    if isinstance(items, AsyncGenerator):
        await stack.enter_async_context(aclosing(items))  # pyright: ignore[reportUnknownArgumentType]
    is_async = isinstance(items, AsyncIterable)
    return aiter(cast("AsyncIterable[Any]", items) if is_async else _awaited(items))


async def _awaited(items: Any) -> AsyncGenerator[Any]:
    for item in _listed(items):
        yield item


def _listed(items: Any) -> Iterable[Any]:
    if held_by(items) is not None:
        return [items]
    name = type(items).__name__
    if not hasattr(items, "__iter__") or isinstance(items, _NO_LISTS):
        text = "it takes a list, an async iterable or one answer of a search"
        raise refused(f"there is no table of {name}: {text}")
    return cast("Iterable[Any]", items)

"""Results as they come: JSON Lines, and server-sent events.

A row is taken when the one before has left for the visitor: who reads slowly slows the asking
down, and nothing piles up. Who closes the connection ends the work, in the task that began it.
"""

from __future__ import annotations

from collections.abc import AsyncIterable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeVar, cast

import anyio
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from leadiq import LeadIQError
from leadiq._engine.enrich import background, each
from leadiq.fastapi._handlers import note
from leadiq.fastapi._problems import problem_of
from leadiq.fastapi._rendering import as_event, as_line, end_event, problem_event, problem_line
from leadiq.fastapi._visitor import closed

if TYPE_CHECKING:
    from collections.abc import Callable

    from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
    from starlette.types import Message, Receive, Scope, Send

    from leadiq.fastapi._problems import Problem

T = TypeVar("T")

PING_S: Final = 15.0
"""How long an event stream is silent at most: less than proxies wait before they give up."""
_PING: Final = b": \n\n"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Nobody keeps people's data, and nginx passes each item on as it comes."""
_NO_SOURCE: Final = "a stream takes an async iterable, or an async context manager that gives one"


class _Form(NamedTuple):
    """How items are written."""

    item: Callable[[Any], bytes]
    end: Callable[[Any], bytes]
    problem: Callable[[Problem], bytes]
    ping_s: float | None
    """How long it is silent at most; None: for ever."""


class _Stream(Response):
    """Items as they come.

    Args:
        source: gives the items, one after the other; with a context manager, such as
            `leadiq.enrich(...)` gives, it is entered before the response begins, so that what is
            refused there has a status of its own. It is left whatever happens.
        render: what of an item is sent; default: an `Outcome` as `outcome_json` gives it,
            anything else as pydantic makes JSON of it.
        last: what is sent behind the last item, of what the context manager gave:
            `lambda results: {"spent": results.summary.spent}`.
        status_code: of the response.

    Raises:
        TypeError: the source is neither.

    An error after the first byte is the last item: a problem. Everything else breaks the response
    off, so that nobody takes it for whole.
    """

    _form: ClassVar[_Form]

    def __init__(
        self,
        source: AbstractAsyncContextManager[AsyncIterable[T]] | AsyncIterable[T],
        *,
        render: Callable[[T], Any] | None = None,
        last: Callable[[Any], Any] | None = None,
        status_code: int = 200,
    ) -> None:
        if not isinstance(source, AsyncIterable | AbstractAsyncContextManager):
            raise TypeError(f"{_NO_SOURCE}, not {type(source).__name__}")
        super().__init__(None, status_code, _HEADERS)
        del self.headers["content-length"]
        self._source = source
        self._render: Callable[[Any], Any] = render or (lambda item: item)
        self._last = last

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream, until the end or until the visitor has gone."""
        async with background() as tasks:
            with anyio.CancelScope() as here:
                tasks.start_soon(_end, here, receive)
                with suppress(ClientDisconnect):  # nobody is there
                    await self._respond(_telling(send))

    async def _respond(self, send: Send) -> None:
        begun = False
        try:
            async with self._entered() as source:
                start = {"status": self.status_code, "headers": self.raw_headers}
                await send({"type": "http.response.start", **start})
                begun = True
                await self._pass_on(source, send)
            if self._last is not None:
                await send(_part(self._form.end(self._last(source))))
        except LeadIQError as error:
            if not begun:
                raise
            problem = problem_of(error)
            note(error, problem)
            await send(_part(self._form.problem(problem)))
        await send({"type": "http.response.body", "body": b""})

    def _entered(self) -> AbstractAsyncContextManager[AsyncIterable[Any]]:
        if isinstance(self._source, AsyncIterable):
            return nullcontext(cast("AsyncIterable[Any]", self._source))
        return self._source

    async def _pass_on(self, source: AsyncIterable[Any], send: Send) -> None:
        into, items = anyio.create_memory_object_stream[Any]()
        with items:  # closed behind the task, which would take it for a defect
            async with background() as tasks:
                tasks.start_soon(_take, source, into)
                while True:
                    item = await self._next(items, send)
                    if isinstance(item, _Ended):
                        break
                    await send(_part(self._form.item(self._render(item))))
        if item.error:
            raise item.error

    async def _next(self, items: MemoryObjectReceiveStream[Any], send: Send) -> Any:
        while True:
            with anyio.move_on_after(self._form.ping_s):
                return await items.receive()
            await send(_part(_PING))


async def _end(here: anyio.CancelScope, receive: Receive) -> None:
    await closed(receive)
    here.cancel()


class _Ended:
    def __init__(self, error: Exception | None = None) -> None:
        self.error = error


async def _take(source: AsyncIterable[Any], into: MemoryObjectSendStream[Any]) -> None:
    """Take the items in a task of their own, so that waiting for one can be interrupted."""
    ended = _Ended()
    with into:
        try:
            async with each(source) as ones:
                async for item in ones:
                    await into.send(item)
        except Exception as error:
            ended = _Ended(error)
        await into.send(ended)


def _part(body: bytes) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": True}


def _telling(send: Send) -> Send:
    """Have an error of the connection told from those of the source."""

    async def telling(message: Message) -> None:
        try:
            await send(message)
        except OSError:
            raise ClientDisconnect from None

    return telling


class JSONLines(_Stream):
    """One JSON value a line, as they come."""

    media_type = "application/jsonl"
    _form = _Form(as_line, as_line, problem_line, None)


class EventStream(_Stream):
    """Server-sent events, as they come."""

    media_type = "text/event-stream"
    _form = _Form(as_event, end_event, problem_event, PING_S)

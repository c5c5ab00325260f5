"""A tracking run on the command line: started, watched, cancelled, whatever it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import anyio

from .._core.errors import StillRunningError
from ._formats import rows
from ._problems import SOME_FAILED, Problem, say
from ._words import choices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .._client.client import LeadIQ
    from .._engine.runs import TrackingRun
    from ..types import UnlockableDataPointRequest
    from ._formats import Rows, Sheet
    from ._server import Server

Item = TypeVar("Item")

_POINTS = {"email": "PersonEmail", "phone": "PersonPhone"}


def unlocked(
    words: Sequence[str] | None, budget: str | None
) -> list[UnlockableDataPointRequest] | None:
    """Return the data points of `--unlock`; the price of a run is not published.

    Raises `Problem` unless `--budget unlimited` says that it is known.
    """
    from ..types import UnlockableDataPointRequest

    named = [_POINTS.get(part.strip(), part) for word in words or () for part in word.split(",")]
    points = choices("--unlock", named, UnlockableDataPointRequest)
    if (points or budget is not None) and budget != "unlimited":
        raise Problem(
            "what a tracking run may cost is not published, so no budget can be kept: say "
            "--budget unlimited to accept it"
        )
    return points


def begin(server: Server, make: Callable[[LeadIQ], TrackingRun[Any, Any]]) -> str:
    """Start a run, once, and return its id."""

    async def run() -> str:
        async with server.connect() as leadiq:
            return await make(leadiq).start()

    return anyio.run(run)


def watch_run(
    server: Server,
    make: Callable[[LeadIQ], TrackingRun[Any, Item]],
    sheet: Sheet[Item],
    format: str | None,  # noqa: A002 - the word of the command line
) -> int:
    """Wait for the end of a run that was started before, and write what it found."""
    watching = _Watching(make)
    try:
        with rows(sheet, format) as out:
            anyio.run(watching.run, server, out)
    except BrokenPipeError:  # whoever read it has seen enough
        raise
    except StillRunningError:
        return say("it goes on at LeadIQ: watch it again later", SOME_FAILED)
    except BaseException:
        if watching.token is not None:
            say(f"go on with the same command and --resume {watching.token}")
        raise
    return say(f"{watching.given:,} found")


class _Watching(Generic[Item]):
    """Writes what a run found; `token` goes on behind the last row that was written."""

    def __init__(self, make: Callable[[LeadIQ], TrackingRun[Any, Item]]) -> None:
        self._make = make
        self.given = 0
        self.token: str | None = None

    async def run(self, server: Server, out: Rows[Item]) -> None:
        async with server.connect() as leadiq:
            run = self._make(leadiq)
            async for found in run:
                out.write([found])
                self.given += 1
                self.token = run.token


def cancel_run(
    server: Server, make: Callable[[LeadIQ], TrackingRun[Any, Any]], reason: str | None
) -> int:
    """Cancel a run; return the exit code."""

    async def run() -> bool:
        async with server.connect() as leadiq:
            return await make(leadiq).cancel(reason)

    return say("cancelled" if anyio.run(run) else "it was over already")

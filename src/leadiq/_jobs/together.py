"""What tasks want done while a call is under way is done together, by the next call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import anyio
from anyio import to_thread

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
R = TypeVar("R")


class Together(Generic[T, R]):
    """Has things done in threads, one call at a time.

    Args:
        work: does some things, and gives what comes of them. It blocks.
        turn: is held by who is at it.
    """

    def __init__(self, work: Callable[[list[T]], R], turn: anyio.Lock) -> None:
        self._work = work
        self._turn = turn
        self._collecting = _Group[T, R]()

    async def do(self, *things: T) -> tuple[R, int]:
        """Have things done, and wait for it; it cannot be cancelled.

        Returns:
            What has come of all that were done together, and how many of them were before these.

        Raises:
            Exception: of the work, for everybody whose things were among them.
        """
        group, before = self._collecting, len(self._collecting.things)
        group.things += things
        with anyio.CancelScope(shield=True):
            async with self._turn:
                if not group.done:  # otherwise one who waited before us has taken ours along
                    self._collecting = _Group[T, R]()
                    await to_thread.run_sync(group.do, self._work)
        if group.failure is not None:
            raise group.failure
        return group.result, before


class _Group(Generic[T, R]):
    """Things that are done together."""

    __slots__ = ("done", "failure", "result", "things")

    result: R

    def __init__(self) -> None:
        self.things: list[T] = []
        self.done = False
        self.failure: Exception | None = None

    def do(self, work: Callable[[list[T]], R]) -> None:
        """Have them done."""
        try:
            self.result = work(self.things)
        except Exception as error:  # nobody may take what was not done for done
            self.failure = error
        finally:
            self.done = True

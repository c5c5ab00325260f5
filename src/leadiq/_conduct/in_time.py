"""A slot that is waited for only so long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from .._core.errors import SlotTimeoutError

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from types import TracebackType

    from .lanes import Lane
    from .pacing import Pacer, Slot


class InTime:
    """A pacer's slot, or an error when it does not come in time.

    Args:
        pacer: where the slot comes from.
        lane: how urgent the request is.
        limit_s: seconds to wait for it.
        sent: whether LeadIQ may have seen the request already.

    Entering raises SlotTimeoutError; no slot is held then.
    """

    __slots__ = ("_limit_s", "_sent", "_slot")

    def __init__(self, pacer: Pacer, lane: Lane, limit_s: float, *, sent: bool) -> None:
        self._slot: AbstractAsyncContextManager[Slot] = pacer.slot(lane)
        self._limit_s = limit_s
        self._sent = sent

    async def __aenter__(self) -> Slot:
        try:
            with anyio.fail_after(self._limit_s):
                return await self._slot.__aenter__()
        except TimeoutError:
            # nothing is counted here: thousands may get this at once, and statistics look at all
            text = f"no slot of the rate limit within {self._limit_s:g} seconds"
            text += "; statistics() shows the queue"
            raise SlotTimeoutError(text, sent=self._sent) from None

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._slot.__aexit__(kind, error, traceback)

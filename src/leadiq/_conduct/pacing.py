"""Keeping within LeadIQ's rate limit, which announces itself in no header [guide].

The interface, and the pacer of one process. Its decisions are pure: `slots` (when the next request
may go), `lanes` (whose it is), `gate` (what a 429 does), `admission` (all three together).
`queue` puts tasks to sleep.
"""

from __future__ import annotations

import logging
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .._core.errors import ConfigurationError
from .admission import Admission
from .clock import Clock
from .gate import GateState
from .lanes import RESERVED_SHARE, Lane
from .queue import LONG_WAIT_S, Place, Queue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from .slots import Policy

__all__ = ["LONG_WAIT_S", "GateState", "Lane", "LocalPacer", "Pacer", "PacingStatistics", "Slot"]

logger = logging.getLogger("leadiq")


class Slot(Protocol):
    """What `async with pacer.slot() as slot` gives: leave to send one request."""

    waited_s: float
    """Seconds spent waiting for it."""

    def answered(self) -> None:
        """Say that LeadIQ answered, and not with a 429: a probe's answer opens the gate for all."""

    def limited(self, wait_s: float) -> None:
        """Say that LeadIQ answered 429: for so many seconds nobody goes, then one probe, then all.

        Either is to be called before the block ends. A block that ends without says that nobody
        knows what LeadIQ did, as after a failure of the network: the next request probes.
        """


class PacingStatistics(NamedTuple):
    """What a pacer is doing at one moment."""

    limit: int
    """Requests that a window may hold."""
    in_flight: int = 0
    """Requests that have a slot."""
    waiting: Mapping[Lane, int] = MappingProxyType(dict.fromkeys(Lane, 0))
    """Requests that wait for one."""
    limited: int = 0
    """How many 429s there were."""
    closed_for_s: float = 0.0
    """Seconds until the gate that a 429 closed lets a probe through; 0.0 when it is not closed."""
    eta_s: float = 0.0
    """Estimated seconds until the last of those who wait goes."""
    gate: GateState = GateState.OPEN


class Pacer(Protocol):
    """Where slots come from."""

    @property
    def limit(self) -> int:
        """Requests that a window may hold; can be changed at any moment."""
        ...

    @limit.setter
    def limit(self, limit: int) -> None: ...

    @property
    def closed_for_s(self) -> float:
        """Seconds until the gate that a 429 closed lets a probe through; 0.0 when it is open."""
        ...

    def slot(
        self, lane: Lane = Lane.INTERACTIVE, weight: int = 1
    ) -> AbstractAsyncContextManager[Slot]:
        """Wait for a slot; it is given back when the block ends, whatever happens.

        Args:
            lane: interactive requests overtake bulk ones.
            weight: what the request counts as.

        Raises:
            InputError: for a weight that is not within the limit, also when the limit falls below
                it during the wait; nothing was sent.
        """
        ...

    def statistics(self) -> PacingStatistics:
        """Tell what is going on; can be called from anywhere in the thread of the event loop."""
        ...


class LocalPacer:
    """A fair queue in front of a policy, for any number of tasks of one event loop.

    Args:
        policy: when the next request may go.
        reserved_share: of the limit, kept for interactive requests; see `lanes`.
        on_wait: called, once until nobody waits any more, when a request has waited for
            `LONG_WAIT_S` seconds. What it raises is logged and dropped.
        clock: seconds that never go back; default: the event loop's. A clock that does go back is
            taken to stand still.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        reserved_share: float = RESERVED_SHARE,
        on_wait: Callable[[PacingStatistics], None] | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._admission: Admission[Place] = Admission(policy, reserved_share)
        self._clock = Clock(clock)
        self._on_wait = on_wait
        self._queue = Queue(self._admission, self._clock, self._tell)

    @property
    def limit(self) -> int:
        return self._admission.policy.limit

    @limit.setter
    def limit(self, limit: int) -> None:
        if limit < 1:
            raise ConfigurationError("the limit has to be at least 1", sent=False)
        self._admission.policy.limit = limit
        self._queue.changed()

    @property
    def closed_for_s(self) -> float:
        return self._admission.gate.closed_for(self._clock.last())

    def slot(
        self, lane: Lane = Lane.INTERACTIVE, weight: int = 1
    ) -> AbstractAsyncContextManager[Slot]:
        return Place(self._queue, lane, weight)

    def statistics(self) -> PacingStatistics:
        admission, now = self._admission, self._clock.last()
        return PacingStatistics(
            limit=admission.policy.limit,
            in_flight=admission.in_flight,
            waiting={lane: admission.lanes.waiting(lane) for lane in Lane},
            limited=admission.gate.limited,
            closed_for_s=self.closed_for_s,
            eta_s=admission.eta(now),
            gate=admission.gate.state,
        )

    def _tell(self) -> None:
        now = self.statistics()
        text = "waiting for LeadIQ's rate limit of %d: %d requests, the last goes in about %.0f s"
        logger.info(text, now.limit, sum(now.waiting.values()), now.eta_s)
        if self._on_wait is not None:
            try:
                self._on_wait(now)
            except Exception:
                logger.exception("on_wait failed")

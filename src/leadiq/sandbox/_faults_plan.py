"""Which faults hit which request: counted and drawn for each fault by itself.

The same seed, faults and order of requests give the same hits, whatever else is going on.
"""

from __future__ import annotations

import math
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from leadiq.sandbox._draw import Draw
from leadiq.sandbox._faults import Ending, Latency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leadiq.sandbox._faults import Drift, Fault

_STEPS = 10**9
_SIGMA = 1.0


class Hits(NamedTuple):
    """What goes wrong with one request.

    `delay_s` is the sum of its latencies, `ending` the first fault that takes the answer's place or
    cuts it, `charged` is False as soon as one of the faults says so; `kinds` names them all.
    """

    delay_s: float
    drifts: tuple[Drift, ...]
    ending: Ending | None
    charged: bool
    kinds: tuple[str, ...] = ()


NO_HITS = Hits(0.0, (), None, charged=True)


class FaultPlan:
    """Decides about the requests of one sandbox. Thread-safe."""

    def __init__(self, faults: Sequence[Fault], seed: int) -> None:
        self.faults = tuple(faults)
        self._schedules = [_Schedule(fault, seed, str(at)) for at, fault in enumerate(faults)]
        self._seed = seed
        self._asked = 0
        self._lock = Lock()

    def hits(self, operation: str | None, asked: Sequence[Fault] = ()) -> Hits:
        """Count one request of `operation` and return what hits it.

        `asked` are the faults that the request itself asks for: they hit it and no other.
        """
        if not self._schedules and not asked:
            return NO_HITS
        with self._lock:
            # Each is asked, so that each counts.
            found = [hit for one in self._schedules if (hit := one.hit(operation)) is not None]
            for fault in asked:
                self._asked += 1
                found.append(_Hit(fault, Draw(self._seed, "fault-asked", self._asked)))
        return _gather(found)


class _Hit:
    """A fault that hits, and how long it takes if it is a latency."""

    def __init__(self, fault: Fault, draw: Draw) -> None:
        self.fault = fault
        self.delay_s = delay_of(fault, draw) if isinstance(fault, Latency) else 0.0


def _gather(found: Sequence[_Hit]) -> Hits:
    faults = [hit.fault for hit in found]
    return Hits(
        delay_s=sum(hit.delay_s for hit in found),
        drifts=drifts_of(faults),
        ending=next((f for f in faults if isinstance(f, Ending)), None),
        charged=all(fault.charged for fault in faults),
        kinds=tuple(fault.kind for fault in faults),
    )


class _Schedule:
    def __init__(self, fault: Fault, seed: int, place: str) -> None:
        self._fault = fault
        self._seed = seed
        self._kind = f"fault-{place}"
        self._count = 0
        self._left = 0

    def hit(self, operation: str | None) -> _Hit | None:
        fault = self._fault
        if fault.operation not in (None, operation):
            return None
        self._count += 1
        draw = Draw(self._seed, self._kind, self._count)
        if self._begins(draw):
            self._left = fault.burst
        if not self._left:
            return None
        self._left -= 1
        return _Hit(fault, draw)

    def _begins(self, draw: Draw) -> bool:
        drawn = draw.below(_STEPS)
        if self._fault.requests:
            return self._count in self._fault.requests
        return drawn < self._fault.rate * _STEPS


def drifts_of(faults: Sequence[Fault]) -> tuple[Drift, ...]:
    """Return those faults that change the contract or what resolvers answer."""
    return tuple(fault for fault in faults if not isinstance(fault, Latency | Ending))


def delay_of(fault: Latency, draw: Draw) -> float:
    """Return one delay of a latency in seconds; over many requests `seconds` is the mean."""
    share = (draw.below(_STEPS) + 1) / _STEPS
    if fault.spread == "uniform":
        return fault.seconds * 2 * share
    if fault.spread == "exponential":
        return -fault.seconds * math.log(share)
    if fault.spread == "lognormal":
        turn = 2 * math.pi * (draw.below(_STEPS) / _STEPS)
        normal = math.sqrt(-2 * math.log(share)) * math.cos(turn)
        return fault.seconds * math.exp(_SIGMA * normal - _SIGMA**2 / 2)
    return fault.seconds

"""The gate that a 429 closes for everybody, pure: closed, then one probe, then a ramp.

    open --429--> closed --time is up, the first to ask--> probing --answered--> ramp --window--> open
                    ^  ^                                    |    |                |
                    |  +-- cancelled, at once --------------+    |                |
                    +----- 429 ----------------------------------+----- 429 ------+

Without the probe, everybody who waited would go at once and empty the new window; without the
ramp, they would after it. While the gate ramps, requests are spaced at first `SLOWEST` intervals
apart, shrinking evenly to one within a window, even where a burst is allowed.
"""  # noqa: E501

from __future__ import annotations

from enum import StrEnum
from math import inf

SLOWEST = 4.0
"""Intervals between the first two requests after a probe: a quarter of the limit's rate."""


class GateState(StrEnum):
    """What the gate does."""

    OPEN = "open"
    CLOSED = "closed"
    PROBING = "probing"
    RAMP = "ramp"


class Gate:
    """Says when one may pass; every method takes `now` in seconds of a clock that never goes back.

    Args:
        window_s: length of the rate limit's window in seconds, and of the ramp.
    """

    def __init__(self, window_s: float) -> None:
        self.state = GateState.OPEN
        self.narrow = False
        """Whether it is anything but open; the rest need not be asked if it is not."""
        self.limited = 0
        """How many 429s there were."""
        self._window_s = window_s
        self._until = -inf  # when it opens; past as soon as somebody has passed
        self._probe = 0  # number of the last probe
        self._ramp_from: float  # known when the ramp begins
        self._due: float  # when the next one may pass, from the probe on

    def wait(self, now: float) -> float:
        """Tell after how many seconds to ask again; 0.0 when one may pass.

        Infinite while a probe is out.
        """
        if self.state is GateState.RAMP and now - self._ramp_from >= self._window_s:
            self.state = GateState.OPEN
            self.narrow = False
        if self.state is GateState.OPEN:
            return 0.0
        if self.state is GateState.PROBING:
            return inf
        until = self._until if self.state is GateState.CLOSED else self._due
        return max(until - now, 0.0)

    def closed_for(self, now: float) -> float:
        """Tell for how many seconds more it is closed; 0.0 when it is not, or a probe is out."""
        return max(self._until - now, 0.0)

    def passed(self, now: float, cost_s: float) -> int:
        """Note that somebody passes, who may.

        Args:
            now: the time.
            cost_s: the passing request's weight in intervals of even spacing, in seconds.

        Returns:
            The number of the probe that it is, or 0.
        """
        if self.state is GateState.OPEN:
            return 0
        if self.state is GateState.RAMP:
            share = (now - self._ramp_from) / self._window_s
            self._due = now + cost_s * (SLOWEST - (SLOWEST - 1.0) * share)
            return 0
        self.state = GateState.PROBING
        self._due = now + cost_s * SLOWEST
        self._probe += 1
        return self._probe

    def close(self, now: float, wait_s: float) -> None:
        """Note a 429: nobody passes for so many seconds, and then one."""
        self.limited += 1
        self._until = max(self._until, now + wait_s)
        self.state = GateState.CLOSED
        self.narrow = True

    def answered(self, now: float, probe: int) -> None:
        """Note that the probe of this number was answered, and not with a 429."""
        if self._is_out(probe):
            self.state = GateState.RAMP
            self._ramp_from = now

    def lost(self, probe: int) -> None:
        """Note that nobody will know how the probe of this number ended: the next one probes."""
        if self._is_out(probe):
            self.state = GateState.CLOSED

    def _is_out(self, probe: int) -> bool:
        return self.state is GateState.PROBING and probe == self._probe

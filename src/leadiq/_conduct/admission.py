"""Who may send now, pure: a policy, the gate after a 429, and the lanes, put together."""

from __future__ import annotations

from enum import Enum, auto
from math import inf
from typing import TYPE_CHECKING, Generic, TypeVar

from .gate import Gate
from .lanes import BULK, Lanes

if TYPE_CHECKING:
    from .lanes import Lane
    from .slots import Policy


class State(Enum):
    """Where a ticket is."""

    WAITING = auto()
    GONE = auto()
    """It has a slot, or had one."""
    REFUSED = auto()
    """The limit fell below its weight."""


WAITING, GONE, REFUSED = State  # naming a member through its class costs ten times as much


class Ticket:
    """One request's way through the limit."""

    __slots__ = ("lane", "probe", "state", "weight")

    def __init__(self, lane: Lane, weight: int) -> None:
        self.lane = lane
        self.weight = weight
        self.probe = 0
        """Number of the probe that it is, or 0."""
        self.state = WAITING


T = TypeVar("T", bound=Ticket)


class Admission(Generic[T]):
    """Gives slots to tickets; times are in seconds of a clock that never goes back.

    Args:
        policy: when the next request may go.
        reserved_share: of the limit, kept for interactive requests.
    """

    def __init__(self, policy: Policy, reserved_share: float) -> None:
        self.policy = policy
        self.gate = Gate(policy.window_s)
        self.lanes: Lanes[T] = Lanes(policy.window_s, reserved_share)
        self.in_flight = 0
        self.again_at = inf
        """When to `settle` again if nothing happens before; infinite when nobody waits."""

    def ask(self, ticket: T, now: float) -> bool:
        """Give a ticket a slot at once, if one is free and nobody waits."""
        lanes = self.lanes
        if lanes.count:
            return False
        if ticket.lane is BULK and lanes.wait(ticket, now, self.policy.limit):
            return False
        return not self._take(ticket, now)

    def join(self, ticket: T) -> None:
        """Let a ticket wait; `settle` gives it a slot."""
        self.lanes.add(ticket)

    def settle(self, now: float) -> list[T]:
        """Let go who may go now.

        Returns:
            Those who no longer wait, in their order; their state tells why.
        """
        since = self.again_at if self.again_at <= now else None
        settled: list[T] = []
        while first := self.lanes.first(now, self.policy.limit):
            ticket, wait = first
            if ticket.weight > self.policy.limit:
                ticket.state = REFUSED
            elif wait := wait or self._take(ticket, now, since):
                self.again_at = now + wait
                return settled
            self.lanes.remove(ticket)
            settled.append(ticket)
        self.again_at = inf
        return settled

    def _take(self, ticket: T, now: float, since: float | None = None) -> float:
        gate = self.gate
        wait = (gate.narrow and gate.wait(now)) or self.policy.take(now, ticket.weight, since)
        if not wait:
            if gate.narrow:
                ticket.probe = gate.passed(now, ticket.weight * self.policy.interval_s)
            self.lanes.went(ticket, now)
            self.in_flight += 1
            ticket.state = GONE
        return wait

    def give_back(self, ticket: T, now: float, *, answered: bool) -> None:
        """End a request; `answered` says that LeadIQ replied, unless `limited` said with a 429."""
        self.in_flight -= 1
        self.policy.give_back(now, ticket.weight)
        if ticket.lane is BULK:
            self.lanes.came_back(ticket, now)
        if not ticket.probe:
            return
        if answered:
            self.gate.answered(now, ticket.probe)
        else:
            self.gate.lost(ticket.probe)

    def limited(self, now: float, wait_s: float) -> None:
        """Note a 429."""
        self.gate.close(now, wait_s)

    def withdraw(self, ticket: T, now: float) -> None:
        """Forget a ticket that waited, or was given a slot that it has not used."""
        if ticket.state is WAITING:
            self.lanes.remove(ticket)
        elif ticket.state is GONE:
            self.in_flight -= 1
            self.policy.refund(ticket.weight)
            self.lanes.refund(ticket)
            self.gate.lost(ticket.probe)

    def eta(self, now: float) -> float:
        """Estimate after how many seconds the last of those who wait goes; 0.0 if nobody does."""
        weights = [min(ticket.weight, self.policy.limit) for ticket in self.lanes]
        if not weights:
            return 0.0
        closed_s = self.gate.closed_for(now)
        return closed_s + self.policy.forecast(now + closed_s, weights)

"""What one process of a fleet remembers of its own slots, and has to tell of them. Pure.

Times are seconds of the process's monotonic clock. Everything is told again until it is known to
have arrived: telling twice changes nothing.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

from .script import ALONE, CLOSED, MICROSECONDS, OPEN, Answer, Ask, Done, units

_AT_ONCE = 1000  # members told in one ask: Redis serves nobody else while the script runs


@dataclass(frozen=True, slots=True)
class Ticket:
    """Leave to send one request, from `due` on."""

    name: str
    weight: int
    due: float


class _Completed(NamedTuple):
    member: str
    at: float
    answered: bool


class Ledger:
    """The slots that this process holds, and what it has still to tell of them.

    Args:
        process: a name that no other process has.
        window_s: how long a completed slot is remembered, to tell it to a state that forgot.
        beat_s: how often to tell of the slots in use, which are lost to a process that does not.
    """

    def __init__(self, process: str, window_s: float, beat_s: float) -> None:
        self._process = process
        self._window_s = window_s
        self._beat_s = beat_s
        self._beat_at = -inf
        self._asks = 0
        self._state = ""
        self._held: dict[str, int] = {}  # name -> weight
        self._unused: list[str] = []
        self._done: list[_Completed] = []
        self._recent: deque[_Completed] = deque()
        self._doubtful: deque[str] = deque(maxlen=_AT_ONCE)  # perhaps given in a lost answer
        self._close_told = True
        self._closed_until = -inf
        self.gate = OPEN
        """What the gate did when last heard of."""
        self.behind = False
        """Whether one ask is not enough to tell it all; nothing is asked for meanwhile."""

    def concerned(self, now: float) -> bool:
        """Whether a state that loses its memory now would have to be told anything."""
        self._forget(now)
        return bool(self._held or self._recent)

    def ask(self, now: float, wants: tuple[int, ...]) -> Ask:
        """Put together everything to be told; if it does not arrive, `lost` has to be called."""
        self._forget(now)
        unused, self._unused = self._unused[:_AT_ONCE], self._unused[_AT_ONCE:]
        told, self._done = self._done[:_AT_ONCE], self._done[_AT_ONCE:]
        close = 0 if self._close_told else max(1, _microseconds(self.closed_for(now)))
        self._close_told = True
        self._asks += 1
        held = self._beat(now)
        done = (Done(c.member, _microseconds(now - c.at), int(c.answered)) for c in told)
        stamp = f"{self._process}:{self._asks}"
        self.behind = bool(self._done or self._unused)
        wants = () if self.behind else wants
        return Ask(stamp, self._known(), close, tuple(unused), held, tuple(done), wants)

    def settle(self, now: float, ask: Ask, answer: Answer) -> list[Ticket]:
        """Take in an answer to an ask; `now` is when it came, which is after it was made.

        An answer without the name of a state is one that this process gave to itself.
        """
        if self._state not in ("", answer.state or self._state):
            self.recall()
        self._state = answer.state or self._state
        if self._close_told:
            self.gate = answer.gate
            self._closed_until = now + answer.closed_for / MICROSECONDS
        tickets = [
            Ticket(f"{ask.stamp}:{number}", weight, now + due / MICROSECONDS)
            for number, (weight, due) in enumerate(zip(ask.wants, answer.due, strict=False), 1)
        ]
        self._held.update((ticket.name, ticket.weight) for ticket in tickets)
        return tickets

    def lost(self, now: float, ask: Ask) -> None:
        """Tell it all again, and give back what may have been given in an answer that is lost."""
        self._unused += ask.unused
        self._done += [
            _Completed(d.member, now - d.age / MICROSECONDS, d.answered == 1) for d in ask.done
        ]
        self._close_told = self.gate != CLOSED
        self._beat_at = -inf
        for number, weight in enumerate(ask.wants, 1):
            self._doubtful += units(f"{ask.stamp}:{number}", weight)
        self._unused += self._doubtful

    def recall(self) -> None:
        """Tell everything of the last window again: the state has forgotten it, or never knew."""
        self._state = ALONE
        self._done = list(self._recent)
        self._unused += self._doubtful
        self._doubtful.clear()
        self._close_told = self.gate != CLOSED
        self._beat_at = -inf
        self.behind = True

    def complete(self, now: float, ticket: Ticket, *, answered: bool) -> None:
        """Note that the response came, or that it is no longer waited for."""
        weight = self._held.pop(ticket.name)
        stamped = [_Completed(unit, now, answered) for unit in units(ticket.name, weight)]
        self._done += stamped
        self._recent += stamped

    def give_back(self, ticket: Ticket) -> None:
        """Note that no request was sent with it: it is free at once."""
        self._unused += units(ticket.name, self._held.pop(ticket.name))

    def shrink(self, ticket: Ticket, weight: int) -> Ticket:
        """Give back so much of it that this weight is left."""
        members = list(units(ticket.name, ticket.weight))
        self._unused += members[weight:]
        self._held[ticket.name] = weight
        return replace(ticket, weight=weight)

    def close(self, now: float, wait_s: float) -> None:
        """Note that LeadIQ answered 429."""
        self._closed_until = max(self._closed_until, now + wait_s)
        self.gate = CLOSED
        self._close_told = False

    def closed_for(self, now: float) -> float:
        """Tell for how many seconds nobody goes, as far as is known."""
        return max(self._closed_until - now, 0.0)

    def _beat(self, now: float) -> tuple[str, ...]:
        if now < self._beat_at:
            return ()
        self._beat_at = now + self._beat_s
        return tuple(unit for name, weight in self._held.items() for unit in units(name, weight))

    def _known(self) -> str:
        matters = self._state == ALONE or self._recent or self._held
        return self._state if matters else ""

    def _forget(self, now: float) -> None:
        while self._recent and self._recent[0].at <= now - self._window_s:
            self._recent.popleft()


def _microseconds(seconds: float) -> int:
    return max(0, round(seconds * MICROSECONDS))

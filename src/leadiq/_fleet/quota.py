"""The script's decision in Python: what a process goes by while it is alone. Pure.

It is the same policy with the same words, so that a process's queue, its gate and its bookkeeping
do not care where slots come from; a test holds the two together, ask by ask.
"""

from __future__ import annotations

from bisect import insort
from math import ceil, inf
from typing import TYPE_CHECKING

from .._conduct.gate import SLOWEST
from .script import CLOSED, OPEN, PROBING, RAMP, Answer, Ask, Terms, units

if TYPE_CHECKING:
    from collections.abc import Iterable


class Quota:
    """The state that the script keeps in Redis. Every `now` is in microseconds, and never less."""

    def __init__(self, *, hold: float = 0) -> None:
        self._state = ""
        self._born: float  # known when somebody asks
        self._seen = -inf
        self._hold = hold
        self._next = 0.0
        self._closed = 0.0
        self._probe = ""
        self._probing: float  # known when there is a probe
        self._ramp = -inf
        self._slots: list[tuple[float, str]] = []  # ascending

    def answer(self, now: float, terms: Terms, ask: Ask) -> Answer:
        """Take in what has happened and give what may be given, as the script does."""
        stranger = self._meet(now, terms, ask)
        self._hear(now, terms, ask)
        while self._slots and self._slots[0][0] <= now:
            del self._slots[0]
        dues = list[int]()
        wait = 0.0
        for weight in ask.wants:
            due = self._due(now, terms, min(weight, terms.limit), stranger, len(dues))
            if due > now + terms.ahead:
                wait = due - terms.ahead - now
                break
            dues.append(ceil(due - now))
            self._give(f"{ask.stamp}:{len(dues)}", due, terms, min(weight, terms.limit))
        gate = self._gate(now, terms)
        closed_for = ceil(max(self._closed - now, 0)) if gate == CLOSED else 0
        return Answer(self._state, ceil(wait), closed_for, gate, tuple(dues))

    def _gate(self, now: float, terms: Terms) -> int:
        if self._closed:
            return PROBING if self._probe and self._probing > now else CLOSED
        return RAMP if now < self._ramp + terms.window else OPEN

    def _meet(self, now: float, terms: Terms, ask: Ask) -> bool:
        if now - self._seen > terms.grace:
            self._born = now
        self._seen = now
        self._state = self._state or ask.stamp
        stranger = ask.known not in ("", self._state)
        if stranger:
            self._hold = max(self._hold, self._born + terms.settle)
        return stranger

    def _hear(self, now: float, terms: Terms, ask: Ask) -> None:
        self._drop(ask.unused)
        if self._probe in ask.unused:
            self._probe = ""
        self._put(now + terms.window + terms.grace, ask.held)
        if self._probe in ask.held:
            self._probing = now + terms.grace
        for member, age, answered in ask.done:
            self._put(now + terms.window - age, [member])
            if member == self._probe:
                self._probe = ""
                if answered:
                    self._closed, self._ramp = 0.0, now
        if ask.close:
            self._closed, self._probe = max(self._closed, now + ask.close), ""

    def _due(self, now: float, terms: Terms, weight: int, stranger: bool, given: int) -> float:
        over = len(self._slots) + weight - terms.limit
        if stranger:
            return now + terms.ahead + 1
        if self._probe and self._probing > now:
            return self._probing + terms.ahead
        due = max(now, self._hold, self._next, self._closed)
        if over <= 0:
            return due
        soonest = now + terms.window + terms.ahead  # that of a slot still in flight
        return max(due, min(self._slots[over - 1][0], soonest))

    def _give(self, name: str, due: float, terms: Terms, weight: int) -> None:
        del self._slots[: max(0, len(self._slots) + weight - terms.limit)]
        self._put(due + terms.window + terms.grace, units(name, weight))
        slower = 1.0
        if self._closed:
            self._probe, self._probing, slower = name, due + terms.grace, SLOWEST
        elif due < self._ramp + terms.window:
            slower = SLOWEST - (SLOWEST - 1) * (due - self._ramp) / terms.window
        self._next = due + slower * weight * terms.interval

    def _put(self, score: float, members: Iterable[str]) -> None:
        members = list(members)
        self._drop(members)
        for member in members:
            insort(self._slots, (score, member))

    def _drop(self, members: Iterable[str]) -> None:
        gone = set(members)
        if gone:
            self._slots = [slot for slot in self._slots if slot[1] not in gone]

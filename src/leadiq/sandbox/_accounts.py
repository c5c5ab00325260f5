"""Who asks: the teams of a sandbox, their keys, and what each key may send."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from leadiq.sandbox._billing import Tariff
from leadiq.sandbox._errors import Refusal
from leadiq.sandbox._ledger import Book, Ledger
from leadiq.sandbox._limits import Limit, limit_of

if TYPE_CHECKING:
    from leadiq.sandbox._settings import Key, SandboxSettings


class Member:
    """A key in use: the account it is charged to, its limit, and its place among the team's keys,
    from 1. For one thread.
    """

    def __init__(self, key: Key, ledger: Ledger, limit: Limit | None, place: int = 1) -> None:
        self.ledger = ledger
        self.place = place
        self.requests_per_minute = key.requests_per_minute
        self._key = key.key.encode()
        self._limit = limit

    def has(self, key: bytes) -> bool:
        """Tell whether this is the key."""
        return hmac.compare_digest(key, self._key)

    def count(self, requests: int, now: float) -> None:
        """Count requests at `now`.

        Raises:
            Refusal: 429, the limit does not allow them; none was counted.
        """
        if self._limit and not self._limit.take(now, requests):
            raise Refusal(429, "Too many requests; the limit is per minute and key.")

    def left(self, now: float) -> int | None:
        """Return how many requests the limit would let pass at `now`; None if there is none."""
        return self._limit.left(now) if self._limit else None


class Accounts:
    """Every team's account and keys, as they were when the sandbox began."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.book = Book()
        self.ledgers: list[Ledger] = []
        self.members: list[Member] = []
        tariff = Tariff.from_settings(settings)
        for team in settings.all_teams():
            ledger = Ledger(team.credits, tariff, self.book, team=team.name, plan=team.plan)
            self.ledgers.append(ledger)
            self.members += [
                Member(key, ledger, _limit(settings, key), place)
                for place, key in enumerate(team.keys, 1)
            ]

    def member(self, authorization: bytes) -> Member | None:
        """Return who an Authorization header means; `Basic` and the key verbatim [guide]."""
        scheme, _, key = authorization.partition(b" ")
        if scheme.lower() != b"basic":
            return None
        key = key.strip()
        return next((member for member in self.members if member.has(key)), None)


def _limit(settings: SandboxSettings, key: Key) -> Limit | None:
    if key.requests_per_minute is None:
        return None
    return limit_of(settings.window, key.requests_per_minute)

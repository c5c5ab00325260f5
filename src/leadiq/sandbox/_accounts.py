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
    """A key in use: the account it is charged to, and its limit. For one thread."""

    def __init__(self, key: Key, ledger: Ledger, limit: Limit | None) -> None:
        self.ledger = ledger
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


class Accounts:
    """Every team's account and keys, as they were when the sandbox began."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.book = Book()
        self.ledgers: list[Ledger] = []
        self._members: list[Member] = []
        tariff = Tariff.from_settings(settings)
        for team in settings.all_teams():
            ledger = Ledger(team.credits, tariff, self.book, team=team.name, plan=team.plan)
            self.ledgers.append(ledger)
            self._members += [Member(key, ledger, _limit(settings, key)) for key in team.keys]

    def member(self, authorization: bytes) -> Member | None:
        """Return who an Authorization header means; `Basic` and the key verbatim [guide]."""
        scheme, _, key = authorization.partition(b" ")
        if scheme.lower() != b"basic":
            return None
        key = key.strip()
        return next((member for member in self._members if member.has(key)), None)


def _limit(settings: SandboxSettings, key: Key) -> Limit | None:
    if key.requests_per_minute is None:
        return None
    return limit_of(settings.window, key.requests_per_minute)

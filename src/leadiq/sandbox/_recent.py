"""The latest requests to the endpoint, for looking at: when, whose, how it ended, what it cost.

Of what a request carried only the name of its operation is kept.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from decimal import Decimal

KEPT = 100
_LONGEST_NAME = 80


@dataclass(slots=True, eq=False)
class Seen:
    """One request, filled in while it is answered.

    `began` and `took_s` are seconds of the sandbox's clock; `took_s` is None while it is under way.
    `status` is the one of the envelope, not of HTTP; `errors` counts those of GraphQL.
    """

    number: int
    began: float
    took_s: float | None = None
    team: str | None = None
    operation: str | None = None
    status: int = 200
    errors: int = 0
    credits: Decimal = Decimal(0)
    faults: tuple[str, ...] = ()

    def name(self, operation: str | None) -> None:
        """Say which operation it is; of a long name, the beginning."""
        self.operation = operation and operation[:_LONGEST_NAME]


class Recent:
    """The latest requests, newest first, and how many there were. For one thread."""

    def __init__(self) -> None:
        self.count = 0
        self._seen: deque[Seen] = deque(maxlen=KEPT)

    def begin(self, now: float) -> Seen:
        """Take down a request that has arrived."""
        self.count += 1
        seen = Seen(self.count, now)
        self._seen.appendleft(seen)
        return seen

    def requests(self) -> list[Seen]:
        """Return them, newest first."""
        return list(self._seen)

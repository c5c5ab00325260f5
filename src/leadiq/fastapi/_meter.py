"""What one call can have been charged, from before it is sent until its answer is read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic_core import from_json

from leadiq import LeadIQError, Unlock
from leadiq._core.pricing import price
from leadiq._core.protocol import Envelope, read_reply
from leadiq._engine.outcomes import was_refused
from leadiq._ground.json import mapping
from leadiq._jobs.lookups import MOST_COMPANIES, MOST_RESULTS
from leadiq._jobs.replies import bill

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from leadiq import Attempt, Reply
    from leadiq._core.documents import Operation
    from leadiq._core.pricing import Prices

T = TypeVar("T")

_PEOPLE: Final = "search_people"
_NOTHING: Final = Decimal(0)


class _Anything(BaseModel):
    """The data of an answer that is looked at for its errors alone."""

    model_config = ConfigDict(extra="ignore")


class Meter:
    """A middleware, the innermost, that knows what its call can have been charged so far.

    Args:
        most: credits that it can cost at most.
        unlock: what it asks for beyond the profile.
        prices: the account's price list.

    Attributes:
        charged: credits; the most, where nobody knows.
    """

    def __init__(self, most: Decimal, unlock: tuple[Unlock, ...], prices: Prices) -> None:
        self.charged = _NOTHING
        self._before = _NOTHING
        self._departed = False
        self._most = most
        self._unlock = frozenset(unlock)
        self._prices = prices

    async def __call__(self, attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        """Send once."""
        self._before, self._departed = self.charged, True
        self.charged = self._most  # from here on it may be, whatever happens
        try:
            reply = await send()
        except LeadIQError as error:
            if not error.sent:
                self.charged = self._before
            raise
        if _is_refusal(reply):
            self.charged = self._before
        return reply

    def read(self, answer: T) -> T:
        """Take the answer of the call, and give it back."""
        found = getattr(answer, _PEOPLE, None)
        if found is not None and self._departed:  # else middleware of the caller's answered
            cost = bill(found, self._unlock, self._prices).charged
            # what was sent twice is free the second time, but for company information [guide]
            twice = self._before if Unlock.COMPANY in self._unlock else _NOTHING
            self.charged = cost + twice
        return answer


def most_of(
    operation: Operation, variables: bytes, unlock: tuple[Unlock, ...], prices: Prices
) -> Decimal:
    """Tell what a call can cost at most, in credits; infinite where no price is published.

    Args:
        operation: what is asked.
        variables: as JSON: a limit of results counts.
        unlock: what is asked for beyond the profile.
        prices: the account's price list.
    """
    asked = mapping(mapping(from_json(variables)).get("input"))
    limit = asked.get("limit")
    results = limit if isinstance(limit, int) and limit > 0 else MOST_RESULTS
    return price(
        operation.bill, unlock, prices=prices, results=results, companies=MOST_COMPANIES
    ).maximum


def _is_refusal(reply: Reply) -> bool:
    """Tell whether LeadIQ is known not to have looked anything up."""
    if reply.status == 200 and b'"errors"' not in reply.body:
        return False
    meaning = read_reply(Envelope[_Anything], reply.status, reply.body, None)
    return isinstance(meaning, LeadIQError) and meaning.data is None and was_refused(meaning)

"""What a reply to one lookup says: an answer or an error, of what age, and for how much. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .._core.errors import GraphQLError, LeadIQError
from .._core.pricing import DataPoint, Prices, Unlock
from .._core.protocol import Envelope, read_reply
from .charges import amounts, unlocked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..types import SearchResult

_UPDATE: Final = re.compile(rb'"updatedAt"\s*:\s*"([^"\\]{1,64})"')


class Found(NamedTuple):
    """An answer, and what kind of error came beside it, if one did."""

    answer: SearchResult
    beside: type[LeadIQError] | None = None

    @property
    def error(self) -> LeadIQError | None:
        """Say that the answer is not whole, if it is not.

        The text is the same whether LeadIQ or the journal gave the answer, so that a job that was
        interrupted ends with the same file as one that was not.
        """
        if self.beside is None:
            return None
        text = "the answer came beside an error, and may be incomplete"
        return self.beside(text, data=self.answer)


class Bill(NamedTuple):
    """What an answer cost, by what came back."""

    unlocked: frozenset[DataPoint]
    amounts: dict[DataPoint, Decimal]
    """Credits for each data point at the price list, as if none had been unlocked before."""
    repeated: frozenset[DataPoint]
    """Which of them were free, because an earlier job had unlocked them."""

    @property
    def charged(self) -> Decimal:
        """Credits."""
        new = self.amounts.keys() - self.repeated
        return sum((self.amounts[point] for point in new), Decimal(0))

    def as_json(self) -> dict[str, Any]:
        """Give it as it is kept in a receipt."""
        return {
            "unlocked": sorted(self.unlocked),
            "amounts": {point.value: f"{self.amounts[point]:f}" for point in sorted(self.amounts)},
            "repeated": sorted(self.repeated),
        }


def read(status: int, reply: bytes, hidden: Any = None) -> Found | LeadIQError:
    """Give the answer that a reply to one lookup holds, or the error that it means.

    Args:
        status: HTTP status.
        reply: the body.
        hidden: what was asked; taken out of LeadIQ's messages.
    """
    from .._generated.search_people import SearchPeople

    outcome = read_reply(Envelope[SearchPeople], status, reply, hidden)
    if not isinstance(outcome, LeadIQError):
        return Found(outcome.search_people)
    return outcome if outcome.data is None else Found(outcome.data.search_people, type(outcome))


def read_kept(status: int | None, reply: bytes | None) -> Found | LeadIQError:
    """Read what a journal holds: an error that came beside an answer stops nothing any more."""
    found = read(status or 0, reply or b"")
    if isinstance(found, Found) and found.beside:
        return found._replace(beside=GraphQLError)
    return found


def bill(
    answer: SearchResult,
    unlock: frozenset[Unlock],
    prices: Prices,
    free: frozenset[DataPoint] = frozenset(),
) -> Bill:
    """Tell what an answer cost.

    Args:
        answer: what came back.
        unlock: what was asked for beyond the profile.
        prices: the account's price list.
        free: what the team had unlocked before.
    """
    total: dict[DataPoint, Decimal] = {}
    for person in answer.results:
        for point, credit in amounts(person, unlock, prices).items():
            total[point] = total.get(point, Decimal(0)) + credit
    points = frozenset[DataPoint]().union(*(unlocked(each, unlock) for each in answer.results))
    return Bill(points, total, free & total.keys())


def newest_update(reply: bytes) -> datetime | None:
    """Tell when LeadIQ last updated the newest of the data in a reply; None if it does not say."""
    return max(_updates(reply), default=None)


def _updates(reply: bytes) -> Iterator[datetime]:
    for text in set(_UPDATE.findall(reply)):
        try:
            moment = datetime.fromisoformat(text.decode())
        except ValueError:
            continue
        if moment.tzinfo is not None:
            yield moment

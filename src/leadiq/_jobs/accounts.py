"""What the account tells about a job: its prices, and what it has counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .._conduct.pacing import Lane
from .._core.errors import AuthenticationError, ConfigurationError, LeadIQError, TransportError
from .._engine.tariff import balance

if TYPE_CHECKING:
    from ..types import Account


class Client(Protocol):
    """What is needed of a client."""

    async def account(self, *, lane: Lane) -> Account | None:
        """Give the account."""
        ...


async def account_of(leadiq: Client) -> Account | None:
    """Give the account; None when the key may not read it.

    Reading it is free [guide]. As the first request of a job it also finds out whether the key and
    the server are good. It goes in the bulk lane: an interactive call would keep slots of the first
    window from the job that asks.

    Raises:
        AuthenticationError: LeadIQ refused the key.
        ConfigurationError: the client cannot work as it is set up.
        TransportError: LeadIQ cannot be reached.
    """
    try:
        return await leadiq.account(lane=Lane.BULK)
    except (AuthenticationError, ConfigurationError, TransportError):
        raise
    except LeadIQError:  # an account that may not be read says nothing about lookups
        return None


def credits_used(account: Account | None) -> int | None:
    """Give the account's counter of used credits, in whole credits; None if it shows none."""
    now = balance(account)
    return None if now is None else now.used

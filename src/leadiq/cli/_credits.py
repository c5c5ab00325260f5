"""What was charged, by the account's own counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._core.errors import AuthenticationError, ConfigurationError, LeadIQError, TransportError
from .._engine.tariff import balance
from ._problems import Problem, RefusedKey, Trouble

if TYPE_CHECKING:
    from .._client.client import LeadIQ
    from ..types import Account


async def read_account(leadiq: LeadIQ) -> Account | None:
    """Return the account; None when the key may not read it.

    Reading it is free [guide]. As the first request of a command it also finds out whether the
    key and the server are good: raises `Problem` when they aren't.
    """
    try:
        return await leadiq.account()
    except AuthenticationError as error:
        raise RefusedKey(f"LeadIQ refused the key: {error}") from None
    except ConfigurationError as error:
        raise Problem(str(error)) from None
    except TransportError as error:
        raise Trouble(f"LeadIQ can't be reached: {error}") from None
    except LeadIQError:  # an account that may not be read says nothing about lookups
        return None


def credits_used(account: Account | None) -> int | None:
    """Return the account's counter of used credits, in whole credits; None if it shows none."""
    now = balance(account)
    return None if now is None else now.used

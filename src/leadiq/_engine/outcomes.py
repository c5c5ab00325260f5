"""What an error says about a write that LeadIQ must not be asked for twice. Pure.

There are no idempotency keys. A lost answer therefore leaves three cases apart: LeadIQ has not
done it, it has, and nobody knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .._core.errors import (
    AuthenticationError,
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    SchemaDriftError,
    TrackingError,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable

_REFUSALS: Final = (AuthenticationError, InputError, InsufficientCreditsError, TrackingError)
#: A gateway's word for a request that it gave up on, maybe after LeadIQ had it.
_REQUEST_TIMEOUT: Final = 408


def was_refused(error: LeadIQError) -> bool:
    """Tell whether LeadIQ is known not to have done what it was asked; False: nobody knows.

    A GraphQL error without a status of its own may have come after the work was done, and so may
    an answer that cannot be read.
    """
    if not error.sent:
        return True
    if isinstance(error, SchemaDriftError):
        return bool(error.errors)  # the document was refused as a whole
    if isinstance(error, _REFUSALS):
        return True
    return error.status in range(400, 500) and error.status != _REQUEST_TIMEOUT


async def answered(call: Awaitable[Any], field: str) -> Any:
    """Await a call; an answer that came beside an error is an answer.

    Args:
        call: the call of an operation whose only root field is `field`.
        field: its name in the operation's model.

    Raises:
        LeadIQError: what the call raised, if no answer came with it.
    """
    try:
        return await call
    except LeadIQError as error:
        answer = getattr(error.data, field, None)
        if answer is None:
            raise
        return answer

"""Which lookups of a request go again that was not answered as a whole, and in which pieces. Pure.

- Root fields may not be null, so one that fails takes the answers of the others with it. The
  error's `path` names it: it ends with its error, and the others go again without it.
- A request that was refused as a whole, or failed without a `path`, goes again in halves, down to
  single lookups. The largest size that worked is kept to, unless one lookup was to blame. So the
  last credits are spent as single lookups would spend them.
- What can have been charged goes again only where that is free [guide]: not with company
  information. Then it ends as of unknown outcome.
- What was answered is kept, and never asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .._core.errors import (
    AuthenticationError,
    GraphQLError,
    InputError,
    InsufficientCreditsError,
    OutcomeUnknownError,
    RateLimitError,
    SchemaDriftError,
    ServerError,
)
from .._engine.outcomes import was_refused

if TYPE_CHECKING:
    from .._core.errors import LeadIQError
    from .claims import Claim
    from .trips import Landed

_FINAL: Final = (AuthenticationError, InsufficientCreditsError)
_PASSING: Final = (ServerError, RateLimitError)
_NO_MEMBER: Final = "is not defined by type"
"""In the words of every GraphQL server."""
_LEFT_OUT: Final = (
    "another lookup of the request failed, and the answer to this one was lost; sent again, it may"
    " be charged again"
)


class Experience:
    """What the pieces of one batch teach, and what has to go again. Pure.

    Args:
        count: how many claims the batch has.
    """

    def __init__(self, count: int) -> None:
        self.is_hopeless = False
        """Whether nothing of the rest has to be sent: a lookup alone was refused like the batch."""
        self._count = count
        self._worked = 0
        self._refused = False
        self._one_to_blame = False
        self._tried_one = False

    @property
    def size(self) -> int:
        """The largest size that works, if this was about size; otherwise 0."""
        if not self._refused or self._one_to_blame or self.is_hopeless:
            return 0
        return self._worked or max(1, self._count // 2)

    def next(self, piece: list[Claim], landed: Landed) -> list[list[Claim]]:
        """Give the pieces in which those of a request go again that have not ended."""
        if isinstance(landed.error, InsufficientCreditsError):
            self.is_hopeless = len(piece) == 1
            return _halves(piece)
        if landed.error and _is_about_the_request(landed.error):
            return self._after_refusal(piece, landed.error)
        if not landed.error:
            self._worked = max(self._worked, len(piece))
        return [] if landed.error else _unanswered(piece, landed.left_out)

    def _after_refusal(self, piece: list[Claim], error: LeadIQError) -> list[list[Claim]]:
        is_schema = isinstance(error, SchemaDriftError) and not _is_about_an_input(error)
        if len(piece) == 1:
            self._one_to_blame = True
            self.is_hopeless = is_schema
            return []
        self._refused = True
        if not (was_refused(error) or piece[0].free_to_repeat):
            return []
        if is_schema and not self._tried_one:  # one of them tells whether it is the fields
            self._tried_one = True
            return [piece[:1], piece[1:]]
        return _halves(piece)


def _unanswered(piece: list[Claim], left_out: list[Claim]) -> list[list[Claim]]:
    """Give what goes again of a request that was answered, or failed for one of its claims."""
    errors = [claim.found for claim in piece if claim not in left_out]
    final = next((error for error in errors if isinstance(error, _FINAL)), None)
    if final or not piece[0].free_to_repeat:
        for claim in left_out:
            claim.found = final or OutcomeUnknownError(_LEFT_OUT)
        return []
    if len(left_out) == len(piece):
        return _halves(piece)
    alone = [claim for claim in piece if isinstance(claim.found, _PASSING)]
    alone = [claim for claim in alone if claim not in left_out]
    return [*([left_out] if left_out else []), *([claim] for claim in alone)]


def _halves(piece: list[Claim]) -> list[list[Claim]]:
    middle = len(piece) // 2
    return [piece[:middle], piece[middle:]] if middle else []


def _is_about_an_input(error: LeadIQError) -> bool:
    """Tell whether LeadIQ does not know a member of one of the inputs: others may do without."""
    return any(_NO_MEMBER in item.message.lower() for item in error.errors)


def _is_about_the_request(error: LeadIQError) -> bool:
    """Tell whether fewer lookups at once, or others, may be taken where these were not."""
    if isinstance(error, InputError | GraphQLError | SchemaDriftError):
        return True
    return isinstance(error, ServerError) and was_refused(error)

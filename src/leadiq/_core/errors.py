"""Every error of the SDK, branched by what the caller should do.

    LeadIQError
    ├── ConfigurationError        set the client up differently; nothing was sent
    ├── InputError                change the input
    │   └── TooManyResultsError   narrow the search, or partition it
    ├── AuthenticationError       fix the key (401)
    ├── InsufficientCreditsError  buy credits, or unlock less (402)
    ├── BudgetError               raise the budget, or unlock less; nothing was sent
    │   └── BudgetStoreError      bring the shared budgets' store back, and go on with the job
    ├── OutcomeUnknownError       say whether it may be sent, and perhaps charged, again
    ├── ForgottenError            take the person out of the input
    ├── JournalError              make room on the disk, and go on with the job
    │   └── LedgerError           bring the ledger's store back, and go on with the job
    ├── RateLimitError            wait, or send less (429)
    │   └── SlotTimeoutError      the client's own queue is longer than the call would wait
    ├── TransportError            try again: the network failed
    │   ├── ConnectError          LeadIQ has not seen the request
    │   └── RequestTimeoutError   LeadIQ may have seen the request
    ├── ServerError               try again later: 5xx, or a reply that cannot be read
    │   └── StuckCursorError      begin again: LeadIQ's pages would never end
    ├── SchemaDriftError          update the SDK: LeadIQ's schema has changed
    ├── TrackingError             read `code`: LeadIQ refused a tracking run, or ended it
    │   ├── TrackingFailedError   the run failed
    │   ├── TrackingTimeoutError  give the run more minutes: LeadIQ ended it by force
    │   └── TrackingCancelledError  somebody cancelled the run
    ├── StillRunningError         wait on: what LeadIQ does takes longer than the call would wait
    └── GraphQLError              read `errors`: LeadIQ refused for a reason of its own
        └── ListExistsError       use `list`: there is one of this name

No error's text holds a key, an address, a phone number, a name or a variable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from .receipts import Receipt


class ErrorItem(NamedTuple):
    """One entry of a reply's `errors`, with what was sent taken out of its message."""

    message: str
    path: tuple[str | int, ...] = ()
    code: str | None = None
    """`extensions.code`."""
    status: int | None = None
    """The HTTP status that LeadIQ means: `extensions.response.status` [samples]."""


class LeadIQError(Exception):
    """Root of all errors of the SDK. Every error can be pickled.

    Attributes:
        status: HTTP status that LeadIQ means, wherever it said so; None without a reply.
        errors: what the reply's `errors` said, redacted.
        data: what came back beside the errors, as the operation's model; None when there was
            nothing or it does not fit. It may have been paid for.
        receipt: what was done for the call; None when nothing was under way.
        sent: whether LeadIQ may have seen the request.
        retry_after_s: how many seconds the server asked to wait, if it did.
        reason: why the call was not tried again, if that needs saying.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        errors: tuple[ErrorItem, ...] = (),
        data: Any = None,
        sent: bool = True,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message)
        self.receipt: Receipt | None = None
        self.status = status
        self.errors = errors
        self.data = data
        self.reason = ""
        self.sent = sent
        self.retry_after_s = retry_after_s

    @property
    def operation(self) -> str | None:
        """Name of the operation, if one was under way."""
        return self.receipt and self.receipt.operation

    @property
    def request_id(self) -> str | None:
        """The call's id, which events and logs name too; made by the client."""
        return self.receipt and self.receipt.request_id

    @property
    def attempts(self) -> int:
        """How often the request was sent."""
        return self.receipt.attempts if self.receipt else 0

    @property
    def waited_s(self) -> float:
        """Seconds spent waiting for slots and between attempts."""
        return self.receipt.waited_s if self.receipt else 0.0

    def after(self, receipt: Receipt, reason: str = "") -> Self:
        """Note what was done before the error was given to the caller; return it.

        Args:
            receipt: what was done.
            reason: why it is not tried again, if that needs saying.
        """
        self.receipt = receipt
        self.reason = reason
        return self

    def __str__(self) -> str:
        text = super().__str__()
        if self.operation:
            text = f"{self.operation}: {text}"
        return f"{text}; {self.reason}" if self.reason else text

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[LeadIQError], args: tuple[Any, ...], state: dict[str, Any]) -> LeadIQError:
    error = kind(*args)
    error.__dict__.update(state)
    return error


class ConfigurationError(LeadIQError):
    """The client cannot work as it is set up. Nothing was sent."""


class InputError(LeadIQError):
    """The input is wrong: refused before anything was sent (`sent` is False), or by LeadIQ."""


class TooManyResultsError(InputError):
    """The search has more results than offsets can reach; those before them were given."""


class AuthenticationError(LeadIQError):
    """LeadIQ does not accept the key (401). Nothing was charged."""


class InsufficientCreditsError(LeadIQError):
    """The account's credits do not cover the call (402). It is final: waiting does not help."""


class BudgetError(LeadIQError):
    """The caller's own budget does not cover the next lookup. It was not sent."""


class BudgetStoreError(BudgetError):
    """A budget that is shared cannot be asked, so that nothing may be spent. It was not sent."""


class OutcomeUnknownError(LeadIQError):
    """It was sent before and no answer came; sent again, it may be charged again. It was not."""


class ForgottenError(LeadIQError):
    """The person was removed from the job for good. It was not sent."""


class JournalError(LeadIQError):
    """A job's journal cannot be written. `data` is the answer that could not be kept, if any."""


class LedgerError(JournalError):
    """A ledger that jobs share cannot be reached. Bring its store back, and go on with the job."""


class RateLimitError(LeadIQError):
    """The key has sent too many requests (429), and waiting would have taken too long."""


class SlotTimeoutError(RateLimitError):
    """No slot of the rate limit came free within `slot_timeout_s`."""


class TransportError(LeadIQError):
    """The network failed. `sent` tells whether LeadIQ may have seen, and charged, the request."""


class ConnectError(TransportError):
    """No connection came about. LeadIQ has not seen the request."""


class RequestTimeoutError(TransportError):
    """No answer came in time. LeadIQ may have seen, and charged, the request."""


class ServerError(LeadIQError):
    """LeadIQ, or something in front of it, failed: 5xx, or a reply that cannot be read."""


class StuckCursorError(ServerError):
    """LeadIQ says that there is a further page, and leads back to one that was read."""


class SchemaDriftError(LeadIQError):
    """LeadIQ's schema has changed: it refused a field of ours, or answered what does not fit."""


class GraphQLError(LeadIQError):
    """LeadIQ refused the operation for a reason of its own: see `errors`."""


class TrackingError(LeadIQError):
    """LeadIQ did not start a tracking run, or ended it without success.

    Attributes:
        code: LeadIQ's `ErrorCode`, as text, if it gave one.
        run_id: id of the run, if there is one: of the task, or the `importId`.
    """

    code: str | None = None
    run_id: str | None = None


class TrackingFailedError(TrackingError):
    """The run ended without success. What it had found by then was given out before."""


class TrackingTimeoutError(TrackingError):
    """LeadIQ ended the run by force. What it had found by then was given out before."""


class TrackingCancelledError(TrackingError):
    """Somebody cancelled the run. What it had found by then was given out before."""


class StillRunningError(LeadIQError):
    """What LeadIQ was asked for goes on there; the message says how to wait for it again.

    Attributes:
        run_id: id of a tracking run, if that is what goes on.
    """

    run_id: str | None = None


class ListExistsError(GraphQLError):
    """The name of a new list is in use.

    Attributes:
        list: the list that has the name (a `List`).
    """

    list: Any = None

"""What LeadIQ's answers about tracking mean: begun, refused, going on, over. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from .._core.errors import (
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    ServerError,
    TrackingCancelledError,
    TrackingError,
    TrackingFailedError,
    TrackingTimeoutError,
)
from .._core.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..types import (
        CompanyTrackingTask,
        ErrorCode,
        StartCompanyTrackingResponse,
        TrackContactsResponse,
        TrackedContactsConnection,
    )

_ADVICE: Final = {
    "NoTrackedEntities": "nothing is tracked: add companies first",
    "InsufficientCredits": "the account's credits do not cover it: buy some, or unlock less",
    "InvalidParameters": "LeadIQ refused the input",
    "NotFound": "LeadIQ has no such run",
    "UnsupportedByCreditPlan": "the account's plan does not cover it",
    "Timeout": "LeadIQ ended the run by force: start one with more timeout_after_minutes",
    "Canceled": "somebody cancelled the run",
    "UnexpectedCreditError": "LeadIQ failed while charging: look at the balance",
}
#: Codes of `cancelCompanyTrackingTask` for a run that had come to an end.
_CANCELLED: Final = ("AlreadyCanceled", "Canceled")
_ENDED: Final = ("AlreadyCompleted", "AlreadyFailed", "Timeout")


class Ending(NamedTuple):
    """Whether a run is over, and how it failed if it did."""

    over: bool
    failure: TrackingError | None = None


def task_begun(answer: StartCompanyTrackingResponse | None) -> str:
    """Give the id of the task that was started.

    Raises:
        LeadIQError: that says why none was, or (ServerError) that nobody can tell.
    """
    if answer is not None and answer.task is not None:
        return answer.task.id
    if answer is None or answer.success:
        text = "LeadIQ does not say whether a task was started: look there before starting another"
        raise ServerError(text)
    raise refusal("not started", answer.error_code, answer.errors)


def contacts_begun(answer: TrackContactsResponse) -> str:
    """Give the `importId` of the run that was started.

    Raises:
        LeadIQError: that says why none was.
    """
    if answer.error_code is not None or (answer.errors and not answer.batch_count):
        raise refusal("not started", answer.error_code, answer.errors)
    return answer.import_id


def task_ending(task: CompanyTrackingTask) -> Ending:
    """Tell whether a company tracking task is over; a status that is not known goes on."""
    said = [task.error] if task.error else []
    if task.is_cancelled:
        return _ended(TrackingCancelledError, "was cancelled", "Canceled", said)
    if task.is_timeout:
        return _ended(TrackingTimeoutError, "timed out", "Timeout", said)
    if task.status == "Failed":
        return _ended(TrackingFailedError, "failed", task.error_code, said)
    return Ending(task.status == "Successful")


def contacts_ending(page: TrackedContactsConnection) -> Ending:
    """Tell whether a run over contacts is over."""
    said = page.errors or []
    if page.error_code == "Canceled":
        return _ended(TrackingCancelledError, "was cancelled", "Canceled", said)
    if page.is_timeout or page.error_code == "Timeout":
        return _ended(TrackingTimeoutError, "timed out", "Timeout", said)
    if page.is_processing:
        return Ending(over=False)
    if page.error_code is not None or said:
        return _ended(TrackingFailedError, "failed", page.error_code, said)
    return Ending(over=True)


def was_cancelled(code: ErrorCode | str | None, said: Sequence[str], *, success: bool) -> bool:
    """Tell whether a run is cancelled, now or before; False: it had ended otherwise.

    Raises:
        LeadIQError: when LeadIQ did not cancel it for another reason.
    """
    if success or code in _CANCELLED:
        return True
    if code in _ENDED:
        return False
    raise refusal("not cancelled", code, said)


def refusal(what: str, code: ErrorCode | str | None, said: Sequence[str]) -> LeadIQError:
    """Give the error for LeadIQ's "no", of the branch that says what to do."""
    text = _text(what, code, said)
    if code == "InsufficientCredits":
        return InsufficientCreditsError(text)
    if code == "InvalidParameters":
        return InputError(text)
    return _coded(TrackingError, text, code)


def _ended(
    kind: type[TrackingError], what: str, code: ErrorCode | str | None, said: Sequence[str]
) -> Ending:
    return Ending(over=True, failure=_coded(kind, _text(f"the run {what}", code, said), code))


def _coded(kind: type[TrackingError], text: str, code: ErrorCode | str | None) -> TrackingError:
    error = kind(text)
    error.code = None if code is None else redact(str(code))
    return error


def _text(what: str, code: ErrorCode | str | None, said: Sequence[str]) -> str:
    advice = _ADVICE.get(str(code), "") if code else ""
    # what LeadIQ writes may name the people that were sent
    parts = (advice, *(redact(text) for text in said))
    return ": ".join((what, "; ".join(filter(None, parts)) or f"LeadIQ says {redact(str(code))}"))

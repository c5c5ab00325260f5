"""What answers about tracking mean, for every state and code that LeadIQ has."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq import (
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    ServerError,
    TrackingCancelledError,
    TrackingError,
    TrackingFailedError,
    TrackingTimeoutError,
)
from leadiq._engine import tracking
from leadiq.types import (
    CompanyTrackingTask,
    ErrorCode,
    StartCompanyTrackingResponse,
    TrackContactsResponse,
    TrackedContactsConnection,
)
from team_replies import begun, contacts, contacts_begun, task

SPOKE_OF = "ada@example.com"


def started(**changed: Any) -> StartCompanyTrackingResponse:
    raw = begun(**changed)["data"]["startCompanyTrackingTask"]
    return StartCompanyTrackingResponse.model_validate(raw)


def imported(**changed: Any) -> TrackContactsResponse:
    return TrackContactsResponse.model_validate(contacts_begun(**changed)["data"]["trackContacts"])


def a_task(status: str, **changed: Any) -> CompanyTrackingTask:
    return CompanyTrackingTask.model_validate(task(status, **changed))


def page(**changed: Any) -> TrackedContactsConnection:
    return TrackedContactsConnection.model_validate(contacts(**changed)["data"]["trackedContacts"])


def test_a_task_that_began_has_an_id() -> None:
    """A task in the answer is a task, whatever else the answer says."""
    assert tracking.task_begun(started()) == "task-1"
    assert tracking.task_begun(started(success=False)) == "task-1"


@pytest.mark.parametrize("code", [*ErrorCode, None], ids=str)
def test_a_task_that_did_not_begin_says_why(code: ErrorCode | None) -> None:
    """Every code ends in an error of the right branch, with advice and without what was sent."""
    answer = started(success=False, task=None, errorCode=code, errors=[f"no {SPOKE_OF}"])
    with pytest.raises(LeadIQError, match="not started: ") as refused:
        tracking.task_begun(answer)
    branches = {"InsufficientCredits": InsufficientCreditsError, "InvalidParameters": InputError}
    assert type(refused.value) is branches.get(str(code), TrackingError)
    assert SPOKE_OF not in str(refused.value)
    assert "<hidden>" in str(refused.value)
    if isinstance(refused.value, TrackingError):
        assert refused.value.code == code


def test_a_refusal_without_words_names_the_code() -> None:
    """A code that this version does not know is passed on as it is."""
    error = tracking.refusal("not started", "BrandNew", [])
    assert str(error) == "not started: LeadIQ says BrandNew"


@pytest.mark.parametrize("answer", [None, started(task=None)], ids=["null", "no task"])
def test_an_answer_without_a_task_may_have_started_one(
    answer: StartCompanyTrackingResponse | None,
) -> None:
    """Success without a task is no refusal: starting again could be charged twice."""
    with pytest.raises(ServerError, match="before starting another"):
        tracking.task_begun(answer)


def test_contacts_begin_or_say_why() -> None:
    """Errors without any batch, or a code, mean that nothing began; beside batches they do not."""
    assert tracking.contacts_begun(imported()) == "import-1"
    assert tracking.contacts_begun(imported(errors=["one of them"])) == "import-1"
    for refused in (imported(errors=["no"], batchCount=0), imported(errorCode="InvalidParameters")):
        with pytest.raises(LeadIQError, match="not started"):
            tracking.contacts_begun(refused)


@pytest.mark.parametrize(
    ("state", "over", "failure"),
    [
        (a_task("Processing"), False, None),
        (a_task("Paused"), False, None),
        (a_task("Successful"), True, None),
        (a_task("Failed", error="x", errorCode="Unexpected"), True, TrackingFailedError),
        (a_task("Failed"), True, TrackingFailedError),
        (a_task("Processing", isTimeout=True), True, TrackingTimeoutError),
        (a_task("Failed", isCancelled=True), True, TrackingCancelledError),
    ],
    ids=["running", "unknown", "done", "failed", "failed-silently", "timeout", "cancelled"],
)
def test_every_end_of_a_task_is_told(
    state: CompanyTrackingTask,
    over: bool,
    failure: type[TrackingError] | None,
) -> None:
    """Success, failure, force and cancelling are told apart; a status of tomorrow goes on."""
    ending = tracking.task_ending(state)
    assert ending.over is over
    assert type(ending.failure) is (failure or type(None))


@pytest.mark.parametrize(
    ("state", "over", "failure"),
    [
        (page(processing=True), False, None),
        (page(), True, None),
        (page(errors=["x"]), True, TrackingFailedError),
        (page(errorCode="Unexpected"), True, TrackingFailedError),
        (page(processing=True, isTimeout=True), True, TrackingTimeoutError),
        (page(errorCode="Timeout"), True, TrackingTimeoutError),
        (page(errorCode="Canceled"), True, TrackingCancelledError),
    ],
    ids=["running", "done", "errors", "code", "timeout", "timeout-code", "cancelled"],
)
def test_every_end_of_contacts_is_told(
    state: TrackedContactsConnection,
    over: bool,
    failure: type[TrackingError] | None,
) -> None:
    """Success, failure, force and giving up are told apart."""
    ending = tracking.contacts_ending(state)
    assert ending.over is over
    assert type(ending.failure) is (failure or type(None))


@pytest.mark.parametrize(
    ("success", "code", "cancelled"),
    [
        (True, None, True),
        (False, "AlreadyCanceled", True),
        (False, "AlreadyCompleted", False),
        (False, "AlreadyFailed", False),
        (False, "Timeout", False),
    ],
)
def test_cancelling_what_has_ended_is_no_error(
    success: bool,
    code: str | None,
    cancelled: bool,
) -> None:
    """It is told whether the run is cancelled; what is none of these is an error."""
    assert tracking.was_cancelled(code, [], success=success) is cancelled


def test_cancelling_what_does_not_exist_is_an_error() -> None:
    """Another code, or none, means that nobody knows the run."""
    with pytest.raises(TrackingError, match="no such run") as unknown:
        tracking.was_cancelled("NotFound", [], success=False)
    assert unknown.value.code == "NotFound"

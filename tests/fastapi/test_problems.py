"""What each error is to whoever asked over HTTP."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leadiq import LeadIQError, PacingStatistics, PriceRange
from leadiq._core import errors
from leadiq._core.receipts import Receipt
from leadiq.fastapi import Problem, problem_of
from leadiq.fastapi._problems import SOON_S

SECRET = "ada@example.com"
#: (error, sent) -> status, name, seconds to wait
ANSWERS = {
    ("ConfigurationError", False): (500, "configuration", None),
    ("InputError", False): (422, "invalid-input", None),
    ("InputError", True): (422, "input-refused", None),
    ("TooManyResultsError", True): (422, "too-many-results", None),
    ("AuthenticationError", True): (500, "configuration", None),
    ("InsufficientCreditsError", True): (402, "no-credits", None),
    ("BudgetError", False): (402, "budget", None),
    ("BudgetStoreError", False): (503, "budget-away", SOON_S),
    ("OutcomeUnknownError", False): (409, "outcome-unknown", None),
    ("ForgottenError", False): (410, "forgotten", None),
    ("JournalError", True): (507, "no-room", None),
    ("RateLimitError", True): (503, "busy", SOON_S),
    ("SlotTimeoutError", False): (503, "busy", SOON_S),
    ("TransportError", True): (502, "upstream", None),
    ("ConnectError", False): (502, "unreachable", SOON_S),
    ("RequestTimeoutError", True): (504, "timeout", None),
    ("RequestTimeoutError", False): (503, "busy", SOON_S),
    ("ServerError", True): (502, "upstream", None),
    ("StuckCursorError", True): (502, "upstream", None),
    ("SchemaDriftError", True): (502, "upstream", None),
    ("TrackingError", True): (502, "upstream", None),
    ("TrackingFailedError", True): (502, "upstream", None),
    ("TrackingTimeoutError", True): (504, "tracking-timeout", None),
    ("TrackingCancelledError", True): (409, "tracking-cancelled", None),
    ("StillRunningError", True): (504, "still-running", None),
    ("GraphQLError", True): (502, "upstream", None),
    ("ListExistsError", True): (409, "list-exists", None),
}


def kinds() -> dict[str, type[LeadIQError]]:
    """Every error that there is, beside the root."""
    found = [errors.LeadIQError]
    for kind in found:
        found += kind.__subclasses__()
    return {kind.__name__: kind for kind in found[1:] if kind.__module__ == errors.__name__}


def test_every_error_has_an_answer() -> None:
    """No error of the tree is left to chance."""
    missing = kinds().keys() - {name for name, _ in ANSWERS}
    assert missing <= {"LedgerError"}


@pytest.mark.parametrize(("name", "sent"), ANSWERS)
def test_an_error_has_its_status_and_says_when_to_come_again(name: str, sent: bool) -> None:
    """Whoever asked learns what they can do: status, kind, and a wait where that helps."""
    problem = problem_of(kinds()[name]("text", sent=sent))
    assert (problem.status, problem.name, problem.retry_after_s) == ANSWERS[name, sent]


@pytest.mark.parametrize("name", sorted({name for name, _ in ANSWERS}))
def test_a_problem_repeats_nothing_of_what_leadiq_said(name: str) -> None:
    """LeadIQ's words are nobody else's business, whatever they hold."""
    problem = problem_of(kinds()[name](f"LeadIQ says: {SECRET}", sent=True))
    assert SECRET not in str(problem.as_json())


def test_input_that_was_refused_at_once_is_named() -> None:
    """What was wrong with the input is told, as it was the visitor's."""
    error = errors.InputError("limit has to be at least 1", sent=False)
    assert problem_of(error).detail == "limit has to be at least 1"


def test_an_error_of_no_branch_is_ours_unless_it_was_sent() -> None:
    """A defect before sending is the service's, and one after it is LeadIQ's."""
    assert problem_of(LeadIQError("?", sent=False)).status == 500
    assert problem_of(LeadIQError("?", sent=True)).status == 502


def test_what_the_server_said_about_waiting_wins() -> None:
    """LeadIQ's own wait goes before the queue's, rounded up to whole seconds."""
    error = errors.RateLimitError("429", retry_after_s=12.2)
    pace = PacingStatistics(60, closed_for_s=50.0, eta_s=70.0)
    assert problem_of(error, pace).retry_after_s == 13


def test_the_queue_says_when_to_come_again() -> None:
    """Where nobody has said, it is when the gate opens or the queue is empty; never at once."""
    error = errors.SlotTimeoutError("busy", sent=False)
    assert problem_of(error, PacingStatistics(60, closed_for_s=50.0)).retry_after_s == 50
    assert problem_of(error, PacingStatistics(60, eta_s=7.5)).retry_after_s == 8
    assert problem_of(error, PacingStatistics(60)).retry_after_s == 1


def test_a_problem_has_the_members_of_rfc_9457() -> None:
    """Members that are not known are left out; the call's id leads to its events."""
    error = errors.ServerError("502").after(
        Receipt("0123", "GetAccount", (), PriceRange(Decimal(0), Decimal(0)), 3, 0.0, 0.0, False)
    )
    assert problem_of(error).as_json() == {
        "type": "urn:problem-type:leadiq:upstream",
        "title": "LeadIQ failed, or refused",
        "status": 502,
        "request_id": "0123",
    }
    assert Problem(402, "budget", "No", "why", 7).as_json() == {
        "type": "urn:problem-type:leadiq:budget",
        "title": "No",
        "status": 402,
        "detail": "why",
        "retry_after": 7,
    }

"""The rules of counting requests: each one sent, refused or repeated counts once."""

from __future__ import annotations

from leadiq import AttemptEnded, AttemptStarted, CallEnded, PriceRange, Receipt, RetryScheduled
from leadiq._jobs.traffic import Traffic


def test_requests_are_counted() -> None:
    """A 429 counts also where HTTP said 200, as the event says what LeadIQ meant."""
    traffic = Traffic()
    receipt = Receipt("id", "SearchPeople", (), PriceRange(0, 0), 2, 0.0, 0.0)  # type: ignore[arg-type]
    for event in (
        AttemptStarted("id", "SearchPeople", 1, 0.0),
        AttemptEnded("id", "SearchPeople", 1, 0.1, "RateLimitError", 429),
        RetryScheduled("id", "SearchPeople", 1, 60.0, "RateLimitError"),
        AttemptStarted("id", "SearchPeople", 2, 0.0),
        AttemptEnded("id", "SearchPeople", 2, 0.1, None, None),
        CallEnded(receipt, None),
    ):
        traffic(event)
    assert (traffic.requests, traffic.limited, traffic.retries) == (2, 1, 1)

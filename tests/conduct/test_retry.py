"""The retry policy: bounded, never sending twice what may have been taken, in the server's time."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._conduct.retry import RetryBudget, RetryPolicy
from leadiq._core.errors import (
    AuthenticationError,
    ConfigurationError,
    ConnectError,
    GraphQLError,
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    RateLimitError,
    RequestTimeoutError,
    SchemaDriftError,
    ServerError,
    TransportError,
)

FINAL = [
    AuthenticationError,
    ConfigurationError,
    GraphQLError,
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    SchemaDriftError,
]
PASSING = [ConnectError, RequestTimeoutError, ServerError, TransportError]
ENDLESS = RetryPolicy(attempts=10_000, total_s=float("inf"))

SECONDS = st.floats(0, 1000)
POLICIES = st.builds(
    RetryPolicy,
    attempts=st.integers(1, 2000),
    total_s=SECONDS,
    base_s=SECONDS,
    cap_s=SECONDS,
    window_s=SECONDS,
)
ERRORS = st.builds(
    lambda kind, sent, after: kind("text", sent=sent, retry_after_s=after),
    st.sampled_from([*FINAL, *PASSING, RateLimitError]),
    st.booleans(),
    st.none() | SECONDS | st.just(float("inf")),
)


def wait(
    policy: RetryPolicy,
    error: LeadIQError,
    *,
    attempt: int = 1,
    elapsed_s: float = 0.0,
    repeatable: bool = True,
    jitter: float = 1.0,
    remaining_s: float = inf,
) -> float | None:
    """Ask the policy, with a source of jitter that is known."""
    decision = policy.decide(
        error,
        attempt=attempt,
        elapsed_s=elapsed_s,
        remaining_s=remaining_s,
        repeatable=repeatable,
        random=lambda: jitter,
    )
    return None if isinstance(decision, str) else decision


@pytest.mark.parametrize("kind", FINAL, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("retry_after_s", [None, 0.0])
def test_some_errors_are_final(
    kind: type[LeadIQError], sent: bool, retry_after_s: float | None
) -> None:
    """A wrong key, no credits, wrong input and drift do not get better by waiting."""
    error = kind("text", sent=sent, retry_after_s=retry_after_s)
    assert wait(ENDLESS, error) is None


@pytest.mark.parametrize("kind", PASSING, ids=lambda kind: kind.__name__)
def test_what_may_have_been_taken_is_repeated_only_if_harmless(kind: type[LeadIQError]) -> None:
    """A write whose outcome is unknown is final; one that LeadIQ has not seen is not."""
    assert wait(ENDLESS, kind("text", sent=True), repeatable=False) is None
    assert wait(ENDLESS, kind("text", sent=True), repeatable=True) is not None
    assert wait(ENDLESS, kind("text", sent=False), repeatable=False) is not None


@pytest.mark.parametrize("repeatable", [True, False])
def test_a_rate_limit_lasts_a_window(repeatable: bool) -> None:
    """After a 429, which is known not to have been taken, the wait is the window, unjittered."""
    for attempt in (1, 2, 3):
        error = RateLimitError("text")
        waited = wait(RetryPolicy(), error, attempt=attempt, repeatable=repeatable, jitter=0.0)
        assert waited == 60.0
    assert wait(RetryPolicy(window_s=2.0), RateLimitError("text")) == 2.0


def test_what_came_beside_an_error_is_not_paid_for_again() -> None:
    """A failure with an answer beside it is given to the caller, who may have paid for that."""
    failed = ServerError("500", data=object())
    assert why(RetryPolicy(), failed).endswith("may have been charged")
    limited = RateLimitError("429", data=object())
    assert wait(RetryPolicy(), limited, repeatable=True) == 60


@pytest.mark.parametrize("kind", [RateLimitError, ServerError])
def test_the_servers_word_wins(kind: type[LeadIQError]) -> None:
    """What the server asks to wait is waited, zero being at once, unless it is too long."""
    policy = RetryPolicy(total_s=100.0)
    assert wait(policy, kind("text", retry_after_s=7.0), jitter=0.5) == 7.0
    assert wait(policy, kind("text", retry_after_s=0.0)) == 0.0
    assert wait(policy, kind("text", retry_after_s=100.0)) == 100.0
    assert wait(policy, kind("text", retry_after_s=101.0)) is None
    assert wait(policy, kind("text", retry_after_s=100.0), elapsed_s=1.0) is None


def test_backoff_doubles_up_to_the_cap() -> None:
    """After network failures the longest wait is 0.5, 1, 2, 4, 8 and then always 8 seconds."""
    longest = [wait(ENDLESS, ServerError("text"), attempt=a) for a in (1, 2, 3, 4, 5, 6, 2000)]
    assert longest == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


def test_jitter_spreads_over_all_of_it() -> None:
    """The wait is drawn from nothing up to the longest, so that clients do not meet again."""
    waits = [wait(ENDLESS, ConnectError("text"), attempt=3, jitter=j) for j in (0.0, 0.25, 1.0)]
    assert waits == [0.0, 0.5, 2.0]


@pytest.mark.parametrize(("attempt", "again"), [(1, True), (3, True), (4, False), (5, False)])
def test_attempts_are_bounded(attempt: int, again: bool) -> None:
    """By default a call is sent at most four times."""
    waited = wait(RetryPolicy(), ConnectError("text"), attempt=attempt, jitter=0.0)
    assert (waited is not None) is again


@pytest.mark.parametrize(("elapsed_s", "again"), [(0.0, True), (120.0, True), (120.1, False)])
def test_time_is_bounded(elapsed_s: float, again: bool) -> None:
    """No attempt begins later than total_s after the call began."""
    waited = wait(RetryPolicy(), RateLimitError("text"), elapsed_s=elapsed_s)
    assert (waited is not None) is again


@given(
    policy=POLICIES,
    error=ERRORS,
    attempt=st.integers(1, 3000),
    elapsed_s=SECONDS,
    repeatable=st.booleans(),
    jitter=st.floats(0, 1, exclude_max=True),
)
def test_every_decision_is_safe(
    policy: RetryPolicy,
    error: LeadIQError,
    attempt: int,
    elapsed_s: float,
    repeatable: bool,
    jitter: float,
) -> None:
    """Whatever happened: bounded attempts and time, no second sending, waits within bounds."""
    waited = wait(
        policy, error, attempt=attempt, elapsed_s=elapsed_s, repeatable=repeatable, jitter=jitter
    )
    if waited is None:
        return
    assert attempt < policy.attempts
    assert elapsed_s + waited <= policy.total_s
    assert type(error) not in FINAL
    assert repeatable or not error.sent or isinstance(error, RateLimitError)
    if error.retry_after_s is not None:
        assert waited == error.retry_after_s
    elif isinstance(error, RateLimitError):
        assert waited == policy.window_s
    else:
        assert 0 <= waited <= policy.cap_s


@given(errors=st.lists(ERRORS, min_size=1), repeatable=st.booleans(), jitter=st.floats(0, 1))
def test_a_call_comes_to_an_end(errors: list[LeadIQError], repeatable: bool, jitter: float) -> None:
    """Played through, a call is sent at most `attempts` times and waits at most `total_s`."""
    policy = RetryPolicy()
    elapsed_s, attempt = 0.0, 0
    while True:
        attempt += 1
        error = errors[(attempt - 1) % len(errors)]
        waited = wait(
            policy,
            error,
            attempt=attempt,
            elapsed_s=elapsed_s,
            repeatable=repeatable,
            jitter=jitter,
        )
        if waited is None:
            break
        elapsed_s += waited
    assert attempt <= policy.attempts
    assert elapsed_s <= policy.total_s


def test_a_policy_cannot_be_changed() -> None:
    """A client's policy is a value that no one changes under it."""
    with pytest.raises(AttributeError):
        RetryPolicy().attempts = 99  # type: ignore[misc]


def why(policy: RetryPolicy, error: LeadIQError, **state: Any) -> str:
    """Ask the policy why it gives up."""
    known = {"attempt": 1, "elapsed_s": 0.0, "remaining_s": inf, "repeatable": True}
    reason = policy.decide(error, **{**known, **state}, random=lambda: 1.0)
    assert isinstance(reason, str)
    return reason


def test_giving_up_has_a_reason_that_names_the_wait() -> None:
    """Whoever gets the error is told what would have come next; final errors need no reason."""
    policy = RetryPolicy(attempts=3, total_s=100.0)
    limited = RateLimitError("429")
    assert why(policy, AuthenticationError("401")) == ""
    assert why(policy, ServerError("502"), repeatable=False) == (
        "not sent again, because LeadIQ may have done it"
    )
    assert why(policy, limited, attempt=3) == "given up after 3 attempts"
    assert why(policy, limited, remaining_s=59.0) == (
        "trying again in 60 seconds would be after the deadline"
    )
    assert why(policy, limited, elapsed_s=41.0) == (
        "trying again in 60 seconds would take longer than total_s"
    )


@given(remaining_s=SECONDS, error=ERRORS)
def test_no_attempt_begins_after_the_deadline(remaining_s: float, error: LeadIQError) -> None:
    """The server's word is obeyed within the deadline, and otherwise the call ends at once."""
    found = wait(ENDLESS, error, remaining_s=remaining_s)
    assert found is None or found <= remaining_s


def test_an_outage_is_not_answered_with_a_storm() -> None:
    """Repetitions cost and successes pay back; when nothing is left there are none."""
    budget = RetryBudget(capacity=10, cost=5, reward=1)
    failure = ServerError("502")
    assert [budget.spend(failure) for _ in range(3)] == [True, True, False]
    for _ in range(4):
        budget.succeeded()
    assert not budget.spend(failure)
    budget.succeeded()
    assert budget.spend(failure)


def test_the_budget_never_grows_beyond_its_capacity() -> None:
    """A good day does not pay for a storm."""
    budget = RetryBudget(capacity=5, cost=5, reward=100)
    budget.succeeded()
    assert [budget.spend(TransportError("reset")) for _ in range(2)] == [True, False]


def test_an_attempt_may_begin_at_the_very_deadline() -> None:
    """The deadline ends it, not the policy."""
    asked = {"attempt": 1, "elapsed_s": 0.0, "repeatable": True, "random": lambda: 1.0}
    decide = RetryPolicy(base_s=0.5).decide
    assert decide(ServerError("x"), remaining_s=0.5, **asked) == 0.5
    assert isinstance(decide(ServerError("x"), remaining_s=0.4, **asked), str)


def test_the_budget_is_botocores() -> None:
    """A hundred repetitions before anything succeeds, and one more for five successes."""
    budget, error = RetryBudget(), ServerError("x")
    assert [budget.spend(error) for _ in range(101)] == [True] * 100 + [False]
    for _ in range(4):
        budget.succeeded()
    assert not budget.spend(error)
    budget.succeeded()
    assert [budget.spend(error), budget.spend(error)] == [True, False]


def test_rate_limits_cost_nothing_of_the_budget() -> None:
    """After a 429 the closed gate holds everybody back; the budget is for outages."""
    budget = RetryBudget(capacity=0)
    assert budget.spend(RateLimitError("429"))


@pytest.mark.parametrize("attempts", [0, -1, "3", 1.5, None])
def test_a_policy_sends_at_least_once(attempts: object) -> None:
    """Anything else would fail in the middle of a call, when the answer is on its way."""
    with pytest.raises(ConfigurationError, match="attempts has to be a whole number") as refused:
        RetryPolicy(attempts=attempts)  # type: ignore[arg-type]
    assert not refused.value.sent
    assert RetryPolicy(attempts=1).attempts == 1


@pytest.mark.parametrize("name", ["total_s", "base_s", "cap_s", "window_s"])
def test_the_times_of_a_policy_are_times(name: str) -> None:
    """They may be 0, not less, and no text; the error names which."""
    for value in (-0.1, None, "1", float("nan")):
        with pytest.raises(ConfigurationError, match=f"{name} has to be 0 or more") as refused:
            RetryPolicy(**{name: value})  # type: ignore[arg-type]
        assert not refused.value.sent
    assert RetryPolicy(**{name: 0}) != RetryPolicy()  # type: ignore[arg-type]

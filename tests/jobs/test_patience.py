"""A job tries for longer than a call that somebody waits for."""

from __future__ import annotations

from leadiq._conduct.retry import RetryPolicy
from leadiq._jobs.patience import patient


def test_a_job_outlasts_a_minute_without_a_server() -> None:
    """Twelve attempts within ten minutes, half a minute apart at most."""
    policy = patient(RetryPolicy())
    assert (policy.attempts, policy.cap_s, policy.total_s) == (12, 30.0, 600.0)
    assert policy.window_s == RetryPolicy().window_s


def test_what_is_set_to_more_stays() -> None:
    """Nobody's patience is cut."""
    given = RetryPolicy(attempts=50, cap_s=60.0, total_s=6000.0, base_s=2.0)
    assert patient(given) == given

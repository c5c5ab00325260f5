"""Rules of runs: they end once, in the way that was set, and can be cancelled until then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadiq.sandbox._runs import Run, State

START = datetime(2026, 1, 1, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def run(end: Any = "successful", *, done: float = 10, timeout: float = 60) -> Run:
    return Run(begun=START, done=at(done), timeout=at(timeout), end=end)


@pytest.mark.parametrize(
    ("one", "second", "status", "code"),
    [
        (run(), 9.9, "Processing", None),
        (run(), 10, "Successful", None),
        (run("failed"), 9.9, "Processing", None),
        (run("failed"), 10, "Failed", "Unexpected"),
        (run("timeout"), 59.9, "Processing", None),
        (run("timeout"), 60, "Failed", "Timeout"),
        (run(timeout=5), 4.9, "Processing", None),
        (run(timeout=5), 5, "Failed", "Timeout"),
        (run("failed", timeout=5), 20, "Failed", "Timeout"),
        (run(timeout=10), 10, "Successful", None),
    ],
)
def test_a_run_ends_as_it_was_set(one: Run, second: float, status: str, code: str | None) -> None:
    """It is under way until it is done or times out, whichever comes first."""
    state = one.state(at(second))
    assert (state.status, state.code) == (status, code)
    assert (state.error is None) == (code is None)


def test_a_run_is_cancelled_once() -> None:
    """Cancelling ends what is under way for good, and tells why it could not end anything else."""
    cancelled, code = run().cancel(at(3))
    assert code is None
    assert cancelled.state(at(99)) == State("Failed", "Canceled", "The run was cancelled.")
    assert cancelled.cancel(at(4)) == (cancelled, "AlreadyCanceled")
    for one, why in (
        (run(), "AlreadyCompleted"),
        (run("failed"), "AlreadyFailed"),
        (run("timeout"), "AlreadyFailed"),
    ):
        assert one.cancel(at(99)) == (one, why)

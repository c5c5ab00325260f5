"""How long a job tries: nobody waits at a screen, and a server may be away for a minute. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .._conduct.retry import RetryPolicy

_ATTEMPTS: Final = 12
_CAP_S: Final = 30.0
_TOTAL_S: Final = 600.0


def patient(policy: RetryPolicy) -> RetryPolicy:
    """Give a policy with the patience of a job; what is set to more stays."""
    return replace(
        policy,
        attempts=max(policy.attempts, _ATTEMPTS),
        cap_s=max(policy.cap_s, _CAP_S),
        total_s=max(policy.total_s, _TOTAL_S),
    )

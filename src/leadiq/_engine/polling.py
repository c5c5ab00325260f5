"""When to look again at something that takes LeadIQ a while. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

from .forms import refuse

_MOST_DOUBLINGS: Final = (
    64  # more reach no cap that is not reached by then, and overflow in the end
)


class Intervals(NamedTuple):
    """Waits between looks: short at first, since a quick end is seen soon, and growing."""

    first_s: float
    growth: float
    longest_s: float

    def after(self, looks: int) -> float:
        """Give the seconds to wait after so many looks, from 1."""
        return min(self.longest_s, self.first_s * self.growth ** min(looks - 1, _MOST_DOUBLINGS))


# How long any of this takes LeadIQ is not published. A look takes one of the 60 requests a minute
# that a standard key has, and one of the 10 of a free one.
#: A tracking run looks at many companies, which takes minutes to hours.
TRACKING: Final = Intervals(first_s=5.0, growth=1.5, longest_s=60.0)
#: One person is researched again in less.
REFRESH: Final = Intervals(first_s=3.0, growth=1.5, longest_s=20.0)


def next_wait(
    intervals: Intervals, *, looks: int, elapsed_s: float, wait_s: float | None
) -> float | None:
    """Give the seconds until the next look, or None when the caller's patience is used up.

    Args:
        intervals: how the waits grow.
        looks: how often was looked so far, from 1.
        elapsed_s: seconds since the first look.
        wait_s: seconds that the caller waits; None: as long as it takes. The last look is then.
    """
    planned = intervals.after(looks)
    if wait_s is None:
        return planned
    left = wait_s - elapsed_s
    return min(planned, left) if left > 0 else None


def check_wait(wait_s: float | None) -> None:
    """Refuse a wait that is none.

    Raises:
        InputError: nothing was sent.
    """
    is_number = isinstance(wait_s, int | float) and not isinstance(wait_s, bool)
    if wait_s is not None and not (is_number and wait_s >= 0):
        raise refuse("wait_s", "has to be None, or seconds of 0 or more")

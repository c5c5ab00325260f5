"""Looking again: at growing intervals, until it is over or patience ends."""

from __future__ import annotations

import anyio
import pytest

from leadiq import LeadIQError, ServerError, StillRunningError
from leadiq._engine.polling import Intervals
from leadiq._engine.waiting import until
from virtual_time import anyio_backend  # noqa: F401

DOUBLING = Intervals(first_s=1.0, growth=2.0, longest_s=60.0)


class Looker:
    """Sees the end after so many looks, and notes when each was."""

    def __init__(self, *seen: str | LeadIQError | None) -> None:
        self.seen = list(seen)
        self.began = anyio.current_time()
        self.at: list[float] = []

    async def __call__(self) -> str | None:
        self.at.append(anyio.current_time() - self.began)
        found = self.seen.pop(0) if self.seen else None
        if isinstance(found, LeadIQError):
            raise found
        return found


@pytest.mark.anyio
async def test_it_looks_at_growing_intervals_until_the_end() -> None:
    """The first look is now, the others after 1, 2, 4 seconds, and the end is given."""
    look = Looker(None, None, None, "over")
    assert await until(look, DOUBLING, None, "") == "over"
    assert look.at == pytest.approx([0.0, 1.0, 3.0, 7.0])


@pytest.mark.anyio
async def test_patience_ends_with_a_last_look() -> None:
    """The last look is at the deadline; then the error says how to go on."""
    look = Looker()
    with pytest.raises(StillRunningError, match="after 5 seconds; do that"):
        await until(look, DOUBLING, 5, "do that")
    assert look.at == pytest.approx([0.0, 1.0, 3.0, 5.0])


@pytest.mark.anyio
async def test_no_patience_is_one_look() -> None:
    """With 0 seconds an end that has come is seen, and nothing is waited for."""
    assert await until(Looker("over"), DOUBLING, 0, "") == "over"
    look = Looker()
    with pytest.raises(StillRunningError):
        await until(look, DOUBLING, 0, "")
    assert look.at == [0.0]


@pytest.mark.anyio
async def test_an_error_ends_the_wait() -> None:
    """What a look raises is the caller's."""
    with pytest.raises(ServerError):
        await until(Looker(None, ServerError("x")), DOUBLING, None, "")

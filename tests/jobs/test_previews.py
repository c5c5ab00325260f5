"""The rules of previews: each lead is asked for once, and one failure is not everybody's."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from leadiq import AuthenticationError, Lane, LeadIQError, ServerError
from leadiq._jobs.forecast import Seen
from leadiq._jobs.previews import Previews
from leadiq.types import SearchPeoplePreviewInput, SearchPeoplePreviewResult


class Server:
    """Answers by the first letter of the address; counts how many are asked at a time."""

    def __init__(self, **errors: LeadIQError) -> None:
        self.errors = errors
        self.asked: list[str | None] = []
        self.under_way = self.most_under_way = 0

    async def search_people_preview(
        self,
        input: SearchPeoplePreviewInput,  # noqa: A002
        **options: Any,
    ) -> SearchPeoplePreviewResult:
        assert options == {"lane": Lane.BULK}
        self.asked.append(input.email)
        self.under_way += 1
        self.most_under_way = max(self.under_way, self.most_under_way)
        await anyio.lowlevel.checkpoint()
        self.under_way -= 1
        name = str(input.email)[0]
        if name in self.errors:
            raise self.errors[name]
        return SearchPeoplePreviewResult(
            person_id=None if name == "n" else "p", has_email=name == "e", has_phone=None
        )


def asked(names: str) -> list[SearchPeoplePreviewInput]:
    """An address for each letter."""
    return [SearchPeoplePreviewInput(email=f"{name}@example.com") for name in names]


@pytest.mark.anyio
async def test_everybody_is_asked_for_once() -> None:
    """A few at a time; who is not found has no id."""
    server = Server()
    previews = Previews(server)
    await previews.look(asked("neyx"), at_once=2)
    assert sorted(map(str, server.asked)) == sorted(f"{name}@example.com" for name in "neyx")
    assert server.most_under_way == 2
    assert (previews.failed, len(previews.seen)) == (0, 4)
    assert set(previews.seen) == {
        Seen(found=False, email=False),
        Seen(found=True, email=True),
        Seen(found=True, email=False),
    }


@pytest.mark.anyio
async def test_one_that_fails_says_nothing() -> None:
    """The others count."""
    previews = Previews(Server(x=ServerError("away")))
    await previews.look(asked("xexe"), at_once=1)
    assert (previews.failed, len(previews.seen)) == (2, 2)


@pytest.mark.anyio
async def test_what_would_fail_for_all_ends_it() -> None:
    """A refused key is told, and nobody else is asked for."""
    server = Server(x=AuthenticationError("no"))
    with pytest.raises(AuthenticationError):
        await Previews(server).look(asked("xeee"), at_once=1)
    assert len(server.asked) == 1

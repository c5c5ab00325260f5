"""Whether a server has cursors: found out with the first page, once, and without paying twice."""

from __future__ import annotations

import logging

import pytest

from leadiq._core.errors import ErrorItem, LeadIQError, SchemaDriftError, ServerError
from leadiq._engine.dialects import AFTER, TOTAL, Place
from leadiq._engine.searching import Answer, Reader
from leadiq._engine.walk import Ask

FIRST = Ask(Place(), 25, total=True)
NEXT = Ask(Place(cursor=(("id", "1"),)), 25, total=False)
REFUSED = SchemaDriftError("no", errors=(ErrorItem("Cannot query field 'after'"),))


class Server:
    """Answers searches, or raises, by each way of paging."""

    def __init__(self, *after: LeadIQError, offset: LeadIQError | None = None) -> None:
        self.after = list(after)
        self.offset = offset
        self.asked: list[str] = []
        self.known: dict[str, bool] = {}

    async def by_after(self, ask: Ask) -> Answer[int]:
        self.asked.append("after")
        if self.after:
            raise self.after.pop(0)
        return Answer([1, 2], 50, (("id", "2"),))

    async def by_offset(self, ask: Ask) -> Answer[int]:
        self.asked.append("offset")
        if self.offset:
            raise self.offset
        return Answer([1, 2], 50)

    def reader(self) -> Reader[int]:
        return Reader("flatAdvancedSearch", self.by_after, self.by_offset, self.known)


@pytest.mark.anyio
async def test_a_server_with_cursors_is_asked_by_them() -> None:
    """The first page tells; the cursor and the total come through."""
    server = Server()
    found = await server.reader().read(FIRST)
    assert (found.dialect, found.items, found.total) == (AFTER, [1, 2], 50)
    assert found.cursor == (("id", "2"),)
    assert server.known == {"flatAdvancedSearch": True}


@pytest.mark.anyio
async def test_a_server_without_is_asked_by_offset_ever_after(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is found out once for all searches of the client, and said once."""
    server = Server(REFUSED)
    with caplog.at_level(logging.WARNING, "leadiq"):
        found = await server.reader().read(FIRST)
        await server.reader().read(FIRST)
    assert (found.dialect, found.items, found.total) == (TOTAL, [1, 2], 50)
    assert server.asked == ["after", "offset", "offset"]
    assert caplog.messages == [
        "flatAdvancedSearch: this server has no cursors (`after`); "
        "paging by offset, up to 10000 results"
    ]


@pytest.mark.anyio
async def test_two_searches_may_find_out_at_once(caplog: pytest.LogCaptureFixture) -> None:
    """The second one falls back as well, and is silent."""
    server = Server(REFUSED)
    server.known["flatAdvancedSearch"] = False
    reader = server.reader()
    with caplog.at_level(logging.WARNING, "leadiq"):
        await reader._first_by_offset(FIRST)
    assert caplog.messages == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("error", "ask", "known"),
    [
        (REFUSED, NEXT, {}),
        (REFUSED, FIRST, {"flatAdvancedSearch": True}),
        (SchemaDriftError("does not fit"), FIRST, {}),
        (SchemaDriftError("no", errors=REFUSED.errors, data=object()), FIRST, {}),
        (ServerError("no"), FIRST, {}),
    ],
    ids=["on-the-way", "known-to-have", "unreadable", "partial", "other"],
)
async def test_what_may_have_been_charged_is_not_asked_again(
    error: LeadIQError, ask: Ask, known: dict[str, bool]
) -> None:
    """Only a document refused as a whole, with the first page, is asked otherwise."""
    server = Server(error)
    server.known.update(known)
    with pytest.raises(type(error)):
        await server.reader().read(ask)
    assert server.asked == ["after"]
    assert server.known == known


@pytest.mark.anyio
async def test_drift_elsewhere_says_nothing_of_cursors() -> None:
    """When the other document is refused too, the reason is another one, and nothing is learnt."""
    server = Server(REFUSED, offset=SchemaDriftError("other"))
    with pytest.raises(SchemaDriftError, match="other"):
        await server.reader().read(FIRST)
    assert server.known == {}


@pytest.mark.anyio
async def test_an_offset_goes_on_as_an_offset() -> None:
    """A token of offsets is not a cursor, whatever the server has."""
    server = Server()
    await server.reader().read(Ask(Place(50), 25, total=False))
    assert server.asked == ["offset"]

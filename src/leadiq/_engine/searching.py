"""Pages of the advanced searches: by cursor where the server has cursors, else by offset.

`after` is newer than the introspection of 2026-08, and a server without it refuses a document that
names it, as a whole and free of charge. Whether there is one is found out with the first page and
remembered.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from .._core.errors import SchemaDriftError
from .dialects import AFTER, CEILING, TOTAL
from .walk import Found

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .dialects import Cursor
    from .walk import Ask

logger = logging.getLogger("leadiq")

Item = TypeVar("Item")


class Answer(NamedTuple, Generic[Item]):
    """What an advanced search answers, as far as paging is concerned."""

    items: list[Item]
    total: int | None
    after: Cursor | None = None


class Reader(Generic[Item]):
    """Reads the pages of one search.

    Args:
        root: the root field.
        by_after: asks for a page, and for the cursor of the next one.
        by_offset: asks for a page, and names no cursor.
        known: whether the server has `after`, by root field; shared by all searches of a client.
    """

    def __init__(
        self,
        root: str,
        by_after: Callable[[Ask], Awaitable[Answer[Item]]],
        by_offset: Callable[[Ask], Awaitable[Answer[Item]]],
        known: dict[str, bool],
    ) -> None:
        self._root = root
        self._after = by_after
        self._offset = by_offset
        self._known = known

    async def read(self, ask: Ask) -> Found[Item]:
        """Ask for a page: where it begins decides how."""
        if ask.place.skip or (ask.place.cursor is None and self._known.get(self._root) is False):
            return await self._by_offset(ask)
        try:
            answer = await self._after(ask)
        except SchemaDriftError as error:
            if ask.place.cursor is not None or self._known.get(self._root) or not _free(error):
                raise
            return await self._first_by_offset(ask)
        self._known[self._root] = True
        return Found(AFTER, answer.items, answer.total, cursor=answer.after)

    async def _first_by_offset(self, ask: Ask) -> Found[Item]:
        found = await self._by_offset(ask)
        if self._root not in self._known:
            self._known[self._root] = False
            logger.warning(
                "%s: this server has no cursors (`after`); paging by offset, up to %d results",
                self._root,
                CEILING,
            )
        return found

    async def _by_offset(self, ask: Ask) -> Found[Item]:
        answer = await self._offset(ask)
        return Found(TOTAL, answer.items, answer.total)


def _free(error: SchemaDriftError) -> bool:
    """Whether the document was refused as a whole; an answer that does not fit may be charged."""
    return bool(error.errors) and error.data is None

"""A listing that is served from memory in each dialect, for tests of what goes through it."""

from __future__ import annotations

from collections.abc import Sequence

import anyio

from leadiq._engine.dialects import AFTER, HAS_MORE, NEXT_CURSOR, PAGE_INFO, TOTAL, Dialect
from leadiq._engine.walk import Ask, Found

DIALECTS = {
    "hasMore": HAS_MORE,
    "total": TOTAL,
    "after": AFTER,
    "pageInfo": PAGE_INFO,
    "nextCursor": NEXT_CURSOR,
}


class Served:
    """Answers asks from a list of numbers, and remembers them.

    Args:
        dialect: a key of `DIALECTS`.
        items: what is listed; a test may change it between pages.
        most: how many items a page holds at most, whatever is asked for.
        totals: whether the server answers with totals.
        after_ends_empty: `after` is null only behind an empty page.
        failures: what is raised instead of the answer, by number of the request, from 0.
    """

    def __init__(
        self,
        dialect: str,
        items: Sequence[int],
        *,
        most: int = 25,
        totals: bool = True,
        after_ends_empty: bool = False,
        failures: dict[int, Exception] | None = None,
        took_s: float = 1.0,
    ) -> None:
        self.dialect: Dialect = DIALECTS[dialect]
        self.items = list(items)
        self.most = most
        self.totals = totals
        self.after_ends_empty = after_ends_empty
        self.failures = failures or {}
        self.took_s = took_s
        self.asks: list[Ask] = []

    def answer(self, ask: Ask) -> Found[int]:
        """Give a page; cursors name the last item, so that they live through changes."""
        self.asks.append(ask)
        if failure := self.failures.get(len(self.asks) - 1):
            raise failure
        begin = ask.place.skip
        if ask.place.cursor is not None:
            last = int(str(ask.place.cursor))
            begin = sum(item <= last for item in self.items)
        page = self.items[begin : begin + min(ask.size, self.most)]
        more = begin + len(page) < len(self.items)
        total = len(self.items) if self.totals and ask.total else None
        if self.dialect.by_offset:
            return Found(self.dialect, page, total, more)
        known = bool(page) if self.dialect is AFTER and self.after_ends_empty else more
        cursor = str(page[-1]) if page and (known or self.dialect is PAGE_INFO) else None
        return Found(self.dialect, page, total, more, cursor)

    async def read(self, ask: Ask) -> Found[int]:
        """Answer after a time."""
        await anyio.sleep(self.took_s)
        return self.answer(ask)

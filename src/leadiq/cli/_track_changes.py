"""`leadiq track changes`: who moved since a day, or since the last look."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - cyclopts reads the signature
from typing import TYPE_CHECKING, Final, Literal

import anyio

from ._formats import Format, rows
from ._problems import Problem, Trouble, cause_of, say, shown
from ._search_filters import Filters
from ._search_sheets import people_sheet
from ._server import Server
from ._words import Switch, moment

if TYPE_CHECKING:
    from datetime import datetime

    from .._engine.changes import Kind
    from ..types import FlatSearchInput, Person
    from ._formats import Rows

#: People after whom the watermark is kept: a kill repeats as many at most.
_KEPT_EVERY: Final = 25


def changes(
    *,
    watermark: Path,
    since: str | None = None,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    kind: Literal["hire", "promotion"] = "hire",
    every_s: float | None = None,
    all: Switch = False,  # noqa: A002 - the word of the command line
    format: Format = None,  # noqa: A002 - as above
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """List who was hired, or promoted, since the last look.

    A look costs about 1 credit for every 25 records that LeadIQ has touched since, one at least.

    Example: leadiq track changes --company-domain example.com --watermark seen --since 2026-01-31

    Args:
        watermark: File that remembers how far it came, without personal data. It goes on from there
            if the file exists, and keeps it however it ends; killed, it repeats 25 people at most.
        since: For the first look: a day, or a time with a zone.
        filters: Whom to watch; the same ones for the same file.
        kind: hire or promotion.
        every_s: Look again every so many seconds, until Ctrl-C [default: look once].
        all: Allow a search without filters.
        format: How to write the rows [default: table on a terminal, else csv].
        server: Where to send requests.
    """
    from ..types import FlatSearchInput

    if every_s is not None and every_s <= 0:
        raise Problem("--every-s has to be greater than 0")
    wanted = filters.search(FlatSearchInput, {}, everyone=all)
    begin = _begin(watermark, since)
    server.require_usable()
    feed = _Feed(wanted, begin, kind, every_s, watermark)
    try:
        with rows(people_sheet(), format) as out:
            anyio.run(feed.run, server, out, all)
    finally:
        feed.keep()
    return say(f"{feed.given:,} people; the next look goes on from {shown(str(watermark))}")


@dataclass(slots=True)
class _Feed:
    """One run of the command. `reached` is the watermark behind the last row that was written."""

    search: FlatSearchInput
    since: datetime | str
    kind: Kind
    every_s: float | None
    path: Path
    given: int = 0
    reached: str | None = None

    async def run(self, server: Server, out: Rows[Person], everyone: bool) -> None:
        async with server.connect() as leadiq:
            feed = leadiq.changes(
                self.search,
                since=self.since,
                kind=self.kind,
                every_s=self.every_s,
                everyone=everyone,
            )
            async for person in feed:
                out.write([person])
                self.given += 1
                self.reached = feed.watermark
                if self.given % _KEPT_EVERY == 0:
                    self.keep()
            self.reached = feed.watermark

    def keep(self) -> None:
        """Write the watermark beside its file, then put it in place."""
        if self.reached is None:
            return
        beside = self.path.with_name(f".{self.path.name}.partial")
        try:
            beside.write_text(self.reached, encoding="utf-8")
            os.replace(beside, self.path)
        except OSError as error:
            raise Trouble(f"cannot keep {shown(str(self.path))}: {cause_of(error)}") from None


def _begin(path: Path, since: str | None) -> datetime | str:
    """Return the watermark of a file, or the time that `--since` says for the first look."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        raise Problem(f"cannot read {shown(str(path))}: {cause_of(error)}") from None
    if not path.parent.is_dir():
        raise Problem(f"the directory of {shown(str(path))} does not exist")
    first = moment("--since", since)
    if first is None:
        raise Problem(f"there is no file {shown(str(path))} yet: say --since for the first look")
    return first

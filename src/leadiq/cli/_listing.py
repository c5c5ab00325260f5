"""A listing on standard output: read page by page, within a budget, to be gone on with later."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Final, Generic

from .._core.pricing import Prices, Unlock, price
from .._engine.defaults import MOST_ON_PAGE
from ._formats import Item, rows
from ._loop import run
from ._problems import ALL_SETTLED, STOPPED_BY_CREDITS, Problem, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .._client.client import LeadIQ
    from .._conduct.shared import Attempt
    from .._core.pricing import Bill
    from .._engine.pages import Pages
    from .._http.transport import Reply
    from ._formats import Sheet
    from ._server import Server

_FREE: Final = Decimal(0)


class Stopped(Problem):
    """The budget does not cover the next page."""

    exit_code: ClassVar[int] = STOPPED_BY_CREDITS


@dataclass(slots=True, kw_only=True)
class Listing(Generic[Item]):
    """What is listed, how much of it, and how far it has come.

    Attributes:
        what: what the items are called.
        open_: makes the pages; it is given the client and sends nothing.
        sheet: how items become rows.
        bill: what a page can be charged for.
        limit: how many items are wanted; None for all.
        resumed: whether it goes on with an earlier one.
        unlock: what is paid for beyond the cheapest tier.
        budget: credits that may be spent; None for unlimited.
        format: how rows are written.
    """

    what: str
    open_: Callable[[LeadIQ], Pages[Item]]
    sheet: Sheet[Item]
    bill: Bill
    limit: int | None = None
    resumed: bool = False
    unlock: frozenset[Unlock] = frozenset()
    budget: Decimal | None = None
    format: str | None = None
    given: int = field(default=0, init=False)
    read: int = field(default=0, init=False)
    total: int | None = field(default=None, init=False)
    token: str | None = field(default=None, init=False)
    #: Requests so far, repetitions included.
    sent: int = field(default=0, init=False)
    #: Credits of the pages that had rows, at most.
    found: Decimal = field(default=_FREE, init=False)
    prices: Prices = field(default=Prices(), init=False)

    def run(self, server: Server) -> int:
        """Write the rows; return the exit code. However it ends, it tells how to go on."""
        if self.limit is not None and self.limit < 1:
            raise Problem("--limit has to be at least 1")
        try:
            run(self._write, server)
        except BrokenPipeError:  # whoever read it has seen enough
            raise
        except BaseException:
            self._tell_resume()
            raise
        say(self._summary())
        if self.given == self.limit:
            self._tell_resume()
        return ALL_SETTLED

    async def _write(self, server: Server) -> None:
        async with server.connect() as leadiq:
            pages = self.open_(leadiq.with_options(middleware=[self._counted])).pages()
            if self.budget is not None:
                self.prices = await leadiq.prices()
                self._require_budget()
            with rows(self.sheet, self.format) as out:
                while self._affordable():
                    page = await anext(pages, None)
                    if page is None:
                        return
                    out.write(page.items)
                    self.given += len(page.items)
                    self.total = page.total
                    self.token = page.token
                    self.read += 1
                    self.found += self._cost(len(page.items))

    async def _counted(self, attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        del attempt
        self.sent += 1
        return await send()

    @property
    def spent(self) -> Decimal:
        """Credits so far, at most: a request without a row may have been charged as a page, too."""
        return self.found + (self.sent - self.read) * self._cost(0)

    def _require_budget(self) -> None:
        """Refuse what could cost more than the budget, as far as its end is known."""
        if self.limit is None:
            return
        whole, rest = divmod(self.limit, MOST_ON_PAGE)
        most = whole * self._cost(MOST_ON_PAGE) + (self._cost(rest) if rest else _FREE)
        if self.budget is not None and most > self.budget:
            raise Problem(
                f"--limit {self.limit:,} could cost {most:,f} credits, and --budget is "
                f"{self.budget:,f}: nothing was sent; lower the one, or raise the other"
            )

    def _affordable(self) -> bool:
        """Return whether there is a page to ask for; raises `Stopped` if it may cost too much."""
        left = MOST_ON_PAGE if self.limit is None else min(self.limit - self.given, MOST_ON_PAGE)
        if left and self.budget is not None and self.spent + self._cost(left) > self.budget:
            raise Stopped(f"the budget of {self.budget:,f} credits does not cover the next page")
        return left > 0

    def _cost(self, results: int) -> Decimal:
        return price(self.bill, self.unlock, prices=self.prices, results=results).maximum

    def _summary(self) -> str:
        of = "" if self.total is None or self.resumed else f" of {self.total:,}"
        text = f"{self.given:,}{of} {self.what}"
        if self.bill.basis == "free":
            return text
        pages = "1 request" if self.sent == 1 else f"{self.sent:,} requests"
        credits_ = "1 credit" if self.spent == 1 else f"{self.spent.normalize():,f} credits"
        return f"{text}; {pages} for {credits_} at most"

    def _tell_resume(self) -> None:
        if self.token is not None:
            say(f"go on with the same command and --resume {self.token}")

"""The rules of a listing: within limit and budget, and however it ends it tells how to go on."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from leadiq import Page, Prices, ServerError, Unlock
from leadiq._generated import operations
from leadiq.cli._formats import Sheet
from leadiq.cli._listing import Listing, Stopped
from leadiq.cli._problems import Problem

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from leadiq.cli._server import Server

SHEET: Sheet[int] = Sheet(("id",), lambda item: [item], ("id",), lambda item: item)


class Lists:
    """A server and its pages, of 25 numbers each; `ends` is raised behind them."""

    def __init__(self, pages: int, ends: BaseException | None = None, total: int | None = None):
        self.pages_ = pages
        self.ends = ends
        self.total = total
        self.asked = 0

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[Any]:
        """Give a client that knows prices only."""
        yield SimpleNamespace(prices=self.prices, with_options=self.with_options)

    def with_options(self, middleware: list[Any]) -> Any:
        """Give itself, and count requests as it is told to."""
        (self.count,) = middleware

    async def prices(self) -> Prices:
        """The account's prices: companies are cheaper here."""
        return Prices(company=Decimal(2))

    async def pages(self) -> AsyncIterator[Page[int]]:
        """Give the pages."""
        for number in range(self.pages_):
            size = 25 if self.most is None else min(self.most - 25 * number, 25)
            if size <= 0:
                return
            await self.count(None, _answered)
            self.asked += 1
            yield Page(list(range(size)), self.total, f"token{number}")
        await self.count(None, _answered)  # an empty page is the end
        if self.ends:
            raise self.ends

    def run(self, **more: Any) -> int:
        """List them."""
        self.most = more.get("limit")
        server = cast("Server", self)
        opened = cast("Any", SimpleNamespace(pages=self.pages))
        bill = more.pop("bill", operations.FLAT_ADVANCED_SEARCH.bill)
        return Listing(what="numbers", open_=lambda _: opened, sheet=SHEET, bill=bill, **more).run(
            server
        )


async def _answered() -> None:
    """An answer that nobody reads."""


def test_it_stops_at_the_limit_and_tells_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    """No page is asked for behind the limit, and the token is told."""
    lists = Lists(5, total=1234)
    assert lists.run(limit=50) == 0
    told = capsys.readouterr()
    assert lists.asked == 2
    assert len(told.out.splitlines()) == 51
    assert told.err == (
        "leadiq: 50 of 1,234 numbers; 2 requests for 2 credits at most\n"
        "leadiq: go on with the same command and --resume token1\n"
    )


def test_at_the_end_there_is_nothing_to_go_on_with(capsys: pytest.CaptureFixture[str]) -> None:
    """A listing that ended tells no token, and a resumed one no share of the total."""
    assert Lists(1, total=1234).run(limit=50, resumed=True) == 0
    assert capsys.readouterr().err == "leadiq: 25 numbers; 2 requests for 2 credits at most\n"
    assert Lists(1).run(bill=operations.TRACKED_COMPANIES.bill) == 0
    assert capsys.readouterr().err == "leadiq: 25 numbers\n"


@pytest.mark.parametrize("ends", [ServerError("x"), KeyboardInterrupt()])
def test_an_end_in_the_middle_tells_how_to_go_on(
    capsys: pytest.CaptureFixture[str], ends: BaseException
) -> None:
    """After an error or Ctrl-C the rows are whole, and the token is that of the last page."""
    with pytest.raises(type(ends)):
        Lists(2, ends).run(format="json")
    told = capsys.readouterr()
    assert len(json.loads(told.out)) == 50
    assert told.err == "leadiq: go on with the same command and --resume token1\n"


def test_a_failure_before_any_page_tells_no_token(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing was read there is nothing to go on with."""
    with pytest.raises(ServerError):
        Lists(0, ServerError("x")).run()
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_has_gone_is_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """`| head` is no failure to be told of."""
    with pytest.raises(BrokenPipeError):
        Lists(1, BrokenPipeError()).run()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("limit", "most"), [(25, 51), (30, 62), (5, 11)])
def test_a_budget_is_checked_before_anything_is_sent(limit: int, most: int) -> None:
    """What the limit could cost, at the account's prices, has to fit the budget."""
    paid = {"limit": limit, "unlock": frozenset({Unlock.COMPANY})}
    lists = Lists(9)
    with pytest.raises(Problem, match=f"could cost {most} credits"):
        lists.run(**paid, budget=Decimal(most) - 1)
    assert lists.asked == 0
    assert Lists(9).run(**paid, budget=Decimal(most)) == 0


def test_without_a_limit_the_budget_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    """A page that the budget may not cover is not asked for; exit code 3, with the token."""
    lists = Lists(9)
    with pytest.raises(Stopped, match="does not cover the next page") as stopped:
        lists.run(budget=Decimal(120), unlock=frozenset({Unlock.COMPANY}))
    assert lists.asked == 2
    assert stopped.value.exit_code == 3
    assert "--resume token1" in capsys.readouterr().err


def test_nothing_is_no_limit() -> None:
    """A limit is at least 1."""
    with pytest.raises(Problem, match="--limit has to be at least 1"):
        Lists(1).run(limit=0)

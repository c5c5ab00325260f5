"""The sections of a report: each a chart and the table that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .._core.pricing import DataPoint
from .._jobs.reconciliation import amount
from .charts import Bar, Level, bars, line, round_up
from .parts import row, section, table
from .words import clock, credits_, many, share, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from decimal import Decimal

    from .figures import Figures, Share
    from .markup import Markup
    from .timeline import Moment

_POINTS: Final = {
    DataPoint.PROFILE: "Profile",
    DataPoint.EMAIL: "E-mail",
    DataPoint.PHONE: "Phone",
    DataPoint.COMPANY: "Company",
}
_TABLE_ROWS: Final = 8
_SHOWS_DAYS_S: Final = 43_200.0
_NOTHING: Final = "Nothing to show yet: no lookup has been answered."
_BOOKS: Final = (
    "LeadIQ tells no price with an answer. What came back is priced here, and set against the"
    " account's own counter, which counts whole credits of everybody who uses it."
)


def funnel(figures: Figures) -> Markup:
    """Show the way from the rows of the file to what was unlocked."""
    title, steps = "From rows to results", list(_steps(figures))
    most = max(*(count for _, count in steps), 1)
    shown = [Bar(name, count / most, f"{count:,}") for name, count in steps]
    befores = [None, *(count for _, count in steps)]
    rows = (
        row(name, f"{count:,}", "" if before is None else share(count, before))
        for (name, count), before in zip(steps, befores, strict=False)
    )
    return section(
        "funnel",
        title,
        "Each step is a part of the one above it, which its share is of.",
        bars("funnel-chart", title, _said(shown), shown),
        table(title, ("Step", "Count", "Share"), rows),
    )


def spending(figures: Figures) -> Markup:
    """Show what was spent when."""
    title, moments = "Credits over time", figures.moments
    if not moments:
        return section("spending", title, _NOTHING)
    first, last = moments[0], moments[-1]
    with_day = last.at - first.at >= _SHOWS_DAYS_S
    times = _times(moments)
    marks = _budget(figures.books.limit, last.credits)
    top = round_up(max([last.credits, *(mark.value for mark in marks)]))
    chart = line(
        "spending-chart",
        title,
        f"{amount(last.credits)} credits for {many(last.lookups, 'lookup')} in"
        f" {span(last.worked_s)}",
        [(time, moment.credits) for time, moment in zip(times, moments, strict=True)],
        grid=[Level(top * 0, ""), Level(top / 2, amount(top / 2)), Level(top, credits_(top))],
        marks=marks,
        breaks=[time for time, m in zip(times, moments, strict=True) if m.paused_s],
        ends=(clock(first.at, with_day=with_day), clock(last.at, with_day=with_day)),
    )
    rows = (
        row(clock(m.at, with_day=with_day), f"{m.lookups:,}", amount(m.credits))
        for m in _some(moments)
    )
    names = ("Time (UTC)", "Lookups", "Credits")
    return section("spending", title, _remark(figures), chart, table(title, names, rows))


def hits(figures: Figures) -> Markup:
    """Show how often each data point was found."""
    title, lines = "Hit rate of each data point", figures.books.lines
    if not lines:
        return section("hits", title, _NOTHING)
    shown = [
        Bar(_POINTS[one.point], one.found / one.asked, share(one.found, one.asked)) for one in lines
    ]
    rows = (row(_POINTS[one.point], f"{one.found:,}", f"{one.asked:,}") for one in lines)
    return section(
        "hits",
        title,
        "Of the answered lookups that asked for it. What was not found was not charged.",
        bars("hits-chart", title, _said(shown), shown),
        table(title, ("Data point", "Found", "Asked for"), rows),
    )


def waiting(figures: Figures) -> Markup:
    """Show how long lookups waited for the rate limit, and how often they were sent."""
    title = "Waiting and retries"
    if not any(one.lookups for one in (*figures.waits, *figures.repeats)):
        return section("waiting", title, _NOTHING)
    once, *again = _bars(figures.repeats)
    shown = [*_bars(figures.waits), once, *(bar._replace(kind="warm") for bar in again)]
    note = (
        f"{many(figures.requests, 'request')}, {figures.retries:,} of them sent again;"
        f" the rate limit refused {figures.limited:,}. Lookups waited for their turn or for another"
        f" try for {span(figures.waited_s)} in all."
    )
    rows = (row(bar.name, bar.text) for bar in shown)
    return section(
        "waiting",
        title,
        note,
        bars("waiting-chart", title, _said(shown), shown),
        table(title, ("Lookups", "Count"), rows),
    )


def books(figures: Figures) -> Markup:
    """Show what was charged for, set against what the account counted."""
    found = figures.books
    lines = (
        row(
            _POINTS[one.point],
            f"{one.asked:,}",
            f"{one.found:,}",
            amount(one.price),
            amount(one.credits),
        )
        for one in found.lines
    )
    sums = (
        row(
            one.name.capitalize() + (f" ({one.note})" if one.note else ""),
            one.credits,
            kind="sum" if one.name == "by what came back" else None,
        )
        for one in found.sums()
    )
    names = ("Data point", "Lookups", "Found", "Price", "Credits")
    return section(
        "books",
        "Credits, reconciled",
        _BOOKS,
        *([table("Credits of each data point", names, lines)] if found.lines else []),
        table("Credits of the job", ("In all", "Credits"), sums),
    )


SECTIONS: Final[tuple[Callable[[Figures], Markup], ...]] = (funnel, spending, hits, waiting, books)
"""In the order of the page."""


def _steps(figures: Figures) -> Iterator[tuple[str, int]]:
    if figures.rows is not None:
        yield "Rows of the file", figures.rows
        yield "Rows that name somebody", figures.rows - figures.invalid
    yield "Different people", figures.people
    yield "Answered by LeadIQ", figures.answered
    yield "Found", figures.found
    if figures.unlock:
        yield "With unlocked data", figures.unlocked


def _times(moments: Sequence[Moment]) -> list[float]:
    """Where each moment is in the chart: from 0 to 1, all at the end if there is but one time."""
    whole = moments[-1].worked_s
    return [moment.worked_s / whole if whole else 1.0 for moment in moments]


def _budget(limit: Decimal | None, total: Decimal) -> list[Level]:
    """Mark the budget, unless that would press the line to the ground."""
    return [Level(limit, f"budget {amount(limit)}")] if limit and limit <= 2 * total else []


def _remark(figures: Figures) -> str:
    limit = figures.books.limit
    said = "No budget was set." if limit is None else f"The budget is {credits_(limit)}."
    pauses = [moment.paused_s for moment in figures.moments if moment.paused_s]
    if pauses:
        said += f" Dashed lines are pauses of the job, {span(sum(pauses))} in all, left out here."
    return said


def _some(moments: Sequence[Moment]) -> list[Moment]:
    """Choose some, evenly; the first and the last among them."""
    last = len(moments) - 1
    parts = min(_TABLE_ROWS - 1, last)
    return [moments[last * n // parts] for n in range(parts + 1)] if parts else list(moments)


def _bars(shares: Sequence[Share]) -> list[Bar]:
    """Draw the shares up to the last one of which there is any."""
    whole = max(sum(one.lookups for one in shares), 1)
    last = max((at for at, one in enumerate(shares) if one.lookups), default=0)
    return [Bar(one.name, one.lookups / whole, f"{one.lookups:,}") for one in shares[: last + 1]]


def _said(shown: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.name}: {bar.text}" for bar in shown)

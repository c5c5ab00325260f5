"""The report's page, put together from the figures of a job. Pure, but for `render`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from .._jobs.reconciliation import amount
from .._version import __version__
from .figures import figures_of
from .markup import Markup, element
from .sections import SECTIONS
from .style import POLICY, STYLE
from .words import credits_, day, many, share, short, span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .figures import Figures

_WORDS: Final = {
    "BudgetError": "stopped: the budget is used up",
    "BudgetStoreError": "stopped: the budget could not be asked",
    "InsufficientCreditsError": "stopped: the account's credits ran out",
    "AuthenticationError": "stopped: the key was refused",
    "interruption": "stopped by hand",
}
_MILLION: Final = 1_000_000
_SIZES: Final = ((12, "longer"), (8, "long"), (0, "short"))


def render(path: Path) -> str:
    """Make the report of a job, which another process may be at.

    Args:
        path: its journal.

    Returns:
        One HTML document that needs nothing else, and holds nobody's data: numbers, and the names
        of the files without their directories.

    Raises:
        ConfigurationError: it is no journal, one of a later version, or damaged.
    """
    return page(figures_of(path))


def page(figures: Figures) -> str:
    """Make the document."""
    title = f"Enrichment of {short(figures.source)}"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("link", rel="icon", href="data:,"),
        element("title", title),
        element("style", Markup(STYLE)),
    )
    main = element("main", _tiles(figures), *(section(figures) for section in SECTIONS))
    body = element("body", _header(figures, title), main, _footer(figures))
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _header(figures: Figures, title: str) -> Markup:
    unlock = ", ".join(["profile", *(u.replace("-", " ") for u in figures.unlock)])
    when = day(figures.began)
    if figures.ended is not None:
        when += f" to {day(figures.ended)}"
    kind = "state whole" if figures.over else "state"
    return element(
        "header",
        element("p", element("span", _state(figures), class_=kind)),
        element("h1", title),
        element("p", _result(figures), class_="lead"),
        element("p", f"{unlock} · written to {short(figures.target)} · {when} UTC", class_="quiet"),
    )


def _state(figures: Figures) -> str:
    if figures.over:
        return "complete"
    if not figures.stopped_by:
        return "not finished"
    return _WORDS.get(figures.stopped_by, "stopped by an error")


def _result(figures: Figures) -> str:
    """Say it in a sentence or two."""
    if not figures.answered:
        return "LeadIQ has not answered a lookup of this job yet."
    known = f"{figures.found:,} of them ({share(figures.found, figures.answered)})"
    if figures.answered == 1:
        known = "them" if figures.found else "nothing of them"
    spent = credits_(figures.books.charged)
    if figures.books.limit is not None:
        spent += f" of a budget of {amount(figures.books.limit)}"
    people = many(figures.answered, "person", "people")
    return f"LeadIQ was asked for {people} and knew {known}. That cost {spent}."


def _tiles(figures: Figures) -> Markup:
    tiles = (
        element(
            "div",
            element("dt", name),
            element("dd", number, class_=f"number {_size(number)}"),
            element("dd", note),
            class_="tile",
        )
        for name, number, note in _headlines(figures)
    )
    return element("dl", *tiles, class_="tiles")


def _size(number: str) -> str:
    """Choose the letters that leave a number on one line of its tile."""
    return next(kind for chars, kind in _SIZES if len(number) > chars)


def _headlines(figures: Figures) -> Iterator[tuple[str, str, str]]:
    books = figures.books
    rate = share(figures.found, figures.answered)
    yield "People found", f"{figures.found:,}", f"{rate} of {figures.answered:,} answered"
    charged = books.charged if books.charged < _MILLION else round(books.charged)
    yield "Credits charged", amount(Decimal(charged)), _against(figures)
    if figures.found:
        each = round(books.charged / figures.found, 2)
        yield "Credits per person", amount(each), "of those that were found"
    if figures.rows and (shared := figures.rows - figures.invalid - figures.people) > 0:
        yield "Lookups saved", f"{shared:,}", "rows that another row's lookup answered"
    if books.saved:
        yield "Credits saved", amount(books.saved), "unlocked by earlier jobs, free again"
    pace = round(figures.requests / max(figures.worked_s, 1) * 60)
    note = many(figures.runs, "run")
    if figures.worked_s >= 60:
        note += f", {pace:,} requests a minute"
    yield "Time at work", span(figures.worked_s), note


def _against(figures: Figures) -> str:
    kind = "of the sandbox, nobody's money; " if figures.sandbox else ""
    limit = figures.books.limit
    return kind + (f"budget {amount(limit)}" if limit is not None else "by what came back")


def _footer(figures: Figures) -> Markup:
    return element(
        "footer",
        element(
            "p",
            f"Made from the journal of job {figures.job} by leadiq-sdk {__version__}, which is"
            " not LeadIQ's. Numbers and names of files only: nobody's data is in this page, and it"
            " loads nothing. Times are UTC. Credits are LeadIQ's universal credits, by what came"
            " back at the account's prices.",
        ),
    )

"""What a notebook shows of a plan, a run and its books. Pure; nothing of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._ground.notebook import html_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .findings import Findings
    from .reconciliation import Reconciliation
    from .tally import RunSummary, Tally


def findings_html(found: Findings) -> str:
    """Show what rows hold and what they will cost."""
    counts, price = found.counts, found.credits
    numbers = [
        ("rows", counts.rows),
        ("invalid", counts.invalid),
        ("duplicates", counts.duplicates),
        ("lookups", counts.lookups),
        ("known from earlier jobs", counts.known),
        ("credits, expected", price.expected),
        ("credits, in 95 of 100 such files", f"{price.low:,f} to {price.high:,f}"),
        ("credits, at most", price.most),
        ("budget", found.budget),
        ("requests", f"{found.requests:,}, about {found.minutes:,} min"),
    ]
    hits = html_table(
        "found of these",
        [(point, *chance) for point, chance in found.hits.items()],
        ("", "at least", "expected", "at most"),
    )
    return html_table(f"plan: {', '.join(sorted(found.unlock)) or 'profile'}", numbers) + hits


def summary_html(summary: RunSummary) -> str:
    """Show what a run came to."""
    return html_table(f"job {summary.job}", _summary(summary))


def run_html(job: str, tally: Tally, summary: RunSummary | None) -> str:
    """Show a run: how far it is, or what it came to."""
    if summary:
        return summary_html(summary)
    rows = [("rows so far", tally.rows), *tally.statuses.items()]
    return html_table(f"job {job}, under way", rows)


def reconciliation_html(books: Reconciliation) -> str:
    """Show the books of a job."""
    lines = [(one.point, one.asked, one.found, one.price, one.credits) for one in books.lines]
    points = html_table("by data point", lines, ("", "lookups", "found", "price", "credits"))
    return points + html_table("in sum", books.sums(), ("", "credits", ""))


def _summary(summary: RunSummary) -> Iterator[tuple[str, object]]:
    yield "rows", summary.rows
    yield from summary.statuses.items()
    yield "answered by another row's lookup", summary.shared
    yield "lookups sent", summary.sent
    yield "credits spent", summary.spent
    yield "budget", "unlimited" if summary.limit is None else summary.limit
    yield "seconds", f"{summary.seconds:.1f}"
    if summary.stopped_by:
        yield "stopped by", type(summary.stopped_by).__name__
    elif summary.interrupted:
        yield "stopped", "before its end"

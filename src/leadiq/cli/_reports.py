"""Reports of jobs: HTML files for people who were not there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from .._files.formats import STANDARD
from .._files.targets import require_writable
from .._jobs.catalog import find
from .._jobs.store import Store
from ._problems import ALL_SETTLED, Problem, Trouble, cause_of, shown


def report(
    id: str,  # noqa: A002 - what people call it
    out: Annotated[str, Parameter(name="OUT", allow_leading_hyphen=True)],
    /,
    *,
    force: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Write a report of a job: one HTML file with charts. It has numbers, and nobody's data.

    Example: leadiq jobs report 20260131T120000 report.html

    Args:
        id: The job; the beginning of its id suffices, if no other begins so.
        out: File to write, such as report.html.
        force: Overwrite OUT if it exists.
    """
    job = find(Store.default(), id)
    require_report(out, source=str(job.path), force=force)
    write_report(out, job.path)
    return ALL_SETTLED


def require_report(out: str, *, source: str, force: bool) -> None:
    """Refuse a file that cannot be written; call it before anything is sent.

    Args:
        out: the file.
        source: a file that is never overwritten.
        force: whether another that exists is.

    Raises:
        Problem, ConfigurationError: what is wrong with it.
    """
    if out == STANDARD:
        raise Problem("a report takes the name of a file, such as report.html")
    require_writable(out, source=source, force=force)


def write_report(out: str, journal: Path) -> None:
    """Write the report of a job, which may still be under way.

    Raises:
        Trouble: the system refuses.
        ConfigurationError: it is no journal, one of a later version, or damaged.
    """
    from .._report.page import render

    text = render(journal)
    try:
        Path(out).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Trouble(f"cannot write {shown(out)}: {cause_of(error)}") from None

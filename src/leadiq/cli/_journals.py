"""`leadiq jobs`: what jobs there are, what they did, and how they and people are removed."""

from __future__ import annotations

import json as json_
import os
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

from cyclopts import App, Parameter

from .._files.formats import STANDARD
from .._files.targets import require_writable
from .._ground.json import mapping
from .._jobs.books import reconciliation_of
from .._jobs.catalog import Condition, catalog, find, remove, retire
from .._jobs.forgetting import forget_person
from .._jobs.readings import lookups_of
from .._jobs.receipts import receipts
from .._jobs.store import Store
from ._problems import ALL_SETTLED, SOME_FAILED, Problem, Trouble, cause_of, say, shown
from ._reports import report
from ._show import print_lines

if TYPE_CHECKING:
    from .._jobs.catalog import Job

jobs = App(name="jobs")
jobs.command(report)

_Flag = Annotated[bool, Parameter(negative="")]
_YOURS: Final = "files that jobs wrote (OUT, exports) are yours to clean up"


@jobs.command(name="list")
def list_(*, json: _Flag = False) -> int:
    """List all jobs, the oldest first. Nothing is sent.

    What can be resumed goes on with the command that began it, and --resume.

    Example: leadiq jobs list

    Args:
        json: Print JSON.
    """
    found = [_summary(job) for job in catalog(Store.default())]
    if json:
        print(json_.dumps(found, indent=2))
        return ALL_SETTLED
    for job in found:
        print(_harmless(_line(job)))
    if not found:
        say("there are no jobs")
    return ALL_SETTLED


@jobs.command
def show(id: str, /, *, json: _Flag = False) -> int:  # noqa: A002 - what people call it
    """Show all about one job. Nothing is sent, and no personal data is shown.

    Example: leadiq jobs show 20260131T120000

    Args:
        id: The job; the beginning of its id suffices, if no other begins so.
        json: Print JSON.
    """
    job = find(Store.default(), id)
    found = {**_summary(job), **(_sums(job) if job.seen else {})}
    books = reconciliation_of(job.path) if job.seen else None
    if json:
        print(json_.dumps({**found, "reconciliation": books and books.to_dict()}, indent=2))
        return ALL_SETTLED
    print_lines((name, _words(value)) for name, value in found.items())
    for line in books.lines_of_text() if books else ():
        print(line)
    return ALL_SETTLED


@jobs.command
def export(
    id: str,  # noqa: A002
    out: Annotated[str, Parameter(name="OUT", allow_leading_hyphen=True)] = STANDARD,
    /,
    *,
    with_data: _Flag = False,
    force: _Flag = False,
) -> int:
    """Write one line of JSON for each lookup: what it did, and what it cost.

    Example: leadiq jobs export 20260131T120000 spent.jsonl

    Args:
        id: The job; the beginning of its id suffices, if no other begins so.
        out: File to write, for your eyes only, or - for standard output.
        with_data: Add LeadIQ's replies, which are personal data.
        force: Overwrite OUT if it exists.
    """
    job = find(Store.default(), id)
    require_writable(out, source=str(job.path), force=force)
    lines = ({"job": job.id, **line} for line in receipts(job.path, with_data=with_data))
    texts = (json_.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if out == STANDARD:
        sys.stdout.writelines(texts)
        return ALL_SETTLED
    try:
        with open(out, "w", encoding="utf-8", opener=_private) as file:
            os.chmod(out, 0o600)
            file.writelines(texts)
    except OSError as error:
        raise Trouble(f"cannot write {shown(out)}: {cause_of(error)}") from None
    return ALL_SETTLED


@jobs.command
def forget(
    *ids: str,
    older_than: str | None = None,
    person: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
) -> int:
    """Remove jobs, or a person from every job.

    A job is removed with all of its answers: one that did not end cannot be resumed then. Of a
    person, the answers go and each lookup stays as forgotten, with its price; it is not sent and
    paid for again. That is noted, with a proof that tells nobody's name, in forgotten.jsonl
    beside the journals.

    Example: leadiq jobs forget --person ann@example.com

    Args:
        ids: Jobs; the beginning of an id suffices, if no other begins so.
        older_than: Remove the ended jobs that were not written for so many days, such as 90d.
        person: E-mail, LinkedIn profile or LeadIQ id; - reads it from standard input, so that it
            does not stay in the shell's history.
    """
    ways = (bool(ids), older_than is not None, person is not None)
    if sum(ways) != 1:
        raise Problem("name jobs to forget, or give --older-than, or --person: one of these")
    store = Store.default()
    if person is not None:
        return _forget_person(store, sys.stdin.readline() if person == "-" else person)
    if older_than is not None:
        removed = retire(store, time.time(), days("--older-than", older_than))
        return say(f"{_jobs(len(removed))} removed; {_YOURS}")
    for job in {job.id: job for job in [find(store, name) for name in ids]}.values():
        remove(job)
        say(f"{job.id} removed")
    return say(_YOURS)


def _forget_person(store: Store, text: str) -> int:
    done = forget_person(store, text, time.time())
    for problem in done.unreadable.values():
        say(f"not searched: {problem}; remove the file if it is of no use")
    lookups = sum(done.lookups.values())
    many = f"{lookups:,} lookup{'' if lookups == 1 else 's'}"
    say(f"{many} forgotten in {_jobs(len(done.lookups))}; {_YOURS}")
    return SOME_FAILED if done.unreadable else ALL_SETTLED


def days(option: str, text: str) -> float:
    """Read a number of days, such as `90d`.

    Raises:
        Problem: it is none; `option` is named.
    """
    number = text.strip().removesuffix("d")
    if not (number.isascii() and number.isdigit()):
        raise Problem(f"{option} takes a number of days, such as 90d")
    return float(number)


def _jobs(count: int) -> str:
    return f"{count:,} job{'' if count == 1 else 's'}"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _summary(job: Job) -> dict[str, Any]:
    """Return what the list tells of a job, and less of a file that is none."""
    if job.seen is None:
        return {"id": job.id, "condition": job.condition.value, "problem": job.problem}
    head, totals, _ = job.seen
    return {
        "id": job.id,
        "condition": job.condition.value,
        "began": _time(head.began),
        "input": head.source,
        "output": head.target,
        "unlock": list(head.unlock),
        "lookups": {state.value: count for state, count in totals.states.items()},
        "credits_charged": f"{totals.charged:f}",
        "credits_uncertain": f"{totals.uncertain:f}",
    }


def _sums(job: Job) -> dict[str, Any]:
    """Return what the receipts of a job add up to."""
    unlocked: Counter[str] = Counter()
    attempts, waited_s, last_sent = 0, 0.0, 0.0
    for _, sent_at, entry in lookups_of(job.path, replies=False):
        unlocked.update(entry.receipt.get("unlocked", ()))
        attempts += entry.receipt.get("attempts", 0)
        waited_s += entry.receipt.get("waited_s", 0.0)
        last_sent = max(last_sent, sent_at or 0.0)
    return {
        "unlocked": dict(sorted(unlocked.items())),
        "attempts": attempts,
        "waited_s": round(waited_s, 3),
        "last_sent": _time(last_sent) if last_sent else None,
        "last_written": _time(job.written),
        "journal": str(job.path),
        "bytes": job.path.stat().st_size,
    }


def _line(job: dict[str, Any]) -> str:
    if job["condition"] == Condition.UNREADABLE:
        return f"{job['id']}  {job['condition']}: {job['problem']}"
    told = _words(job["lookups"]) or "no lookups"
    uncertain = f" and up to {job['credits_uncertain']}" if job["credits_uncertain"] != "0" else ""
    return (
        f"{job['id']}  {job['condition']:11}{job['input']} -> {job['output']}"
        f" ({', '.join(['profile', *job['unlock']])}): {told};"
        f" {job['credits_charged']}{uncertain} credits"
    )


def _words(value: Any) -> Any:
    """Return a table of counts in words, and all else as it is."""
    if isinstance(value, dict):
        return ", ".join(f"{count:,} {name}" for name, count in mapping(value).items())
    return value


def _harmless(text: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _time(unix_s: float) -> str:
    return datetime.fromtimestamp(unix_s, UTC).isoformat(timespec="seconds")

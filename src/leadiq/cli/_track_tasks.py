"""`leadiq track start|status|watch|cancel`: runs over the tracked companies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from .._engine import forms
from .._engine.defaults import TRACKING_WAIT_S
from .._engine.inputs import built
from ._formats import Format  # noqa: TC001 - cyclopts reads the signature
from ._problems import ALL_SETTLED, Trouble, say
from ._server import Server
from ._show import print_json, print_lines
from ._track_runs import begin, cancel_run, unlocked, watch_run
from ._track_sheets import CHANGES
from ._words import Switch, Words, choice, choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..types import CompanyTrackingTask


def start(
    *,
    months_back: int | None = None,
    max_contacts_per_company: int | None = None,
    change: Words = None,
    icp: Words = None,
    email_quality: Words = None,
    phone_quality: str | None = None,
    timeout_after_minutes: int | None = None,
    unlock: Words = None,
    budget: str | None = None,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Start a search for job changes at the tracked companies, and print its id.

    It is started once. What it costs is not published.

    Example: leadiq track start --months-back 1 --change job-change

    Args:
        months_back: How many months to look back.
        max_contacts_per_company: How many people to find for one company at most.
        change: Kind of change: job-change or title-change.
        icp: Id of an ICP that a person must fit.
        email_quality: Quality that an e-mail must have: verified, verified-likely, unverified.
        phone_quality: Quality that a phone must have: higher-quality-phones.
        timeout_after_minutes: Minutes after which LeadIQ ends it by force.
        unlock: Contact data to pay for: email, phone.
        budget: The word unlimited, which --unlock needs.
        server: Where to send requests.
    """
    from ..types import (
        EmailQuality,
        JobDetectionType,
        PhoneQualityLevel,
        StartCompanyTrackingTaskInput,
    )

    quality = phone_quality and choice("--phone-quality", phone_quality, PhoneQualityLevel)
    wanted = built(
        StartCompanyTrackingTaskInput,
        {
            "months_back": months_back,
            "max_contacts_per_company": max_contacts_per_company,
            "job_detections": choices("--change", change, JobDetectionType),
            "icps": icp,
            "email_quality": choices("--email-quality", email_quality, EmailQuality),
            "phone_quality": quality,
            "timeout_after_minutes": timeout_after_minutes,
            "unlock_data_points": unlocked(unlock, budget),
        },
    )
    at_least_one(
        months_back=months_back,
        max_contacts_per_company=max_contacts_per_company,
        timeout_after_minutes=timeout_after_minutes,
    )
    server.require_usable()
    print(begin(server, lambda leadiq: leadiq.track_companies(wanted)))
    return say("started: leadiq track watch, with this id, shows what it finds")


def status(
    task: str,
    /,
    *,
    json: Switch = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Show how far a task is. Free as far as is known.

    Example: leadiq track status 0123456789abcdef01234567

    Args:
        task: Id of the task.
        json: Print JSON.
        server: Where to send requests.
    """
    task = forms.words(task, "TASK")

    async def read() -> CompanyTrackingTask | None:
        async with server.connect() as leadiq:
            return await leadiq.company_tracking_task(task)

    found = anyio.run(read)
    if found is None:
        raise Trouble("LeadIQ has no such task")
    if json:
        print_json(found)
    else:
        print_lines(_lines(found))
    return ALL_SETTLED


def watch(
    task: str,
    /,
    *,
    resume: str | None = None,
    wait_s: float = TRACKING_WAIT_S,
    format: Format = None,  # noqa: A002 - the word of the command line
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Wait until a task is over, and list the job changes that it found.

    Example: leadiq track watch 0123456789abcdef01234567 > moved.csv

    Args:
        task: Id of the task.
        resume: Go on where an earlier run stopped, with the token that it printed.
        wait_s: Seconds to wait for the end of the task.
        format: How to write the rows [default: table on a terminal, else csv].
        server: Where to send requests.
    """
    task = forms.words(task, "TASK")
    return watch_run(
        server,
        lambda leadiq: leadiq.track_companies(task_id=task, resume=resume, wait_s=wait_s),
        CHANGES,
        format,
    )


def cancel(
    task: str,
    /,
    *,
    reason: str | None = None,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Cancel a task at LeadIQ.

    Example: leadiq track cancel 0123456789abcdef01234567

    Args:
        task: Id of the task.
        reason: Why, in your own words.
        server: Where to send requests.
    """
    task = forms.words(task, "TASK")
    return cancel_run(server, lambda leadiq: leadiq.track_companies(task_id=task), reason)


def at_least_one(**numbers: int | None) -> None:
    """Refuse numbers below 1, by the names of their options."""
    for name, number in numbers.items():
        if number is not None and number < 1:
            raise forms.refuse(f"--{name.replace('_', '-')}", "has to be at least 1")


def _lines(task: CompanyTrackingTask) -> Iterator[tuple[str, object]]:
    yield "id", task.id
    yield "status", task.status
    yield "cancelled", "yes" if task.is_cancelled else None
    yield "timed out", "yes" if task.is_timeout else None
    yield "error", task.error or task.error_code
    yield "warning", task.warning
    yield "created", task.created_at.isoformat()
    yield "ended by force at", task.timeout_at.isoformat()
    yield "months back", task.months_back
    yield "suppressed people", task.suppressed_contacts

"""`leadiq track contacts`: who of people of one's own changed jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from cyclopts import App

from .._core.errors import InputError
from .._engine import forms
from .._engine.defaults import TRACKING_WAIT_S
from .._engine.inputs import built
from .._engine.tracked import check_contacts
from .._files.opening import open_source
from .._jobs.columns import Field, usual_columns
from ._files import a_file, sound
from ._formats import Format  # noqa: TC001 - cyclopts reads the signature
from ._problems import Problem, say
from ._server import Server
from ._track_runs import begin, cancel_run, unlocked, watch_run
from ._track_sheets import CONTACTS
from ._track_tasks import at_least_one
from ._words import Words, choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..types import TrackContactInput

contacts = App(name="contacts", help="Who of people of your own changed jobs.")

_FIELDS: Final = {
    Field.COMPANY: "company_name",
    Field.DOMAIN: "company_domain",
    Field.FIRST_NAME: "first_name",
    Field.LAST_NAME: "last_name",
    Field.EMAIL: "email",
    Field.LINKEDIN: "personal_linked_in_url",
}
_NEEDED: Final = (Field.COMPANY, Field.FIRST_NAME, Field.LAST_NAME)
#: Columns without other usual names.
_MORE: Final = ("title", "reference_id", "external_record_id")


@contacts.command
def start(
    source: Annotated[str, a_file("IN")],
    /,
    *,
    import_id: str,
    change: Words = None,
    icp: Words = None,
    timeout_after_minutes: int | None = None,
    unlock: Words = None,
    budget: str | None = None,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Have LeadIQ find out who of these people changed jobs.

    It is started once. What it costs is not published.

    Example: leadiq track contacts start people.csv --import-id spring

    Args:
        source: CSV file with columns for company, first name and last name, and if you have them
            domain, email, linkedin, title, reference_id, external_record_id; or - for standard
            input.
        import_id: A name of your own for the run; `watch` takes it.
        change: Kind of change: job-change, title-change, departure.
        icp: Id of an ICP that a person must fit.
        timeout_after_minutes: Minutes after which LeadIQ ends it by force.
        unlock: Contact data to pay for: email, phone.
        budget: The word unlimited, which --unlock needs.
        server: Where to send requests.
    """
    from ..types import JobChangeType, TrackContactsInput

    at_least_one(timeout_after_minutes=timeout_after_minutes)
    server.require_usable()
    members = {
        "import_id": forms.words(import_id, "--import-id"),
        "job_detections": choices("--change", change, JobChangeType),
        "icps": icp,
        "timeout_after_minutes": timeout_after_minutes,
        "unlock_requests": unlocked(unlock, budget),
    }
    wanted = built(TrackContactsInput, {**members, "contacts": _people(source)})
    begin(server, lambda leadiq: leadiq.watch_contacts(wanted))
    count = len(wanted.contacts)
    return say(f"{count:,} sent: leadiq track contacts watch, with the import id, shows who moved")


@contacts.command
def watch(
    import_id: str,
    /,
    *,
    resume: str | None = None,
    wait_s: float = TRACKING_WAIT_S,
    format: Format = None,  # noqa: A002 - the word of the command line
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Wait until a run is over, and list what it found.

    Example: leadiq track contacts watch spring > moved.csv

    Args:
        import_id: The name that the run was started with.
        resume: Go on where an earlier run stopped, with the token that it printed.
        wait_s: Seconds to wait for the end of the run.
        format: How to write the rows [default: table on a terminal, else csv].
        server: Where to send requests.
    """
    import_id = forms.words(import_id, "IMPORT-ID")
    return watch_run(
        server,
        lambda leadiq: leadiq.watch_contacts(import_id=import_id, resume=resume, wait_s=wait_s),
        CONTACTS,
        format,
    )


@contacts.command
def cancel(
    import_id: str,
    /,
    *,
    reason: str | None = None,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Give up a run.

    Example: leadiq track contacts cancel spring

    Args:
        import_id: The name that the run was started with.
        reason: Why, in your own words.
        server: Where to send requests.
    """
    import_id = forms.words(import_id, "IMPORT-ID")
    return cancel_run(server, lambda leadiq: leadiq.watch_contacts(import_id=import_id), reason)


def _people(source: str) -> list[TrackContactInput]:
    """Read all rows before any is sent. Raises `Problem` with the line of one that is wrong."""
    with open_source(source) as table:
        columns = _columns(table.header, table.name)
        found = [
            _person(columns, row.cells, f"{table.name}, line {row.line}") for row in sound(table)
        ]
    if not found:
        raise Problem(f"{table.name} has no rows")
    return found


def _columns(header: Sequence[str], name: str) -> dict[str, int]:
    usual = usual_columns(header)
    for field in _NEEDED:
        if field not in usual:
            raise Problem(f"{name}: it takes columns for company, first name and last name")
    bare = [cell.strip().casefold().replace(" ", "_") for cell in header]
    more = {column: bare.index(column) for column in _MORE if column in bare}
    return {member: usual[field] for field, member in _FIELDS.items() if field in usual} | more


def _person(columns: dict[str, int], cells: Sequence[str], where: str) -> TrackContactInput:
    from ..types import TrackContactInput, TrackContactsInput

    given = {member: cells[at].strip() for member, at in columns.items()}
    required = {_FIELDS[field] for field in _NEEDED}
    members = {name: text for name, text in given.items() if text or name in required}
    person = TrackContactInput.model_validate(members)
    try:
        check_contacts(TrackContactsInput(import_id="-", contacts=[person]))
    except InputError as error:
        why = str(error).removeprefix("contacts[0].")
        raise Problem(f"{where}: {why}") from None
    return person

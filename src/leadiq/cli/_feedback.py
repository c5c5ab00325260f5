"""`leadiq feedback`: contact data that is right or wrong."""

from __future__ import annotations

import json as json_

import anyio

from .._engine.feedback import checked_feedback
from .._engine.inputs import built
from ._problems import ALL_SETTLED, say
from ._server import Server
from ._words import Switch, choice, moment


def feedback(
    *,
    value: str,
    status: str,
    type: str | None = None,  # noqa: A002 - the word of the command line
    reason: str | None = None,
    id: str | None = None,  # noqa: A002 - as above
    linkedin_url: str | None = None,
    name: str | None = None,
    title: str | None = None,
    company: str | None = None,
    company_domain: str | None = None,
    company_id: str | None = None,
    last_seen: str | None = None,
    json: Switch = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Tell LeadIQ that an e-mail address or a phone number of a person is right or wrong.

    It is sent once; name the person by --id, --linkedin-url or --name.

    Example: leadiq feedback --id PersonID-... --value +15550100 --status invalid --reason other

    Args:
        value: The address or number.
        status: correct or invalid.
        type: What it is, such as work-email or personal-mobile.
        reason: Why it is invalid, such as wrong-person.
        id: LeadIQ id of the person, PersonID-...
        linkedin_url: LinkedIn profile of the person.
        name: Name of the person.
        title: Job title of the person.
        company: Name of the person's company.
        company_domain: Web domain of the company.
        company_id: LeadIQ id of the company, MergedCompany-...
        last_seen: When the value was last seen in use: a day, or a time with a zone.
        json: Print JSON.
        server: Where to send the request.
    """
    from ..types import ApiPersonFeedback, ContactInfoStatus, ContactInfoType, InvalidReason

    members = {
        "value": value,
        "status": choice("--status", status, ContactInfoStatus),
        "type_": type and choice("--type", type, ContactInfoType),
        "invalid_reason": reason and choice("--reason", reason, InvalidReason),
        "person_id": id,
        "linkedin_url": linkedin_url,
        "name": name,
        "title": title,
        "company_name": company,
        "company_domain": company_domain,
        "company_id": company_id,
        "last_seen": moment("--last-seen", last_seen),
    }
    wanted = checked_feedback(built(ApiPersonFeedback, members))

    async def send() -> str:
        async with server.connect() as leadiq:
            return await leadiq.submit_person_feedback(wanted)

    taken = anyio.run(send)
    if json:
        print(json_.dumps({"id": taken}))
        return ALL_SETTLED
    print(taken)
    return say("LeadIQ has taken it, under this id")

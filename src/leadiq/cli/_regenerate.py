"""`leadiq regenerate`: research a person again."""

from __future__ import annotations

import json as json_
from typing import TYPE_CHECKING

import anyio

from .._client.records import Refreshed
from .._core.errors import StillRunningError
from .._engine import forms
from .._engine.defaults import REFRESH_WAIT_S
from ._problems import ALL_SETTLED, SOME_FAILED, Problem, say
from ._server import Server
from ._words import Switch  # noqa: TC001 - cyclopts reads the signature

if TYPE_CHECKING:
    from .._client.client import LeadIQ


def regenerate(
    id: str | None = None,  # noqa: A002 - the word of the command line
    /,
    *,
    linkedin_url: str | None = None,
    wait: Switch = False,
    wait_s: float = REFRESH_WAIT_S,
    json: Switch = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Have LeadIQ research a person again. What it costs is not published; it is asked for once.

    Example: leadiq regenerate PersonID-... --wait

    Args:
        id: LeadIQ id of the person, PersonID-...
        linkedin_url: LinkedIn profile of the person, instead.
        wait: Wait until it is done.
        wait_s: Seconds to wait at most.
        json: Print JSON.
        server: Where to send the requests.
    """
    who = _who(id, linkedin_url)
    if wait_s < 0:
        raise Problem("--wait-s has to be 0 or more")

    async def run() -> Refreshed:
        async with server.connect() as leadiq:
            if wait:
                return await leadiq.refresh_person(**who, wait_s=wait_s)
            return await _ask(leadiq, who)

    try:
        done = anyio.run(run)
    except StillRunningError:
        return say(
            f"not over after {wait_s:g} seconds; it goes on at LeadIQ, and need not be asked for "
            "again",
            SOME_FAILED,
        )
    finished = done.finished_at and done.finished_at.isoformat()
    if json:
        print(json_.dumps({"answer": done.answer, "finishedAt": finished}))
    else:
        print(done.answer, *filter(None, [finished]))
    return ALL_SETTLED


def _who(person_id: str | None, linkedin_url: str | None) -> dict[str, str]:
    if person_id is not None and linkedin_url is None:
        return {"person_id": forms.person_id(person_id, "ID")}
    if linkedin_url is not None and person_id is None:
        return {"linkedin_url": forms.linkedin(linkedin_url, "--linkedin-url")}
    raise Problem("name one person: by ID, or by --linkedin-url")


async def _ask(leadiq: LeadIQ, who: dict[str, str]) -> Refreshed:
    from ..types import RegenerateRecordInput

    return Refreshed(await leadiq.regenerate(RegenerateRecordInput(**who)), None)

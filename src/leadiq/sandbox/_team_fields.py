"""The root fields that read or write a team's state, each a line from its arguments to the state.

They run under the team's lock, one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from leadiq.sandbox._workato import workato_token

if TYPE_CHECKING:
    from leadiq.sandbox._state import TeamState

Arguments = Mapping[str, Any]
Find = Callable[["TeamState", Arguments, datetime], object]

TEAM_FIELDS: dict[str, Find] = {
    "abandonBatch": lambda team, a, _: team.imports.abandon(a["importId"]),
    "addProspectToList": lambda team, a, now: team.lists.add(a["listId"], a["input"], now),
    "addTrackedCompanies": lambda team, a, _: team.companies.add(a["input"]["companies"]),
    "cancelCompanyTrackingTask": lambda team, a, _: team.tasks.cancel(a["input"]["id"]),
    "companyTrackingTask": lambda team, a, _: team.tasks.get(
        a["id"], unique=bool(a.get("uniqueOnly"))
    ),
    "contactTrackingBalance": lambda team, _a, _: team.imports.balance(),
    "createList": lambda team, a, now: team.lists.create(a["input"], now),
    "list": lambda team, a, _: team.lists.get(a["id"]),
    "lists": lambda team, a, _: team.lists.page(a.get("limit"), a.get("cursor")),
    "prospect": lambda team, a, _: team.lists.prospect(a["id"]),
    "regenerate": lambda team, a, now: team.research.start(a["input"], now),
    "regeneratedTime": lambda team, a, now: team.research.time(a["input"], now),
    "removeAllTrackedCompanies": lambda team, _a, _: team.companies.clear(),
    "removeTrackedCompanies": lambda team, a, _: team.companies.remove(a["input"]["ids"]),
    "startCompanyTrackingTask": lambda team, a, _: team.tasks.start(
        a["input"], team.companies.all()
    ),
    "submitPersonFeedback": lambda team, a, _: team.feedback.submit(a["input"]),
    "trackContacts": lambda team, a, _: team.imports.track(a["input"]),
    "trackedCompanies": lambda team, a, _: team.companies.page(a.get("first"), a.get("after")),
    "trackedContacts": lambda team, a, _: team.imports.page(
        a.get("importId"), a["limit"], a.get("cursor"), unique=bool(a.get("uniqueOnly"))
    ),
    "workatoToken": lambda team, a, _: workato_token(team.name, a["orgDomainUrl"]),
}

"""The contacts that a team tracks, by import: what was sent, how far it is, and what was found.

Sending an import again adds to it [unknown]. LeadIQ counts batches; here they are of a hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from leadiq.sandbox._dates import stamp
from leadiq.sandbox._icps import profiles_of
from leadiq.sandbox._ids import hex_id
from leadiq.sandbox._movers import Batch, Found, Moved
from leadiq.sandbox._rows import limit_in, page_of
from leadiq.sandbox._runs import FAILED, PROCESSING, SUCCESSFUL
from leadiq.sandbox._tasks import NO_CREDITS, run_from, timeout_is_wrong

if TYPE_CHECKING:
    from datetime import datetime

    from leadiq.sandbox._dates import Moments
    from leadiq.sandbox._job_changes import Pay
    from leadiq.sandbox._movers import Movers
    from leadiq.sandbox._settings import SandboxSettings

Record = dict[str, Any]
Input = Mapping[str, Any]

FIELD = "trackContacts"
BATCH = 100
MOST_LIMIT = 1000
_TITLE = frozenset({"TitleChange", "Promotion"})
_KINDS = frozenset({"Departure", "JobChange", "TitleChange"})


class Imports:
    """The imports of one team. Callers hold the team's lock."""

    def __init__(
        self, team: str, movers: Movers, moments: Moments, settings: SandboxSettings
    ) -> None:
        self._team = team
        self._movers = movers
        self._moments = moments
        self._settings = settings
        self._imports: dict[str, list[Batch]] = {}
        self._found: dict[str, Found] = {}
        self._unpaid: set[str] = set()
        self._sent = 0
        self._used = 0

    def track(self, query: Input) -> Record:
        """Track contacts; returns a `TrackContactsResponse`."""
        contacts = query["contacts"]
        code, error = self._wrong(query)
        if error is not None:
            return self._answer(query, 0, error, code)
        self._used += len(contacts)
        self._imports.setdefault(query["importId"], []).append(self._batch(query))
        return self._answer(query, len(contacts), None, None)

    def settle(self, pay: Pay) -> None:
        """Look at what has ended since the last call, and charge what it has unlocked.

        Contacts whose data the balance does not cover are shown without it, with a warning.
        """
        now = self._moments.now()
        for batch in self._batches(None):
            ended = batch.run.state(now).status == SUCCESSFUL
            if ended and batch.id not in self._found:
                found = self._movers.find(batch)
                unlocked = self._movers.unlocked(found)
                if unlocked and not pay(FIELD, unlocked):
                    found = _without_data(found)
                    self._unpaid.add(batch.id)
                self._found[batch.id] = found

    def abandon(self, name: str) -> Record:
        """Cancel what is under way of an import; returns an `AbandonBatchResponse`."""
        if name not in self._imports:
            code, error = "NotFound", "There is no such import."
            return {"batchId": name, "success": False, "errorCode": code, "errors": [error]}
        batches, now = self._imports[name], self._moments.now()
        ended = [batch.run.cancel(now) for batch in batches]
        self._imports[name] = [
            replace(batch, run=run) for batch, (run, _) in zip(batches, ended, strict=True)
        ]
        success = any(code is None for _, code in ended)
        return {
            "batchId": name,
            "success": success,
            "errorCode": None if success else ended[-1][1],
            "errors": [] if success else ["The import is over already."],
        }

    def page(self, name: str | None, limit: int, cursor: str | None, *, unique: bool) -> Record:
        """Return a `TrackedContactsConnection` of one import, or of all."""
        size = limit_in(limit, MOST_LIMIT, MOST_LIMIT, "limit")
        batches = self._batches(name)
        found = [self._found[batch.id] for batch in batches if batch.id in self._found]
        moved = _with_duplicates([one for part in found for one in part.moved], unique=unique)
        profiles = {profile.id: profile for batch in batches for profile in batch.profiles}
        unpaid = any(batch.id in self._unpaid for batch in batches)
        return {
            **page_of("contacts", moved, size, cursor).connection(self._movers.record),
            **self._progress(name, batches),
            "totalSubscriptionContactsUsed": self._used,
            "totalSubscriptionContactsRemaining": self.remaining,
            "availableICPs": [profile.record() for profile in profiles.values()],
            "suppressedContacts": sum(part.suppressed for part in found),
            "warning": NO_CREDITS if unpaid else None,
        }

    @property
    def remaining(self) -> int:
        """Return how many more contacts the subscription covers."""
        return self._settings.tracked_contacts - self._used

    def balance(self) -> Record:
        """Return a `BalanceResponse`; `balance` is what is left [unknown]."""
        return {
            "alreadyUsed": self._used,
            "balance": self.remaining,
            "remaining": self.remaining,
            "maxCredits": self._settings.tracked_contacts,
            "plan": "ContactTracking",
        }

    def _batches(self, name: str | None) -> list[Batch]:
        several = self._imports.values() if name is None else [self._imports.get(name, [])]
        return [batch for batches in several for batch in batches]

    def _progress(self, name: str | None, batches: Sequence[Batch]) -> Record:
        now = self._moments.now()
        states = [batch.run.state(now) for batch in batches]
        failed = [state for state in states if state.status == FAILED]
        code, errors = (failed[0].code, [failed[0].error]) if failed else (None, [])
        if name is not None and not batches:
            code, errors = "NotFound", ["There is no such import."]
        return {
            "isProcessing": any(state.status == PROCESSING for state in states),
            "errors": errors,
            "errorCode": code,
            "timeoutAt": stamp(_latest(batches, now)),
            "isTimeout": any(state.code == "Timeout" for state in failed),
        }

    def _wrong(self, query: Input) -> tuple[str | None, str | None]:
        late = timeout_is_wrong(query)
        if late is not None:
            return "InvalidParameters", late
        if not query["importId"].strip():
            return "InvalidParameters", "importId is empty."
        if not query["contacts"]:
            return "NoTrackedEntities", "There is no contact to track."
        if profiles_of(query.get("icps") or ()) is None:
            return "InvalidParameters", "icps names a profile that does not exist."
        if len(query["contacts"]) > self.remaining:
            return "InsufficientCredits", "The subscription does not cover so many contacts."
        return None, None

    def _batch(self, query: Input) -> Batch:
        self._sent += 1
        kinds = frozenset(query.get("jobDetections") or _KINDS)
        return Batch(
            id=hex_id("batch", self._team, self._sent),
            contacts=tuple(query["contacts"]),
            kinds=kinds | _TITLE if kinds & _TITLE else kinds,
            profiles=tuple(profiles_of(query.get("icps") or ()) or ()),
            email_quality=frozenset(query.get("emailQuality") or ()),
            phone_quality=query.get("phoneQuality"),
            unlock=frozenset(query.get("unlockRequests") or ()),
            run=run_from(self._moments.now(), query, self._settings),
        )

    def _answer(self, query: Input, count: int, error: str | None, code: str | None) -> Record:
        return {
            "importId": query["importId"],
            "totalCount": count,
            "batchCount": -(-count // BATCH),
            "errors": [] if error is None else [error],
            "errorCode": code,
            "warnings": [],
            "contactsExceedingSubscriptionLimit": [],
            "totalSubscriptionContactsUsed": self._used,
            "totalSubscriptionContactsRemaining": self.remaining,
        }


def _latest(batches: Sequence[Batch], now: datetime) -> datetime:
    return max((batch.run.timeout for batch in batches), default=now)


def _without_data(found: Found) -> Found:
    nothing = frozenset[str]()
    return found._replace(moved=tuple(one._replace(unlock=nothing) for one in found.moved))


def _with_duplicates(moved: Sequence[Moved], *, unique: bool) -> list[Moved]:
    same: defaultdict[int, list[str]] = defaultdict(list)
    for one in moved:
        same[one.person].append(one.id)
    named = [
        one._replace(others=tuple(name for name in same[one.person] if name != one.id))
        for one in moved
    ]
    return [one for one in named if not unique or same[one.person][0] == one.id]

"""Rules of imports: they take time, end, page, and use up a subscription."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from leadiq.sandbox._icps import PROFILES
from leadiq.sandbox._world import World

Make = Callable[..., Any]

TRACK = (
    "mutation($i: TrackContactsInput!) { trackContacts(input: $i) { importId totalCount batchCount"
    " errors errorCode warnings contactsExceedingSubscriptionLimit totalSubscriptionContactsUsed"
    " totalSubscriptionContactsRemaining } }"
)
READ = (
    "query($i: String, $l: Int = 1000, $c: Cursor, $u: Boolean) { trackedContacts(importId: $i,"
    " limit: $l, cursor: $c, uniqueOnly: $u) { edges { cursor node { id firstName email"
    " jobChangeType referenceId externalRecordId duplicateRecordIds duplicateAccountIds } }"
    " pageInfo { total endCursor hasNextPage } isProcessing errors errorCode timeoutAt isTimeout"
    " totalSubscriptionContactsUsed totalSubscriptionContactsRemaining availableICPs { id }"
    " suppressedContacts warning } }"
)
ABANDON = (
    'mutation($i: ID!) { abandonBatch(importId: $i, reason: "enough")'
    " { batchId success errorCode errors } }"
)


@pytest.fixture(scope="module")
def contacts(world: World) -> list[dict[str, Any]]:
    """Return people whom a team knew at their company before."""
    people = [world.person(index) for index in range(180)]
    return [
        {
            "firstName": person.first.display,
            "lastName": person.last.display,
            "companyName": world.company(person.past[0].company).name,
            "companyDomain": world.company(person.past[0].company).domain,
            "referenceId": f"ref-{person.index}",
        }
        for person in people
        if person.job_change == "JobChange"
    ]


def track(sandbox: Any, contacts: Any, name: str = "spring", **rest: Any) -> Any:
    query = {"importId": name, "contacts": contacts, **rest}
    return sandbox.data(TRACK, {"i": query})["trackContacts"]


def read(sandbox: Any, name: str | None = "spring", **rest: Any) -> Any:
    return sandbox.data(READ, {"i": name, **rest})["trackedContacts"]


def nodes(answer: Any) -> list[Any]:
    return [edge["node"] for edge in answer["edges"]]


def test_an_import_takes_time_and_ends(make: Make, contacts: Any) -> None:
    """It is processing without contacts, then it has those who changed."""
    sandbox = make(tracking_s=10.0)
    answer = track(sandbox, contacts)
    assert (answer["importId"], answer["totalCount"]) == ("spring", len(contacts))
    assert answer["batchCount"] == -(-len(contacts) // 100)
    assert (answer["errors"], answer["errorCode"]) == ([], None)
    waiting = read(sandbox)
    assert (waiting["isProcessing"], waiting["edges"]) == (True, [])
    assert waiting["timeoutAt"] == "2026-01-02T00:00:00.000Z"
    sandbox.clock.now += 10
    done = read(sandbox)
    assert (done["isProcessing"], done["errors"], done["errorCode"]) == (False, [], None)
    assert len(nodes(done)) + done["suppressedContacts"] > 0.9 * len(contacts)
    assert all(node["referenceId"].startswith("ref-") for node in nodes(done))


def test_contacts_come_in_pages(make: Make, contacts: Any) -> None:
    """Walking with limit and cursor sees every contact once."""
    sandbox = make()
    track(sandbox, contacts)
    sandbox.clock.now += 10
    whole = [node["id"] for node in nodes(read(sandbox))]
    seen: list[str] = []
    cursor, more = None, True
    while more:
        page = read(sandbox, l=30, c=cursor)
        assert page["pageInfo"]["total"] == len(whole)
        seen += [node["id"] for node in nodes(page)]
        cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == whole
    assert len(set(whole)) == len(whole) > 30
    for wrong in ({"l": 0}, {"l": 1001}, {"c": "x"}):
        assert "errors" in sandbox.ask(READ, {"i": "spring", **wrong})


def test_the_same_person_twice(make: Make, contacts: Any) -> None:
    """A contact sent twice is there twice, each naming the other, and once with uniqueOnly."""
    sandbox = make()
    track(sandbox, [contacts[0], *contacts[:3]])
    sandbox.clock.now += 10
    first, second, *others = nodes(read(sandbox))
    assert first["duplicateRecordIds"] == [second["id"]]
    assert second["duplicateRecordIds"] == [first["id"]]
    assert nodes(read(sandbox, u=True)) == [first, *others]


def test_imports_are_read_alone_or_together(make: Make, contacts: Any) -> None:
    """Without an importId every import is read; sending one again adds to it."""
    sandbox = make(tracking_s=10.0)
    track(sandbox, contacts[:20], "spring")
    sandbox.clock.now += 10
    spring = [node["id"] for node in nodes(read(sandbox, "spring"))]
    track(sandbox, contacts[20:30], "summer")
    track(sandbox, contacts[30:40], "spring", icps=[PROFILES[0].id])
    assert read(sandbox, "spring")["isProcessing"] is True
    assert read(sandbox, "spring")["availableICPs"] == [{"id": PROFILES[0].id}]
    assert [node["id"] for node in nodes(read(sandbox, "spring"))] == spring
    sandbox.clock.now += 10
    summer = [node["id"] for node in nodes(read(sandbox, "summer"))]
    again = [node["id"] for node in nodes(read(sandbox, "spring"))]
    assert again[: len(spring)] == spring
    assert sorted(again + summer) == sorted(node["id"] for node in nodes(read(sandbox, None)))


def test_the_subscription_is_used_up(make: Make, contacts: Any) -> None:
    """Each contact uses one of the subscription; more than are left are refused as a whole."""
    sandbox = make(tracked_contacts=10)
    balance = "{ contactTrackingBalance { alreadyUsed balance remaining maxCredits plan } }"
    assert track(sandbox, contacts[:8])["totalSubscriptionContactsRemaining"] == 2
    refused = track(sandbox, contacts[8:11])
    assert (refused["errorCode"], refused["totalCount"]) == ("InsufficientCredits", 0)
    assert sandbox.data(balance)["contactTrackingBalance"] == {
        "alreadyUsed": 8,
        "balance": 2,
        "remaining": 2,
        "maxCredits": 10,
        "plan": "ContactTracking",
    }
    assert track(sandbox, contacts[8:10])["totalSubscriptionContactsUsed"] == 10
    assert read(sandbox)["totalSubscriptionContactsRemaining"] == 0


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ({"timeoutAfterMinutes": 0}, "InvalidParameters"),
        ({"importId": " "}, "InvalidParameters"),
        ({"icps": ["x"]}, "InvalidParameters"),
        ({"contacts": []}, "NoTrackedEntities"),
    ],
)
def test_what_makes_no_sense_is_refused(make: Make, contacts: Any, rest: Any, code: str) -> None:
    """Nothing is taken, and the answer says why."""
    query = {"importId": "spring", "contacts": contacts[:1], **rest}
    answer = make().data(TRACK, {"i": query})["trackContacts"]
    assert (answer["errorCode"], answer["totalCount"]) == (code, 0)
    assert answer["errors"]


@pytest.mark.parametrize(
    ("settings", "code", "timeout"),
    [({"tracking_end": "failed"}, "Unexpected", False),
     ({"tracking_timeout_s": 0.5}, "Timeout", True)],
)  # fmt: skip
def test_imports_fail_on_demand(
    make: Make, contacts: Any, settings: Any, code: str, timeout: bool
) -> None:
    """An import that failed or timed out says so and has no contacts."""
    sandbox = make(**settings)
    track(sandbox, contacts[:5])
    sandbox.clock.now += 10
    done = read(sandbox)
    assert (done["isProcessing"], done["errorCode"], done["isTimeout"]) == (False, code, timeout)
    assert done["errors"]
    assert done["edges"] == []


def test_an_import_is_abandoned_once(make: Make, contacts: Any) -> None:
    """Abandoning ends what is under way; what is over, or unknown, cannot be abandoned."""
    sandbox = make(tracking_s=10.0)
    track(sandbox, contacts[:5])
    answers = [sandbox.data(ABANDON, {"i": "spring"})["abandonBatch"] for _ in range(2)]
    assert answers[0] == {"batchId": "spring", "success": True, "errorCode": None, "errors": []}
    assert (answers[1]["success"], answers[1]["errorCode"]) == (False, "AlreadyCanceled")
    gone = read(sandbox)
    assert (gone["isProcessing"], gone["errorCode"]) == (False, "Canceled")
    unknown = sandbox.data(ABANDON, {"i": "x"})["abandonBatch"]
    assert (unknown["success"], unknown["errorCode"]) == (False, "NotFound")
    track(sandbox, contacts[:5], "summer")
    sandbox.clock.now += 10
    late = sandbox.data(ABANDON, {"i": "summer"})["abandonBatch"]
    assert (late["success"], late["errorCode"]) == (False, "AlreadyCompleted")


def test_an_unknown_import(make: Make) -> None:
    """Reading what was never sent is answered as not found; reading all of nothing is empty."""
    sandbox = make()
    unknown = read(sandbox, "x")
    assert (unknown["errorCode"], unknown["edges"], unknown["isProcessing"]) == (
        "NotFound",
        [],
        False,
    )
    nothing = read(sandbox, None)
    assert (nothing["errorCode"], nothing["errors"], nothing["edges"]) == (None, [], [])


def test_unlocking_is_charged_when_it_ends(make: Make, contacts: Any) -> None:
    """An import with unlockRequests is charged once, for the values that it shows."""
    sandbox = make(tracking_s=10.0)
    track(sandbox, contacts, unlockRequests=["PersonEmail"])
    assert sandbox.spent() == []
    sandbox.clock.now += 10
    shown = sum(bool(node["email"]) for node in nodes(read(sandbox)))
    assert shown > 0
    read(sandbox)
    assert sandbox.spent() == [f"{shown} PersonEmail {shown}"]


def test_an_import_beyond_the_balance_unlocks_nothing(make: Make, contacts: Any) -> None:
    """Then its contacts come without data, with a warning, and are not charged."""
    sandbox = make(credits=Decimal(1))
    track(sandbox, contacts, unlockRequests=["PersonEmail", "PersonPhone"])
    sandbox.clock.now += 10
    answer = read(sandbox)
    assert "credits" in answer["warning"]
    assert nodes(answer)
    assert not any(node["email"] for node in nodes(answer))
    assert sandbox.spent() == []

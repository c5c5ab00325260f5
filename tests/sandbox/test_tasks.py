"""Rules of tracking tasks: they take time, end, and show job changes only when they succeeded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from leadiq.sandbox._icps import PROFILES
from leadiq.sandbox._tasks import months_before
from leadiq.sandbox._world import World

Make = Callable[..., Any]

TASK = (
    "id status createdAt monthsBack jobStartDateFrom maxContactsPerCompany icps error errorCode"
    " isCancelled timeoutAt isTimeout suppressedContacts warning icpDefinitionSnapshot { id }"
    " filters { icps jobDetections emailQuality phoneQuality }"
)
START = (
    "mutation($i: StartCompanyTrackingTaskInput!) { startCompanyTrackingTask(input: $i)"
    f" {{ success errors errorCode warnings task {{ {TASK} }} }} }}"
)
CHANGES = (
    "edges { cursor node { id person { firstName email emailStatus personalPhones workPhones"
    " contactInfo { email { __typename } } } currentCompany { inputDomain } jobChangeType"
    " matchedICPIds duplicateRecordIds } } pageInfo { total endCursor hasNextPage }"
)
READ = (
    "query($id: ID!, $u: Boolean, $f: Int = 1000, $a: ID) { companyTrackingTask(id: $id,"
    f" uniqueOnly: $u) {{ {TASK} jobChanges(first: $f, after: $a) {{ {CHANGES} }} }} }}"
)
CANCEL = (
    'mutation($id: ID!) { cancelCompanyTrackingTask(input: {id: $id, reason: "enough"})'
    f" {{ success error errorCode task {{ {TASK} }} }} }}"
)


def tracking(make: Make, world: World, count: int = 40, **settings: Any) -> Any:
    """Return a sandbox that tracks the first companies of its world."""
    sandbox = make(**{"tracking_s": 10.0, "credits": Decimal(10**6), **settings})
    firms = [world.company(index) for index in range(count)]
    sent = [{"name": firm.name, "domain": firm.domain} for firm in firms]
    sandbox.data(
        "mutation($c: [AddTrackedCompanyInput!]!) { addTrackedCompanies(input: {companies: $c})"
        " { totalAdded } }",
        {"c": sent},
    )
    return sandbox


def start(sandbox: Any, **query: Any) -> Any:
    return sandbox.data(START, {"i": query})["startCompanyTrackingTask"]


def read(sandbox: Any, task: Any, **rest: Any) -> Any:
    return sandbox.data(READ, {"id": task["id"], **rest})["companyTrackingTask"]


def ended(sandbox: Any, **query: Any) -> Any:
    """Return a task that was given the time to end, with its job changes."""
    task = start(sandbox, **query)["task"]
    sandbox.clock.now += 10
    return read(sandbox, task)


def nodes(task: Any) -> list[Any]:
    return [edge["node"] for edge in task["jobChanges"]["edges"]]


def test_a_task_takes_time_and_ends(make: Make, world: World) -> None:
    """It is Processing without job changes until its time has come, then Successful with them."""
    sandbox = tracking(make, world)
    answer = start(sandbox, monthsBack=6)
    assert (answer["success"], answer["errors"], answer["errorCode"]) == (True, [], None)
    task = answer["task"]
    assert (task["status"], task["createdAt"]) == ("Processing", "2026-01-01T00:00:00.000Z")
    sandbox.clock.now += 9.9
    waiting = read(sandbox, task)
    assert waiting["status"] == "Processing"
    assert waiting["jobChanges"]["edges"] == []
    assert waiting["suppressedContacts"] == 0
    sandbox.clock.now += 0.1
    done = read(sandbox, task)
    assert (done["status"], done["error"], done["errorCode"]) == ("Successful", None, None)
    assert done["jobChanges"]["pageInfo"]["total"] == len(nodes(done)) > 10
    assert done["suppressedContacts"] > 0


def test_what_was_asked_is_shown(make: Make, world: World) -> None:
    """A task tells its span, bounds and filters; its end by force is timeoutAfterMinutes away."""
    profile = PROFILES[0].id
    task = start(
        tracking(make, world),
        monthsBack=13,
        maxContactsPerCompany=2,
        icps=[profile],
        jobDetections=["TitleChange"],
        emailQuality=["Verified", "VerifiedLikely"],
        phoneQuality="HigherQualityPhones",
        timeoutAfterMinutes=5,
    )["task"]
    assert (task["monthsBack"], task["jobStartDateFrom"]) == (13, "2024-12-01")
    assert (task["maxContactsPerCompany"], task["icps"]) == (2, [profile])
    assert task["icpDefinitionSnapshot"] == [{"id": profile}]
    assert task["timeoutAt"] == "2026-01-01T00:05:00.000Z"
    assert task["filters"] == {
        "icps": [profile],
        "jobDetections": ["TitleChange"],
        "emailQuality": ["Verified", "VerifiedLikely"],
        "phoneQuality": "HigherQualityPhones",
    }


@pytest.mark.parametrize(
    ("settings", "seconds", "code", "flag"),
    [
        ({"tracking_end": "failed"}, 10, "Unexpected", None),
        ({"tracking_end": "timeout", "tracking_timeout_s": 20.0}, 20, "Timeout", "isTimeout"),
        ({"tracking_timeout_s": 5.0}, 5, "Timeout", "isTimeout"),
    ],
)
def test_tasks_fail_on_demand(
    make: Make, world: World, settings: Any, seconds: float, code: str, flag: str | None
) -> None:
    """A task that failed or timed out says so, and has no job changes."""
    sandbox = tracking(make, world, **settings)
    task = start(sandbox)["task"]
    sandbox.clock.now += seconds - 0.1
    assert read(sandbox, task)["status"] == "Processing"
    sandbox.clock.now += 0.1
    done = read(sandbox, task)
    assert (done["status"], done["errorCode"]) == ("Failed", code)
    assert done["error"]
    assert [name for name in ("isTimeout", "isCancelled") if done[name]] == [flag] * bool(flag)
    assert done["jobChanges"]["edges"] == []


def test_a_task_can_be_cancelled_once(make: Make, world: World) -> None:
    """Cancelling ends a task under way; afterwards, and after its end, it says that it is over."""
    sandbox = tracking(make, world)
    task = start(sandbox)["task"]
    first = sandbox.data(CANCEL, {"id": task["id"]})["cancelCompanyTrackingTask"]
    assert (first["success"], first["error"], first["errorCode"]) == (True, None, None)
    assert (first["task"]["isCancelled"], first["task"]["errorCode"]) == (True, "Canceled")
    sandbox.clock.now += 99
    assert read(sandbox, task)["status"] == "Failed"
    second = sandbox.data(CANCEL, {"id": task["id"]})["cancelCompanyTrackingTask"]
    assert (second["success"], second["errorCode"]) == (False, "AlreadyCanceled")
    done = ended(sandbox)
    late = sandbox.data(CANCEL, {"id": done["id"]})["cancelCompanyTrackingTask"]
    assert (late["success"], late["errorCode"]) == (False, "AlreadyCompleted")
    assert late["task"]["status"] == "Successful"
    nobody = sandbox.data(CANCEL, {"id": "x"})["cancelCompanyTrackingTask"]
    assert (nobody["success"], nobody["errorCode"], nobody["task"]) == (False, "NotFound", None)


def test_an_unknown_task_is_null(make: Make) -> None:
    """There is no task of an unknown id."""
    assert make().data(READ, {"id": "x"}) == {"companyTrackingTask": None}


@pytest.mark.parametrize(
    "query",
    [
        {"monthsBack": 0},
        {"monthsBack": 25},
        {"maxContactsPerCompany": 0},
        {"maxContactsPerCompany": 1001},
        {"timeoutAfterMinutes": 0},
        {"icps": ["x"]},
    ],
)
def test_what_makes_no_sense_is_not_started(make: Make, world: World, query: Any) -> None:
    """A task out of bounds is refused with InvalidParameters, naming the member."""
    answer = start(tracking(make, world, 1), **query)
    assert (answer["success"], answer["task"]) == (False, None)
    assert answer["errorCode"] == "InvalidParameters"
    assert next(iter(query)) in answer["errors"][0]


def test_without_companies_nothing_starts(make: Make) -> None:
    """Companies have to be tracked before a task."""
    answer = start(make())
    assert (answer["success"], answer["errorCode"]) == (False, "NoTrackedEntities")


def test_companies_that_nobody_knows_are_told_of(make: Make) -> None:
    """A task over an unknown company starts with a warning and finds nothing there."""
    sandbox = make()
    sandbox.data(
        'mutation { addTrackedCompanies(input: {companies: [{name: "X", domain: "x.example.org"}]})'
        " { totalAdded } }"
    )
    answer = start(sandbox)
    assert answer["warnings"] == ["1 of 1 companies are not known."]
    sandbox.clock.now += 10
    assert read(sandbox, answer["task"])["jobChanges"]["pageInfo"]["total"] == 0


def test_a_task_keeps_the_companies_of_its_start(make: Make, world: World) -> None:
    """What is removed later does not change what a task looks at."""
    sandbox = tracking(make, world)
    task = start(sandbox, monthsBack=6)["task"]
    sandbox.data("mutation { removeAllTrackedCompanies { success } }")
    sandbox.clock.now += 10
    assert nodes(read(sandbox, task))


def test_job_changes_come_in_pages(make: Make, world: World) -> None:
    """Walking with first and after sees every change once, in the order of the whole."""
    sandbox = tracking(make, world)
    done = ended(sandbox, monthsBack=6)
    whole = [node["id"] for node in nodes(done)]
    seen: list[str] = []
    after, more = None, True
    while more:
        page = read(sandbox, done, f=7, a=after)["jobChanges"]
        assert page["pageInfo"]["total"] == len(whole)
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == whole
    assert len(set(whole)) == len(whole)
    for wrong in ({"f": 0}, {"f": 1001}, {"a": "x"}):
        assert "errors" in sandbox.ask(READ, {"id": done["id"], **wrong})


def test_duplicates_name_each_other(make: Make, world: World) -> None:
    """Who is found at two companies is there twice, and once with uniqueOnly."""
    sandbox = tracking(make, world, world.companies)
    done = ended(sandbox, monthsBack=6, maxContactsPerCompany=1000)
    by_id = {node["id"]: node for node in nodes(done)}
    doubled = [node for node in by_id.values() if node["duplicateRecordIds"]]
    assert doubled
    for node in doubled:
        for other in node["duplicateRecordIds"]:
            assert node["id"] in by_id[other]["duplicateRecordIds"]
    unique = nodes(read(sandbox, done, u=True))
    assert len(unique) == len(by_id) - len(doubled) // 2
    kept = {node["id"] for node in unique}
    assert all(
        sum(one in kept for one in (node["id"], *node["duplicateRecordIds"])) == 1
        for node in by_id.values()
    )


def test_contact_data_is_shown_and_charged_as_unlocked(make: Make, world: World) -> None:
    """Without unlockDataPoints nothing is shown or charged; with them each value once a year."""
    sandbox = tracking(make, world)
    plain = ended(sandbox, monthsBack=6)
    assert all(not node["person"]["email"] for node in nodes(plain))
    assert all(not node["person"]["personalPhones"] for node in nodes(plain))
    assert sandbox.spent() == []
    query = {"monthsBack": 6, "unlockDataPoints": ["PersonEmail", "PersonPhone"]}
    task = start(sandbox, **query)["task"]
    assert sandbox.spent() == []
    sandbox.clock.now += 10
    unlocked = nodes(read(sandbox, task))
    emails = sum(bool(node["person"]["email"]) for node in unlocked)
    phones = sum(
        bool(node["person"]["personalPhones"] or node["person"]["workPhones"]) for node in unlocked
    )
    assert min(emails, phones) > 0
    assert sandbox.spent() == [f"{emails} PersonEmail {emails}", f"{phones} PersonPhone {phones * 10}"]  # fmt: skip  # noqa: E501
    read(sandbox, task)
    ended(sandbox, **query)
    assert len(sandbox.spent()) == 2
    hidden = [
        n
        for n in unlocked
        if (n["person"]["contactInfo"]["email"] or {}).get("__typename") == "EmailSuppressed"
    ]
    assert all(node["person"]["email"] is None for node in hidden)


def test_the_account_shows_what_tracking_has_cost(make: Make, world: World) -> None:
    """A task that ended is charged before the account is shown, even if nobody has read it."""
    sandbox = tracking(make, world)
    start(sandbox, monthsBack=6, unlockDataPoints=["PersonEmail"])
    sandbox.clock.now += 10
    assert (
        sandbox.data("{ usage { universalUsage { units } } }")["usage"]["universalUsage"][0][
            "units"
        ]
        > 0
    )
    assert (
        sandbox.data("{ account { universalPlan { used } } }")["account"]["universalPlan"]["used"]
        > 0
    )


def test_a_task_beyond_the_balance_unlocks_nothing(make: Make, world: World) -> None:
    """Then its changes come without contact data, with a warning, and are not charged."""
    sandbox = tracking(make, world)
    poor = tracking(make, world, credits=Decimal(1))
    done = ended(poor, monthsBack=6, unlockDataPoints=["PersonPhone"])
    assert "credits" in done["warning"]
    assert len(nodes(done)) == len(nodes(ended(sandbox, monthsBack=6)))
    assert all(not node["person"]["personalPhones"] for node in nodes(done))
    assert poor.spent() == []


@pytest.mark.parametrize(
    ("now", "months", "first"),
    [("2026-01-01", 1, "2025-12-01"), ("2026-03-31", 1, "2026-02-01"),
     ("2026-12-31", 12, "2025-12-01"), ("2026-06-15", 6, "2025-12-01")],
)  # fmt: skip
def test_a_span_begins_on_the_first_of_a_month(now: str, months: int, first: str) -> None:
    """monthsBack counts whole months back and rounds to the first day."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert months_before(moment, months).date().isoformat() == first

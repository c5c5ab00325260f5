"""The rules of the engine: one outcome for each row, in order, and nothing paid twice or lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import anyio
import pytest
from anyio.lowlevel import checkpoint

from leadiq import (
    AuthenticationError,
    ConnectError,
    ForgottenError,
    InsufficientCreditsError,
    LeadIQError,
    SchemaDriftError,
    Unlock,
)
from leadiq._engine.enrich import Outcome, Outcomes, Status, background, enrich
from leadiq._engine.identity import InvalidLead, Lead
from leadiq._engine.stopping import why_stopped
from leadiq._generated.search_people import SearchPeople
from leadiq.types import SearchPeopleInput, SearchResult

pytestmark = pytest.mark.anyio

Rows = list[tuple[int, Lead | InvalidLead]]


class Fake:
    """A client that answers when it is let, and counts; unknown people are not found.

    `answers` gives what a name is answered with; `held` names wait until `let` is called.
    """

    def __init__(self, **answers: SearchResult | Exception) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.answered: list[str] = []
        self.unlocks: set[frozenset[Unlock]] = set()
        self.now = self.most = 0
        self.gates: dict[str, anyio.Event] = {}
        self.seen: dict[str, anyio.Event] = defaultdict(anyio.Event)

    def hold(self, *names: str) -> None:
        self.gates = {name: anyio.Event() for name in names}

    def let(self, *names: str) -> None:
        for name in names:
            self.gates[name].set()

    async def search_people(
        self,
        input: SearchPeopleInput,  # noqa: A002 - the client's name for it
        *,
        unlock: Iterable[Unlock] = (),
    ) -> SearchResult:
        assert input.email is not None
        assert input.limit == 1
        name = input.email.partition("@")[0]
        self.asked.append(name)
        self.unlocks.add(frozenset(unlock))
        self.now += 1
        self.most = max(self.most, self.now)
        self.seen[name].set()
        try:
            await checkpoint()
            if name in self.gates:
                await self.gates[name].wait()
        finally:
            self.now -= 1
        self.answered.append(name)
        answer = self.answers.get(name, result())
        if isinstance(answer, Exception):
            raise answer
        return answer


def result(*names: str, total: int | None = None) -> SearchResult:
    """Return an answer with these people, of `total`."""
    people = [{"id": name, "name": {"first": name, "fullName": name}} for name in names]
    for one in people:
        one |= {"currentPositions": [], "pastPositions": [], "profiles": [], "education": []}
    return SearchResult.model_validate(
        {
            "totalResults": len(names) if total is None else total,
            "hasMore": False,
            "results": people,
        }
    )


def rows(*names: str) -> Rows:
    """Return a row for each name, numbered from 2; an empty name is an invalid one."""
    return [
        (
            line,
            Lead.from_text(email=f"{name}@example.com") if name else InvalidLead("no identifier"),
        )
        for line, name in enumerate(names, 2)
    ]


async def run(fake: Fake, names: Iterable[str], **options: Any) -> list[Outcome]:
    """Return all outcomes of a job."""
    async with enrich(fake, rows(*names), **options) as outcomes:
        return [outcome async for outcome in outcomes]


async def settled() -> None:
    """Let every task run until it waits for something."""
    for _ in range(50):
        await checkpoint()


async def test_each_row_has_its_outcome_in_order() -> None:
    """Found, not found, invalid and failed rows come as they are, in the order of the input."""
    fake = Fake(ann=result("ann"), cat=ConnectError("no connection"), eve=result("e1", total=3))
    got = await run(fake, ["ann", "bob", "", "cat", "eve"], unlock=[Unlock.WORK_EMAIL])
    assert [(one.line, one.status, one.reason, one.matches) for one in got] == [
        (2, Status.FOUND, "", 1),
        (3, Status.NOT_FOUND, "", 0),
        (4, Status.INVALID, "no identifier", 0),
        (5, Status.FAILED, "no connection", 0),
        (6, Status.FOUND, "", 3),
    ]
    assert [one.person and one.person.id for one in got] == ["ann", None, None, None, "e1"]
    assert fake.unlocks == {frozenset({Unlock.WORK_EMAIL})}
    assert repr(got[0]) == "<Outcome line=2 found>"


async def test_a_total_that_is_too_low_is_not_believed() -> None:
    """Totals are approximate [guide]: there are at least as many matches as came back."""
    (only,) = await run(Fake(ann=result("ann", total=0)), ["ann"])
    assert only.matches == 1


async def test_no_rows_no_outcomes() -> None:
    """An empty job ends at once and sends nothing."""
    fake = Fake()
    assert await run(fake, []) == []
    assert fake.asked == []


async def test_a_defect_costs_one_row_only() -> None:
    """An exception that nobody expected fails its row, without its text, and the job goes on."""
    got = await run(Fake(ann=KeyError("ann@example.com")), ["ann", "bob"])
    assert [one.status for one in got] == [Status.FAILED, Status.NOT_FOUND]
    assert got[0].reason == "unexpected KeyError; please report it"


async def test_order_is_kept_whoever_answers_first() -> None:
    """A slow answer holds back the outcomes after it, not the lookups."""
    fake = Fake()
    fake.hold("a")
    async with enrich(fake, rows(*"abcdef"), concurrency=2) as outcomes, background() as tasks:
        got: list[int] = []
        tasks.start_soon(_collect, outcomes, got)
        await fake.seen["f"].wait()
        assert got == []
        fake.let("a")
        await settled()
        assert got == [2, 3, 4, 5, 6, 7]


async def _collect(outcomes: Outcomes, into: list[int]) -> None:
    async for outcome in outcomes:
        into.append(outcome.line)  # noqa: PERF401 - what came before an error counts


async def test_no_more_lookups_at_a_time_than_asked_for() -> None:
    """Concurrency is a bound, and it is used."""
    fake = Fake()
    fake.hold("a", "b", "c")
    async with enrich(fake, rows(*"abcde"), concurrency=3) as outcomes:
        await fake.seen["c"].wait()
        await settled()
        assert (fake.now, outcomes.sent) == (3, 3)
        fake.let("a", "b", "c")
        assert len([one async for one in outcomes]) == 5
    assert fake.most == 3


async def test_rows_are_taken_no_further_ahead_than_needed() -> None:
    """While the consumer does nothing, the rows are read only a bounded way ahead."""
    taken = 0

    def endless() -> Iterator[tuple[int, Lead | InvalidLead]]:
        nonlocal taken
        while True:
            taken += 1
            yield taken, InvalidLead("no identifier")

    async with enrich(Fake(), endless(), concurrency=2) as outcomes:
        await settled()
        before = taken
        assert 0 < before <= 20
        await anext(outcomes)
        await settled()
        assert taken == before + 1


async def test_rows_with_one_key_share_one_lookup() -> None:
    """Before, while and after the answer comes, an equal row sends nothing and gets the result."""
    fake = Fake(ann=result("ann"), bob=ConnectError("no connection"))
    got = await run(fake, ["ann", "ann", "bob", "cat", "bob", "ann"], concurrency=1)
    assert sorted(fake.asked) == ["ann", "bob", "cat"]
    assert [one.shared for one in got] == [False, True, False, False, True, True]
    assert [one.status for one in got] == [
        "found",
        "found",
        "failed",
        "not_found",
        "failed",
        "found",
    ]
    assert {one.person.id for one in got if one.person} == {"ann"}


async def test_an_answer_is_forgotten_after_its_last_row() -> None:
    """With `repeats`, an answer lives only as long as a row will want it."""
    fake = Fake(ann=result("ann"))
    counts = {"ann": 3, "bob": 1}

    def repeats(key: str) -> int:
        return counts[key.removeprefix("email:").partition("@")[0]]

    async with enrich(fake, rows("ann", "bob", "ann", "ann"), repeats=repeats) as outcomes:
        got = [outcome async for outcome in outcomes]
        assert outcomes._feeder._lookups == {}
    assert fake.asked == ["ann", "bob"]
    assert [one.shared for one in got] == [False, False, True, True]


async def test_too_low_a_count_costs_a_lookup_and_nothing_else() -> None:
    """A count that proves too low is a second lookup, never a lost row."""
    fake = Fake(ann=result("ann"))
    got = await run(fake, ["ann", "ann", "ann"], repeats=lambda _: 2)
    assert [one.status for one in got] == [Status.FOUND] * 3
    assert fake.asked == ["ann", "ann"]


@pytest.mark.parametrize("error", [InsufficientCreditsError("402"), AuthenticationError("401")])
async def test_what_would_fail_for_every_row_stops_the_job(error: LeadIQError) -> None:
    """After a 402 or 401 nothing more is sent, what is in flight counts, the rest is not_sent."""
    fake = Fake(a=result("a"), b=error, c=result("c"))
    fake.hold("b", "c")
    async with enrich(fake, rows(*"abcd", "", "a", "d"), concurrency=2) as outcomes:
        await fake.seen["c"].wait()
        fake.let("b")
        await settled()
        fake.let("c")
        got = [one async for one in outcomes]
        assert outcomes.stopped
        assert outcomes.stopped_by is error
    why = f"not sent: {why_stopped(error)}"
    assert [(one.status.value, one.reason) for one in got] == [
        ("found", ""),
        ("failed", str(error)),
        ("found", ""),
        ("not_sent", why),
        ("invalid", "no identifier"),
        ("found", ""),
        ("not_sent", why),
    ]
    assert fake.asked == ["a", "b", "c"]


async def test_answers_that_cannot_be_read_stop_the_job() -> None:
    """After three drifts in a row the rest is not sent: each of them may have been paid for."""
    drift = SchemaDriftError("the reply does not fit this SDK's schema at data")
    fake = Fake(**dict.fromkeys("abdefgh", drift))
    async with enrich(fake, rows(*"abcdefgh"), concurrency=1) as outcomes:
        got = [one.status.value async for one in outcomes]
    assert got == ["failed"] * 2 + ["not_found"] + ["failed"] * 3 + ["not_sent"] * 2
    assert fake.asked == [*"abcdef"]
    assert outcomes.stopped_by is drift


@pytest.mark.parametrize("error", [ConnectError, SchemaDriftError, InsufficientCreditsError])
@pytest.mark.parametrize(
    "wrap", [lambda found: found, lambda found: SearchPeople(search_people=found)]
)
async def test_an_answer_beside_an_error_is_kept(
    error: type[LeadIQError], wrap: Callable[[SearchResult], object]
) -> None:
    """What came back may be paid for: the person is found, and the reason tells of the error."""
    fake = Fake(ann=error("something broke", data=wrap(result("ann", total=2))))
    (only,) = await run(fake, ["ann"])
    assert (only.status, only.matches) == (Status.FOUND, 2)
    assert only.reason == "LeadIQ sent an error too: something broke"
    assert only.person is not None
    assert only.person.id == "ann"


@pytest.mark.parametrize("data", [None, result(), "what nobody expected"])
async def test_an_error_without_a_person_fails_the_row(data: object) -> None:
    """An error beside which nobody was found is a failure, not a `not_found`."""
    (only,) = await run(Fake(ann=ConnectError("it broke", data=data)), ["ann"])
    assert (only.status, only.reason, only.person) == (Status.FAILED, "it broke", None)


async def test_a_forgotten_person_is_neither_found_nor_failed() -> None:
    """Another run would find nothing to do for the row, and it stops no other."""
    (only,) = await run(Fake(ann=ForgottenError("removed", sent=False)), ["ann"])
    assert (only.status, only.reason, only.person) == (Status.FORGOTTEN, "removed", None)


async def test_credits_that_run_out_with_an_answer_still_stop_the_job() -> None:
    """A 402 with complete data pays for that row and for no other."""
    error = InsufficientCreditsError("402", data=result("ann"))
    fake = Fake(ann=error, bob=result("bob"))
    async with enrich(fake, rows("ann", "bob"), concurrency=1) as outcomes:
        got = [one.status.value async for one in outcomes]
    assert got == ["found", "not_sent"]
    assert outcomes.stopped_by is error


async def test_what_was_ignored_is_said_beside_its_own_row() -> None:
    """Two rows share one answer, and each tells of its own malformed cells."""
    leads = [
        Lead.from_text(email="ann@example.com", **more)
        for more in ({"linkedin": "yes"}, {}, {"domain": "coming soon"})
    ]
    fake = Fake(ann=ConnectError("it broke"))
    async with enrich(fake, enumerate(leads, 2)) as outcomes:
        got = [one.reason async for one in outcomes]
    assert fake.asked == ["ann"]
    assert got[0].startswith("it broke; ignored: the LinkedIn address is not")
    assert got[1] == "it broke"
    assert got[2].startswith("it broke; ignored: the company domain is malformed")


async def test_stop_waits_for_what_is_in_flight() -> None:
    """After `stop` nothing more is sent and nothing that may be paid for is lost."""
    fake = Fake(a=result("a"), b=result("b"))
    fake.hold("a", "b")
    async with enrich(fake, rows(*"abcd"), concurrency=2) as outcomes:
        await fake.seen["b"].wait()
        outcomes.stop("not sent: interrupted")
        outcomes.stop("too late")
        fake.let("a", "b")
        got = [(one.status.value, one.reason) async for one in outcomes]
    assert got == [("found", ""), ("found", "")] + [("not_sent", "not sent: interrupted")] * 2
    assert outcomes.stopped_by is None


async def test_abandon_gives_up_what_is_in_flight() -> None:
    """`stop(abandon=True)` doesn't wait; those rows say that they may have been charged."""
    fake = Fake(a=result("a"))
    fake.hold("b", "c")
    async with enrich(fake, rows(*"abcd"), concurrency=2) as outcomes:
        await fake.seen["c"].wait()
        outcomes.stop("not sent: interrupted", abandon=True)
        got = [(one.status.value, one.reason) async for one in outcomes]
    lost = ("failed", "given up before the answer came; it may be charged")
    assert got == [("found", ""), lost, lost, ("not_sent", "not sent: interrupted")]
    assert fake.answered == ["a"]


async def test_leaving_early_cancels() -> None:
    """Leaving the block with lookups in flight ends them, and the error stays itself."""
    fake = Fake()
    fake.hold("a", "b")

    async def leave() -> None:
        async with enrich(fake, rows(*"abc"), concurrency=2):
            await fake.seen["b"].wait()
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        await leave()
    assert fake.now == 0
    assert fake.asked == ["a", "b"]


async def test_leaving_at_once_sends_nothing() -> None:
    """A block that ends before anything ran leaves no task behind."""
    fake = Fake()
    async with enrich(fake, rows("a")):
        pass
    assert fake.now == 0


async def test_a_cancelled_wait_loses_no_row() -> None:
    """When the wait for an outcome is cancelled, the next wait gets that outcome."""
    fake = Fake(a=result("a"))
    fake.hold("a")
    async with enrich(fake, rows("a", "b")) as outcomes:
        with anyio.CancelScope() as scope:
            async with background() as tasks:
                tasks.start_soon(_cancel_when_asked, fake, scope)
                await anext(outcomes)
        assert scope.cancelled_caught
        fake.let("a")
        assert [one.line async for one in outcomes] == [2, 3]


async def _cancel_when_asked(fake: Fake, scope: anyio.CancelScope) -> None:
    await fake.seen["a"].wait()
    scope.cancel()


async def test_cancelling_the_job_cancels_it() -> None:
    """Cancelling from outside goes through, and ends the lookups."""
    fake = Fake()
    fake.hold("a")
    with anyio.CancelScope() as scope:
        async with enrich(fake, rows("a")) as outcomes:
            await fake.seen["a"].wait()
            scope.cancel()
            await anext(outcomes)
    assert scope.cancelled_caught
    assert fake.now == 0


async def test_rows_that_break_off_break_off_last() -> None:
    """What iterating the rows raises comes after the outcomes of all rows before it."""

    def broken() -> Iterator[tuple[int, Lead | InvalidLead]]:
        yield from rows("a", "")
        raise ValueError("line 4")

    got: list[int] = []
    async with enrich(Fake(), broken()) as outcomes:
        with pytest.raises(ValueError, match="line 4"):
            await _collect(outcomes, got)
    assert got == [2, 3]


async def test_ctrl_c_stays_ctrl_c() -> None:
    """KeyboardInterrupt comes out of a job as itself, not in a group."""

    async def interrupted() -> None:
        async with enrich(Fake(), rows("a")):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await interrupted()

"""The rules of the engine: one outcome for each row, in order, and nothing paid twice or lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from decimal import Decimal
from typing import Any

import anyio
import pytest
from anyio.lowlevel import checkpoint

from leadiq import (
    AuthenticationError,
    BudgetError,
    ConnectError,
    ForgottenError,
    InsufficientCreditsError,
    JournalError,
    LeadIQError,
    OutcomeUnknownError,
    SchemaDriftError,
    Unlock,
)
from leadiq import Receipt as CallReceipt
from leadiq._core.pricing import DataPoint, PriceRange
from leadiq._engine.answers import Answer, Receipt, Source
from leadiq._engine.asked import Asked
from leadiq._engine.enrich import Outcomes, background, enrich
from leadiq._engine.identity import InvalidLead, Lead
from leadiq._engine.rows import Outcome, Row, Status
from leadiq._engine.stages import Stage
from leadiq._engine.stopping import why_stopped
from leadiq.types import SearchPeopleInput, SearchResult

pytestmark = pytest.mark.anyio


PROFILE = frozenset({DataPoint.PROFILE})


def answer(given: SearchResult | Exception) -> Answer:
    """Give what a searcher answers; data beside an error is kept, as `PaidLookups` does."""
    if isinstance(given, SearchResult):
        return Answer(given, None, Receipt(source=Source.API, charged=Decimal(1), unlocked=PROFILE))
    assert isinstance(given, LeadIQError)
    return Answer(given.data, given, Receipt(source=Source.API, charged=None))


class Fake:
    """A searcher that answers when it is let, and counts; unknown people are not found.

    `answers` gives what a name is answered with; `held` names wait until `let` is called. What it
    has answered it answers again without being asked, as a journal does.
    """

    def __init__(self, **answers: SearchResult | Exception) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.answered: list[str] = []
        self.unlocks: set[frozenset[Unlock]] = set()
        self.now = self.most = 0
        self.free: frozenset[DataPoint] = frozenset()
        self.gates: dict[str, anyio.Event] = {}
        self.seen: dict[str, anyio.Event] = defaultdict(anyio.Event)

    def hold(self, *names: str) -> None:
        self.gates = {name: anyio.Event() for name in names}

    def let(self, *names: str) -> None:
        for name in names:
            self.gates[name].set()

    async def look_up(
        self,
        asked: SearchPeopleInput,
        unlock: frozenset[Unlock],
        *,
        free: frozenset[DataPoint] = frozenset(),
    ) -> Answer:
        self.free |= free
        assert asked.limit == 1
        name = (asked.email or asked.id or "").partition("@")[0]
        if unlock - frozenset({Unlock.WORK_EMAIL}):
            name = f"{name}+{','.join(sorted(unlock))}"
        given = self.answers.get(name, result())
        if name in self.answered and isinstance(given, SearchResult):
            return answer(given)
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
        if isinstance(given, Exception) and not isinstance(given, LeadIQError):
            raise given
        return answer(given)


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


def rows(*names: str) -> list[Row[str]]:
    """Return a row for each name, numbered from 2; an empty name is an invalid one."""
    return [
        Row(
            line,
            Lead.from_text(email=f"{name}@example.com") if name else InvalidLead("no identifier"),
            name,
        )
        for line, name in enumerate(names, 2)
    ]


async def run(fake: Fake, names: Iterable[str], **options: Any) -> list[Outcome[str]]:
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


async def _collect(outcomes: Outcomes[Any], into: list[int]) -> None:
    async for outcome in outcomes:
        into.append(outcome.line)  # noqa: PERF401 - what came before an error counts


async def test_no_more_lookups_at_a_time_than_asked_for() -> None:
    """Concurrency is a bound, and it is used."""
    fake = Fake()
    fake.hold("a", "b", "c")
    async with enrich(fake, rows(*"abcde"), concurrency=3) as outcomes:
        await fake.seen["c"].wait()
        await settled()
        assert fake.now == 3
        fake.let("a", "b", "c")
        assert len([one async for one in outcomes]) == 5
    assert fake.most == 3


async def test_rows_are_taken_no_further_ahead_than_needed() -> None:
    """While the consumer does nothing, the rows are read only a bounded way ahead."""
    taken = 0

    def endless() -> Iterator[Row[str]]:
        nonlocal taken
        while True:
            taken += 1
            yield Row(taken, InvalidLead("no identifier"), "")

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
        assert outcomes.why_stopped == f"not sent: {why_stopped(error)}"
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
    text = "the reply does not fit this SDK's schema at data"
    fake = Fake(**{name: SchemaDriftError(text) for name in "abdefgh"})
    async with enrich(fake, rows(*"abcdefgh"), concurrency=1) as outcomes:
        got = [one.status.value async for one in outcomes]
    assert got == ["failed"] * 2 + ["not_found"] + ["failed"] * 3 + ["not_sent"] * 2
    assert fake.asked == [*"abcdef"]
    assert outcomes.stopped_by is fake.answers["f"]


@pytest.mark.parametrize("error", [ConnectError, SchemaDriftError, InsufficientCreditsError])
async def test_an_answer_beside_an_error_is_kept(error: type[LeadIQError]) -> None:
    """What came back may be paid for: the person is found, and the reason tells of the error."""
    fake = Fake(ann=error("something broke", data=result("ann", total=2)))
    (only,) = await run(fake, ["ann"])
    assert (only.status, only.matches) == (Status.FOUND, 2)
    assert only.reason == "LeadIQ sent an error too: something broke"
    assert only.person is not None
    assert only.person.id == "ann"


@pytest.mark.parametrize("data", [None, result()])
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
    ones = [Row(line, lead, "") for line, lead in enumerate(leads, 2)]
    async with enrich(fake, ones) as outcomes:
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

    def broken() -> Iterator[Row[str]]:
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


async def test_rows_can_come_one_by_one() -> None:
    """An async iterable of rows is as good, and is closed when the block is left."""
    closed = False

    async def coming() -> AsyncIterator[Row[str]]:
        nonlocal closed
        try:
            for row in rows(*"abcdefghijklmnopqrstuvwxyz"):
                await checkpoint()
                yield row
        finally:
            closed = True

    async with enrich(Fake(), coming(), concurrency=1) as outcomes:
        assert (await anext(outcomes)).line == 2
        assert not closed
    assert closed


async def test_an_iterator_that_cannot_be_closed_will_do() -> None:
    """An async iterator need not be a generator."""

    class Coming:
        def __init__(self) -> None:
            self.left = rows("a", "b")

        def __aiter__(self) -> Coming:
            return self

        async def __anext__(self) -> Row[str]:
            if not self.left:
                raise StopAsyncIteration
            return self.left.pop(0)

    async with enrich(Fake(), Coming()) as outcomes:
        assert [one.line async for one in outcomes] == [2, 3]


async def test_a_row_comes_back_with_its_outcome() -> None:
    """The caller's own row is in the outcome, whatever became of it."""
    got = await run(Fake(a=result("a")), ["a", "", "b"])
    assert [one.row for one in got] == ["a", "", "b"]


async def test_receipts_tell_who_paid() -> None:
    """The first row of a lookup has its receipt, the others share it and cost nothing."""
    got = await run(Fake(a=result("a")), ["a", "a", ""])
    assert [(one.receipt.source, one.receipt.charged) for one in got] == [
        (Source.API, 1),
        (Source.COALESCED, 0),
        (None, 0),
    ]
    assert [len(one.receipts) for one in got] == [1, 1, 0]


async def test_what_failed_is_not_asked_again_for_another_row() -> None:
    """A later row with the same key ends as the first one, also long after."""
    fake = Fake(a=ConnectError("no connection"))
    got = await run(fake, ["a", *"bcdefghijklmnop", "a"], concurrency=1)
    assert [got[0].reason, got[-1].reason] == ["no connection"] * 2
    assert fake.asked.count("a") == 1


async def test_an_answer_that_nobody_keeps_is_kept_for_the_other_rows() -> None:
    """When the journal cannot be written, a later row gets the answer, and nothing is sent."""
    error = JournalError("the journal cannot be written", data=result("a"))
    fake = Fake(a=error)
    got = await run(fake, ["a", *"bcdefghijklmnop", "a"], concurrency=1)
    assert [one.status.value for one in (got[0], got[-1])] == ["found", "found"]
    assert fake.asked == ["a"]


async def test_a_budget_that_holds_a_lookup_back_leaves_its_row_unsent() -> None:
    """So does a 402 that another lookup got before this one's turn."""
    for error in (
        BudgetError("used up", sent=False),
        InsufficientCreditsError("402", sent=False),
    ):
        (only,) = await run(Fake(a=error), ["a"])
        assert (only.status, only.reason) == (Status.NOT_SENT, f"not sent: {why_stopped(error)}")
        assert only.error is error


PHONE = Stage("work-phone")
COMPANY = Stage("company", when=lambda person, row: row != "b" and person.id != "cat")


async def test_stages_ask_for_who_was_found() -> None:
    """Each later stage asks by LeadIQ id for its own data, of those whom its condition chooses."""
    fake = Fake(a=result("ann"), b=result("bob"), c=result("cat"))
    fake.answers["ann+work-phone"] = result("ann")
    got = await run(fake, ["a", "b", "c", "d"], stages=[PHONE, COMPANY], concurrency=2)
    assert [one.status.value for one in got] == ["found"] * 3 + ["not_found"]
    assert [len(one.receipts) for one in got] == [3, 2, 2, 1]
    assert sorted(fake.asked) == [
        *("a", "ann+company", "ann+work-phone", "b", "bob+work-phone"),
        *("c", "cat+work-phone", "d"),
    ]
    assert [one.receipt.charged for one in got] == [3, 2, 2, 1]
    assert fake.free == PROFILE


async def test_rows_of_one_person_share_the_later_stages() -> None:
    """Two keys that lead to one person pay for the second stage once."""
    fake = Fake(a=result("ann"), b=result("ann"))
    got = await run(fake, ["a", "b"], stages=[PHONE])
    assert fake.asked.count("ann+work-phone") == 1
    assert sum(one.receipt.charged or 0 for one in got) == 3


@pytest.mark.parametrize(
    ("error", "status", "reason"),
    [
        (ConnectError("no connection"), Status.FAILED, "work-phone: no connection"),
        (BudgetError("no"), Status.NOT_SENT, "work-phone: not sent: the budget is used up"),
        (ForgottenError("removed"), Status.FORGOTTEN, "work-phone: removed"),
    ],
)
async def test_a_stage_that_fails_ends_its_row(
    error: LeadIQError, status: Status, reason: str
) -> None:
    """The row is worth another run, keeps what it has, and asks for nothing more."""
    fake = Fake(a=result("ann"), **{"ann+work-phone": error})
    (only,) = await run(fake, ["a"], stages=[PHONE, Stage("company")])
    assert (only.status, only.reason, only.error) == (status, reason, error)
    assert (only.person is None) == (status is Status.FORGOTTEN)
    assert fake.asked == ["a", "ann+work-phone"]


async def test_a_condition_that_raises_fails_its_row_alone() -> None:
    """The caller's function cannot stop the others, and its error's text is not told."""
    stage = Stage("work-phone", when=lambda _, row: 1 / "ab".index(row) > 0)
    got = await run(Fake(a=result("ann"), b=result("bob")), ["a", "b"], stages=[stage])
    assert [one.status.value for one in got] == ["failed", "found"]
    assert got[0].reason == "work-phone: its condition raised ZeroDivisionError"
    assert got[0].person is not None


async def test_stop_ends_the_stages_too() -> None:
    """A stage whose turn has not come is not sent, and the row says so."""
    fake = Fake(a=result("ann"))
    fake.hold("a")
    async with enrich(fake, rows("a"), stages=[PHONE]) as outcomes:
        await fake.seen["a"].wait()
        outcomes.stop("not sent: interrupted")
        fake.let("a")
        (only,) = [one async for one in outcomes]
    assert (only.status, only.reason) == (Status.NOT_SENT, "work-phone: not sent: interrupted")
    assert (only.person is not None, len(only.receipts)) == (True, 1)


async def test_leaving_waits_when_it_is_asked_to() -> None:
    """`leave` sends nothing more, and waits for what is in flight."""
    fake = Fake(a=result("a"))
    fake.hold("a")
    async with enrich(fake, rows("a", "b"), concurrency=1) as outcomes, background() as tasks:
        await fake.seen["a"].wait()
        tasks.start_soon(_let_later, fake)
        await outcomes.leave("not sent: left")
        assert fake.answered == ["a"]
    assert fake.asked == ["a"]


async def _let_later(fake: Fake) -> None:
    await settled()
    fake.let("a")


async def test_a_second_walk_asks_nothing() -> None:
    """What was asked once is known to who walks again, with its receipts and failures."""
    fake = Fake(a=result("a"), b=ConnectError("no connection"))
    with Asked() as asked:
        async with enrich(fake, rows("c", "b", "a"), asked=asked) as outcomes:
            assert len([one async for one in outcomes]) == 3
        asked.begin_again()
        fake.asked.clear()
        async with enrich(fake, rows("a", "a", "b", "c", "d"), asked=asked) as outcomes:
            outcomes.stop("not sent: too late")
            got = [one async for one in outcomes]
    assert fake.asked == []
    assert [(one.status.value, one.shared) for one in got] == [
        ("found", False),
        ("found", True),
        ("failed", False),
        ("not_found", False),
        ("not_sent", False),
    ]
    assert [one.receipt.source for one in got][:2] == [Source.API, Source.COALESCED]


async def test_one_dead_request_counts_once() -> None:
    """Lookups that failed in one request are one failure to whoever counts them."""

    class Batched(Fake):
        async def look_up(self, *args: Any, **more: Any) -> Answer:
            found = await super().look_up(*args, **more)
            assert found.error
            found.error.receipt = CallReceipt("one", "SearchPeople", (), PriceRange(0, 0), 1, 0, 0)
            return found

    names = [f"n{number}" for number in range(30)]
    fake = Batched(**dict.fromkeys(names, ConnectError("no connection")))
    got = await run(fake, names)
    assert {one.status for one in got} == {Status.FAILED}


async def test_what_was_given_up_is_of_unknown_outcome() -> None:
    """The error says so, and the price is not known."""
    fake = Fake()
    fake.hold("a")
    async with enrich(fake, rows("a")) as outcomes:
        await fake.seen["a"].wait()
        outcomes.stop("not sent: interrupted", abandon=True)
        (only,) = [one async for one in outcomes]
    assert isinstance(only.error, OutcomeUnknownError)
    assert only.receipt.charged is None

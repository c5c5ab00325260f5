"""One call and its clocks: deadlines, slot timeouts, closing, events, middleware, coalescing."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest

from leadiq._conduct.events import (
    AttemptEnded,
    AttemptStarted,
    CallEnded,
    Event,
    RetryScheduled,
    Watchers,
)
from leadiq._conduct.options import Options
from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.retry import RetryBudget, RetryPolicy
from leadiq._conduct.shared import Attempt, Shared
from leadiq._conduct.slots import Slots
from leadiq._core.errors import (
    ConfigurationError,
    LeadIQError,
    RateLimitError,
    RequestTimeoutError,
    ServerError,
    SlotTimeoutError,
)
from leadiq._core.pricing import Unlock
from leadiq._generated.client import GeneratedClient
from leadiq._http.transport import Reply
from leadiq.types import CreateListInput, SearchPeopleInput
from script import FOUND, LIST, Script, failed
from virtual_time import anyio_backend  # noqa: F401

MARKER = "grace.hopper@example.com"
WHO = SearchPeopleInput(email=MARKER, first_name="Grace-Marker", phone="+1 555 0199 1234")


def make(script: Script, *, limit: int = 600, **shared: Any) -> GeneratedClient:
    pacer = LocalPacer(Slots(limit, 60.0, burst=limit))
    watchers = shared.pop("watchers", Watchers())
    return GeneratedClient(Shared(script, pacer, watchers, lambda: 0.5, **shared), Options())  # type: ignore[arg-type]


def in_flight(leadiq: GeneratedClient) -> int:
    return leadiq._shared.pacer.statistics().in_flight


@pytest.mark.anyio
async def test_a_deadline_ends_a_call_that_is_waiting_for_its_answer() -> None:
    """At the deadline the call ends, says that LeadIQ may have seen it, and frees its slot."""
    leadiq = make(Script(FOUND, took_s=100.0))
    began = anyio.current_time()
    with pytest.raises(RequestTimeoutError, match="deadline of 5 seconds") as ended:
        await leadiq.search_people(WHO, deadline_s=5.0)
    assert anyio.current_time() - began == pytest.approx(5.0)
    assert ended.value.sent
    assert in_flight(leadiq) == 0


@pytest.mark.anyio
async def test_a_deadline_in_the_queue_means_that_nothing_was_sent() -> None:
    """A call that never got a slot is known not to have been seen."""
    script = Script(FOUND, took_s=100.0)
    leadiq = make(script, limit=1)
    async with anyio.create_task_group() as group:
        group.start_soon(leadiq.search_people, WHO)
        await anyio.sleep(1.0)
        with pytest.raises(RequestTimeoutError) as ended:
            await leadiq.search_people(WHO, deadline_s=5.0)
    assert not ended.value.sent
    assert len(script.sent) == 1


@pytest.mark.anyio
async def test_waiting_for_a_slot_has_a_clock_of_its_own() -> None:
    """`slot_timeout_s` bounds the wait in the queue, and the error says how long the queue is."""
    leadiq = make(Script(FOUND, took_s=100.0), limit=1)
    async with anyio.create_task_group() as group:
        group.start_soon(leadiq.search_people, WHO)
        await anyio.sleep(1.0)
        with pytest.raises(SlotTimeoutError, match=r"no slot .* within 3 seconds") as ended:
            await leadiq.search_people(WHO, slot_timeout_s=3.0)
    assert not ended.value.sent
    assert ended.value.waited_s == pytest.approx(3.0)
    assert ended.value.attempts == 0


@pytest.mark.anyio
async def test_a_slot_that_comes_in_time_is_used() -> None:
    """A slot timeout that is not reached changes nothing."""
    found = await make(Script(FOUND)).search_people(WHO, slot_timeout_s=3.0, deadline_s=10.0)
    assert found.results == []


@pytest.mark.anyio
async def test_an_attempt_gets_the_timeout_of_its_call() -> None:
    """`timeout_s` of the call is what the transport is given."""
    script = Script(FOUND, FOUND)
    leadiq = make(script)
    await leadiq.search_people(WHO)
    await leadiq.search_people(WHO, timeout_s=7.0)
    assert script.timeouts == [30.0, 7.0]


@pytest.mark.anyio
async def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    """When the next attempt would come too late the call ends at once, naming the wait."""
    leadiq = make(Script(failed(429)))
    began = anyio.current_time()
    with pytest.raises(RateLimitError, match="in 60 seconds would be after the deadline"):
        await leadiq.search_people(WHO, deadline_s=30.0)
    assert anyio.current_time() - began < 1.0


@pytest.mark.anyio
async def test_a_wait_that_the_server_asks_for_is_obeyed() -> None:
    """`Retry-After` takes the place of the policy's own wait, for a 429 and for a 503."""
    script = Script((429, {"retry-after": "7"}, b""), (503, {"retry-after": "9"}, b""), FOUND)
    await make(script).search_people(WHO)
    waits = [b - a for a, b in zip(script.at, script.at[1:], strict=False)]
    assert waits == pytest.approx([7.1, 9.1], abs=0.01)


@pytest.mark.anyio
async def test_a_storm_is_stopped_by_the_budget() -> None:
    """When repetitions cannot be afforded the failure is given to the caller."""
    leadiq = make(Script(ServerError("502")), budget=RetryBudget(capacity=0))
    with pytest.raises(ServerError, match="most of this client's calls are failing"):
        await leadiq.search_people(WHO)


@pytest.mark.anyio
@pytest.mark.parametrize("cancel", [False, True])
async def test_closing_waits_for_calls_or_cancels_them(cancel: bool) -> None:
    """Told to cancel, calls end with an error, else by themselves; new ones are refused."""
    leadiq = make(Script(FOUND, took_s=10.0))
    ended: list[Any] = []

    async def call() -> None:
        try:
            ended.append(await leadiq.search_people(WHO))
        except ConfigurationError as error:
            ended.append(error)

    async with anyio.create_task_group() as group:
        group.start_soon(call)
        await anyio.sleep(1.0)
        began = anyio.current_time()
        assert await leadiq._shared.lifecycle.close(cancel=cancel)
        took = anyio.current_time() - began
    assert not await leadiq._shared.lifecycle.close(cancel=cancel)
    assert (took < 1.0) is cancel
    assert isinstance(ended[0], ConfigurationError) is cancel
    with pytest.raises(ConfigurationError, match="the client is closed"):
        await leadiq.search_people(WHO)


@pytest.mark.anyio
async def test_cancelling_a_call_is_cancelling_it() -> None:
    """A caller's own cancellation goes through, and leaves no slot in use."""
    leadiq = make(Script(FOUND, took_s=10.0))
    with anyio.move_on_after(1.0) as scope:
        await leadiq.search_people(WHO, deadline_s=5.0)
    assert scope.cancelled_caught
    assert in_flight(leadiq) == 0


@pytest.mark.anyio
async def test_every_step_is_told_in_order() -> None:
    """Attempt, failure, repetition, attempt, answer, end: with one request id."""
    events: list[Event] = []
    leadiq = make(Script(ServerError("502"), FOUND), watchers=Watchers(events.append))
    await leadiq.search_people(WHO, unlock={Unlock.WORK_EMAIL})
    kinds = [type(event) for event in events]
    assert kinds == [
        AttemptStarted,
        AttemptEnded,
        RetryScheduled,
        AttemptStarted,
        AttemptEnded,
        CallEnded,
    ]
    failure, retry, end = events[1], events[2], events[-1]
    assert isinstance(failure, AttemptEnded)
    assert failure.error == "ServerError"
    assert isinstance(retry, RetryScheduled)
    assert retry.wait_s == pytest.approx(0.25)
    assert isinstance(end, CallEnded)
    receipt = end.receipt
    assert (receipt.attempts, receipt.unlock, end.error) == (2, (Unlock.WORK_EMAIL,), None)
    assert receipt.waited_s == pytest.approx(0.25)
    assert receipt.elapsed_s == pytest.approx(0.45)
    assert str(receipt.price.maximum) == "1"
    ids = {e.receipt.request_id if isinstance(e, CallEnded) else e.request_id for e in events}
    assert ids == {"8000000000000000"}


@pytest.mark.anyio
async def test_an_error_carries_the_receipt_and_survives_pickling() -> None:
    """What was done is on the error, and it is still there after pickling."""
    events: list[Event] = []
    leadiq = make(Script(failed(402)), watchers=Watchers(events.append))
    with pytest.raises(LeadIQError) as ended:
        await leadiq.search_people(WHO)
    copy = pickle.loads(pickle.dumps(ended.value))  # noqa: S301 - our own
    assert copy.receipt == ended.value.receipt
    assert (copy.operation, copy.attempts, copy.request_id) == (
        "SearchPeople",
        1,
        "8000000000000000",
    )
    assert str(copy) == str(ended.value)
    assert isinstance(events[-1], CallEnded)
    assert events[-1].error == "InsufficientCreditsError"


@pytest.mark.anyio
async def test_a_watcher_that_fails_costs_nobody_an_answer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What a watcher raises is logged once, by its kind alone."""

    def broken(_: Event) -> None:
        raise ValueError(MARKER)

    leadiq = make(Script(FOUND, FOUND), watchers=Watchers(broken))
    for _ in range(2):
        assert (await leadiq.search_people(WHO)).results == []
    errors = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert errors == ["a watcher of events failed (ValueError)"]


@pytest.mark.anyio
async def test_middleware_runs_around_every_attempt_the_first_one_outermost() -> None:
    """Each sees each attempt, may look at the reply, and may change it."""
    seen: list[str] = []

    def named(name: str) -> Callable[..., Awaitable[Reply]]:
        async def around(attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
            seen.append(f"{name}{attempt.number}")
            reply = await send()
            seen.append(f"{name}{attempt.number}:{reply.status}")
            return reply

        return around

    leadiq = make(Script((503, {}, b""), FOUND), middleware=(named("a"), named("b")))
    await leadiq.search_people(WHO)
    first, second = (["a1", "b1", "b1:503", "a1:503"], ["a2", "b2", "b2:200", "a2:200"])
    assert seen == first + second


@pytest.mark.anyio
async def test_identical_reads_under_way_share_one_request() -> None:
    """Five tasks that ask the same at once cost one request; a later one costs another."""
    events: list[Event] = []
    script = Script(FOUND, FOUND, took_s=5.0)
    leadiq = make(script, watchers=Watchers(events.append))
    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(ask, leadiq)
    assert len(script.sent) == 1
    await ask(leadiq)
    assert len(script.sent) == 2
    shared = [e.receipt.coalesced for e in events if isinstance(e, CallEnded)]
    assert sorted(shared) == [False, False, True, True, True, True]


async def ask(leadiq: GeneratedClient, **options: Any) -> Any:
    return await leadiq.search_people(WHO, coalesce=True, **options)


@pytest.mark.anyio
async def test_reads_that_differ_and_writes_share_nothing() -> None:
    """Another unlock is another request, and a write is always one of its own."""
    script = Script(FOUND, FOUND, LIST, LIST)
    leadiq = make(script)
    async with anyio.create_task_group() as group:
        group.start_soon(ask, leadiq)
        await anyio.sleep(0.01)
        await leadiq.search_people(WHO, coalesce=True, unlock={Unlock.WORK_EMAIL})
    async with anyio.create_task_group() as group:
        for _ in range(2):
            group.start_soon(write, leadiq)
    assert len(script.sent) == 4


async def write(leadiq: GeneratedClient) -> None:
    await leadiq.create_list(CreateListInput(name="leads"), coalesce=True)


@pytest.mark.anyio
async def test_the_first_callers_cancellation_does_not_take_the_answer_from_others() -> None:
    """The request goes on while anybody waits for it."""
    script = Script(FOUND, took_s=5.0)
    leadiq = make(script)
    answers: list[Any] = []

    async def second() -> None:
        answers.append(await ask(leadiq))

    async with anyio.create_task_group() as group:
        with anyio.move_on_after(2.0):
            group.start_soon(second)
            await ask(leadiq)
    assert len(answers) == len(script.sent) == 1


@pytest.mark.anyio
async def test_a_request_that_nobody_waits_for_is_cancelled() -> None:
    """When the last one leaves, the slot is free again."""
    script = Script(FOUND, FOUND, took_s=5.0)
    leadiq = make(script)
    with pytest.raises(RequestTimeoutError):
        await ask(leadiq, deadline_s=1.0)
    await anyio.sleep(0.01)
    assert in_flight(leadiq) == 0
    await ask(leadiq)
    assert len(script.sent) == 2


@pytest.mark.anyio
async def test_a_shared_failure_is_everybodys_own() -> None:
    """Each who waits gets an error of its own, with its own receipt."""
    leadiq = make(Script(failed(402), took_s=5.0))
    errors: list[LeadIQError] = []

    async def failing() -> None:
        with pytest.raises(LeadIQError) as ended:
            await ask(leadiq)
        errors.append(ended.value)

    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(failing)
    assert len({id(error) for error in errors}) == 3
    assert {type(error).__name__ for error in errors} == {"InsufficientCreditsError"}


@pytest.mark.anyio
async def test_nothing_personal_is_in_logs_events_and_errors(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Markers in every input are in no log record, event, error text or error repr."""
    caplog.set_level(logging.DEBUG, logger="leadiq")
    events: list[Event] = []
    message = {"message": f"no {MARKER} Grace-Marker +1 555 0199 1234", "path": [MARKER]}
    leadiq = make(
        Script((503, {}, MARKER.encode()), {"errors": [message]}), watchers=Watchers(events.append)
    )
    with pytest.raises(LeadIQError) as ended:
        await leadiq.search_people(WHO)
    texts = [repr(events), str(ended.value), repr(ended.value), repr(ended.value.errors)]
    texts += [repr(vars(record)) for record in caplog.records]
    assert len(caplog.records) >= 5
    for marker in (MARKER, "Grace-Marker", "0199"):
        assert not [text for text in texts if marker in text]


def test_options_are_checked_before_anything_is_sent() -> None:
    """Clocks are positive, and an error names the one that is not."""
    for name in ("timeout_s", "slot_timeout_s", "deadline_s"):
        for value in (0.0, -1.0, float("nan")):
            with pytest.raises(ConfigurationError, match=f"{name} has to be greater than 0"):
                Options(**{name: value})  # type: ignore[arg-type]


def test_options_without_changes_are_the_same_ones() -> None:
    """Nothing is copied when nothing changes."""
    options = Options(retry=RetryPolicy(attempts=1))
    assert options.with_() is options
    assert options.with_(deadline_s=3.0) == Options(retry=RetryPolicy(attempts=1), deadline_s=3.0)

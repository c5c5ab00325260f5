"""One call and its clocks: deadlines, slot timeouts, closing, events, middleware, coalescing."""

from __future__ import annotations

import asyncio
import logging
import pickle
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from math import inf
from typing import Any

import anyio
import pytest
from pydantic import BaseModel

from leadiq._conduct.events import (
    CANCELLED,
    AttemptEnded,
    AttemptStarted,
    CallEnded,
    Event,
    RetryScheduled,
    Watchers,
)
from leadiq._conduct.options import Options
from leadiq._conduct.pacing import GateState, LocalPacer
from leadiq._conduct.retry import RetryBudget, RetryPolicy
from leadiq._conduct.shared import Attempt, Shared
from leadiq._conduct.slots import Slots
from leadiq._core.errors import (
    ConfigurationError,
    ConnectError,
    LeadIQError,
    RateLimitError,
    RequestTimeoutError,
    ServerError,
    SlotTimeoutError,
    TransportError,
)
from leadiq._core.pricing import Unlock
from leadiq._generated import operations
from leadiq._generated.client import GeneratedClient
from leadiq._generated.get_account import GetAccount
from leadiq._http.transport import Reply
from leadiq.types import CreateListInput, SearchPeopleInput
from script import FOUND, LIST, Script, failed
from virtual_time import anyio_backend  # noqa: F401

MARKER = "grace.hopper@example.com"
WHO = SearchPeopleInput(email=MARKER, first_name="Grace-Marker", phone="+1 555 0199 1234")


def make(script: Script, *, limit: int = 600, **shared: Any) -> GeneratedClient:
    pacer = LocalPacer(Slots(limit, 60.0, burst=limit))
    watchers = shared.pop("watchers", Watchers())
    options = Options(middleware=shared.pop("middleware", ()))
    return GeneratedClient(Shared(script, pacer, watchers, lambda: 0.5, **shared), options)  # type: ignore[arg-type]


def in_flight(leadiq: GeneratedClient) -> int:
    return leadiq._shared.pacer.statistics().in_flight


@pytest.mark.anyio
async def test_a_gate_that_stays_closed_beyond_the_deadline_ends_a_call_at_once() -> None:
    """A 429 that asks for an hour is told to every call that cannot wait so long; others wait."""
    hour = {"retry-after": "3600"}
    leadiq = make(Script((429, hour, b""), FOUND), limit=600)
    with pytest.raises(RateLimitError):
        await leadiq.search_people(WHO)
    began = anyio.current_time()
    with pytest.raises(RateLimitError, match="closed for 3600 more seconds, which is after") as no:
        await leadiq.search_people(WHO, deadline_s=60)
    assert (anyio.current_time(), no.value.sent, no.value.attempts) == (began, False, 0)
    await leadiq.search_people(WHO, deadline_s=4000)
    assert anyio.current_time() == pytest.approx(began + 3600, abs=1)


@pytest.mark.anyio
async def test_a_deadline_that_has_passed_at_once_is_one() -> None:
    """An open gate has nothing to do with it."""
    leadiq = make(Script(FOUND))
    with pytest.raises(RequestTimeoutError, match="deadline of 1e-09 seconds"):
        await leadiq.search_people(WHO, deadline_s=1e-9)


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
        with pytest.raises(RequestTimeoutError, match="waiting for a slot") as ended:
            await leadiq.search_people(WHO, deadline_s=5.0)
    assert not ended.value.sent
    assert len(script.sent) == 1


@pytest.mark.anyio
async def test_an_error_tells_whether_any_attempt_may_have_been_seen() -> None:
    """A last attempt that was refused does not make an earlier one, without an answer, unsent."""
    lost, refused = RequestTimeoutError("no answer"), ConnectError("refused", sent=False)
    with pytest.raises(ConnectError) as ended:
        await make(Script(lost, refused, refused, refused)).search_people(WHO)
    assert ended.value.sent
    with pytest.raises(ConnectError) as ended:
        await make(Script(*[ConnectError("refused", sent=False)] * 4)).search_people(WHO)
    assert not ended.value.sent


@pytest.mark.anyio
async def test_a_redirect_was_not_taken() -> None:
    """What the protocol knows not to have been taken stays unsent."""
    with pytest.raises(ConfigurationError) as ended:
        await make(Script((307, {}, b""))).search_people(WHO)
    assert not ended.value.sent


@pytest.mark.anyio
async def test_refusing_slots_does_not_look_at_the_whole_queue() -> None:
    """Thousands may be refused in one moment; statistics for each would stop the event loop."""
    leadiq = make(Script(FOUND, took_s=100.0), limit=1)
    asked: list[None] = []
    pacer = leadiq._shared.pacer
    pacer.statistics = lambda: asked.append(None)  # type: ignore[method-assign,assignment,return-value]
    with anyio.move_on_after(10.0):
        async with anyio.create_task_group() as group:
            group.start_soon(leadiq.search_people, WHO)
            await anyio.sleep(1.0)
            with pytest.raises(SlotTimeoutError, match="within 2 seconds"):
                await leadiq.search_people(WHO, slot_timeout_s=2.0)
    assert not asked


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
    """A slot timeout that is not reached changes nothing, and the slot comes back."""
    leadiq = make(Script(FOUND))
    found = await leadiq.search_people(WHO, slot_timeout_s=3.0, deadline_s=10.0)
    assert found.results == []
    assert in_flight(leadiq) == 0


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
@pytest.mark.parametrize("lost", [TransportError("cut", sent=True), ConnectError("x", sent=False)])
async def test_a_probe_whose_request_failed_opens_nothing(lost: LeadIQError) -> None:
    """After a 429, only LeadIQ's own answer lets the others follow the one that went ahead."""
    leadiq = make(Script(failed(429), lost, FOUND, FOUND, took_s=1.0))
    once = RetryPolicy(attempts=1, window_s=30.0)
    with pytest.raises(RateLimitError):
        await leadiq.search_people(WHO, retry=once)
    async with anyio.create_task_group() as group:
        with pytest.raises(type(lost)):
            await leadiq.search_people(WHO, retry=once)
        group.start_soon(leadiq.search_people, WHO)
        group.start_soon(leadiq.search_people, WHO)
        await anyio.sleep(0.5)
        assert in_flight(leadiq) == 1
        assert leadiq._shared.pacer.statistics().gate is GateState.PROBING
    assert leadiq._shared.pacer.statistics().gate is GateState.RAMP


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
        await leadiq._shared.lifecycle.close(cancel=cancel)
        took = anyio.current_time() - began
    await leadiq._shared.lifecycle.close(cancel=cancel)
    assert (took < 1.0) is cancel
    assert isinstance(ended[0], ConfigurationError) is cancel
    with pytest.raises(ConfigurationError, match="the client is closed"):
        await leadiq.search_people(WHO)


@pytest.mark.anyio
async def test_a_deadline_that_passes_while_the_client_closes_is_a_deadline() -> None:
    """A close that waits is not what ended the call."""
    leadiq = make(Script(FOUND, took_s=100.0))

    async def call() -> None:
        with pytest.raises(RequestTimeoutError, match="deadline of 5 seconds"):
            await leadiq.search_people(WHO, deadline_s=5)

    async with anyio.create_task_group() as group:
        group.start_soon(call)
        await anyio.sleep(1.0)
        await leadiq._shared.lifecycle.close(cancel=False)


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
@pytest.mark.parametrize("how", ["deadline", "cancelled"])
async def test_what_was_begun_is_told_to_have_ended_when_it_is_cancelled(how: str) -> None:
    """Every attempt and every call that began has an end, and its time was not waiting."""
    events: list[Event] = []
    leadiq = make(Script(FOUND, took_s=100.0), watchers=Watchers(events.append))
    with suppress(RequestTimeoutError), anyio.move_on_after(5.0 if how == "cancelled" else inf):
        await leadiq.search_people(WHO, deadline_s=5.0 if how == "deadline" else None)
    _, attempt, call = events
    assert isinstance(attempt, AttemptEnded)
    assert attempt.error == CANCELLED
    assert attempt.elapsed_s == pytest.approx(5.0)
    assert isinstance(call, CallEnded)
    assert call.error == (CANCELLED if how == "cancelled" else "RequestTimeoutError")
    assert call.receipt.waited_s == pytest.approx(0.0)


@pytest.mark.anyio
async def test_what_middleware_raises_is_told_by_its_kind_alone() -> None:
    """The attempt and the call have ended, and the error is the middleware's own."""

    async def broken(_: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        await send()
        raise ValueError(MARKER)

    events: list[Event] = []
    leadiq = make(Script(FOUND), middleware=[broken], watchers=Watchers(events.append))
    with pytest.raises(ValueError, match=MARKER):
        await leadiq.search_people(WHO)
    assert [e.error for e in events if not isinstance(e, AttemptStarted)] == ["ValueError"] * 2
    assert in_flight(leadiq) == 0


@pytest.mark.anyio
async def test_middleware_that_forgets_to_return_is_told_of() -> None:
    """The error says what to write, and that the request was sent."""

    async def forgetful(_: Attempt, send: Callable[[], Awaitable[Reply]]) -> None:
        await send()

    with pytest.raises(ConfigurationError, match="has to return one") as ended:
        await make(Script(FOUND), middleware=[forgetful]).search_people(WHO)
    assert ended.value.sent


@pytest.mark.anyio
async def test_a_log_that_fails_costs_nobody_an_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A filter of somebody's raises at every record; the call is answered all the same."""
    caplog.set_level(logging.DEBUG, logger="leadiq")

    def broken(_: logging.LogRecord) -> bool:
        raise ValueError(MARKER)

    monkeypatch.setattr(logging.getLogger("leadiq"), "filters", [broken])
    assert (await make(Script(FOUND)).search_people(WHO)).results == []


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
    shared = [error.receipt.coalesced for error in errors if error.receipt]
    assert sorted(shared) == [False, True, True]


@pytest.mark.anyio
async def test_who_shares_a_request_and_is_out_of_time_may_have_been_seen() -> None:
    """Its own call sent nothing, but the request that it waited for was on its way."""
    leadiq = make(Script(FOUND, took_s=5.0))
    async with anyio.create_task_group() as group:
        group.start_soon(ask, leadiq)
        await anyio.sleep(1.0)
        with pytest.raises(RequestTimeoutError) as ended:
            await ask(leadiq, deadline_s=1.0)
    assert ended.value.sent
    assert "waiting for a slot" not in str(ended.value)


@pytest.mark.anyio
async def test_the_same_words_wanted_as_another_model_are_another_request() -> None:
    """Nobody gets an answer of somebody else's type."""

    class Other(BaseModel):
        account: Any = None

    leadiq = make(Script(*[{"data": {"account": None}}] * 2))
    answers: list[Any] = []

    async def as_a(model: type[BaseModel]) -> None:
        answers.append(await leadiq._execute(operations.GET_ACCOUNT, model, {}, coalesce=True))

    async with anyio.create_task_group() as group:
        group.start_soon(as_a, Other)
        group.start_soon(as_a, GetAccount)
    assert {type(answer) for answer in answers} == {Other, GetAccount}


@pytest.mark.anyio
async def test_an_error_that_cannot_be_copied_is_shared_as_it_is() -> None:
    """An exception of a middleware's with arguments of its own reaches who asked."""

    class OddError(Exception):
        def __init__(self, one: int, other: int) -> None:
            super().__init__(f"{one} and {other}")

    async def broken(_: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        await send()
        raise OddError(1, 2)

    with pytest.raises(OddError, match="1 and 2"):
        await ask(make(Script(FOUND), middleware=[broken]))


def test_a_shared_request_that_somebody_cancels_gives_nobody_nothing() -> None:
    """When every task but the callers' is cancelled, they get an error, and not None."""

    async def main() -> None:
        leadiq = make(Script(FOUND, took_s=5.0))
        asking = asyncio.create_task(ask(leadiq))
        await asyncio.sleep(0.01)
        for task in asyncio.all_tasks() - {asking, asyncio.current_task()}:
            task.cancel()
        with pytest.raises(TransportError, match="was cancelled"):
            await asking

    asyncio.run(main())


@pytest.mark.anyio
async def test_nothing_personal_is_in_logs_events_and_errors(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Markers in every input are in no log record, event, error, traceback or pickle."""
    caplog.set_level(logging.DEBUG, logger="leadiq")
    events: list[Event] = []
    said = f"no {MARKER} Grace-Marker +1 555 0199 1234 for Key-Marker"
    message = {"message": said, "path": [MARKER]}
    leadiq = make(
        Script((503, {}, MARKER.encode()), {"errors": [message]}),
        watchers=Watchers(events.append),
        secrets=("Key-Marker",),
    )
    with pytest.raises(LeadIQError) as ended:
        await leadiq.search_people(WHO)
    texts = [repr(events), str(ended.value), repr(ended.value), repr(ended.value.errors)]
    texts += [repr(vars(record)) for record in caplog.records]
    texts += [str(pickle.dumps(ended.value)), *traceback.format_exception(ended.value)]
    assert len(caplog.records) >= 5
    for marker in (MARKER, "Grace-Marker", "555 0199", "Key-Marker"):
        assert not [text for text in texts if marker in text]


def test_what_middleware_sees_shows_no_body() -> None:
    """An attempt and a reply hold personal data; their repr, which ends up in logs, does not."""
    attempt = Attempt("id", "SearchPeople", 2, MARKER.encode())
    reply = Reply(200, {"set-cookie": MARKER}, MARKER.encode())
    assert repr(attempt) == "<attempt 2 of SearchPeople, id>"
    assert f"{reply}" == f"<reply with status 200, {len(MARKER)} bytes>"


def test_options_are_checked_before_anything_is_sent() -> None:
    """Clocks are positive, and an error names the one that is not."""
    for name in ("timeout_s", "slot_timeout_s", "deadline_s"):
        for value in (0.0, -1.0, float("nan")):
            with pytest.raises(ConfigurationError, match=f"{name} has to be greater than 0"):
                Options(**{name: value})  # type: ignore[arg-type]
        for other in (True, "5"):
            with pytest.raises(ConfigurationError, match=f"{name} has to be greater than 0"):
                Options(**{name: other})  # type: ignore[arg-type]
    assert Options(timeout_s=1, slot_timeout_s=None, deadline_s=None).timeout_s == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("timeout_s", None), ("lane", "bulk"), ("middleware", print), ("retry", 3)],
)
def test_options_of_the_wrong_kind_are_refused_by_name(name: str, value: Any) -> None:
    """What would fail after a request was sent, or do something else, fails before."""
    with pytest.raises(ConfigurationError, match=f"^{name} has to be") as refused:
        Options(**{name: value})
    assert not refused.value.sent


def test_options_without_changes_are_the_same_ones() -> None:
    """Nothing is copied when nothing changes."""
    options = Options(retry=RetryPolicy(attempts=1))
    assert options.with_() is options
    assert options.with_(deadline_s=3.0) == Options(retry=RetryPolicy(attempts=1), deadline_s=3.0)

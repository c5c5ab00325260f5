"""A tracking run: started once, waited for, read to the end, taken up again, cancelled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import anyio
import pytest

from leadiq import (
    ConnectError,
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    OutcomeUnknownError,
    RequestTimeoutError,
    ServerError,
    StillRunningError,
    TrackingCancelledError,
    TrackingError,
    TrackingFailedError,
    TrackingTimeoutError,
)
from leadiq._engine.runs import TrackingRun
from leadiq.types import StartCompanyTrackingTaskInput
from script import Script, failed
from team_replies import begun, cancelled, changes, looked, refused, scripted
from virtual_time import anyio_backend  # noqa: F401

START = StartCompanyTrackingTaskInput(months_back=1)
LOST = RequestTimeoutError("no answer", sent=True)


def running(script: Script, **words: Any) -> TrackingRun[Any, Any]:
    if "task_id" not in words:
        words["start"] = START
    return scripted(script).track_companies(**words)


def sent(script: Script) -> list[str]:
    return [body["operationName"] for body in script.sent]


async def ids(run: AsyncIterator[Any]) -> list[str]:
    return [change.id async for change in run]


@pytest.mark.anyio
async def test_a_run_is_started_waited_for_and_read() -> None:
    """One start, looks at growing intervals, then the job changes of every page."""
    script = Script(
        begun(), looked(), looked(), looked("Successful", warning="w"), changes("1", "2", end="2"),
        changes("3"),
    )  # fmt: skip
    run = running(script)
    assert repr(run) == "<TrackingRun not started>"
    assert run.token is None
    assert await ids(run) == ["1", "2", "3"]
    assert sent(script)[0] == "StartCompanyTrackingTask"
    assert sent(script).count("GetCompanyTrackingTask") == 3
    waits = [later - at - 0.1 for at, later in zip(script.at[1:3], script.at[2:4], strict=True)]
    assert waits == pytest.approx([5.0, 7.5], abs=0.1)
    assert run.state.warning == "w"
    assert repr(run) == "<TrackingRun started>"
    with pytest.raises(StopAsyncIteration):
        await anext(run)
    assert not script.replies


@pytest.mark.anyio
async def test_starting_gives_the_id_and_starts_once() -> None:
    """`start` can be called first, to keep the id, and again: one request."""
    script = Script(begun(), looked("Successful"), changes("1"))
    run = running(script)
    assert await run.start() == await run.start() == run.id == "task-1"
    assert await ids(run) == ["1"]
    assert sent(script).count("StartCompanyTrackingTask") == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    "lost",
    [LOST, failed(500), begun(task=None), {"data": {"nonsense": 1}}],
    ids=["timeout", "500", "no task", "unreadable"],
)
async def test_a_start_whose_outcome_is_unknown_is_never_repeated(lost: Any) -> None:
    """It may have been taken and charged: the error comes through, then it says so and stays."""
    script = Script(lost)
    run = running(script)
    with pytest.raises(LeadIQError) as first:
        await anext(run)
    assert not isinstance(first.value, OutcomeUnknownError)
    for again in (run.start, run.wait, run.__anext__):
        with pytest.raises(OutcomeUnknownError, match="not started again"):
            await again()
    assert len(script.sent) == 1


@pytest.mark.anyio
async def test_a_start_that_was_cancelled_in_the_middle_is_never_repeated() -> None:
    """Nobody knows what LeadIQ did with a request that was given up."""
    script = Script(begun(), took_s=10.0)
    run = running(script)
    with anyio.move_on_after(1):
        await run.start()
    with pytest.raises(OutcomeUnknownError):
        await run.start()
    assert len(script.sent) == 1


@pytest.mark.anyio
async def test_a_start_that_was_not_taken_can_be_tried_again() -> None:
    """Refused by LeadIQ, or never sent: then starting again is safe, and is done."""
    broke = begun(success=False, task=None, errorCode="InsufficientCredits")
    unsent = [ConnectError("down", sent=False)] * 4
    script = Script(broke, *unsent, begun(), looked("Successful"), changes())
    run = running(script)
    with pytest.raises(InsufficientCreditsError, match="buy some"):
        await run.start()
    with pytest.raises(ConnectError):
        await run.start()
    assert await ids(run) == []


@pytest.mark.anyio
async def test_a_start_beside_an_error_is_a_start() -> None:
    """A task that came with an error is there, and was paid for."""
    answer = begun()["data"]["startCompanyTrackingTask"]
    script = Script(refused("half", startCompanyTrackingTask=answer))
    assert await running(script).start() == "task-1"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ({"status": "Failed", "error": "why of ada@example.com"}, TrackingFailedError),
        ({"isTimeout": True}, TrackingTimeoutError),
        ({"isCancelled": True}, TrackingCancelledError),
    ],
    ids=["failed", "timeout", "cancelled"],
)
async def test_a_bad_end_gives_what_was_found_and_then_raises(
    end: dict[str, Any], kind: type[TrackingError]
) -> None:
    """Nothing that was paid for is withheld, and the failure is not passed over; each time."""
    script = Script(looked(**end), changes("1"))
    run = running(script, task_id="task-1")
    assert (await anext(run)).id == "1"
    for again in (run.__anext__, run.__anext__, run.wait):
        with pytest.raises(kind) as ended:
            await again()
        assert ended.value.run_id == "task-1"
        assert "ada@" not in str(ended.value)
    assert len(script.sent) == 2


@pytest.mark.anyio
async def test_a_failed_run_without_readable_findings_tells_of_its_failure() -> None:
    """The failure wins over the error of reading, which is chained."""
    script = Script(looked("Failed"), refused("no job changes"))
    run = running(script, task_id="task-1")
    with pytest.raises(TrackingFailedError) as ended:
        await anext(run)
    assert isinstance(ended.value.__cause__, LeadIQError)


@pytest.mark.anyio
async def test_an_error_of_reading_comes_through_and_reading_goes_on() -> None:
    """A page that fails is asked for again by the next step; nothing is lost."""
    script = Script(looked("Successful"), refused("not now"), changes("1"))
    run = running(script, task_id="task-1")
    with pytest.raises(LeadIQError, match="not now"):
        await anext(run)
    assert await ids(run) == ["1"]


@pytest.mark.anyio
async def test_a_run_is_taken_up_again_behind_what_was_given() -> None:
    """With the id and the token another process goes on, and starts nothing."""
    script = Script(looked("Successful"), changes("1", "2", end="2"))
    first = running(script, task_id="task-1")
    assert (await anext(first)).id == "1"
    script = Script(looked("Successful"), changes("1", "2", end="2"), changes("3"))
    second = running(script, task_id="task-1", resume=first.token)
    assert await ids(second) == ["2", "3"]
    assert "StartCompanyTrackingTask" not in sent(script)


@pytest.mark.anyio
async def test_patience_ends_with_the_id_and_waiting_again_goes_on() -> None:
    """After `wait_s` the error has the run's id; the run waits again when asked again."""
    script = Script(begun(), looked(), looked(), looked("Successful"), changes("1"))
    run = running(script, wait_s=3)
    began = anyio.current_time()
    with pytest.raises(StillRunningError, match="not over after 3 seconds; LeadIQ goes on") as late:
        await run.wait()
    assert anyio.current_time() - began < 4
    assert late.value.run_id == "task-1"
    assert (await run.wait()).status == "Successful"
    assert await ids(run) == ["1"]


@pytest.mark.anyio
async def test_a_run_can_be_cancelled_while_it_is_waited_for() -> None:
    """Another task cancels it; who waits hears of it."""
    script = Script(looked(), cancelled(success=True), looked(isCancelled=True), changes())
    run = running(script, task_id="task-1")
    ended: list[type[LeadIQError]] = []

    async def wait() -> None:
        with pytest.raises(TrackingCancelledError) as error:
            await run.wait()
        ended.append(type(error.value))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(wait)
        await anyio.sleep(1)
        assert await run.cancel("enough")
    assert ended == [TrackingCancelledError]
    assert script.sent[1]["variables"] == {"input": {"id": "task-1", "reason": "enough"}}


@pytest.mark.anyio
async def test_cancelling_says_when_it_was_too_late() -> None:
    """A run that has ended is not cancelled; one that nobody knows is an error; null is neither."""
    for code, expected in (("AlreadyCompleted", False), ("AlreadyCanceled", True)):
        run = running(Script(cancelled(success=False, code=code)), task_id="task-1")
        assert await run.cancel() is expected
    for reply in (
        cancelled(success=False, code="NotFound"),
        {"data": {"cancelCompanyTrackingTask": None}},
    ):
        with pytest.raises(TrackingError):
            await running(Script(reply), task_id="task-1").cancel()


@pytest.mark.anyio
async def test_a_run_that_is_cancelled_before_it_starts_never_starts() -> None:
    """Nothing is sent, and iterating gives nothing."""
    script = Script()
    run = running(script)
    assert not await run.cancel()
    assert await ids(run) == []
    assert script.sent == []


@pytest.mark.anyio
async def test_closing_leaves_the_run_at_leadiq() -> None:
    """`aclose` ends the iteration here, and asks nothing of LeadIQ."""
    script = Script(looked("Successful"), changes("1", "2"))
    run = running(script, task_id="task-1")
    assert (await anext(run)).id == "1"
    await run.aclose()
    assert await ids(run) == []
    assert len(script.sent) == 2


@pytest.mark.anyio
async def test_two_tasks_do_not_start_one_run_twice() -> None:
    """The second one is refused while the first is at it."""
    script = Script(begun(), took_s=5.0)
    run = running(script)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run.start)
        await anyio.sleep(1)
        with pytest.raises(anyio.BusyResourceError, match="already using this resource"):
            await run.start()
    assert len(script.sent) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("after_s", [0.05, 3.0, 5.15, 5.25], ids=["look", "sleep", "look2", "page"])
async def test_cancelling_at_any_moment_loses_nothing(after_s: float) -> None:
    """Whenever the caller gives up, iterating again gives every job change once."""

    class Patient(Script):
        """Answers by what is asked: a request that is given up takes no reply with it."""

        async def post(self, body: bytes, timeout_s: float) -> Any:
            page = b"JobChanges" in body
            done = anyio.current_time() - began > 4
            self.replies = [
                changes("1", "2") if page else looked("Successful" if done else "Processing")
            ]
            return await super().post(body, timeout_s)

    began = anyio.current_time()
    run = running(Patient(), task_id="task-1")
    with anyio.move_on_after(after_s) as scope:
        await anext(run)
    assert scope.cancelled_caught
    assert await ids(run) == ["1", "2"]


def test_bad_arguments_are_refused_before_anything_is_sent() -> None:
    """Exactly one of start and id, a resume token only with an id, and a wait that is one."""
    leadiq = scripted(Script())
    with pytest.raises(InputError, match="give exactly one"):
        leadiq.track_companies()
    with pytest.raises(InputError, match="give exactly one"):
        leadiq.track_companies(START, task_id="task-1")
    with pytest.raises(InputError, match="needs the task_id"):
        leadiq.track_companies(START, resume="token")
    with pytest.raises(InputError, match="resume"):
        leadiq.track_companies(task_id="task-1", resume="token")
    with pytest.raises(InputError, match="wait_s"):
        leadiq.track_companies(START, wait_s=-1)


@pytest.mark.anyio
async def test_a_task_that_does_not_exist_is_told() -> None:
    """No task under the id is an error of its own, not an endless wait."""
    with pytest.raises(TrackingError, match="no such run") as unknown:
        await anext(running(Script({"data": {"companyTrackingTask": None}}), task_id="task-1"))
    assert unknown.value.code == "NotFound"
    assert not isinstance(unknown.value, ServerError)

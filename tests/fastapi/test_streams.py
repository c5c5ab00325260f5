"""Results as they come."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest
from starlette.requests import ClientDisconnect

from fastapi import FastAPI
from in_process import scripted
from leadiq import Attempt, LeadIQ, Reply, ServerError
from leadiq.fastapi import EventStream, JSONLines, LeadIQDep
from leadiq.sandbox import Latency, Refused
from leadiq.testing import LocalSandbox
from script import Script
from visits import Visit, application, open_for_ever, started, until


class Source:
    """Items that a test can watch being taken.

    Args:
        count: how many there are.
        pause_s: seconds before each.
        broken: what is raised behind the last.
    """

    def __init__(self, count: int, pause_s: float = 0.0, broken: Exception | None = None) -> None:
        self.taken = 0
        self.closed = False
        self._count = count
        self._pause_s = pause_s
        self._broken = broken

    async def items(self) -> AsyncGenerator[int]:
        try:
            with anyio.CancelScope():  # breaks when it is left in another task
                for number in range(self._count):
                    await anyio.sleep(self._pause_s)
                    self.taken += 1
                    yield number
                if self._broken:
                    raise self._broken
        finally:
            self.closed = True

    @asynccontextmanager
    async def entered(self) -> AsyncGenerator[AsyncIterable[int]]:
        async with anyio.create_task_group():  # the same
            yield self.items()


def service(make: Callable[..., Any]) -> FastAPI:
    """An application with one stream."""
    app = application(open_for_ever(scripted(Script())))

    @app.get("/", response_model=None)
    async def stream() -> Any:
        return make()

    return app


async def visited(make: Callable[..., Any]) -> Visit:
    """Read a stream to its end."""
    async with started(service(make)) as app:
        visit = Visit(app, "/")
        await visit.run()
    return visit


@pytest.mark.anyio
async def test_lines_come_one_by_one() -> None:
    """Each item is a line, and the last says what it came to."""
    source = Source(3)
    visit = await visited(lambda: JSONLines(source.items(), last=lambda _: {"sum": 3}))
    assert visit.text == '0\n1\n2\n{"sum":3}\n'
    headers = dict(visit.sent[0]["headers"])
    assert headers[b"content-type"] == b"application/jsonl"
    assert headers[b"cache-control"] == b"no-store"
    assert visit.is_whole
    assert source.closed


def test_what_cannot_be_streamed_is_refused_at_once() -> None:
    """Before a status says that all is well."""
    with pytest.raises(TypeError, match=r"async iterable.*not list"):
        JSONLines([1, 2])  # type: ignore[arg-type]


@pytest.mark.anyio
async def test_events_come_one_by_one() -> None:
    """The end is an event of its own, so that a browser does not ask again."""
    source = Source(2)
    render = lambda number: {"number": number}  # noqa: E731
    visit = await visited(
        lambda: EventStream(source.entered(), render=render, last=lambda _: {}, status_code=201)
    )
    assert visit.text == 'data: {"number":0}\n\ndata: {"number":1}\n\nevent: end\ndata: {}\n\n'
    assert visit.sent[0]["status"] == 201
    assert dict(visit.sent[0]["headers"])[b"content-type"].startswith(b"text/event-stream")


@pytest.mark.anyio
async def test_whoever_reads_slowly_slows_the_asking_down() -> None:
    """Nothing is taken ahead of what was read but the item that waits to be sent."""
    source = Source(100)
    async with started(service(lambda: JSONLines(source.items()))) as app:
        visit = Visit(app, "/")
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(visit.run)
            await until(lambda: source.taken > 3)
            visit.may_go_on = anyio.Event()
            await anyio.wait_all_tasks_blocked()
            before = source.taken
            await anyio.wait_all_tasks_blocked()
            assert source.taken == before <= len(visit.sent) + 2
            visit.may_go_on.set()
    assert source.taken == 100
    assert visit.is_whole


@pytest.mark.anyio
@pytest.mark.parametrize("reads", [True, False])
async def test_whoever_goes_ends_the_work(reads: bool) -> None:
    """Also while nothing is read, the source is left in the task that entered it."""
    source = Source(1000, pause_s=0.001)
    async with started(service(lambda: EventStream(source.entered()))) as app:
        visit = Visit(app, "/")
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(visit.run)
            await until(lambda: source.taken > 1)
            if not reads:
                visit.may_go_on = anyio.Event()
                await anyio.wait_all_tasks_blocked()
            visit.gone.set()
    assert source.taken < 1000
    assert source.closed
    assert not visit.is_whole


@pytest.mark.anyio
async def test_a_server_may_say_by_an_error_that_nobody_is_there() -> None:
    """As ASGI 2.4 has it; an OSError of the source's own is none."""
    source = Source(1000, pause_s=0.001)
    async with started(service(lambda: JSONLines(source.items()))) as app:
        visit = Visit(app, "/")
        visit.only_by_errors()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(visit.run)
            await until(lambda: source.taken > 1)
            visit.gone.set()
    assert source.closed
    assert not visit.is_whole


@pytest.mark.anyio
@pytest.mark.parametrize("breaks", [0, 1, 2, 3])
async def test_whoever_has_gone_is_told_nothing_more(breaks: int) -> None:
    """Whichever message finds it out: the beginning, an item, the problem, or the end."""
    source = Source(1, broken=ServerError("502"))
    stream, sent = JSONLines(source.items()), list[Any]()

    async def send(message: Any) -> None:
        if len(sent) == breaks:
            raise OSError("the connection is closed")
        sent.append(message)

    await stream({"type": "http"}, anyio.sleep_forever, send)
    assert len(sent) == breaks


@pytest.mark.anyio
@pytest.mark.parametrize("broken", [ValueError("ours"), OSError("disk")])
async def test_a_defect_breaks_the_response_off(broken: Exception) -> None:
    """Nobody may take it for whole: the last piece is never sent."""
    source = Source(2, broken=broken)
    async with started(service(lambda: JSONLines(source.items()))) as app:
        visit = Visit(app, "/")
        with pytest.raises(type(broken)):
            await visit.run()
    assert visit.text == "0\n1\n"
    assert not visit.is_whole


@pytest.mark.anyio
async def test_an_error_behind_the_first_item_is_the_last_item(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What LeadIQ did is told in the stream, as a problem."""
    source = Source(2, broken=ServerError("502"))
    visit = await visited(lambda: JSONLines(source.items()))
    *rows, last = visit.text.splitlines()
    assert rows == ["0", "1"]
    assert json.loads(last)["problem"]["status"] == 502
    assert visit.is_whole
    assert "answered 502: ServerError (not sent)" in caplog.text
    events = await visited(lambda: EventStream(Source(0, broken=ServerError("502")).items()))
    assert events.text.startswith("event: problem\n")


@pytest.mark.anyio
async def test_a_visitor_who_has_gone_meanwhile_is_no_error() -> None:
    """A source that noticed it first ends the response."""
    source = Source(1, broken=ClientDisconnect())
    visit = await visited(lambda: JSONLines(source.items()))
    assert visit.text == "0\n"
    assert not visit.is_whole


@pytest.mark.anyio
async def test_an_error_before_the_first_byte_has_a_status(sandbox: LocalSandbox) -> None:
    """What is refused when a job begins is no 200."""
    sandbox.set_faults(Refused(status=401))
    app = application(sandbox.client)

    @app.get("/", response_model=None)
    async def stream(leadiq: LeadIQDep, unlock: str = "work-email") -> JSONLines:
        return JSONLines(leadiq.enrich([{"email": "ada@example.com"}], unlock=unlock))

    async with started(app) as service_:
        assert (await service_.get("/")).status_code == 422  # no budget
        assert (await service_.get("/?unlock=profile")).status_code == 500  # the key


@pytest.mark.anyio
async def test_outcomes_of_a_job_are_streamed(sandbox: LocalSandbox) -> None:
    """With receipts, and the summary of the run as the last line."""
    emails = [one.work_email for one in sandbox.people() if one.work_email][:5]
    app = application(sandbox.client)

    @app.get("/", response_model=None)
    async def stream(leadiq: LeadIQDep) -> JSONLines:
        rows = [{"email": email} for email in emails]
        results = leadiq.enrich(rows, unlock="work-email", budget=100)
        return JSONLines(results, last=lambda run: {"spent": run.summary.spent})

    async with started(app) as service_:
        lines = (await service_.get("/")).text.splitlines()
    *rows, last = map(json.loads, lines)
    assert [row["line"] for row in rows] == [1, 2, 3, 4, 5]
    charged = sum(charge.credits for charge in sandbox.ledger())
    assert last == {"spent": str(charged)}


@pytest.mark.anyio
async def test_a_job_ends_with_its_visitor_and_holds_no_slot(sandbox: LocalSandbox) -> None:
    """What is under way is given up, and nothing more is asked."""
    sandbox.set_faults(Latency(seconds=30, operation="SearchPeople"))
    emails = [one.work_email for one in sandbox.people() if one.work_email][:50]
    app = application(sandbox.client)

    @app.get("/", response_model=None)
    async def stream(leadiq: LeadIQDep) -> JSONLines:
        return JSONLines(leadiq.enrich([{"email": email} for email in emails], batch=1))

    async with started(app) as running:
        leadiq: LeadIQ = running.leadiq
        visit = Visit(running, "/")
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(visit.run)
            await visit.started.wait()
            await until(lambda: leadiq.statistics().in_flight > 0)
            visit.gone.set()
        assert leadiq.statistics().in_flight == 0
        assert leadiq.statistics().waiting["bulk"] == 0
    assert visit.status == 200
    assert not visit.is_whole


@pytest.mark.anyio
@pytest.mark.parametrize("changed", [True, False])
async def test_a_job_of_a_view_has_the_options_of_the_view(
    sandbox: LocalSandbox, changed: bool
) -> None:
    """As `with_options` of the process's own client gives it."""
    seen = list[str]()

    async def look(attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        seen.append(attempt.operation)
        return await send()

    app = application(sandbox.client)

    @app.get("/")
    async def job(leadiq: LeadIQDep) -> list[str]:
        view = leadiq.with_options(middleware=[look]) if changed else leadiq
        async with view.enrich([{"email": "ada@example.com"}], batch=1) as results:
            return [outcome.status async for outcome in results]

    async with started(app) as service_:
        assert (await service_.get("/")).json() == ["not_found"]
    assert ("SearchPeople" in seen) is changed

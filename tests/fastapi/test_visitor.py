"""Whoever goes away takes their lookup with them."""

from __future__ import annotations

import json

import anyio
import pytest
from starlette.requests import ClientDisconnect

from fastapi import FastAPI, Request
from in_process import scripted
from leadiq import Attempt, LeadIQ
from leadiq.fastapi import LeadIQDep
from leadiq.fastapi._visitor import Visitor
from script import FOUND, Script
from virtual_time import anyio_backend  # noqa: F401
from visits import Started, Visit, application, open_for_ever, paced, started

EMAIL = "ada@example.com"


def service(leadiq: LeadIQ) -> FastAPI:
    """An application that looks people up."""
    app = application(open_for_ever(leadiq))

    @app.get("/people")
    async def people(leadiq: LeadIQDep) -> int:
        return (await leadiq.search_people(email=EMAIL)).total_results

    @app.post("/sent")
    async def sent(request: Request, leadiq: LeadIQDep) -> int:
        words = await request.json()
        return (await leadiq.search_people(email=words["email"])).total_results

    @app.get("/twice")
    async def twice(leadiq: LeadIQDep, request: Request) -> int:
        await leadiq.search_people(email=EMAIL)
        visit: Visit = request.app.state.visit
        visit.gone.set()
        return (await leadiq.search_people(email=EMAIL)).total_results

    return app


@pytest.mark.anyio
async def test_a_call_in_the_queue_gives_its_place_back() -> None:
    """Nothing is sent for whoever has gone, and the next in the queue goes when they would have."""
    script = Script(FOUND, FOUND)
    leadiq = paced(script)
    async with started(service(leadiq)) as app:
        await Visit(app, "/people").run()
        leaver, stayer = Visit(app, "/people"), Visit(app, "/people")
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(leaver.run)
            await anyio.sleep(1)
            tasks.start_soon(stayer.run)
            await anyio.sleep(1)
            assert leadiq.statistics().waiting["interactive"] == 2
            leaver.gone.set()
            await anyio.sleep(1)
            assert leadiq.statistics().waiting["interactive"] == 1
    assert (leaver.status, stayer.status) == (499, 200)
    assert len(script.sent) == 2
    assert script.at[1] - script.at[0] == pytest.approx(60.0, abs=1.0)


@pytest.mark.anyio
async def test_a_call_under_way_is_given_up_and_its_slot_comes_back() -> None:
    """The request to LeadIQ ends with the visitor, and no slot is held afterwards."""
    script = Script(FOUND, FOUND, took_s=20.0)
    leadiq = paced(script, 600)
    async with started(service(leadiq)) as app:
        leaver = Visit(app, "/people")
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(leaver.run)
            await anyio.sleep(1)
            assert leadiq.statistics().in_flight == 1
            leaver.gone.set()
        assert leadiq.statistics().in_flight == 0
        stayer = Visit(app, "/people")
        await stayer.run()
    assert (leaver.status, stayer.status) == (499, 200)


@pytest.mark.anyio
async def test_nothing_is_asked_for_somebody_who_has_gone_between_two_calls() -> None:
    """The second call of a request is not begun."""
    script = Script(FOUND, FOUND)
    app = service(scripted(script))
    async with started(app) as running:
        visit = app.state.visit = Visit(running, "/twice")
        await visit.run()
    assert visit.status == 499
    assert len(script.sent) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("body", [(b'{"email": "ada@example.com"}',), (b'{"email": ', b'"a@b.c"}')])
async def test_the_body_stays_readable(body: tuple[bytes, ...]) -> None:
    """An endpoint that reads its request by itself finds it whole."""
    script = Script(FOUND)
    async with started(service(scripted(script))) as app:
        visit = Visit(app, "/sent", "POST", body)
        await visit.run()
    assert visit.status == 200
    assert script.sent[0]["variables"]["input"]["email"] == json.loads(b"".join(body))["email"]


@pytest.mark.anyio
async def test_a_body_that_was_read_is_not_read_again() -> None:
    """FastAPI reads a form before anybody else, and keeps no body."""
    pieces = [{"type": "http.request", "body": b"a=1"}]

    async def receive() -> dict[str, object]:
        return pieces.pop()

    request = Request({"type": "http"}, receive)
    assert [piece async for piece in request.stream()] == [b"a=1", b""]
    assert await Visitor.of(request)


@pytest.mark.anyio
async def test_whoever_goes_before_the_body_is_whole_is_not_served() -> None:
    """Nothing is asked for half a request."""
    script = Script()
    async with started(service(scripted(script))) as app:
        visit = Visit(app, "/sent", "POST", (b'{"email": ', b""))
        visit.interrupt()
        visit.gone.set()
        await visit.run()
    assert visit.status == 499
    assert not script.sent


@pytest.mark.anyio
async def test_every_view_of_it_ends_with_the_visitor() -> None:
    """`with_options` gives a view that ends as well; errors of calls come out as they are."""
    seen = list[BaseException]()

    async def note(attempt: Attempt, send: object) -> object:
        raise ValueError(attempt.operation)

    async def ask(app: Started, visit: Visit) -> None:
        await visit.run()

    leadiq = paced(Script(FOUND))
    app = service(leadiq)

    @app.get("/view")
    async def view(leadiq: LeadIQDep) -> None:
        try:
            await leadiq.with_options(middleware=[note]).search_people(email=EMAIL)  # type: ignore[list-item]
        except ValueError as error:
            seen.append(error)
        try:
            await leadiq.with_options(deadline_s=600).search_people(email=EMAIL)
        except ClientDisconnect as error:
            seen.append(error)

    async with started(app) as running:
        visit = Visit(running, "/view")
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ask, running, visit)
            await anyio.sleep(1)
            visit.gone.set()
    assert [type(one) for one in seen] == [ValueError, ClientDisconnect]


@pytest.mark.anyio
async def test_a_server_that_tells_it_once_is_remembered() -> None:
    """The news that ended one call ends all that the request would begin later."""
    news, gone = [{"type": "http.request"}, {"type": "http.disconnect"}], anyio.Event()

    async def receive() -> dict[str, object]:
        if len(news) == 1:
            await gone.wait()
        return news.pop(0) if news else await anyio.sleep_forever()

    visitor = await Visitor.of(Request({"type": "http"}, receive))
    begun = list[int]()

    async def wait(number: int) -> None:
        async with visitor.waiting():
            begun.append(number)
            gone.set()
            await anyio.sleep_forever()

    with anyio.fail_after(60):
        for number in range(3):
            with pytest.raises(ClientDisconnect):
                await wait(number)
    assert begun == [0]

"""The example is a service: uvicorn's workers, a real Redis, and a sandbox over a socket."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from leadiq.sandbox import SandboxSettings
from leadiq.testing import assert_no_personal_data
from leadiq.testing._people import Somebody, everybody
from redis_server import RedisServer
from service.running import Service, Upstream, redis, serving, upstream

pytest.importorskip("redis", reason="redis-py is not installed: the extra [redis]")

PEOPLE, WORKERS = 400, 2
ACME = {"Authorization": "Bearer token-of-acme"}
ZENITH = {"Authorization": "Bearer token-of-zenith"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed: apt-get install redis-server")
    return tmp_path_factory.mktemp("service")


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[RedisServer]:
    with redis(folder) as server:
        yield server


@pytest.fixture(scope="module")
def leadiq() -> Iterator[Upstream]:
    with upstream(PEOPLE, 0) as found:
        yield found


@pytest.fixture(scope="module")
def service(folder: Path, leadiq: Upstream, store: RedisServer) -> Iterator[Service]:
    running = Service(folder, leadiq, store, limit=60_000, workers=WORKERS, credits=150)
    with serving(running):
        yield running
    assert running.log.read_text() == ""


@pytest.fixture
def http(service: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.url, headers=ACME, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def people() -> list[Somebody]:
    return [one for one in everybody(SandboxSettings(people=PEOPLE)) if one.work_email]


def order(people: list[Somebody], **words: Any) -> dict[str, Any]:
    rows = [{"email": one.work_email} for one in people]
    return {"rows": rows, "unlock": ["work-email"], **words}


def events(http: httpx.Client, job: str) -> list[dict[str, Any]]:
    """Watch a job to its end."""
    with http.stream("GET", f"/jobs/{job}/events") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        told = [line[6:] for line in response.iter_lines() if line.startswith("data: ")]
    return [json.loads(line) for line in told]


def test_one_person(http: httpx.Client, people: list[Somebody]) -> None:
    """Somebody is found with their address; nobody is a 404; nonsense is a 422 that names none."""
    found = http.post("/people", json={"email": people[0].work_email, "unlock": ["work-email"]})
    assert found.status_code == 200
    assert found.json()["id"] == people[0].id
    assert http.post("/people", json={"email": "x@example.com"}).status_code == 404
    assert http.post("/people", json={"email": "ada"}).status_code == 422
    wrong = http.post("/people", json={"email": ["ada@example.com"]})
    assert wrong.status_code == 422
    assert_no_personal_data(wrong.text)


def test_a_job_is_started_watched_and_downloaded(
    http: httpx.Client, people: list[Somebody], leadiq: Upstream
) -> None:
    """A line for each row in their order, and what it cost is what LeadIQ has charged."""
    before = leadiq.charged()
    rows = people[10:60]
    job = http.post("/jobs", json=order(rows)).json()["job"]
    *told, end = events(http, job)
    assert end == {}
    assert (told[-1]["state"], told[-1]["done"], told[-1]["found"]) == ("done", 50, 50)
    assert http.get(f"/jobs/{job}").json() == told[-1]
    lines = list(map(json.loads, http.get(f"/jobs/{job}/rows").text.splitlines()))
    assert [line["person"]["id"] for line in lines] == [one.id for one in rows]
    paid = sum(Decimal(line["receipt"]["price_charged"]) for line in lines)
    assert leadiq.charged() - before == paid == Decimal(told[-1]["spent"])


def test_a_job_is_its_tenants_own(http: httpx.Client, people: list[Somebody]) -> None:
    """Another tenant does not see it, and nobody without a token sees anything."""
    job = http.post("/jobs", json=order(people[:3])).json()["job"]
    events(http, job)
    for path in ("", "/events", "/rows"):
        assert http.get(f"/jobs/{job}{path}", headers=ZENITH).status_code == 404
        assert http.get(f"/jobs/{job}{path}", headers={"Authorization": ""}).status_code == 401
    assert http.post("/people", json={}, headers={"Authorization": "x"}).status_code == 401


def test_rows_are_streamed(http: httpx.Client, people: list[Somebody]) -> None:
    """A line for each, and what they cost at the end."""
    *rows, last = http.post("/enrich", json=order(people[60:70])).text.splitlines()
    assert [json.loads(row)["person"]["id"] for row in rows] == [one.id for one in people[60:70]]
    assert json.loads(last) == {"spent": "10"}


def test_a_tenants_budget_stops_job_and_people(http: httpx.Client, people: list[Somebody]) -> None:
    """A job that is stopped can be gone on with; what is not covered is a 402."""
    job = http.post("/jobs", json=order(people[70:80], budget=2)).json()["job"]
    assert events(http, job)[-2]["reason"] == "BudgetError"
    assert http.get(f"/jobs/{job}/rows").status_code == 409
    assert http.post(f"/jobs/{job}/resume").status_code == 202
    phone = {"email": people[0].work_email, "unlock": ["work-phone", "personal-phone", "company"]}
    answers = [http.post("/people", json={**phone, "email": one.work_email}) for one in people[:30]]
    assert {answer.status_code for answer in answers} == {200, 402}
    assert answers[-1].headers["content-type"] == "application/problem+json"


def test_health(http: httpx.Client) -> None:
    """Every worker knows the limit that all share."""
    assert http.get("/health").json()["limit"] == 60_000


def test_a_job_goes_on_when_the_service_was_restarted(
    service: Service, leadiq: Upstream, people: list[Somebody]
) -> None:
    """The service ends while a job runs, and the next one finishes it; nothing is paid twice."""
    rows, before = people[:300], leadiq.charged()
    leadiq.delay(1.0)
    with httpx.Client(base_url=service.url, headers=ZENITH, timeout=30) as http:
        job = http.post("/jobs", json=order(rows, unlock=[])).json()["job"]
        with http.stream("GET", f"/jobs/{job}/events") as response:
            for line in response.iter_lines():
                if line.startswith("data: ") and json.loads(line[6:])["done"]:
                    break
    service.stop()
    left = leadiq.counts()["requests"]
    leadiq.delay(0.0)
    service.start()
    with httpx.Client(base_url=service.url, headers=ZENITH, timeout=30) as http:
        told = events(http, job)
        assert (told[-2]["state"], told[-2]["done"]) == ("done", len(rows))
        lines = http.get(f"/jobs/{job}/rows").text.splitlines()
    assert leadiq.counts()["requests"] > left, "it was over before"
    assert [json.loads(line)["person"]["id"] for line in lines] == [one.id for one in rows]
    paid = sum(Decimal(json.loads(line)["receipt"]["price_charged"]) for line in lines)
    assert leadiq.charged() - before <= paid == Decimal(told[-2]["spent"])

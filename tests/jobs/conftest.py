"""Journals, replies and clients for the tests of jobs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leadiq._conduct.events import Watchers
from leadiq._conduct.options import Options
from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.retry import RetryPolicy
from leadiq._conduct.shared import Shared
from leadiq._conduct.slots import Slots
from leadiq._generated.client import GeneratedClient
from leadiq._jobs import trips
from leadiq._jobs.journal import Head, Journal
from script import Script

HEAD = Head(
    operation="SearchPeople",
    unlock=("work-email",),
    source="leads.csv",
    digest="00" * 32,
    target="out.csv",
    began=1_700_000_000.5,
)

WHEN = "2026-01-02T03:04:05Z"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job's calls give up as early as those of its client."""
    monkeypatch.setattr(trips, "patient", lambda policy: policy)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.job"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal.create(path, HEAD)
    yield journal
    journal.close()


def client(*replies: Any, took_s: float = 0.0) -> tuple[GeneratedClient, Script]:
    """A client that is answered from a list and tries twice without waiting."""
    script = Script(*replies, took_s=took_s)
    shared = Shared(
        script,  # type: ignore[arg-type]
        LocalPacer(Slots(600, 60.0, burst=600)),
        Watchers(),
        lambda: 0.5,
    )
    retry = RetryPolicy(attempts=2, base_s=0.001, window_s=0.001)
    return GeneratedClient(shared, Options(retry=retry)), script


def person(name: str = "p1", **more: Any) -> dict[str, Any]:
    """A person as LeadIQ writes one: no position, no contact."""
    lists = {"currentPositions": [], "pastPositions": [], "profiles": [], "education": []}
    return {"id": name, "name": {"first": name, "fullName": name}, **lists, **more}


def position(**more: Any) -> dict[str, Any]:
    """A position, by default one without anything that is charged."""
    return {"companyId": "c1", "updatedAt": WHEN, "matchedQuery": False, **more}


def email(value: str = "p1@example.com", status: str = "Verified") -> dict[str, Any]:
    return {"type": "WorkEmail", "status": status, "value": value, "updatedAt": WHEN}


def reply(*people: dict[str, Any], **more: Any) -> dict[str, Any]:
    """LeadIQ's answer with these people."""
    found = {"totalResults": len(people), "hasMore": False, "results": list(people)}
    return {"data": {"searchPeople": found}, **more}

"""Spans and metrics: one span an attempt, failed by what LeadIQ meant, nothing personal in them."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from leadiq import RateLimitError, RetryPolicy
from leadiq._conduct.events import Watchers
from leadiq._conduct.options import Options
from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.shared import Shared
from leadiq._conduct.slots import Slots
from leadiq._core.errors import LeadIQError
from leadiq._generated.client import GeneratedClient
from leadiq.otel import Telemetry
from leadiq.types import RegenerateRecordInput, SearchPeopleInput
from script import FOUND, Script, failed
from virtual_time import anyio_backend  # noqa: F401

MARKER = "grace.hopper@example.com"


class Seen:
    """A client that is watched, and what was seen."""

    def __init__(self, *replies: Any, **options: Any) -> None:
        self.spans = InMemorySpanExporter()
        tracers = TracerProvider()
        tracers.add_span_processor(SimpleSpanProcessor(self.spans))
        self.reader = InMemoryMetricReader()
        telemetry = Telemetry(tracers, MeterProvider([self.reader]))
        pacer, watchers = LocalPacer(Slots(600, 60.0)), Watchers(telemetry)
        shared = Shared(Script(*replies), pacer, watchers, lambda: 0.5)  # type: ignore[arg-type]
        self.leadiq = GeneratedClient(shared, Options(**options))

    def metric(self, name: str) -> Any:
        data = self.reader.get_metrics_data()
        assert data is not None
        found = data.resource_metrics[0].scope_metrics[0].metrics
        return {m.name: m.data.data_points[0] for m in found}.get(name)


@pytest.mark.anyio
async def test_each_attempt_is_a_span_that_failed_by_what_leadiq_meant() -> None:
    """A 503 and then an answer are two spans; only the first one failed."""
    seen = Seen((503, {}, b""), FOUND)
    await seen.leadiq.search_people(SearchPeopleInput(email=MARKER))
    first, second = seen.spans.get_finished_spans()
    assert first.name == second.name == "leadiq SearchPeople"
    assert (first.status.is_ok, second.status.is_ok) == (False, True)
    assert first.attributes is not None
    assert first.attributes["error.type"] == "ServerError"
    assert first.attributes["leadiq.status"] == 503
    assert second.attributes is not None
    assert second.attributes["leadiq.attempt"] == 2


@pytest.mark.anyio
async def test_a_failure_inside_a_200_marks_its_span() -> None:
    """HTTP said 200; LeadIQ said 429; the span says RateLimitError."""
    seen = Seen(failed(429), retry=RetryPolicy(attempts=1))
    with pytest.raises(RateLimitError):
        await seen.leadiq.search_people(SearchPeopleInput(email=MARKER))
    (span,) = seen.spans.get_finished_spans()
    assert span.status.description == "RateLimitError"
    assert seen.metric("leadiq.calls").attributes["error.type"] == "RateLimitError"


@pytest.mark.anyio
async def test_calls_are_counted_with_what_they_can_cost() -> None:
    """Calls, their durations and waits, and the greatest price."""
    seen = Seen(FOUND)
    await seen.leadiq.search_people(SearchPeopleInput(email=MARKER))
    assert seen.metric("leadiq.calls").value == 1
    assert seen.metric("leadiq.call.duration").sum == pytest.approx(0.1)
    assert seen.metric("leadiq.call.waited").sum == pytest.approx(0.0)
    assert seen.metric("leadiq.credits.maximum").sum == pytest.approx(0.1)


@pytest.mark.anyio
async def test_a_price_that_nobody_published_is_not_recorded() -> None:
    """An infinite maximum is no number to add up."""
    seen = Seen({"data": {"regenerate": "Started"}})
    await seen.leadiq.regenerate(RegenerateRecordInput(person_id="PersonID-1"))
    assert seen.metric("leadiq.calls").value == 1
    assert seen.metric("leadiq.credits.maximum") is None


@pytest.mark.anyio
async def test_nothing_personal_is_in_spans_and_metrics() -> None:
    """A marker that was sent, and that LeadIQ sent back in a message, is in none of them."""
    seen = Seen({"errors": [{"message": f"nobody is {MARKER}"}]})
    with pytest.raises(LeadIQError):
        await seen.leadiq.search_people(SearchPeopleInput(email=MARKER))
    (span,) = seen.spans.get_finished_spans()
    assert MARKER not in span.to_json()
    assert MARKER not in str(seen.reader.get_metrics_data())


@pytest.mark.parametrize(
    ("missing", "text"),
    [("opentelemetry", "pip install 'leadiq-sdk.otel.'"), ("something", "No module named x")],
)
def test_without_the_extra_the_import_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, missing: str, text: str
) -> None:
    """Only OpenTelemetry's own absence is explained by the extra; another absence stays itself."""
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "opentelemetry":
            raise ModuleNotFoundError("No module named x", name=missing)
        return real(name, *rest)

    monkeypatch.delitem(sys.modules, "leadiq.otel")
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError, match=text):
        import leadiq.otel  # noqa: F401

"""Spans and metrics for OpenTelemetry (extra `[otel]`).

    from leadiq.otel import Telemetry
    LeadIQ(on_event=Telemetry())

Each attempt is a client span `leadiq <operation>` under the caller's current span, marked as failed
by what LeadIQ meant, even though HTTP said 200. Metrics: `leadiq.calls`, `leadiq.call.duration`,
`leadiq.call.waited` (seconds) and `leadiq.credits.maximum` (what the calls can have cost for each
result, at published prices). Nothing that was sent or answered is in any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._version import __version__

try:
    from opentelemetry import metrics, trace
    from opentelemetry.trace import SpanKind, Status, StatusCode
except ModuleNotFoundError as missing:
    if missing.name != "opentelemetry":
        raise
    text = "OpenTelemetry is not installed: pip install 'leadiq-sdk[otel]'"
    raise ImportError(text) from None

from ._conduct.events import AttemptEnded, AttemptStarted, CallEnded

if TYPE_CHECKING:
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import Span, TracerProvider

    from ._conduct.events import Event


class Telemetry:
    """Makes spans and metrics of a client's events.

    Args:
        tracer_provider: default: the global one.
        meter_provider: default: the global one.
    """

    def __init__(
        self,
        tracer_provider: TracerProvider | None = None,
        meter_provider: MeterProvider | None = None,
    ) -> None:
        self._tracer = trace.get_tracer("leadiq", __version__, tracer_provider)
        meter = metrics.get_meter("leadiq", __version__, meter_provider)
        self._calls = meter.create_counter("leadiq.calls")
        self._duration = meter.create_histogram("leadiq.call.duration", unit="s")
        self._waited = meter.create_histogram("leadiq.call.waited", unit="s")
        self._credits = meter.create_histogram("leadiq.credits.maximum", unit="{credit}")
        self._spans: dict[tuple[str, int], Span] = {}

    def __call__(self, event: Event) -> None:
        """Take an event."""
        match event:
            case AttemptStarted():
                self._start(event)
            case AttemptEnded():
                self._end(event)
            case CallEnded():
                self._count(event)
            case _:
                pass  # a repetition: its attempts' spans say how long it waited

    def _start(self, event: AttemptStarted) -> None:
        self._spans[event.request_id, event.attempt] = self._tracer.start_span(
            f"leadiq {event.operation}",
            kind=SpanKind.CLIENT,
            attributes={
                "graphql.operation.name": event.operation,
                "leadiq.request_id": event.request_id,
                "leadiq.attempt": event.attempt,
                "leadiq.waited_s": event.waited_s,
            },
        )

    def _end(self, event: AttemptEnded) -> None:
        span = self._spans.pop((event.request_id, event.attempt))
        if event.error is not None:
            span.set_attribute("error.type", event.error)
            span.set_status(Status(StatusCode.ERROR, event.error))
        if event.status is not None:
            span.set_attribute("leadiq.status", event.status)
        span.end()

    def _count(self, event: CallEnded) -> None:
        receipt = event.receipt
        attributes: dict[str, str | bool] = {
            "graphql.operation.name": receipt.operation,
            "error.type": event.error or "",
            "leadiq.coalesced": receipt.coalesced,
        }
        self._calls.add(1, attributes)
        self._duration.record(receipt.elapsed_s, attributes)
        self._waited.record(receipt.waited_s, attributes)
        if receipt.price.maximum.is_finite():
            self._credits.record(float(receipt.price.maximum), attributes)

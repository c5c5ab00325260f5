"""Unofficial async SDK for the LeadIQ GraphQL API.

    from leadiq import LeadIQ, Unlock

Models, inputs and enums are in `leadiq.types`. Everything loads when it is first used.
"""

from __future__ import annotations

from ._version import __version__

TYPE_CHECKING = False  # `typing` would cost ten times what all of this does
if TYPE_CHECKING:
    from ._client.client import LeadIQ
    from ._client.records import Refreshed
    from ._conduct.events import AttemptEnded, AttemptStarted, CallEnded, Event, RetryScheduled
    from ._conduct.options import CallOptions, Options
    from ._conduct.pacing import Lane, LocalPacer, Pacer, PacingStatistics
    from ._conduct.retry import RetryPolicy
    from ._conduct.shared import Attempt, Middleware
    from ._conduct.slots import Slots
    from ._core.errors import (
        AuthenticationError,
        BudgetError,
        BudgetStoreError,
        ConfigurationError,
        ConnectError,
        ErrorItem,
        ForgottenError,
        GraphQLError,
        InputError,
        InsufficientCreditsError,
        JournalError,
        LeadIQError,
        LedgerError,
        ListExistsError,
        OutcomeUnknownError,
        RateLimitError,
        RequestTimeoutError,
        SchemaDriftError,
        ServerError,
        SlotTimeoutError,
        StillRunningError,
        StuckCursorError,
        TooManyResultsError,
        TrackingCancelledError,
        TrackingError,
        TrackingFailedError,
        TrackingTimeoutError,
        TransportError,
    )
    from ._core.pricing import PriceRange, Prices, Unlock
    from ._core.receipts import Receipt
    from ._engine.change_feed import ChangeFeed
    from ._engine.identity import Lead
    from ._engine.pages import Page, Pages
    from ._engine.partition import Axis
    from ._engine.rows import Outcome, Status
    from ._engine.runs import TrackingRun
    from ._engine.secrets import WorkatoCredentials
    from ._engine.slices import Coverage, Partition
    from ._engine.stages import Stage
    from ._engine.tariff import Balance
    from ._engine.writes import WriteReport, WriteRow, WriteStatus
    from ._fleet.pacer import FleetPacer
    from ._http.transport import Reply
    from ._jobs.budget import Budget
    from ._jobs.ledger import Ledger
    from ._jobs.run import Run
    from ._jobs.shared_budget import SharedBudget
    from ._tables.tables import arrow_batches, to_arrow
else:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)

    def __dir__() -> list[str]:
        return __all__


__all__ = [
    "Attempt",
    "AttemptEnded",
    "AttemptStarted",
    "AuthenticationError",
    "Axis",
    "Balance",
    "Budget",
    "BudgetError",
    "BudgetStoreError",
    "CallEnded",
    "CallOptions",
    "ChangeFeed",
    "ConfigurationError",
    "ConnectError",
    "Coverage",
    "ErrorItem",
    "Event",
    "FleetPacer",
    "ForgottenError",
    "GraphQLError",
    "InputError",
    "InsufficientCreditsError",
    "JournalError",
    "Lane",
    "Lead",
    "LeadIQ",
    "LeadIQError",
    "Ledger",
    "LedgerError",
    "ListExistsError",
    "LocalPacer",
    "Middleware",
    "Options",
    "Outcome",
    "OutcomeUnknownError",
    "Pacer",
    "PacingStatistics",
    "Page",
    "Pages",
    "Partition",
    "PriceRange",
    "Prices",
    "RateLimitError",
    "Receipt",
    "Refreshed",
    "Reply",
    "RequestTimeoutError",
    "RetryPolicy",
    "RetryScheduled",
    "Run",
    "SchemaDriftError",
    "ServerError",
    "SharedBudget",
    "SlotTimeoutError",
    "Slots",
    "Stage",
    "Status",
    "StillRunningError",
    "StuckCursorError",
    "TooManyResultsError",
    "TrackingCancelledError",
    "TrackingError",
    "TrackingFailedError",
    "TrackingRun",
    "TrackingTimeoutError",
    "TransportError",
    "Unlock",
    "WorkatoCredentials",
    "WriteReport",
    "WriteRow",
    "WriteStatus",
    "__version__",
    "arrow_batches",
    "to_arrow",
]

_MODULES = {
    "Axis": "_engine.partition",
    "Coverage": "_engine.slices",
    "Page": "_engine.pages",
    "Pages": "_engine.pages",
    "Partition": "_engine.slices",
    "LeadIQ": "_client.client",
    "AuthenticationError": "_core.errors",
    "BudgetError": "_core.errors",
    "BudgetStoreError": "_core.errors",
    "ConfigurationError": "_core.errors",
    "ConnectError": "_core.errors",
    "ErrorItem": "_core.errors",
    "ForgottenError": "_core.errors",
    "GraphQLError": "_core.errors",
    "InputError": "_core.errors",
    "InsufficientCreditsError": "_core.errors",
    "TrackingTimeoutError": "_core.errors",
    "TrackingFailedError": "_core.errors",
    "TrackingError": "_core.errors",
    "TrackingCancelledError": "_core.errors",
    "StillRunningError": "_core.errors",
    "ListExistsError": "_core.errors",
    "JournalError": "_core.errors",
    "LeadIQError": "_core.errors",
    "Ledger": "_jobs.ledger",
    "LedgerError": "_core.errors",
    "OutcomeUnknownError": "_core.errors",
    "RateLimitError": "_core.errors",
    "RequestTimeoutError": "_core.errors",
    "SchemaDriftError": "_core.errors",
    "ServerError": "_core.errors",
    "SlotTimeoutError": "_core.errors",
    "StuckCursorError": "_core.errors",
    "TooManyResultsError": "_core.errors",
    "TransportError": "_core.errors",
    "AttemptEnded": "_conduct.events",
    "AttemptStarted": "_conduct.events",
    "CallEnded": "_conduct.events",
    "Event": "_conduct.events",
    "RetryScheduled": "_conduct.events",
    "FleetPacer": "_fleet.pacer",
    "CallOptions": "_conduct.options",
    "Options": "_conduct.options",
    "Lane": "_conduct.pacing",
    "LocalPacer": "_conduct.pacing",
    "Pacer": "_conduct.pacing",
    "PacingStatistics": "_conduct.pacing",
    "PriceRange": "_core.pricing",
    "Prices": "_core.pricing",
    "Unlock": "_core.pricing",
    "ChangeFeed": "_engine.change_feed",
    "TrackingRun": "_engine.runs",
    "WriteReport": "_engine.writes",
    "WriteRow": "_engine.writes",
    "WriteStatus": "_engine.writes",
    "Balance": "_engine.tariff",
    "Refreshed": "_client.records",
    "WorkatoCredentials": "_engine.secrets",
    "Receipt": "_core.receipts",
    "RetryPolicy": "_conduct.retry",
    "Attempt": "_conduct.shared",
    "Middleware": "_conduct.shared",
    "Slots": "_conduct.slots",
    "Reply": "_http.transport",
    "Budget": "_jobs.budget",
    "Lead": "_engine.identity",
    "Outcome": "_engine.rows",
    "Status": "_engine.rows",
    "Stage": "_engine.stages",
    "Run": "_jobs.run",
    "SharedBudget": "_jobs.shared_budget",
    "arrow_batches": "_tables.tables",
    "to_arrow": "_tables.tables",
}

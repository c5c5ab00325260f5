"""Arrow in, Arrow out: lookups where an engine has the rows (extra `[arrow]`, asyncio or trio).

    enrichment = Enrichment(
        unlock="work-email",
        budget=100,
        ledger=Ledger("march", "redis://..."),
        quota=SharedQuota(60, "redis://...", processes=8),
    )
    async for batch in enrichment.batches(leadiq, batches):  # in a process of one's own
        ...
    frame.mapInArrow(enrichment, schema)  # in Spark, or whatever calls a function with batches

`leadiq.ray` has the same for Ray Data. See `docs/clusters.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadiq.arrow._enrichment import Enrichment
    from leadiq.arrow._quota import SharedQuota
else:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_MODULES[name]), name)

    def __dir__() -> list[str]:
        return __all__


__all__ = ["Enrichment", "SharedQuota"]

_MODULES = {
    "Enrichment": "leadiq.arrow._enrichment",
    "SharedQuota": "leadiq.arrow._quota",
}

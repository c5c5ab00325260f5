"""A million rows: `python -m benchmarks million`, about twelve minutes. See `rows`."""

from __future__ import annotations

from collections.abc import Iterator

from .figures import Result
from .harness import Effort
from .rows import compared


def measure(effort: Effort) -> Iterator[Result]:
    """Measure once, whatever the effort."""
    del effort
    yield from compared("million", "A million rows from CSV to Parquet", (10_000, 1_000_000))

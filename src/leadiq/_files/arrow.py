"""pyarrow (extra `[parquet]`), which has no types of its own."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

pa: Final[Any] = import_module("pyarrow")
pc: Final[Any] = import_module("pyarrow.compute")
pq: Final[Any] = import_module("pyarrow.parquet")
#: What it raises when bytes are not what they should be.
BROKEN: Final[tuple[type[Exception], ...]] = (pa.ArrowException, OSError)

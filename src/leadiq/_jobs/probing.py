"""The size of batches, by the caller's word, or as it was found out for an endpoint."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Literal

from .._conduct.pipeline import host_of
from .._engine.aliases import MOST_ALIASES
from .._engine.probing import Probe, probe
from .._ground.json import mapping
from .batches import Batches

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .._conduct.pipeline import Pipeline
    from .journal import Journal
    from .store import Store

AUTO: Final = "auto"
FILE: Final = "batches.json"
"""Beside the journals: what was found out about each endpoint."""

_DAY_S: Final = 86_400.0
_KEEP_S: Final = 30 * _DAY_S
_KEEP_COUNTED_S: Final = _DAY_S
"""A 429 can have been meant for somebody else's requests with the same key."""


async def batches_for(
    size: int | Literal["auto"],
    leadiq: Pipeline,
    journal: Journal,
    store: Store,
    *,
    clock: Callable[[], float] = time.time,
) -> Batches:
    """Make the batches of a job, which are still to be entered.

    Args:
        size: how many lookups go into one request at most, 1 to 25; `auto`: as many as LeadIQ
            takes, and those with company information one by one.
        leadiq: sends; it is asked for free, unless that was done in the past 30 days.
        journal: the job's.
        store: remembers.
        clock: gives Unix time in seconds.

    Raises:
        ConfigurationError: for another size.
    """
    if size != AUTO:
        return Batches(leadiq, journal, size, companies=True)
    memory = Memory(store.directory / FILE, host_of(leadiq), clock)
    found = memory.recall()
    if found is None:
        found = await probe(leadiq)
        if found.is_sure:
            memory.keep(found)

    def correct(smaller: int) -> None:
        memory.keep(Probe(smaller, found.counted))

    return Batches(leadiq, journal, found.size, on_size=correct)


class Memory:
    """What was found out about one endpoint. What cannot be read or written is not known.

    Args:
        path: the file.
        host: the endpoint.
        clock: gives Unix time in seconds.
    """

    def __init__(self, path: Path, host: str, clock: Callable[[], float]) -> None:
        self._path = path
        self._host = host
        self._clock = clock

    def recall(self) -> Probe | None:
        """Give what was found out, if that is not too long ago."""
        kept = mapping(self._all().get(self._host))
        size, counted, until = kept.get("size"), kept.get("counted"), kept.get("until")
        if not (isinstance(size, int) and 1 <= size <= MOST_ALIASES):
            return None
        if not isinstance(until, int | float) or until < self._clock():
            return None
        return Probe(size, counted if isinstance(counted, bool) else None)

    def keep(self, found: Probe) -> None:
        """Remember, for a time."""
        keep_s = _KEEP_COUNTED_S if found.counted else _KEEP_S
        kept = {"size": found.size, "counted": found.counted, "until": self._clock() + keep_s}
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        with suppress(OSError):
            beside.write_text(json.dumps({**self._all(), self._host: kept}, indent=1))
            beside.replace(self._path)

    def _all(self) -> dict[str, Any]:
        try:
            return mapping(json.loads(self._path.read_text()))
        except (OSError, ValueError):
            return {}

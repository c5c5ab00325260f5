"""Where a job's journal comes from: a new one, or the one that goes on."""

from __future__ import annotations

import logging
import os
import re
import time
from contextlib import contextmanager
from math import inf
from typing import TYPE_CHECKING, Final

from .._core.errors import ConfigurationError, InputError
from .._generated.operations import SEARCH_PEOPLE
from .budget import UNLIMITED
from .catalog import KEEP_DAYS, retire
from .journal import Head, Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Mapping

    from .._core.pricing import Unlock
    from .store import Store

logger = logging.getLogger("leadiq")

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@contextmanager
def kept(journal: Journal, is_elsewhere: Callable[[], bool] = lambda: False) -> Generator[Journal]:
    """Give a journal, and close it at the end; a job that sent nothing leaves nothing.

    Neither does one of which everything is kept elsewhere then.
    """
    try:
        yield journal
    finally:
        if journal.totals().states and not is_elsewhere():
            journal.close()
        else:
            journal.discard()


def job_named(store: Store, name: str | None, unlock: Collection[Unlock]) -> Journal:
    """Go on with the job of this name, or begin it; without a name it gets one.

    Raises:
        InputError: a name that cannot be one.
        ConfigurationError: another process is at it, it cannot be read, or there is no writing.
    """
    if name is not None:
        checked_name(name)
    head = Head(
        operation=SEARCH_PEOPLE.name,
        unlock=tuple(sorted(unlock)),
        source=name or "rows",
        digest="",
        target="",
        began=time.time(),
    )
    path = store.path_of(name) if name else None
    if path and path.exists():
        return Journal.open(path)
    removed, _ = clear_out(store)
    if removed:
        logger.info("removed journals of %d jobs that ended long ago (LEADIQ_KEEP_DAYS)", removed)
    return store.create(head, path)


def checked_name(name: object, what: str = "job") -> str:
    """Give back the name of a job, or of what is named like one.

    Raises:
        InputError: it cannot be one.
    """
    if isinstance(name, str) and _NAME.fullmatch(name):
        return name
    text = f"{what} takes 1 to 80 letters, digits, dots, hyphens or underscores, a letter first"
    raise InputError(text, sent=False)


def clear_out(store: Store, environment: Mapping[str, str] = os.environ) -> tuple[int, float]:
    """Remove the journals of jobs that ended long ago; tell how many, and the days they are kept.

    Raises:
        ConfigurationError: LEADIQ_KEEP_DAYS is no number of days.
    """
    days = keep_days_of(environment.get("LEADIQ_KEEP_DAYS"))
    return (0 if days == inf else len(retire(store, time.time(), days))), days


def keep_days_of(given: str | None) -> float:
    """Give how many days an ended job is kept.

    Raises:
        ConfigurationError: it is no number of days.
    """
    if given == UNLIMITED:
        return inf
    if not given:
        return KEEP_DAYS
    if not (given.isascii() and given.isdigit()):
        text = f"LEADIQ_KEEP_DAYS takes a number of days, or {UNLIMITED}"
        raise ConfigurationError(text, sent=False)
    return float(given)

"""What each run of a job notes in the journal about itself, for those who look at the job later.

Numbers only: no people, no key. A run that is killed leaves the note that it began with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal  # noqa: TC003 - pydantic reads the fields
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from .._core.pricing import Prices
from .forecast import Credits  # noqa: TC001 - pydantic reads the fields

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One run of a job. None is what nobody knows, or does not know yet."""

    began: float
    """Unix time in seconds."""
    account: str = ""
    """Whose account it was, as a hash; empty if that is not known."""
    prices: Prices = Prices()  # noqa: RUF009 - an immutable tuple
    """The account's price list."""
    rate: int | None = None
    """Requests a minute that the key may send."""
    limit: Decimal | None = None
    """The budget in credits; None is unlimited."""
    forecast: Credits | None = None
    """What the plan of the job says that it costs."""
    used_before: int | None = None
    """Credits that the account had counted when the run began: whole ones."""
    sandbox: bool = False
    """Whether the credits are nobody's money."""
    ended: float | None = None
    """Unix time in seconds."""
    used_after: int | None = None
    rows: int | None = None
    lookups: int | None = None
    """Different leads among the rows."""
    shared: int = 0
    """Rows that another row's lookup answered."""
    statuses: dict[str, int] = field(default_factory=dict[str, int])
    """How many rows ended how."""
    requests: int = 0
    """Requests that were sent, repetitions included."""
    limited: int = 0
    """Requests that the rate limit refused."""
    retries: int = 0
    """Requests that were sent again."""
    stopped_by: str = ""
    """Name of the error that stopped the run, or `interruption`."""

    def to_json(self) -> str:
        """Give the text that the journal keeps."""
        return _adapter().dump_json(self).decode()


def notes_from(texts: Iterable[str]) -> list[Note]:
    """Give the notes of a job; what another version wrote and this one cannot read is left out."""
    notes: list[Note] = []
    for text in texts:
        try:
            notes.append(_adapter().validate_json(text))
        except ValidationError:
            continue
    return notes


@cache
def _adapter() -> TypeAdapter[Note]:
    return TypeAdapter(Note)

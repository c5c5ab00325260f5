"""The rules of the notes of runs: what was noted is read again, whoever wrote it."""

from __future__ import annotations

from decimal import Decimal

from leadiq import Prices
from leadiq._jobs.forecast import Credits
from leadiq._jobs.notes import Note, notes_from

FORECAST = Credits(Decimal(1), Decimal("2.5"), Decimal(3), Decimal(40))


def test_a_note_comes_back_as_it_was() -> None:
    """Amounts are decimals still, and nothing is None means that nobody knew."""
    least = Note(began=1.5)
    full = Note(
        began=2.5,
        prices=Prices(email=Decimal("0.75")),
        limit=Decimal("12.5"),
        forecast=FORECAST,
        used_before=7,
        statuses={"found": 3},
        stopped_by="BudgetError",
    )
    assert notes_from([least.to_json(), full.to_json()]) == [least, full]
    assert isinstance(notes_from([full.to_json()])[0].prices, Prices)


def test_what_another_version_wrote_is_no_obstacle() -> None:
    """What it added is passed over; a note that cannot be read is left out."""
    assert notes_from(['{"began": 1, "mood": "good"}', "{}", "nonsense"]) == [Note(began=1)]

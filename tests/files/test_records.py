"""The rules of records: as many cells as columns, all of them text that can be written."""

from __future__ import annotations

import csv

from hypothesis import given
from hypothesis import strategies as st

from leadiq._engine.identity import InvalidLead, Lead
from leadiq._files.records import Record, fitted, flaw_of, lead_of, readable
from leadiq._jobs.columns import find_columns

ANY = st.lists(st.text(st.characters(), max_size=5), max_size=5)


def test_a_row_means_somebody_or_says_why_not() -> None:
    """A row that can't be read is nobody, with its line; else its columns tell."""
    columns = find_columns(["notes", "email"])
    lead = lead_of(Record(7, ["x", "ann@example.com"]), columns)
    assert isinstance(lead, Lead)
    assert lead.email == "ann@example.com"
    bad = lead_of(Record(7, ["x", "ann@example.com"], "a NUL"), columns)
    assert isinstance(bad, InvalidLead)
    assert bad.reason == "line 7: a NUL"


@given(cells=ANY, width=st.integers(1, 5))
def test_cells_are_made_to_fit(cells: list[str], width: int) -> None:
    """What lacks is empty, what is too many goes to the last: nothing is lost."""
    made = fitted(cells, width, ",")
    assert len(made) == width
    assert ",".join(made).rstrip(",") == ",".join(cells).rstrip(",")


@given(cells=ANY)
def test_what_is_readable_can_be_written(cells: list[str]) -> None:
    """It is UTF-8 without NUL and without flaw, and what was sound is unchanged."""
    made = readable(cells)
    assert "\0" not in "".join(made).encode().decode()
    assert flaw_of(made, ()) == ""
    assert flaw_of(cells, ()) != "" or made == cells


def test_a_flaw_names_the_first_column_that_has_it() -> None:
    """By its name, or by its number where it has none."""
    long = "x" * (csv.field_size_limit() + 1)
    assert flaw_of(["a", "\udcff"], ["x"]) == "column 2: not UTF-8; save it as UTF-8"
    assert flaw_of(["a", "\0"], ["x", "y"]).startswith("column 'y': a NUL byte")
    assert flaw_of([long, "\0"], ["x", "y"]) == "column 'x': a cell longer than 131,072 characters"
    assert readable([long, long[1:]]) == ["", long[1:]]

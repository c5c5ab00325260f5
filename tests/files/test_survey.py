"""The rules of the survey: it counts, and tells of the first that can't be read."""

from __future__ import annotations

from leadiq._files.records import Record
from leadiq._files.survey import Survey


def survey(*faults: str) -> Survey:
    """A survey of a file whose rows have these faults, all passed on."""
    made = Survey()
    records = [Record(line, ["x"], fault) for line, fault in enumerate(faults, 2)]
    assert list(made.walk(records)) == records
    return made


def test_rows_are_counted() -> None:
    """Of a sound file there is nothing to tell."""
    assert (survey("", "").rows, survey("", "").malformed, str(survey("", ""))) == (2, 0, "")


def test_the_first_faults_are_told() -> None:
    """Three of them, by line; that there are more is seen."""
    tail = "cannot be read and will not be looked up"
    assert str(survey("", "bad")) == f"1 row {tail}: line 3: bad"
    assert str(survey("a", "b", "c")) == f"3 rows {tail}: line 2: a; line 3: b; line 4: c"
    assert str(survey(*"abcd")) == f"4 rows {tail}: line 2: a; line 3: b; line 4: c; ..."
    assert str(survey(*["x"] * 1000)).startswith(f"1,000 rows {tail}")

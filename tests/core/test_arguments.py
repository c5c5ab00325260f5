"""Arguments that cannot be what they are never leave."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._core.arguments import check
from leadiq._core.errors import InputError
from leadiq._generated.operations import ALL
from leadiq.types import ICPProductLine, SearchCompanyInput, SearchPeopleInput

MARKER = "grace.hopper@example.com"
INPUT = SearchPeopleInput(email=MARKER)
TIME = datetime(2026, 1, 1, tzinfo=UTC)
Namesake = type("SearchPeopleInput", (), {})


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        ("SearchPeopleInput!", INPUT),
        ("String", None),
        ("String!", "text"),
        ("ID!", "PersonID-1"),
        ("Int", 5),
        ("Boolean", True),
        ("Float", 1),
        ("Float", 1.5),
        ("Long", 2**40),
        ("Cursor", "opaque"),
        ("ZonedDateTime", TIME),
        ("ZonedDateTime", "2026-01-01T00:00:00Z"),
        ("LocalDate", date(2026, 1, 1)),
        ("LocalDate", "2026-01-01"),
        ("[ICPProductLine!]", [ICPProductLine.Track]),
        ("[ICPProductLine!]", []),
        ("[String]", [None, "text"]),
    ],
)
def test_what_fits_goes_through(wanted: str, value: Any) -> None:
    """Inputs, scalars, enums, lists, and None where it may be."""
    check({"argument": wanted}, {"argument": value})


@pytest.mark.parametrize(
    ("wanted", "value", "text"),
    [
        ("SearchPeopleInput!", {"email": MARKER}, "a SearchPeopleInput, not dict"),
        ("SearchPeopleInput!", None, "a SearchPeopleInput, not NoneType"),
        ("SearchPeopleInput!", SearchCompanyInput(), "a SearchPeopleInput, not SearchCompanyInput"),
        ("SearchPeopleInput!", MARKER, "a SearchPeopleInput, not str"),
        ("SearchPeopleInput!", Namesake(), "a SearchPeopleInput, not SearchPeopleInput"),
        ("Int", "5", "int or None, not str"),
        ("Long", "5", "int or None, not str"),
        ("Int", True, "int or None, not bool"),
        ("Boolean!", 1, "bool, not int"),
        ("ID!", 7, "str, not int"),
        ("ZonedDateTime", 7, "datetime or str or None, not int"),
        ("[ID]", "PersonID-1", "a list of ID or None, not str"),
        ("[ICPProductLine!]", ["Track"], "a list of ICPProductLine or None, not list"),
        ("[ICPProductLine!]", ICPProductLine.Track, "a list of ICPProductLine or None, not"),
    ],
)
def test_what_does_not_fit_is_refused_by_name_and_kind(wanted: str, value: Any, text: str) -> None:
    """The error names the argument, what it has to be and what it is, and not its value."""
    with pytest.raises(InputError) as refused:
        check({"argument": wanted}, {"argument": value})
    assert str(refused.value).startswith(f"argument has to be {text}")
    assert not refused.value.sent
    assert MARKER not in str(refused.value)


@given(st.sampled_from([t for o in ALL for t in o.variables.values()]), st.from_type(type))
def test_nothing_makes_it_fail(wanted: str, kind: type) -> None:
    """Whatever is given, it fits or is refused."""
    try:
        check({"argument": wanted}, {"argument": kind})
    except InputError:
        pass
    else:
        pytest.fail("a class fits no argument")

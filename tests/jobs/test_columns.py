"""The rules of columns: which header says what, and what is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq import ConfigurationError, InputError
from leadiq._engine.identity import InvalidLead, Lead
from leadiq._jobs.columns import _HEADERS, Field, column_name, find_columns, usual_columns

if TYPE_CHECKING:
    from collections.abc import Callable

USUAL = [(name.strip(), field) for field, names in _HEADERS.items() for name in names.split(",")]


@given(
    named=st.sampled_from(USUAL),
    spell=st.sampled_from([str, str.upper, str.title, lambda name: name.replace(" ", "-")]),
    around=st.sampled_from(["", " ", "\u00a0"]),
)
def test_usual_names_are_recognised_however_they_are_written(
    named: tuple[str, Field], spell: Callable[[str], str], around: str
) -> None:
    """Case, blanks and hyphens of a usual name don't matter."""
    name, field = named
    spelled = around + spell(name) + around
    others = ["email"] if field is not Field.EMAIL else []
    assert find_columns([spelled, *others]).positions[field] == 0


def test_underscores_do_as_well() -> None:
    """Databases write first_name."""
    assert set(find_columns(["first_name", "LAST_NAME", "company_name"]).positions) == {
        Field.FIRST_NAME,
        Field.LAST_NAME,
        Field.COMPANY,
    }


def test_no_usual_name_means_two_things() -> None:
    """Each usual name belongs to one field."""
    bare = ["".join(filter(str.isalnum, name)) for name, _ in USUAL]
    assert len({(name, field) for name, (_, field) in zip(bare, USUAL, strict=True)}) == len(
        set(bare)
    )


def test_the_cells_of_a_row_become_its_lead() -> None:
    """Each cell goes where its column says; an unknown column goes nowhere."""
    columns = find_columns(["id", "First Name", "Last Name", "Organisation", "Website"])
    lead = columns.lead(["7", "Ann", "Example", "Example Inc", "www.example.com"])
    assert lead == Lead(
        first_name="Ann", last_name="Example", company="Example Inc", domain="example.com"
    )
    assert isinstance(columns.lead(["7", "", "", "", ""]), InvalidLead)


def test_every_field_reaches_the_lead() -> None:
    """Id, LinkedIn, e-mail and full name are read from their columns too."""
    columns = find_columns(["LeadIQ ID", "E-Mail", "Profile URL", "Name"])
    id_ = "PersonID-00000000-0000-4000-8000-000000000000"
    lead = columns.lead([id_, "ann@example.com", "linkedin.com/in/ann", "Ann Example"])
    assert lead == Lead(
        person_id=id_,
        email="ann@example.com",
        linkedin_url="https://www.linkedin.com/in/ann",
        full_name="Ann Example",
    )


def test_map_says_what_the_name_does_not() -> None:
    """--map wins over the name, in several options or one, and may name names with commas."""
    header = ["email", "Contact, work", "Org", "who"]
    columns = find_columns(header, ["email=Contact, work,company=org", "full_name=WHO"])
    assert columns.positions == {Field.EMAIL: 1, Field.NAME: 3, Field.COMPANY: 2}
    assert str(columns) == "email from 'Contact, work', name from 'who', company from 'Org'"


def test_a_file_without_a_header_keeps_its_people_to_itself() -> None:
    """Cells of a first row that names nothing are somebody's data: they are counted, not shown."""
    for header, given_map, count in [
        (["Ann", "Example", "Example Inc"], [], "3 columns none can"),
        (["Ann"], [], "1 column none can"),
        (["Ann", "Example", "Name"], [], "3 columns only 'Name' can"),
        (["Ann", "Example"], ["email=Mail"], "2 columns none can"),
        (["Ann", "x", "Ann"], [], "columns 1 and 3 have the same name"),
    ]:
        with pytest.raises((InputError, ConfigurationError), match=count) as refused:
            find_columns(header, given_map)
        assert "the first row has to name the columns" in str(refused.value)
        assert "Ann" not in str(refused.value)
        assert "Example" not in str(refused.value)


def test_only_usual_names_are_shown() -> None:
    """A column has a name when everybody would call it so, else a number from 1."""
    assert column_name(["x", " E-MAIL"], 1) == "' E-MAIL'"
    assert column_name(["x", " E-MAIL"], 0) == "1"
    assert column_name(["email"], 7) == "8"


def test_map_finds_an_exact_name_among_similar_ones() -> None:
    """Where names differ only in case, the exact one is meant."""
    assert find_columns(["mail", "MAIL"], ["email=MAIL"]).positions == {Field.EMAIL: 1}


def test_a_mapped_column_means_one_thing_only() -> None:
    """A column that --map gives to one field is not taken for another one by its name."""
    columns = find_columns(["Company", "email"], ["name=Company"])
    assert columns.positions == {Field.NAME: 0, Field.EMAIL: 1}


@pytest.mark.parametrize(
    ("header", "given_map", "says"),
    [
        (["email", "Email "], [], "the columns 'email' and 'Email ' both say email"),
        (["Email", "Work Email"], [], "--map email="),
        (["email", "x", "x "], [], "columns 2 and 3 have the same name"),
        (["email", "", " "], [], "columns 2 and 3 have no name"),
        (["email", "leadiq_status"], [], "'leadiq_status' is named like a result"),
        (["ann@example.com", "Ann"], [], "an e-mail address: the first row has to name"),
        (["first name", "last name"], [], "no column identifies a person"),
        (["first name", "company"], [], "2 columns only 'first name', 'company' can be told"),
        (["email"], ["email"], "--map takes field=column"),
        (["email"], ["telephone=email"], "no field 'telephone': choose from id, email"),
        (["email"], ["email=Mail"], "no column 'Mail' for --map: .* 1 column only 'email' can"),
        (["email"], ["email=email,e-mail=email"], "--map gives 'email' twice"),
        (["email"], ["email=email,name=email"], "--map uses the column 'email' for two fields"),
        (["MAIL", "maiL"], ["email=mail"], "no column 'mail' for --map"),
        (["email"], ["email=e\x1b[31m" + "x" * 100], r"'e\ufffd\[31mx+\.\.\.'"),
    ],
)
def test_what_is_unclear_is_refused_by_name(
    header: list[str], given_map: list[str], says: str
) -> None:
    """A header that could be misread is refused, naming the columns and the choices."""
    kind = ConfigurationError if given_map else InputError
    with pytest.raises(kind, match=says) as refused:
        find_columns(header, given_map)
    assert not refused.value.sent


def test_one_column_without_a_name_is_fine() -> None:
    """Exports often begin with an unnamed row number."""
    assert find_columns(["", "email"]).positions == {Field.EMAIL: 1}


def test_usual_columns_need_not_identify_anybody() -> None:
    """They are those whose names leave no doubt; two that say the same are refused."""
    assert usual_columns(["x", "Company"]) == {Field.COMPANY: 1}
    with pytest.raises(InputError, match="both say company"):
        usual_columns(["Company", "Employer"])

"""leadiq.testing._stand_ins: the same for the same, and of nobody."""

from __future__ import annotations

import re

import pytest

from leadiq.testing._personal_fields import Kind
from leadiq.testing._stand_ins import StandIns


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (
            Kind.NAME,
            ["Ada", "Ada Lovelace", "LOVELACE", "O'Brien-Smith, Ada J.", "山田-", " "],
            ["Name1", "Name1 Name2", "Name2", "Name3, Name1 Name4.", "Name5-", " "],
        ),
        (
            Kind.EMAIL,
            ["a@b.example.com", " A@B.example.com", "c@example.com"],
            ["person1@example.com", "person1@example.com", "person2@example.com"],
        ),
        (
            Kind.PHONE,
            ["+12025550123", "(202) 555-0123", "none", "other"],
            ["+12005550101", "+12005550101", "+12005550102", "+12005550103"],
        ),
        (
            Kind.PROFILE,
            ["https://www.linkedin.com/in/ada/", "linkedin.com/in/Ada?x=1", "https://x.test/ada"],
            [
                "https://www.linkedin.com/in/person-1",
                "linkedin.com/in/person-1",
                "https://www.example.com/person-1",
            ],
        ),
        (
            Kind.PROFILE,
            ["x.test/ada", "ada", "HTTPS://LinkedIn.com/in/eve"],
            ["example.com/person-1", "person-1", "https://www.linkedin.com/in/person-2"],
        ),
        (Kind.NUMBER, ["123", "123", "9"], ["900000000001", "900000000001", "900000000002"]),
        (Kind.PERSON, ["PersonID-x"], ["PersonID-00000000-0000-4000-8000-000000000001"]),
        (Kind.HASH, ["ab" * 32], [f"{1:064x}"]),
        (Kind.TEXT, ["met at/a fair", "seen at/a fair", "", " "], ["text 1", "text 2", "", " "]),
        (
            Kind.TEXT,
            ["a@example.com", "+1 202 555 0123", "at a@example.com"],
            ["person1@example.com", "+12005550101", "text 1"],
        ),
        (Kind.NAME, ["ada@example.com"], ["person1@example.com"]),
        (Kind.SECRET, ["s3cret"], ["key-1"]),
    ],
)
def test_a_value_has_one_stand_in(kind: Kind, values: list[str], expected: list[str]) -> None:
    """Forms of one value share it; its shape is that of what it stands for."""
    stand_ins = StandIns()
    assert [stand_ins.of(kind, value) for value in values] == expected


def test_numbers_stay_fictitious() -> None:
    """However many there are, every number is a 555-01xx of a possible area."""
    stand_ins = StandIns()
    made = [stand_ins.of(Kind.PHONE, f"+1{200_000_0000 + n}") for n in range(250)]
    assert len(set(made)) == 250
    assert all(re.fullmatch(r"\+1[2-9]\d{2}55501\d\d", number) for number in made)


def test_other_texts_are_scrubbed() -> None:
    """Keys, addresses, profiles, and whoever was met; what is of nobody stays."""
    stand_ins = StandIns(["s3cret", ""])
    stand_ins.of(Kind.NAME, "Ada Lovelace")
    stand_ins.of(Kind.PHONE, "+12025550123")
    text = "s3cret: Ada (ada@example.com, 202-555-0123) at linkedin.com/in/ada, adamant"
    assert stand_ins.scrubbed(text) == (
        "key-1: Name1 (person1@example.com, +12005550101) at linkedin.com/in/person-1, adamant"
    )
    assert stand_ins.scrubbed("Chief Executive Officer") == "Chief Executive Officer"
    assert stand_ins.scrubbed("s3cret") == "key-1"

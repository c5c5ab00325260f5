"""Rules of identifiers: LeadIQ's shape, reversible, and nothing else is read."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from leadiq.sandbox._ids import Ids, hex_id

IDS = Ids(1)


@pytest.mark.parametrize("index", [0, 1, 19_999, 10**9 - 1])
def test_every_identifier_leads_back(index: int) -> None:
    """What was written from an index is read as that index, spaces aside."""
    assert IDS.person_index(f" {IDS.person_id(index)} ") == index
    assert IDS.company_index(f" {IDS.company_id(index)} ") == index
    assert IDS.member_index(f" {IDS.member_number(index)} ") == index
    assert IDS.organisation_index(IDS.organisation_number(index)) == index


def test_shapes_are_leadiqs() -> None:
    """A person has a version 4 uuid, a company 24 hexadecimal digits."""
    kind, _, uuid = IDS.person_id(5).partition("-")
    assert (kind, UUID(uuid).version) == ("PersonID", 4)
    assert re.fullmatch(r"MergedCompany-[0-9a-f]{24}", IDS.company_id(5))
    assert re.fullmatch(r"\+1[2-9]\d\d55501\d\d", IDS.phone("work", 5))


@pytest.mark.parametrize(
    "text",
    ["", "PersonID-", "PersonID-00000000-0000-0000-0000-000000000000", "MergedCompany-xyz", "12"],
)
def test_other_text_is_no_person(text: str) -> None:
    """A uuid that no index gives is nobody's."""
    assert IDS.person_index(text) is None


@pytest.mark.parametrize(
    "text", ["", "MergedCompany-12", "PersonID-00", "MergedCompany-" + "g" * 24]
)
def test_other_text_is_no_company(text: str) -> None:
    """Only 24 hexadecimal digits are read."""
    assert IDS.company_index(text) is None


@pytest.mark.parametrize("text", ["", "5", "abc", "9" * 12, "9" * 13, "٣٤٥"])
def test_other_numbers_are_nobodys(text: str) -> None:
    """LinkedIn numbers outside the written range are not read."""
    assert IDS.member_index(text) is None


@pytest.mark.parametrize("form", ["{0}", "{1}", "({2}) 555-01{3}", "+1 {2} 555 01{3}"])
def test_a_phone_is_read_however_written(form: str) -> None:
    """Digits decide; the country code may be missing."""
    number = IDS.phone("work", 123)
    text = form.format(number, number[2:], number[2:5], number[-2:])
    assert list(IDS.phone_indexes("work", text, 100_000)) == [123, 80_123]


@pytest.mark.parametrize("text", ["", "5550100", "+12125551234", "+11125550123", "22125550123"])
def test_other_phones_are_nobodys(text: str) -> None:
    """Only fictitious 555-01xx numbers are read."""
    assert not IDS.phone_indexes("work", text, 100_000)


def test_ids_of_what_is_written() -> None:
    """24 hex digits, the same for the same parts and another for any other."""
    first = hex_id("list", "team", 1)
    assert re.fullmatch(r"[0-9a-f]{24}", first)
    assert hex_id("list", "team", 1) == first
    assert (
        len({first, hex_id("list", "team", 2), hex_id("list", "tea"), hex_id("x", "team", 1)}) == 4
    )
    assert re.fullmatch(r"[0-9a-f]{24}", hex_id("list", "half a character: \ud800"))

"""leadiq.testing._patterns: what looks like somebody's data, and values in whatever form."""

from __future__ import annotations

import time

import pytest

from leadiq.testing._patterns import sightings
from leadiq.testing._personal_fields import Kind


@pytest.mark.parametrize(
    ("text", "at", "kind"),
    [
        ("mail ada@example.com now", 5, Kind.EMAIL),
        ("q=ada.b%40mail.example.com&x", 2, Kind.EMAIL),
        ("""{"to": "o'brien+x_y-z@example-1.org"}""", 8, Kind.EMAIL),
        ("<a@b.cd>", 1, Kind.EMAIL),
        ("see https://www.linkedin.com/in/ada-example/", 16, Kind.PROFILE),
        ("url=https%3A%2F%2FLinkedIn.com%2Fin%2Fada-example", 18, Kind.PROFILE),
        ("linkedin.com/sales/people/ACwAAA,x", 0, Kind.PROFILE),
        ("linkedin.com/pub/a", 0, Kind.PROFILE),
        ("call +12025550123", 5, Kind.PHONE),
        ("call +1 (202) 555-0123.", 5, Kind.PHONE),
        ("tel:+4930123456", 4, Kind.PHONE),
        ("call (202) 555-0123", 5, Kind.PHONE),
        ("call (202)555-0123", 5, Kind.PHONE),
        ("call 202-555-0123,", 5, Kind.PHONE),
        ("call 202 555 0123", 5, Kind.PHONE),
        ("call 1.202.555.0123", 5, Kind.PHONE),
        ("call +12345678", 5, Kind.PHONE),
        ("call +123456789012345", 5, Kind.PHONE),
        ("Authorization: Basic bm9y+dGg6MTIz", 15, Kind.SECRET),
        ("bearer  abcdefgh==", 0, Kind.SECRET),
    ],
)
def test_what_looks_like_somebodys_data_is_found(text: str, at: int, kind: Kind) -> None:
    """Where it begins, and what it is; alone in its text."""
    assert [*sightings(text, ())] == [(at, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-23 17:48:03,123 INFO done in 1234567890 us",
        "2026-11-23T17:48:03+0100 x+1 = 12345678",
        "request 0123456789abcdef, job 123e4567-e89b-12d3-a456-426614174000",
        "spent 10.5 of 100 credits; 202 rows; exit 0; +1 234567; 102-555-0123",
        "linkedin.com/company/example, linkedin.com/in/?x, linkedin.com/sales//x",
        "@decorated, see a@b and a@.b and a@b. and @b.example.com",
        "basic settings, Basic 1234567, basics bm9ydGg6MTIz, basicbm9ydGg6MTIz",
        "+1234567890123456",
        "1.2.3.4:8080 and 10.0.0.1; v1.202.555.01234; 202-555-0123-4",
    ],
)
def test_what_is_nobodys_passes(text: str) -> None:
    """Times, ids, versions, counts and companies are not taken for people."""
    assert [*sightings(text, ())] == []


@pytest.mark.parametrize(
    ("kind", "value", "text", "found"),
    [
        (Kind.NAME, "Ada", "Ada, Adam and ada", 1),
        (Kind.NAME, "Zoë", r'{"name": "Zo\u00eb"} ?q=Zo%C3%AB Zoë', 3),
        (Kind.NAME, "Ian", "ian Ian Ianto", 1),
        (Kind.NAME, "Li", "Li", 0),
        (Kind.NAME, "李", "(李)", 1),
        (Kind.EMAIL, " ada@local ", "ADA@local", 1),
        (Kind.PROFILE, "https://x.test/ada-example/", "slug=Ada-Example", 1),
        (Kind.PROFILE, "x.test/adam", "adam", 0),
        (Kind.PROFILE, "x.test/adamo", "adamo", 1),
        (Kind.PROFILE, "/", "/", 0),
        (Kind.NUMBER, "1234", "1234", 0),
        (Kind.NUMBER, "12345", "12345 123456", 1),
        (Kind.TEXT, "met at a fair", "We met at a fair. Met at a fair.", 1),
        (Kind.TEXT, "met a/b fair", "met%20a%2Fb%20fair", 1),
        (Kind.TEXT, "yes", "yes", 0),
        (Kind.TEXT, "fairs", "fairs", 0),
        (Kind.TEXT, "a b", "a b", 0),
        (Kind.PERSON, "PersonID-1", "personid-1", 1),
        (Kind.PHONE, "+1 (202) 555-0123", "2025550123, 12025550123 and 202.555 (0123)", 3),
        (Kind.PHONE, "+12025550123", "20255501234 202555012", 0),
        (Kind.PHONE, "5550123", "<555-0123>", 1),
        (Kind.PHONE, "555012", "555012", 0),
    ],
)
def test_known_values_are_found_in_any_form(kind: Kind, value: str, text: str, found: int) -> None:
    """As words, in JSON, in URLs; what is too short to be told from a word is not looked for."""
    assert [sighting.kind for sighting in sightings(text, [(kind, value)])] == [kind] * found


def test_long_lines_are_searched_in_no_time() -> None:
    """The search is linear: a megabyte without a space, as files in base64 are, takes moments."""
    began = time.process_time()
    assert not [*sightings("abcdefgh" * 125_000, ())]
    assert time.process_time() - began < 5

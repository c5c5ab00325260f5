"""A person is recognised by any spelling of an identifier, wherever it stands."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest

from leadiq import InputError, Unlock
from leadiq._jobs.lookups import question
from leadiq._jobs.people import Person, identifier, people
from leadiq.types import SearchPeopleInput

from .conftest import email, person, position, reply

ID = "PersonID-00000000-0000-4000-8000-00000000000a"
LINK = "https://www.linkedin.com/in/ann-example"
EMAIL = frozenset({Unlock.WORK_EMAIL})


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (" Ann@EXAMPLE.com ", "ann@example.com"),
        ("Ann Example <ann@example.com>", "ann@example.com"),
        ("linkedin.com/in/Ann-Example/?x=1", LINK),
        ("in/ann-example", LINK),
        (ID.upper(), ID),
    ],
)
def test_an_identifier_has_one_spelling(text: str, canonical: str) -> None:
    """What people paste is taken as what it means."""
    assert identifier(text) == canonical
    assert Person.from_text(text).sure == {canonical}


@pytest.mark.parametrize(
    "text", ["", "ann", "n/a", "12345", "a@b@c", "PersonID-1", "linkedin.com/company/example"]
)
def test_what_names_nobody_is_refused(text: str) -> None:
    """Nothing is guessed about who is to be forgotten, and the value is not repeated."""
    with pytest.raises(InputError, match="no person: ") as refused:
        identifier(text)
    assert not refused.value.sent
    assert not text or text not in str(refused.value).split(": ", 1)[1].split(", such as")[0]


def found(body: Any) -> list[set[str]]:
    return [set(names) for names in people(json.dumps(body).encode())]


def test_records_are_kept_apart() -> None:
    """One person's identifiers are never taken for another's of the same answer."""
    ann = person(ID, currentPositions=[position(emails=[email("Ann@example.com")])])
    bob = person("p2", linkedin={"linkedinUrl": "https://de.linkedin.com/in/Bob-Example/"})
    assert found(reply(ann, bob)) == [
        {ID, "ann@example.com"},
        {"https://www.linkedin.com/in/bob-example"},
        set(),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"errors": [{"message": "nobody has 'ann@example.com'."}]},
        {"data": None, "errors": [{"message": "<ann@example.com> is wrong"}]},
        {"data": {"searchPeople": {"odd": ["mailto:ann@example.com"]}}},
        {"data": {"a1": {"results": [{"new": {"field": "ANN@example.com,"}}]}}},
        ["ann@example.com"],
        "ann@example.com",
    ],
    ids=["error", "partial", "shape", "alias", "array", "text"],
)
def test_an_identifier_counts_wherever_it_stands(body: Any) -> None:
    """Errors that repeat it, fields that nobody knows, and answers of another shape."""
    assert {"ann@example.com"} in found(body)


def test_a_reply_that_is_no_json_is_searched_too() -> None:
    """A reply that was cut off, or a page of a gateway."""
    assert people(b'{"data": {"email": "ann@example.com", "x\xff') == [{"ann@example.com"}]
    assert people(b"") == [frozenset()]


def test_a_profile_counts_in_every_spelling() -> None:
    """Links of phones and e-mails, of countries, with queries."""
    for link in (
        "m.linkedin.com/comm/in/Ann-Example",
        "HTTPS://UK.LinkedIn.com/in/ann-example?a=1",
    ):
        assert found({"x": f"see {link} there"}) == [{LINK}]


def test_what_only_looks_like_an_identifier_is_none() -> None:
    """Pages of companies, and addresses that cannot be."""
    body = {
        "x": "linkedin.com/company/example linkedin.com/school/x a@b @ann x@@example.com PersonID-"
        + "-" * 36
    }
    assert found(body) == [set()]


def test_a_person_is_known_better_with_each_record() -> None:
    """Ids and profiles lead on; addresses, which others can share, only say what was asked."""
    ann = Person.from_text("ann@example.com")
    assert ann.met(frozenset({ID, LINK})) is ann
    met = ann.met(frozenset({ID, "ann@example.com", "info@example.com"})).met(frozenset({ID, LINK}))
    assert met.sure == {"ann@example.com", ID, LINK}
    assert not met.is_in(frozenset({"info@example.com"}))
    asked = set(met.questions(EMAIL))
    hashed = sha256(b"info@example.com").hexdigest()
    for input_ in (
        SearchPeopleInput(email="ann@example.com", limit=1),
        SearchPeopleInput(email="info@example.com", limit=1),
        SearchPeopleInput(hashed_email=hashed, limit=1),
        SearchPeopleInput(linkedin_url=LINK, limit=1),
        SearchPeopleInput(id=ID, limit=1),
    ):
        assert question(input_, EMAIL) in asked
        assert question(input_, frozenset()) not in asked
    assert len(asked) == 6
    assert "ann" not in repr(met)

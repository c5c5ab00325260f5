"""Keywords become one lookup, in canonical form, or are refused before anything is sent."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from leadiq import InputError
from leadiq._engine import lookups
from leadiq._ground.base import to_wire
from leadiq.types import (
    CompanyDetails,
    EmailVerificationStatusTypeInput,
    MatchingServiceInput,
    SearchCompanyInput,
    SearchPeopleInput,
    SearchPeoplePreviewInput,
)

ID = "PersonID-0a1b2c3d-0000-4000-8000-00000000000f"
COMPANY = "MergedCompany-0123456789abcdef01234567"
URL = "https://www.linkedin.com/in/ada-example"
HASH = sha256(b"ada@example.com").hexdigest()


def refusal(call: Any, *args: Any, **words: Any) -> str:
    """The text of what is refused, which nothing was sent of."""
    with pytest.raises(InputError) as caught:
        call(*args, **words)
    assert caught.value.sent is False
    return str(caught.value)


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ({"id": f" {ID.lower()} "}, {"id": ID}),
        ({"linkedin_url": "linkedin.com/in/Ada-Example/?x=1"}, {"linkedinUrl": URL}),
        ({"linkedin_url": "12345"}, {"linkedinId": "12345"}),
        ({"linkedin_id": "ACoAAexample"}, {"linkedinId": "ACoAAexample"}),
        ({"email": "Ada <ADA@Example.com>"}, {"email": "ada@example.com"}),
        ({"hashed_email": HASH.upper()}, {"hashedEmail": HASH}),
        ({"phone": " +1 202 555 0100"}, {"phone": "+1 202 555 0100"}),
        (
            {"name": "Ada  Example", "domain": "https://www.example.com/"},
            {"fullName": "Ada Example", "company": {"domain": "example.com"}},
        ),
        (
            {"first_name": "Ada", "last_name": "Example", "company": "Example"},
            {"firstName": "Ada", "lastName": "Example", "company": {"name": "Example"}},
        ),
        (
            {"name": "Ada Example", "company": "Example", "domain": "example.com"},
            {"fullName": "Ada Example", "company": {"domain": "example.com"}},
        ),
        ({"email": "ada@example.com", "name": " ", "id": None}, {"email": "ada@example.com"}),
    ],
    ids=lambda value: "+".join(value),
)
def test_a_person_by_keywords(words: dict[str, Any], sent: dict[str, Any]) -> None:
    """One identifier goes out in its canonical form, for one person; blanks count as left out."""
    assert to_wire(lookups.person(None, words)) == {**sent, "limit": 1}


def test_more_persons_on_request() -> None:
    """Each person is charged, so more than one are asked for only if the caller says so."""
    assert lookups.person(None, {"email": "ada@example.com"}, limit=5).limit == 5
    assert "limit has to be" in refusal(lookups.person, None, {"email": "a@example.com"}, limit=0)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ({}, "no identifier: give a LeadIQ id, "),
        ({"email": " "}, "no identifier"),
        ({"company": "Example"}, "no identifier"),
        ({"first_name": "Ada", "company": "Example"}, "the last name is missing"),
        ({"last_name": "Example", "company": "Example"}, "the first name is missing"),
        ({"name": "Ada Example"}, "a name without a company"),
        ({"email": "ada.example.com"}, "the e-mail has no @: give one whole address"),
        ({"id": "5"}, "the LeadIQ id is malformed: give PersonID- and a UUID"),
        ({"linkedin_url": "linkedin.com/company/example"}, "the LinkedIn address is a company's"),
        ({"hashed_email": "ada@example.com"}, "the hashed e-mail is no SHA-256"),
        ({"phone": "home"}, "the phone is malformed: give the whole number"),
        (
            {"name": "Ada Example", "company": "Example", "domain": "nowhere"},
            "the company domain is malformed",
        ),
        ({"email": 5}, "email has to be str, not int"),
        ({"id": ID, "email": "ada@example.com"}, "id and email: either could mean somebody else"),
        ({"id": ID, "name": "Ada"}, "id and name: "),
        ({"email": "ada@example.com", "hashed_email": HASH}, "email and hashed_email: "),
        ({"email": "ada@example.com", "linkedin_url": URL}, "linkedin_url and email: "),
        ({"email": "ada@example.com", "company": "Example"}, "email and company: "),
        ({"name": "Ada Example", "first_name": "Ada"}, "name and first_name: give the whole name"),
    ],
)
def test_keywords_that_mean_nobody_or_two(words: dict[str, Any], text: str) -> None:
    """Insufficient, malformed or contradictory: the field is named, and what would do."""
    assert refusal(lookups.person, None, words).startswith(text)


@pytest.mark.parametrize(
    "given",
    [
        SearchPeopleInput(id="any"),
        SearchPeopleInput(email=" As@Typed "),
        SearchPeopleInput(email="ada@example.com", linkedin_url=URL),
        SearchPeopleInput(
            first_name="Ada", last_name="Example", company=CompanyDetails(name="Example")
        ),
        SearchPeopleInput(full_name="Ada Example", company=CompanyDetails(domain="example.com")),
        SearchPeopleInput(email="ada@example.com", limit=50, skip=9_950, min_confidence=100),
    ],
)
def test_an_input_that_can_find_somebody_is_sent_as_it_is(given: SearchPeopleInput) -> None:
    """Nothing of an input is changed: it is the way to say what keywords cannot."""
    before = to_wire(given)
    assert lookups.person(given, {"email": None}) is given
    assert to_wire(given) == before


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (SearchPeopleInput(), "no identifier"),
        (SearchPeopleInput(limit=5), "no identifier"),
        (SearchPeopleInput(email=""), "email is empty"),
        (SearchPeopleInput(full_name="Ada Example"), "a name without a company"),
        (SearchPeopleInput(first_name="Ada"), "the last name is missing"),
        (SearchPeopleInput(id=ID, limit=0), "limit has to be a whole number of at least 1"),
        (SearchPeopleInput(id=ID, skip=-1), "skip has to be"),
        (SearchPeopleInput(id=ID, skip=9_000, limit=1_001), "skip and limit: together 10,000"),
        (SearchPeopleInput(id=ID, min_confidence=101), "min_confidence has to be a whole number"),
        (
            SearchPeopleInput(id=ID, work_email_status_in=[EmailVerificationStatusTypeInput("Ok")]),
            "work_email_status_in: the schema has no such value",
        ),
    ],
)
def test_an_input_that_can_find_nobody_is_refused(given: SearchPeopleInput, text: str) -> None:
    """What LeadIQ would refuse, or answer with anybody, is not sent."""
    assert refusal(lookups.person, given, {}).startswith(text)


def test_an_input_and_a_limit_are_two_words_for_one_thing() -> None:
    """A limit beside an input would say it twice."""
    given = SearchPeopleInput(id=ID)
    assert refusal(lookups.person, given, {}, limit=1).startswith("limit and an input")


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ({"linkedin_url": "linkedin.com/in/Ada-Example"}, {"linkedinUrl": URL}),
        ({"email": "ADA@example.com"}, {"email": "ada@example.com"}),
        (
            {"name": "Ada Example", "domain": "example.com"},
            {"fullName": "Ada Example", "companyDomain": "example.com"},
        ),
        (
            {"first_name": "Ada", "last_name": "Example", "company": "Example"},
            {"firstName": "Ada", "lastName": "Example", "companyName": "Example"},
        ),
    ],
    ids=lambda value: "+".join(value),
)
def test_a_preview_by_keywords(words: dict[str, Any], sent: dict[str, Any]) -> None:
    """A preview takes the same keywords, by the names that its input has for them."""
    assert to_wire(lookups.preview(None, words)) == sent


def test_a_preview_that_means_nobody() -> None:
    """A preview is free, and would still be an answer about nobody."""
    assert refusal(lookups.preview, None, {}).startswith("no identifier")
    assert refusal(lookups.preview, None, {"linkedin_url": "12345"}).startswith("linkedin_url: ")
    empty = SearchPeoplePreviewInput()
    assert refusal(lookups.preview, empty, {}).startswith("no identifier")
    alone = SearchPeoplePreviewInput(full_name="Ada Example")
    assert refusal(lookups.preview, alone, {}).startswith("a name without a company")


@pytest.mark.parametrize(
    "given",
    [
        SearchPeoplePreviewInput(email="ada@example.com"),
        SearchPeoplePreviewInput(full_name="Ada Example", company_name="Example"),
        SearchPeoplePreviewInput(first_name="Ada", last_name="E", company_domain="example.com"),
    ],
)
def test_an_input_of_a_preview_is_sent_as_it_is(given: SearchPeoplePreviewInput) -> None:
    """An input that can find somebody is not touched."""
    assert lookups.preview(given, {}) is given


def test_a_profile_is_matched_by_an_address() -> None:
    """The keyword is brought into its canonical form, an input is sent as it is."""
    assert lookups.match(None, "ADA@example.com").email == "ada@example.com"
    given = MatchingServiceInput(email="ADA@example.com")
    assert lookups.match(given, None) is given


@pytest.mark.parametrize(
    ("given", "email", "text"),
    [
        (None, None, "email is missing"),
        (None, " ", "email is missing"),
        (None, "ada", "the e-mail has no @"),
        (MatchingServiceInput(email=""), None, "email is missing"),
        (MatchingServiceInput(email="a"), "ada@example.com", "email and an input"),
    ],
)
def test_no_address_no_match(given: Any, email: str | None, text: str) -> None:
    """Without one address there is nothing to match."""
    assert refusal(lookups.match, given, email).startswith(text)


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ({"id": COMPANY.upper()}, {"id": COMPANY}),
        ({"domain": "https://www.Example.com/about"}, {"domain": "example.com"}),
        ({"name": " Example  Ltd"}, {"name": "Example Ltd"}),
        ({"linkedin_url": "linkedin.com/company/example"}, None),
        ({"linkedin_id": "12345"}, {"linkedinId": "12345"}),
        ({"name": "Example", "domain": "example.com", "id": " "}, None),
    ],
    ids=lambda value: "+".join(value or ["same"]),
)
def test_a_company_by_keywords(words: dict[str, Any], sent: dict[str, Any] | None) -> None:
    """Companies may be described by several words; each goes out in its canonical form."""
    built = lookups.company(None, words)
    assert to_wire(built) == (sent or to_wire(SearchCompanyInput(**_given(words))))


def _given(words: dict[str, Any]) -> dict[str, Any]:
    return {word: value for word, value in words.items() if value.strip()}


def test_a_strict_search_for_a_company() -> None:
    """`strict` goes beside the words, and is not sent unless it was given."""
    asked = lookups.company(None, {"name": "Example"}, strict=True)
    assert to_wire(asked) == {"name": "Example", "strict": True}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ({}, "no company named: give id, domain, linkedin_url, linkedin_id or name"),
        ({"name": "-"}, "no company named"),
        ({"id": "Example"}, "the company id is malformed: give MergedCompany- and 24 hex digits"),
        ({"id": COMPANY, "name": "Example"}, "id and name: the id says it all; give it alone"),
        ({"domain": "nowhere"}, "the company domain is malformed"),
        ({"name": 5}, "name has to be str, not int"),
    ],
)
def test_keywords_that_name_no_company(words: dict[str, Any], text: str) -> None:
    """Insufficient, malformed or contradictory: the field is named, and what would do."""
    assert refusal(lookups.company, None, words).startswith(text)


def test_an_input_for_a_company() -> None:
    """An input that names a company is sent as it is, by the reference's member too."""
    given = SearchCompanyInput(name="Example", strict=True)
    assert lookups.company(given, {}) is given
    with pytest.warns(DeprecationWarning, match="Use `id`"):
        old = SearchCompanyInput(source=COMPANY)
    assert lookups.company(old, {}) is old
    assert refusal(lookups.company, SearchCompanyInput(), {}).startswith("no company named")
    assert refusal(lookups.company, given, {}, strict=True).startswith("strict and an input")


@pytest.mark.parametrize(
    "address", ["ada@example.com", " Ada@Example.COM ", "mailto:ada@example.com"]
)
def test_spellings_of_an_address_have_one_hash(address: str) -> None:
    """The hash is the SHA-256 of the canonical address, in hexadecimal."""
    assert lookups.hash_email(address) == HASH
    assert lookups.person(None, {"hashed_email": HASH}).hashed_email == HASH


@pytest.mark.parametrize(
    ("address", "text"),
    [("", "email is missing"), ("ada", "the e-mail has no @"), (None, "email is missing")],
)
def test_what_is_no_address_has_no_hash(address: Any, text: str) -> None:
    """A hash of anything else would find nobody, and tell nobody why."""
    assert refusal(lookups.hash_email, address).startswith(text)
